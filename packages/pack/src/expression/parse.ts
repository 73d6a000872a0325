import { parse as parseCel } from '@bufbuild/cel';
import type { ComparisonOperator } from '@twinpark/kernel/policy/expression.ts';
import { placeSyntaxFault, type SyntaxFault } from './syntax-fault.ts';
import type { ExpressionProblem, SyntaxTree } from './tree.ts';

export type ParsedExpression =
  | { readonly tree: SyntaxTree }
  | { readonly problems: readonly ExpressionProblem[] };

/** Operators within one another; a condition that a person can still read has three or four. */
const deepest = 32;

/**
 * What a condition's text says: literals, facts, `! && || == != < <= > >=` and `in` of CEL, and nothing else of it.
 * The rest of CEL is refused because every evaluator of a rule, down to SQL, must be able to give the same answer.
 * `has()` is refused, too: it would turn a missing fact into a plain no, which a later answer would overturn.
 */
export function parseExpression(text: string): ParsedExpression {
  const tooDeep = firstTooDeep(text);
  if (tooDeep !== null) {
    return {
      problems: [{ code: 'expression-unsupported', offset: tooDeep, parameters: { construct: 'nesting' } }],
    };
  }
  const parsed = readCel(text);
  if ('fault' in parsed) return { problems: [placeSyntaxFault(text, parsed.fault, syntaxFaultOf)] };
  const problems: ExpressionProblem[] = [];
  const tree = read(parsed.expr, { text, positions: parsed.positions, problems, depth: 0 });
  return tree && problems.length === 0 ? { tree } : { problems };
}

/** The bracket that is one too many, found before the parser spends its stack on it; null where there is none. */
function firstTooDeep(text: string): number | null {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/'(?:\\.|[^'])*'|"(?:\\.|[^"])*"|[([{]|[)\]}]/g)) {
    if (/^[([{]/.test(token)) depth += 1;
    else if (/^[)\]}]/.test(token)) depth -= 1;
    if (depth > deepest) return index;
  }
  return null;
}

type CelExpr = ReturnType<typeof parseCel>['expr'];
type Positions = Readonly<Record<string, number>>;

/** The one call of the CEL parser. It throws; nothing after this function does. */
function readCel(
  text: string,
): { readonly expr: CelExpr; readonly positions: Positions } | { readonly fault: SyntaxFault } {
  try {
    const { expr, sourceInfo } = parseCel(text);
    return { expr, positions: sourceInfo?.positions ?? {} };
  } catch (error) {
    if (error instanceof RangeError) return { fault: { kind: 'nesting', offset: 0 } };
    // Only the fault of an escape that names no character comes without its place.
    const { location } = error as { readonly location?: { readonly start: { readonly offset: number } } };
    return {
      fault: { kind: 'unexpected', offset: location?.start.offset ?? Math.max(0, text.indexOf('\\')) },
    };
  }
}

function syntaxFaultOf(text: string): SyntaxFault | null {
  const parsed = readCel(text);
  return 'fault' in parsed ? parsed.fault : null;
}

interface Reading {
  readonly text: string;
  readonly positions: Positions;
  readonly problems: ExpressionProblem[];
  readonly depth: number;
}

/** Null where something of CEL that the profile leaves out was found and noted; the rest is still looked through. */
function read(expr: CelExpr, reading: Reading): SyntaxTree | null {
  const offset = offsetOf(expr, reading);
  const kind = expr.exprKind;
  if (reading.depth > deepest) return unsupported('nesting', offset, reading);
  switch (kind.case) {
    case 'constExpr':
      return readLiteral(kind.value.constantKind, offset, reading);
    case 'identExpr':
    case 'selectExpr': {
      const fact = readPath(expr);
      const start = startOf(expr, reading);
      return fact === null
        ? unsupported(wordAt(reading.text, start), start, reading)
        : { kind: 'fact', fact, offset: start };
    }
    case 'callExpr':
      return readCall(kind.value, offset, reading);
    case 'listExpr': {
      const items = readAll(kind.value.elements, reading);
      return items && { kind: 'list', items, offset };
    }
    case 'comprehensionExpr':
      return unsupported(wordAt(reading.text, offset), offset, reading);
    default:
      return unsupported('{ }', offset, reading);
  }
}

type CelConstant = Extract<CelExpr['exprKind'], { case: 'constExpr' }>['value']['constantKind'];

