import type { Entry } from '../draft.ts';
import type { Path } from '../tree.ts';

/** Where a record says how long it is in force; an agreement uses `from` and `to` for its parks. */
export function periodPath({ collection }: Pick<Entry, 'collection'>): Path {
  return collection === 'agreements' ? ['inForce'] : [];
}

/** A day that the calendar has. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a day, a month or a year exists. */
export function exists(text: string): boolean {
  const [year = '', month = '01', day = '01'] = text.split('-');
  return isDay(`${year}-${month}-${day}`);
}
