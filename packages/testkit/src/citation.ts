import type { Citation } from '@twinpark/kernel/shared/citation.ts';

/** A citation of an invented law, told apart by its clause. */
export function clause(name: string): Citation {
  return {
    instrument: 'invented-law',
    clause: name,
    date: '2026-01-01',
    seen: ['invented'],
    status: 'illustrative',
  };
}
