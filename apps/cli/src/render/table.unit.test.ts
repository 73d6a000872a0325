import { describe, expect, it } from 'vitest';
import type { Terminal } from '../terminal.ts';
import { table } from './table.ts';

const terminalOf = (width: number): Terminal => ({ width, paint: (_, text) => text });

describe('a table', () => {
  const columns = [
    { title: 'Date' },
    { title: 'North', wraps: true as const },
    { title: 'What', wraps: true as const },
  ];
  const rows = [{ cells: ['2026-06-01', 'works', 'one two three four five six seven eight nine ten'] }];

  it('wraps its cells where the terminal is narrow', () => {
    expect(table(columns, rows, terminalOf(40)).slice(2)).toEqual([
      '2026-06-01  works  one two three four',
      '                   five six seven eight',
      '                   nine ten',
    ]);
  });

  it('puts its cells below each other rather than build a tower of single words', () => {
    expect(table(columns, rows, terminalOf(27))).toEqual([
      '2026-06-01',
      '    North  works',
      '    What  one two three',
      '    four five six seven',
      '    eight nine ten',
    ]);
  });
});
