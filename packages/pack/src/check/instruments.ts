import type { Draft } from '../draft.ts';
import type { Raise } from '../findings.ts';
import { inside } from '../tree.ts';
import { chainOf, tanglesOf } from './graph.ts';

/** Instruments that supersede each other, or themselves. */
export function checkInstruments({ records: { instruments } }: Draft, raise: Raise): void {
  const successors = [...instruments].map(([id, { value }]) => {
    const next = value.supersededBy;
    return [id, next !== undefined && instruments.has(next) ? [next] : []] as const;
  });
  for (const cycle of tanglesOf(new Map(successors)).cycles) {
    const first = instruments.get(cycle[0] ?? '');
    if (!first) continue;
    raise('instrument-supersession-cycle', inside(first.place, 'supersededBy'), { chain: chainOf(cycle) });
  }
}
