import type { ExpressionProblem } from './tree.ts';

/** Where the parser gave up, and on what. */
export interface SyntaxFault {
  readonly kind: 'unexpected' | 'nesting';
  readonly offset: number;
}

/**
 * The problem at the place where a person would look for it.
 *
 * The parser says after which complete part it gave up, so `a.b ==` is reported at `==`. Looking at the rest behind
 * that operator on its own finds the real place: the end of the text, where the operand is missing.
 */
export function placeSyntaxFault(
  text: string,
  fault: SyntaxFault,
  faultOf: (text: string) => SyntaxFault | null,
): ExpressionProblem {
  let { kind, offset } = fault;
  let start = 0;
  // Each turn goes one bracket deeper; a text that is deeper than this is refused as such once it parses.
  for (let turn = 0; turn < 32 && kind === 'unexpected' && offset > start; turn += 1) {
    const operator = /^(&&|\|\||[=!<>]=|[<>+*/%?:([,-]|in\b)\s*/.exec(text.slice(offset))?.[0];
    if (operator === undefined) break;
    const deeper = faultOf(text.slice(offset + operator.length));
    if (deeper === null) break;
    start = offset + operator.length;
    offset = start + deeper.offset;
    kind = deeper.kind;
  }
  if (kind === 'nesting')
    return { code: 'expression-unsupported', offset, parameters: { construct: 'nesting' } };
  const found = foundAt(text, offset);
  // A fact whose id begins with a word that CEL keeps for itself cannot be named in a condition.
  if (reserved.has(found))
    return { code: 'expression-unsupported', offset, parameters: { construct: found } };
  return { code: 'expression-syntax', offset, parameters: { found, suggestion: meant(found) } };
}

/** Words that CEL's specification keeps for itself (RESERVED), with those that CEL uses. */
const reserved = new Set([
  ...['as', 'break', 'const', 'continue', 'else', 'false', 'for', 'function', 'if', 'import', 'in', 'let'],
  ...['loop', 'namespace', 'null', 'package', 'return', 'true', 'var', 'void', 'while'],
]);

/** The word or sign at an offset; empty at the end of the text. */
function foundAt(text: string, offset: number): string {
  return /^([\p{L}\p{N}_]+|[=&|!<>＝＆｜！＜＞]+|.)/su.exec(text.slice(offset))?.[0] ?? '';
}

/** Signs that authors of other languages, and Chinese input methods, put in the place of ours. */
const slips: Readonly<Record<string, string>> = {
  '=': '==',
  '===': '==',
  '!==': '!=',
  '<>': '!=',
  '&': '&&',
  '|': '||',
  and: '&&',
  or: '||',
  not: '!',
  是: '==',
  且: '&&',
  或: '||',
  '≠': '!=',
  '≤': '<=',
  '≥': '>=',
  '“': '"',
  '”': '"',
  '‘': '"',
  '’': '"',
  '「': '"',
  '」': '"',
  '、': ',',
  '。': '.',
};

function meant(found: string): string {
  // Full-width forms of ASCII signs, as ＝ or （, fold to the signs themselves.
  const plain = found.normalize('NFKC');
  return slips[plain.toLowerCase()] ?? (plain === found ? '' : plain);
}
