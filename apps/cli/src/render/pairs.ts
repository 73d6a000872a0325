import { columnsOf, wrap } from './width.ts';

/** Words with what is said of them beside them, or below them where both together would not fit. */
export function pairs(rows: readonly (readonly [string, string])[], width: number, indent = '  '): string[] {
  const room = width - columnsOf(indent);
  const widest = Math.max(0, ...rows.map(([word]) => columnsOf(word)));
  const isNarrow =
    widest + gap > room / 2 && rows.some(([word, about]) => columnsOf(word + about) + gap > room);
  return rows.flatMap(([word, about]) => {
    if (isNarrow) {
      const below = wrap(about, room - gap * 2).map((line) => `${indent}${' '.repeat(gap * 2)}${line}`);
      return [...wrap(word, room).map((line) => indent + line), ...(about === '' ? [] : below)];
    }
    const [first = '', ...rest] = wrap(about, room - widest - gap);
    const lines = [`${word}${' '.repeat(widest - columnsOf(word) + gap)}${first}`.trimEnd()];
    return [...lines, ...rest.map((line) => ' '.repeat(widest + gap) + line)].map((line) => indent + line);
  });
}

const gap = 2;
