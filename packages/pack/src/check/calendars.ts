import type { Draft } from '../draft.ts';
import { keyOf, lineOf, type Raise } from '../findings.ts';
import { nearest } from '../nearest.ts';
import type { Placed, Records } from '../pack.ts';
import { inside, type Place } from '../tree.ts';
import { isDay } from './dates.ts';

type Calendar = Placed<Records['calendars']>;

/** Years, holidays and make-up days that contradict each other, within a calendar and between those of one park. */
export function checkCalendars({ records }: Draft, raise: Raise): void {
  checkWeekdays([...records.calendars.values()], raise);
  const yearsOfParks = new Map<string, string>();
  for (const calendar of records.calendars.values()) {
    checkYears(calendar, yearsOfParks, raise);
    const ranges = rangesOf(calendar);
    checkHolidayNames(calendar, raise);
    checkHolidays(ranges, raise);
    // What a slip in a date makes overlap is not told besides.
    const plausible = ranges.filter((range) => !isTooLong(range));
    checkOverlaps(plausible, raise);
    checkMakeUpDays(calendar, plausible, raise);
  }
}

/** A limit may count the days that several calendars work, and a count that no day ever enters has no end. */
function checkWeekdays(calendars: readonly Calendar[], raise: Raise): void {
  for (const [index, { value, place }] of calendars.entries()) {
    const other = calendars.slice(0, index).find(({ value: { workingWeekdays } }) => {
      return !value.workingWeekdays.some((day) => workingWeekdays.includes(day));
    });
    if (!other) continue;
    raise('weekdays-disjoint', inside(place, 'workingWeekdays'), { calendar: other.value.id });
  }
}

/** @param yearsOfParks Calendar that gives a year of a park, by park and year. */
function checkYears({ value, place }: Calendar, yearsOfParks: Map<string, string>, raise: Raise): void {
  const seen = new Map<number, Place>();
  for (const [index, { year }] of value.years.entries()) {
    const spot = inside(place, 'years', index, 'year');
    const first = seen.get(year);
    if (first) raise('year-twice', spot, { year: String(year), line: lineOf(first) });
    else seen.set(year, spot);
    const key = `${value.park} ${year}`;
    const other = yearsOfParks.get(key);
    if (other === undefined) yearsOfParks.set(key, value.id);
    else if (other !== value.id) {
      raise('calendar-overlap', spot, { year: String(year), park: value.park, calendar: other });
    }
  }
  const years = [...seen.keys()].sort((one, other) => one - other);
  for (const [index, year] of years.entries()) {
    const previous = years[index - 1];
    const spot = seen.get(year);
    if (spot && previous !== undefined && year > previous + 1) {
      raise('calendar-year-gap', spot, { year: String(year), previous: String(previous) });
    }
  }
}

interface Range {
  readonly holiday: string;
  readonly from: string;
  readonly to: string;
  readonly year: number;
  readonly place: Place;
}

/** The holidays of all years; one with an impossible date is left out. */
function rangesOf({ value, place }: Calendar): Range[] {
  return value.years.flatMap(({ year, holidays }, index) =>
    holidays.flatMap(({ holiday, from, to = from }, at) =>
      isDay(from) && isDay(to)
        ? [{ holiday, from, to, year, place: inside(place, 'years', index, 'holidays', at) }]
        : [],
    ),
  );
}

function checkHolidayNames({ value, place }: Calendar, raise: Raise): void {
  const names = Object.keys(value.holidayNames);
  const used = new Set<string>();
  const use = (holiday: string, spot: Place) => {
    used.add(holiday);
    if (Object.hasOwn(value.holidayNames, holiday)) return;
    raise('holiday-name-unknown', spot, { holiday, suggestion: nearest(holiday, names) });
  };
  for (const [index, { holidays, makeUpDays = [] }] of value.years.entries()) {
    for (const [at, { holiday }] of holidays.entries()) {
      use(holiday, inside(place, 'years', index, 'holidays', at, 'holiday'));
    }
    for (const [at, { holiday }] of makeUpDays.entries()) {
      use(holiday, inside(place, 'years', index, 'makeUpDays', at, 'holiday'));
    }
  }
  for (const holiday of names) {
    if (!used.has(holiday))
      raise('holiday-name-unused', keyOf(inside(place, 'holidayNames', holiday)), { holiday });
  }
}

/** The longest holiday that is no slip in a date. */
const longestHoliday = 31;

function isTooLong({ from, to }: Range): boolean {
  return daysBetween(from, to).length > longestHoliday;
}

function checkHolidays(ranges: readonly Range[], raise: Raise): void {
  for (const range of ranges) {
    const { from, to, year, place } = range;
    if (to < from) raise('holiday-reversed', inside(place, 'to'), { from, to });
    else if (yearOf(from) !== year && yearOf(to) !== year) {
      raise('holiday-outside-its-year', inside(place, 'from'), { year: String(year) });
    } else if (isTooLong(range)) {
      raise('holiday-too-long', inside(place, 'to'), { from, to, limit: String(longestHoliday) });
    }
  }
}

function checkOverlaps(ranges: readonly Range[], raise: Raise): void {
  const sound = ranges.filter(({ from, to }) => from <= to);
  let latest: Range | undefined;
  for (const range of sound.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    if (latest && range.from <= latest.to) {
      const { holiday } = latest;
      raise('holidays-overlap', inside(range.place, 'from'), {
        day: range.from,
        holiday,
        line: lineOf(latest.place),
      });
    }
    if (!latest || range.to > latest.to) latest = range;
  }
}

function checkMakeUpDays({ value, place }: Calendar, ranges: readonly Range[], raise: Raise): void {
  const declared = new Set(value.years.map(({ year }) => year));
  const daysOff = new Map<string, string>();
  for (const { holiday, from, to } of ranges)
    for (const day of daysBetween(from, to)) daysOff.set(day, holiday);
  const seen = new Map<string, Place>();
  for (const [index, { makeUpDays = [] }] of value.years.entries()) {
    for (const [at, { on: day }] of makeUpDays.entries()) {
      if (!isDay(day)) continue;
      const spot = inside(place, 'years', index, 'makeUpDays', at, 'on');
      const holiday = daysOff.get(day);
      const first = seen.get(day);
      if (first) raise('make-up-day-twice', spot, { day, line: lineOf(first) });
      else if (!declared.has(yearOf(day))) raise('make-up-day-outside-declared-years', spot, { day });
      else if (holiday !== undefined) raise('make-up-day-in-holiday', spot, { day, holiday });
      else if (value.workingWeekdays.includes(Temporal.PlainDate.from(day).dayOfWeek)) {
        raise('make-up-day-on-working-day', spot, { day });
      }
      if (!first) seen.set(day, spot);
    }
  }
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/** The days of a range, at most those of a year: a longer one has a slip in its dates that is reported elsewhere. */
function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (
    let day = Temporal.PlainDate.from(from);
    day.toString() <= to && days.length < 366;
    day = day.add({ days: 1 })
  ) {
    days.push(day.toString());
  }
  return days;
}
