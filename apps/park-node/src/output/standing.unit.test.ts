import { describe, expect, it } from 'vitest';
import { anOutput } from '../testing/an-output.ts';
import { standingOf } from './standing.ts';

const receiptNumber = 'R-EAST-2026-0000017';
const output = {
  receiptNumber,
  statement: {
    format: 'twinpark-output/1' as const,
    content: anOutput({ validUntil: '2029-06-09' }),
    documents: [],
  },
};
const served = { status: 'served', receiptNumber } as const;

describe('where a document stands', () => {
  it.each([
    ['stands to the last day of its validity', served, false, '2029-06-09', 'standing'],
    ['has expired the day after', served, false, '2029-06-10', 'expired'],
    ['stands when its case is closed', { status: 'closed', receiptNumber }, false, '2026-07-01', 'standing'],
    ['is challenged', { status: 'underRemedy', receiptNumber }, false, '2026-07-01', 'underRemedy'],
    [
      'is challenged even when it has expired',
      { status: 'underRemedy', receiptNumber },
      false,
      '2031-01-01',
      'underRemedy',
    ],
    [
      'is set aside when its case is examined anew',
      { status: 'inExamination', receiptNumber: null },
      false,
      '2026-07-01',
      'setAside',
    ],
    [
      'is set aside until the new decision is served',
      { status: 'decided', receiptNumber: null },
      false,
      '2026-07-01',
      'setAside',
    ],
    [
      'is superseded by a later one',
      { status: 'served', receiptNumber: 'R-2' },
      true,
      '2026-07-01',
      'superseded',
    ],
  ] as const)('%s', (_, held, hasLater, today, standing) => {
    expect(standingOf(output, held, hasLater, today)).toBe(standing);
  });
});
