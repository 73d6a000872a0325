import stringWidth from 'string-width';

/** Columns that a text fills on a terminal; a Chinese character fills two. */
export function columnsOf(text: string): number {
  return stringWidth(text);
}

export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

export function padStartTo(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - columnsOf(text))) + text;
}

/**
 * A text in lines of at most so many columns.
 * Latin words stay whole where they fit. Chinese breaks anywhere, except that no line begins with a closing mark or
 * ends with an opening one, and a number stays with the character it counts.
 */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(2, width);
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const piece of piecesOf(paragraph)) {
      const parts = columnsOf(piece.trimEnd()) > room ? brokenUp(piece, room) : [piece];
      for (const part of parts) {
        if (line !== '' && columnsOf(line + part.trimEnd()) > room) {
          lines.push(line.trimEnd());
          line = '';
        }
        line += line === '' ? part.trimStart() : part;
      }
    }
    return [...lines, line.trimEnd()];
  });
}

/** A text in lines that stand behind an indent; the first may begin with a mark in its place. */
export function hang(text: string, width: number, indent: string, first = indent): string[] {
  return wrap(text, width - columnsOf(indent)).map((line, index) => (index === 0 ? first : indent) + line);
}

/** Parts that stay whole, one after the other in lines behind an indent. */
export function lineUp(parts: readonly string[], width: number, indent: string, first = indent): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(first + part);
    else if (columnsOf(`${last} ${part}`) <= width) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(indent + part);
  }
  return lines;
}

/** A command to copy, broken between its parts as a shell takes it. */
export function commandLines(command: string, width: number): string[] {
  const lines = lineUp(command.match(/--\S+ (?!-)\S+|\S+/g) ?? [], width - ' \\'.length, '    ', '  ');
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

const wide = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uffef]';
const opening = '[（「『《〈【〔“‘([]';
const closing = '[，。、；：！？）」』》〉】〕”’…)\\].,;:!?]';
const pieces = new RegExp(
  `${opening}*(?:\\d*${wide}|(?:(?!${wide}|${opening})\\S)+)${closing}*\\s*|\\S+\\s*|\\s+`,
  'gu',
);

/** Stretches between which a line may be broken. */
function piecesOf(text: string): readonly string[] {
  return text.match(pieces) ?? [];
}

/** A word that is longer than a line, such as a path, in parts that fit. */
function brokenUp(word: string, width: number): string[] {
  const parts: string[] = [''];
  for (const character of word) {
    const last = parts.length - 1;
    if (columnsOf((parts[last] ?? '') + character) > width) parts.push(character);
    else parts[last] += character;
  }
  return parts;
}
