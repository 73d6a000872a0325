import type { Expression } from '@twinpark/kernel/policy/expression.ts';
import type { z } from 'zod';
import { isDay } from '../check/dates.ts';
import { nearest } from '../nearest.ts';
import type { fact } from '../schema/services.ts';
import type { ExpressionProblem, TypeFault } from './tree.ts';

export type Fact = z.infer<typeof fact>;

/** One side of a relation: a fact, a literal, or a condition of its own. */
export interface Operand {
  readonly expression: Expression;
  readonly offset: number;
  readonly type: OperandType;
}

/** `anything`: a problem is noted already, and nothing more is to be said about this operand. */
export type OperandType =
  | { readonly of: 'anything' }
  | { readonly of: 'condition' }
  | { readonly of: 'literal'; readonly value: string | number | boolean }
  | { readonly of: 'fact'; readonly fact: Fact };

type Family = 'text' | 'number' | 'money' | 'date' | 'boolean' | 'choice' | 'choices';

/** Kinds whose values `==` and `<` may put side by side. */
function familyOf(type: OperandType): Family | null {
  switch (type.of) {
    case 'anything':
      return null;
    case 'condition':
      return 'boolean';
    case 'literal':
      return typeof type.value === 'string' ? 'text' : typeof type.value === 'number' ? 'number' : 'boolean';
    case 'fact':
      return type.fact.type === 'integer' ? 'number' : type.fact.type;
    default:
      return type satisfies never;
  }
}

/** The kind as messages name it: the fact's type, or that of the literal. */
export function typeName(type: OperandType): string {
  if (type.of !== 'fact') return familyOf(type) ?? '';
  return type.fact.type === 'money' ? `money ${type.fact.currency ?? ''}`.trim() : type.fact.type;
}

/** What is wrong with asking whether the two are equal; null where nothing is. */
export function equalityFault(left: Operand, right: Operand): ExpressionProblem | null {
  if (left.type.of === 'anything' || right.type.of === 'anything') return null;
  const different = () =>
    typeFault('different-types', right.offset, { left: typeName(left.type), right: typeName(right.type) });
  if (left.type.of === 'fact' && right.type.of === 'literal') {
    return literalFault(left.type.fact, right.type.value, right.offset, different);
  }
  if (left.type.of === 'literal' && right.type.of === 'fact') {
    return literalFault(right.type.fact, left.type.value, left.offset, different);
  }
  // Two sets of choices have no agreed equality (order, repetition); membership says what is meant.
  if (familyOf(left.type) !== familyOf(right.type) || familyOf(left.type) === 'choices') return different();
  if (left.type.of !== 'fact' || right.type.of !== 'fact') return null;
  if (left.type.fact.currency !== right.type.fact.currency) return different();
  return commonOptionFault(left.type.fact, right.type.fact, right.offset);
}

/** What is wrong with asking which of the two comes first; null where nothing is. */
export function orderFault(
  left: Operand,
  right: Operand,
  operator: string,
  offset: number,
): ExpressionProblem | null {
  for (const { type } of [left, right]) {
    const family = familyOf(type);
    const ordered = family === null || family === 'number' || family === 'money' || family === 'date';
    // A text beside a date is the date's literal; equality says whether it is one.
    const dateLiteral = type.of === 'literal' && family === 'text';
    if (!ordered && !dateLiteral) return typeFault('no-order', offset, { operator, type: typeName(type) });
  }
  if (familyOf(left.type) === 'text' && familyOf(right.type) === 'text') {
    return typeFault('no-order', offset, { operator, type: 'text' });
  }
  return equalityFault(left, right);
}

/** What is wrong with asking whether an option is among those chosen; null where nothing is. */
export function membershipFault(item: Operand, chosen: Operand): ExpressionProblem | null {
  if (chosen.type.of === 'anything') return null;
  if (chosen.type.of !== 'fact' || chosen.type.fact.type !== 'choices') {
    return typeFault('not-in-a-list', chosen.offset, { type: typeName(chosen.type) });
  }
  const { fact } = chosen.type;
  const different = () =>
    typeFault('different-types', item.offset, { left: typeName(item.type), right: 'choices' });
  if (item.type.of === 'anything') return null;
  if (item.type.of === 'literal') return optionFault(fact, item.type.value, item.offset, different);
  if (item.type.of !== 'fact' || item.type.fact.type !== 'choice') return different();
  return commonOptionFault(item.type.fact, fact, item.offset);
}

function literalFault(
  fact: Fact,
  value: string | number | boolean,
  offset: number,
  different: () => ExpressionProblem,
): ExpressionProblem | null {
  switch (fact.type) {
    case 'text':
      return typeof value === 'string' ? null : different();
    case 'boolean':
      return typeof value === 'boolean' ? null : different();
    case 'number':
      return typeof value === 'number' ? null : different();
    case 'integer':
    case 'money':
      if (typeof value !== 'number') return different();
      // A fraction of a minor unit, or of a person, is a slip of the unit.
      return Number.isInteger(value)
        ? null
        : typeFault('not-an-integer', offset, { fact: fact.id, value: `${value}` });
    case 'date':
      if (typeof value !== 'string') return different();
      return isDay(value) ? null : typeFault('no-date', offset, { fact: fact.id, value });
    case 'choice':
      return optionFault(fact, value, offset, different);
    case 'choices':
      return different();
    default:
      return fact.type satisfies never;
  }
}

function optionFault(
  fact: Fact,
  value: string | number | boolean,
  offset: number,
  different: () => ExpressionProblem,
): ExpressionProblem | null {
  if (typeof value !== 'string') return different();
  const options = optionsOf(fact);
  if (options.includes(value)) return null;
  const parameters = { fact: fact.id, option: value, options: options.join(', ') };
  return typeFault('unknown-option', offset, { ...parameters, suggestion: nearest(value, options) });
}

function commonOptionFault(left: Fact, right: Fact, offset: number): ExpressionProblem | null {
  if (left.options === undefined || right.options === undefined) return null;
  const options = new Set(optionsOf(right));
  return optionsOf(left).some((option) => options.has(option))
    ? null
    : typeFault('no-common-option', offset, { left: left.id, right: right.id });
}

function optionsOf(fact: Fact): readonly string[] {
  return (fact.options ?? []).map((option) => option.id);
}

export function typeFault(
  reason: TypeFault,
  offset: number,
  parameters: Readonly<Record<string, string>> = {},
): ExpressionProblem {
  return { code: 'expression-type', offset, parameters: { reason, ...parameters } };
}
