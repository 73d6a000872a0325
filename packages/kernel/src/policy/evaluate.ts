import type { ComparisonOperator, Expression, FactId, Facts, FactValue } from './expression.ts';

/** Whether a condition holds. `unknown` comes from missing facts alone, never from a value of the wrong kind. */
export type Truth = 'yes' | 'no' | 'unknown';

export interface Evaluation {
  readonly value: Truth;
  /** Facts that would settle the condition, in the order in which it names them; empty unless it is unknown. */
  readonly missing: readonly FactId[];
}

/**
 * Whether a condition holds for the known facts, in Kleene's three values: a missing fact is neither false nor zero,
 * and a part that no longer matters asks for nothing.
 *
 * The kinds of values are checked where conditions and answers come in (the zone pack, the form). A value of another
 * kind is here unequal to everything and in no order, so it can never pass for a missing one.
 */
export function evaluate(expression: Expression, facts: Facts): Evaluation {
  switch (expression.op) {
    case 'not':
      return negate(evaluate(expression.of, facts));
    case 'and':
      return combine(expression.of, facts, 'no');
    case 'or':
      return combine(expression.of, facts, 'yes');
    case 'compare': {
      const { operator } = expression;
      return relate(expression.left, expression.right, facts, (left, right) =>
        compare(operator, left, right),
      );
    }
    case 'in':
      return relate(expression.item, expression.list, facts, isMember);
    case 'literal':
      return settled(expression.value === true);
    case 'fact': {
      const operand = operandOf(expression, facts);
      return 'value' in operand ? settled(operand.value === true) : unknown(operand.missing);
    }
    default:
      return expression satisfies never;
  }
}

const yes: Evaluation = { value: 'yes', missing: [] };
const no: Evaluation = { value: 'no', missing: [] };

function settled(holds: boolean): Evaluation {
  return holds ? yes : no;
}

function unknown(missing: readonly FactId[]): Evaluation {
  return { value: 'unknown', missing: [...new Set(missing)] };
}

function negate(evaluation: Evaluation): Evaluation {
  return evaluation.value === 'unknown' ? evaluation : settled(evaluation.value === 'no');
}

/** One part of the deciding value settles the whole, whatever the others are; otherwise the unknown parts stay open. */
function combine(parts: readonly Expression[], facts: Facts, deciding: 'yes' | 'no'): Evaluation {
  const missing: FactId[] = [];
  let open = false;
  for (const part of parts) {
    const evaluation = evaluate(part, facts);
    if (evaluation.value === deciding) return evaluation;
    if (evaluation.value !== 'unknown') continue;
    open = true;
    missing.push(...evaluation.missing);
  }
  return open ? unknown(missing) : settled(deciding === 'no');
}

function relate(
  left: Expression,
  right: Expression,
  facts: Facts,
  holds: (left: FactValue, right: FactValue) => boolean,
): Evaluation {
  const first = operandOf(left, facts);
  const second = operandOf(right, facts);
  if ('value' in first && 'value' in second) return settled(holds(first.value, second.value));
  return unknown([first, second].flatMap((operand) => ('missing' in operand ? operand.missing : [])));
}

type Operand = { readonly value: FactValue } | { readonly missing: readonly FactId[] };

function operandOf(expression: Expression, facts: Facts): Operand {
  if (expression.op === 'literal') return expression;
  if (expression.op === 'fact') {
    // Facts come from stored JSON, where an emptied answer may have been kept as null: it is missing, too.
    const value = Object.hasOwn(facts, expression.fact) ? (facts[expression.fact] ?? null) : null;
    return value === null ? { missing: [expression.fact] } : { value };
  }
  const { value, missing } = evaluate(expression, facts);
  return value === 'unknown' ? { missing } : { value: value === 'yes' };
}

function compare(operator: ComparisonOperator, left: FactValue, right: FactValue): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return isOrdered(left, right) && left < right;
    case '<=':
      return isOrdered(left, right) && left <= right;
    case '>':
      return isOrdered(left, right) && left > right;
    case '>=':
      return isOrdered(left, right) && left >= right;
    default:
      return operator satisfies never;
  }
}

/** Numbers, or dates as text. JavaScript would put other pairs in an order, too. */
function isOrdered(left: FactValue, right: FactValue): boolean {
  return typeof left === typeof right && (typeof left === 'number' || typeof left === 'string');
}

function isMember(item: FactValue, list: FactValue): boolean {
  return Array.isArray(list) && list.includes(item);
}