function readLiteral(constant: CelConstant, offset: number, reading: Reading): SyntaxTree | null {
  switch (constant.case) {
    case 'stringValue':
    case 'boolValue':
      return { kind: 'literal', value: constant.value, offset };
    case 'int64Value':
    case 'doubleValue': {
      const value = Number(constant.value);
      if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return { kind: 'literal', value, offset };
      break;
    }
    default:
  }
  return unsupported(wordAt(reading.text, offset), offset, reading);
}

/** `team.headcount` as the fact's id; null for `has(…)` and for members of anything but a name. */
function readPath(expr: CelExpr): string | null {
  if (expr.exprKind.case === 'identExpr') return expr.exprKind.value.name;
  if (expr.exprKind.case !== 'selectExpr') return null;
  const { operand, field, testOnly } = expr.exprKind.value;
  const subject = operand && !testOnly ? readPath(operand) : null;
  return subject === null ? null : `${subject}.${field}`;
}

/** CEL notes a member at its dot and a test at its bracket; people look for the first letter. */
function startOf(expr: CelExpr, reading: Reading): number {
  const { exprKind } = expr;
  const operand =
    exprKind.case === 'selectExpr' && !exprKind.value.testOnly ? exprKind.value.operand : undefined;
  return operand ? startOf(operand, reading) : offsetOf(expr, reading);
}

/** CEL counts the space before a sign to the sign. */
function offsetOf(expr: CelExpr, { text, positions }: Reading): number {
  const offset = positions[`${expr.id}`] ?? 0;
  return offset + (/^\s*/.exec(text.slice(offset))?.[0].length ?? 0);
}

type CelCall = Extract<CelExpr['exprKind'], { case: 'callExpr' }>['value'];

const comparisons: Readonly<Record<string, ComparisonOperator>> = {
  '_==_': '==',
  '_!=_': '!=',
  '_<_': '<',
  '_<=_': '<=',
  '_>_': '>',
  '_>=_': '>=',
};

function readCall(call: CelCall, offset: number, reading: Reading): SyntaxTree | null {
  const inner = { ...reading, depth: reading.depth + 1 };
  const operator = comparisons[call.function];
  if (call.function === '_&&_' || call.function === '_||_') {
    const of = readAll(listParts(call), inner);
    return of && { kind: call.function === '_&&_' ? 'and' : 'or', of, offset };
  }
  if (operator) {
    const [left, right] = readAll(call.args, inner) ?? [];
    return left && right ? { kind: 'compare', operator, left, right, offset } : null;
  }
  if (call.function === '@in') {
    const [item, list] = readAll(call.args, inner) ?? [];
    return item && list ? { kind: 'in', item, list, offset } : null;
  }
  if (call.function === '!_') {
    const [of] = readAll(call.args, inner) ?? [];
    return of ? { kind: 'not', of, offset } : null;
  }
  return unsupported(constructOf(call), offset, reading);
}

/** `a && b && c` as one list: CEL makes a tree of it, and a long list is not deep. */
function listParts(call: CelCall): readonly CelExpr[] {
  return call.args.flatMap((part) => {
    const { exprKind } = part;
    const continues = exprKind.case === 'callExpr' && exprKind.value.function === call.function;
    return continues ? listParts(exprKind.value) : [part];
  });
}

function readAll(exprs: readonly CelExpr[], reading: Reading): SyntaxTree[] | null {
  const trees = exprs.map((expr) => read(expr, reading));
  return trees.every((tree) => tree !== null) ? trees : null;
}

/** An operator or function as it is written: `+`, `? :`, `size()`. */
function constructOf({ function: name }: CelCall): string {
  if (name === '_?_:_') return '? :';
  if (name === '_[_]') return '[ ]';
  return /^\w*[a-z]\w*$/i.test(name) ? `${name}()` : name.replaceAll('_', '');
}

/** What stands in the text at an offset: a word with the brackets of its call, or a sign. */
function wordAt(text: string, offset: number): string {
  const [, word, bracket] = /^\.?([^\s()[\]{},.]+)(\()?/.exec(text.slice(offset)) ?? [];
  return word === undefined ? text.slice(offset, offset + 1) : `${word}${bracket ? '()' : ''}`;
}

function unsupported(construct: string, offset: number, { problems }: Reading): null {
  problems.push({ code: 'expression-unsupported', offset, parameters: { construct } });
  return null;
}
