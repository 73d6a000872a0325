import type { Draft } from '../draft.ts';
import { lineOf, type Raise } from '../findings.ts';
import { inside, type Place } from '../tree.ts';
import { chainOf, tanglesOf } from './graph.ts';

/** Spaces that contain each other and readings that stand twice. */
export function checkCatalogue({ records: { spaces, indicators } }: Draft, raise: Raise): void {
  const within = [...spaces].map(([id, { value }]) => {
    const outer = value.within;
    return [id, outer !== undefined && spaces.has(outer) ? [outer] : []] as const;
  });
  for (const cycle of tanglesOf(new Map(within)).cycles) {
    const first = spaces.get(cycle[0] ?? '');
    if (first) raise('space-within-cycle', inside(first.place, 'within'), { chain: chainOf(cycle) });
  }

  for (const { value, place } of indicators.values()) {
    const seen = new Map<string, Place>();
    for (const [index, reading] of value.readings.entries()) {
      const spot = inside(place, 'readings', index);
      const { on, scope = {} } = reading;
      const key = JSON.stringify([on, reading.value, Object.entries(scope).sort()]);
      const first = seen.get(key);
      if (first) raise('reading-duplicate', inside(spot, 'value'), { on, line: lineOf(first) });
      else seen.set(key, spot);
    }
  }
}
