import type { Draft } from '../draft.ts';
import type { Raise } from '../findings.ts';
import { isoDate, partialDate } from '../schema/common.ts';
import { inside } from '../tree.ts';
import { exists, isDay, periodPath } from './dates.ts';
import { valueAt } from './structure.ts';

/** Dates that no calendar has, and periods that end before they begin. */
export function checkPeriods(draft: Draft, raise: Raise): void {
  for (const entry of draft.entries) {
    for (const { kind, value, path } of entry.parts) {
      if (kind !== 'date' && kind !== 'partialDate') continue;
      const schema = kind === 'date' ? isoDate : partialDate;
      // What does not even look like a date has been reported with its schema.
      if (typeof value !== 'string' || !schema.safeParse(value).success || exists(value)) continue;
      raise('impossible-date', inside(entry.place, ...path), { value });
    }
    const path = periodPath(entry);
    const from = valueAt(entry.raw, [...path, 'from']);
    const to = valueAt(entry.raw, [...path, 'to']);
    if (isDay(from) && isDay(to) && to < from)
      raise('period-reversed', inside(entry.place, ...path, 'to'), { from, to });
  }
}
