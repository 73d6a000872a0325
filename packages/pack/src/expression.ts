import type { Expression, FactId } from '@twinpark/kernel/policy/expression.ts';
import {
  equalityFault,
  type Fact,
  membershipFault,
  type Operand,
  orderFault,
  typeFault,
  typeName,
} from './expression/operand.ts';
import { parseExpression } from './expression/parse.ts';
import type { ExpressionProblem, SyntaxTree } from './expression/tree.ts';
import { nearest } from './nearest.ts';

/** The zone's facts by id. */
export type FactDictionary = ReadonlyMap<FactId, Fact>;

export type CheckedExpression =
  | {
      readonly expression: Expression;
      /** Facts the condition names, in their order, each once. */
      readonly facts: readonly FactId[];
    }
  | { readonly problems: readonly ExpressionProblem[] };

/**
 * A condition's text as the tree the kernel evaluates, or everything that is wrong with it.
 *
 * The kinds of values are settled here, so that when the condition is evaluated `unknown` can only mean that a fact is
 * missing. Refuses: `expression-syntax`, `expression-unsupported`, `expression-unknown-fact`, `expression-type`.
 */
export function checkExpression(text: string, facts: FactDictionary): CheckedExpression {
  const parsed = parseExpression(text);
  if ('problems' in parsed) return parsed;
  const checking: Checking = { facts, named: new Set(), problems: [] };
  const expression = condition(parsed.tree, checking);
  const problems = checking.problems.toSorted((one, other) => one.offset - other.offset);
  return problems.length > 0 ? { problems } : { expression, facts: [...checking.named] };
}

interface Checking {
  readonly facts: FactDictionary;
  readonly named: Set<FactId>;
  readonly problems: ExpressionProblem[];
}

/** A part that must hold or not hold. */
function condition(tree: SyntaxTree, checking: Checking): Expression {
  switch (tree.kind) {
    case 'not':
      return { op: 'not', of: condition(tree.of, checking) };
    case 'and':
    case 'or':
      return { op: tree.kind, of: tree.of.map((part) => condition(part, checking)) };
    case 'compare':
      return comparison(tree, checking);
    case 'in':
      return membership(tree, checking);
    default: {
      const { expression, type, offset } = operand(tree, checking);
      const found = typeName(type);
      if (type.of !== 'anything' && found !== 'boolean') {
        checking.problems.push(typeFault('not-a-condition', offset, { found }));
      }
      return expression;
    }
  }
}

function comparison(tree: Extract<SyntaxTree, { kind: 'compare' }>, checking: Checking): Expression {
  const { operator, offset } = tree;
  const left = operand(tree.left, checking);
  const right = operand(tree.right, checking);
  const fault =
    operator === '==' || operator === '!='
      ? equalityFault(left, right)
      : orderFault(left, right, operator, offset);
  if (fault) checking.problems.push(fault);
  return { op: 'compare', operator, left: left.expression, right: right.expression };
}

function membership(tree: Extract<SyntaxTree, { kind: 'in' }>, checking: Checking): Expression {
  const item = operand(tree.item, checking);
  if (tree.list.kind !== 'list') {
    const chosen = operand(tree.list, checking);
    const fault = membershipFault(item, chosen);
    if (fault) checking.problems.push(fault);
    return { op: 'in', item: item.expression, list: chosen.expression };
  }
  if (tree.list.items.length === 0) checking.problems.push(typeFault('empty-list', tree.list.offset));
  const members = tree.list.items.map((member) => operand(member, checking));
  for (const member of members) {
    const fault = equalityFault(item, member);
    if (fault) checking.problems.push(fault);
  }
  const texts = members.flatMap(({ type }) =>
    type.of === 'literal' && typeof type.value === 'string' ? [type.value] : [],
  );
  if (texts.length === members.length) {
    return { op: 'in', item: item.expression, list: { op: 'literal', value: texts } };
  }
  // The kernel's lists hold texts; for other members, being in a list is being equal to one of them.
  const isMember = (member: Operand): Expression => ({
    op: 'compare',
    operator: '==',
    left: item.expression,
    right: member.expression,
  });
  return { op: 'or', of: members.map(isMember) };
}

function operand(tree: SyntaxTree, checking: Checking): Operand {
  const { offset } = tree;
  switch (tree.kind) {
    case 'literal': {
      const { value } = tree;
      return { expression: { op: 'literal', value }, offset, type: { of: 'literal', value } };
    }
    case 'fact': {
      const expression = { op: 'fact', fact: tree.fact } as const;
      const fact = checking.facts.get(tree.fact);
      if (fact) {
        checking.named.add(tree.fact);
        return { expression, offset, type: { of: 'fact', fact } };
      }
      const parameters = { fact: tree.fact, suggestion: nearest(tree.fact, checking.facts.keys()) };
      checking.problems.push({ code: 'expression-unknown-fact', offset, parameters });
      return { expression, offset, type: { of: 'anything' } };
    }
    case 'list':
      checking.problems.push(typeFault('not-a-value', offset));
      return { expression: { op: 'literal', value: [] }, offset, type: { of: 'anything' } };
    default:
      return { expression: condition(tree, checking), offset, type: { of: 'condition' } };
  }
}
