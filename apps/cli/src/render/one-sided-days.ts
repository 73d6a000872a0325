import { dayKind, type WorkCause } from '@twinpark/kernel/shared/calendar.ts';
import { calendarsOf, type Park, type Zone } from '@twinpark/pack/zone.ts';

/** Days in a row on which one park works and the other does not, for the same reasons throughout. */
export interface OneSidedDays {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  /** In the order of the zone's parks. */
  readonly sides: readonly Side[];
}

export interface Side {
  readonly park: Park;
  readonly works: boolean;
  readonly cause: WorkCause;
}

export type SidesOn = (date: Temporal.PlainDate) => readonly Side[];

/** How a day stands on each side. */
export function sidesOf(zone: Zone): SidesOn {
  const calendarFor = calendarsOf(zone);
  const parks = [...zone.parks.values()].map((park) => ({ park, calendar: calendarFor([park.calendar]) }));
  return (date) =>
    parks.map(({ park, calendar }) => {
      const { works, cause } = dayKind(calendar, date);
      return { park, works, cause };
    });
}

/** The one-sided days from one date to another, both included. */
export function oneSidedDays(
  sidesOn: SidesOn,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): readonly OneSidedDays[] {
  const found: OneSidedDays[] = [];
  for (let day = from; Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 })) {
    const sides = sidesOn(day);
    if (sides.every(({ works }) => works === sides[0]?.works)) continue;
    const last = found.at(-1);
    if (last?.to.add({ days: 1 }).equals(day) && isAlike(last.sides, sides)) {
      found[found.length - 1] = { ...last, to: day };
    } else found.push({ from: day, to: day, sides });
  }
  return found;
}

function isAlike(one: readonly Side[], other: readonly Side[]): boolean {
  return JSON.stringify(one.map(({ cause }) => cause)) === JSON.stringify(other.map(({ cause }) => cause));
}
