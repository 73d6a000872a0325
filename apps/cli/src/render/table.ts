import type { Terminal, Tone } from '../terminal.ts';
import { columnsOf, hang, padStartTo, padTo, wrap } from './width.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'end';
  /** Gives way, by wrapping, where the terminal is narrow. */
  readonly wraps?: true;
}

export interface Row {
  readonly cells: readonly string[];
  readonly tone?: Tone;
}

const gap = '  ';
const indent = '    ';
/** Room for three Chinese characters and a mark. */
const narrowest = 8;
/** A cell of more lines is a tower of single words, which nobody reads. */
const tallest = 6;

/** A table whose lines fit the terminal; the titles stand above, underlined. */
export function table(
  columns: readonly Column[],
  rows: readonly Row[],
  { width, paint }: Terminal,
): string[] {
  const widths = columns.map(({ title }, index) =>
    // A long count has more lines than a call may have arguments.
    rows.reduce((widest, { cells }) => Math.max(widest, columnsOf(cells[index] ?? '')), columnsOf(title)),
  );
  const room = width - gap.length * (columns.length - 1);
  shrink(widths, columns, room);
  if (sum(widths) > room) return stacked(columns, rows, { width, paint });
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, index) =>
        (align === 'end' ? padStartTo : padTo)(cells[index] ?? '', widths[index] ?? 0),
      )
      .join(gap)
      .trimEnd();
  const partsOf = ({ cells }: Row): string[][] =>
    cells.map((cell, index) => (columns[index]?.wraps ? wrap(cell, widths[index] ?? 0) : [cell]));
  if (rows.some((row) => partsOf(row).some((part) => part.length > tallest)))
    return stacked(columns, rows, { width, paint });
  const linesOf = (row: Row): string[] => {
    const parts = partsOf(row);
    const height = Math.max(...parts.map((part) => part.length));
    return Array.from({ length: height }, (_, level) => line(parts.map((part) => part[level] ?? '')));
  };
  return [
    ...linesOf({ cells: columns.map(({ title }) => title) }).map((title) => paint('strong', title)),
    paint('quiet', '─'.repeat(Math.min(width, sum(widths) + gap.length * (columns.length - 1)))),
    ...rows.flatMap((row) => linesOf(row).map((text) => paint(row.tone ?? 'plain', text))),
  ];
}

/** Where the columns cannot stand side by side: what cannot wrap in one line, the rest below it. */
function stacked(columns: readonly Column[], rows: readonly Row[], { width, paint }: Terminal): string[] {
  const flexible = columns.filter(({ wraps }) => wraps).length;
  return rows.flatMap(({ cells, tone }) => {
    const fixed = cells.filter((_, index) => !columns[index]?.wraps).join(gap);
    const below = cells.flatMap((cell, index) => {
      const { title = '', wraps } = columns[index] ?? {};
      if (!wraps || cell === '') return [];
      return hang(flexible > 1 ? `${title}${gap}${cell}` : cell, width, indent);
    });
    return [...wrap(fixed, width), ...below].map((line) => paint(tone ?? 'plain', line));
  });
}

/** Narrows the widest columns that may wrap until all fit. */
function shrink(widths: number[], columns: readonly Column[], room: number): void {
  for (let excess = sum(widths) - room; excess > 0; excess -= 1) {
    const candidates = widths.map((width, index) => (columns[index]?.wraps && width > narrowest ? width : 0));
    const widest = candidates.indexOf(Math.max(...candidates));
    if (candidates[widest] === 0) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
