import { type DayNumber, dayNumberOf, toDayNumber, yearOf } from './day-number.ts';
import type { CalendarDefinition } from './working-calendar.ts';
import {
  indexWorkingDays,
  type PlainWeek,
  plainWeek,
  type WorkingDayIndex,
  worksInWeek,
} from './working-day-index.ts';

/** Working days of one calendar, or the days that work in each of several, ready to be counted. */
export interface WorkingCalendar {
  readonly parts: readonly CalendarPart[];
  readonly index: WorkingDayIndex;
  /** For each year published in every part, the last year of the unbroken run it stands in. */
  readonly publishedThrough: ReadonlyMap<number, number>;
}

/** One calendar of the zone inside a working calendar. */
export interface CalendarPart {
  readonly id: string;
  readonly week: PlainWeek;
  /** Days its authorities published as holidays or make-up days. */
  readonly special: ReadonlyMap<DayNumber, SpecialDay>;
  readonly publishedYears: ReadonlySet<number>;
}

interface SpecialDay {
  readonly kind: 'holiday' | 'makeUpDay';
  /** More than one where two holidays fall together. */
  readonly holidays: readonly string[];
}

/** A holiday of one calendar; `holiday` is a key of that calendar's `holidayNames`. */
export interface CalendarHoliday {
  readonly calendar: string;
  readonly holiday: string;
}

/** Why a day works or does not, naming the calendars that decide it. */
export type WorkCause =
  | { readonly kind: 'workingDay' }
  /** A day off in a plain week, worked in exchange for the holidays named. */
  | { readonly kind: 'makeUpDay'; readonly holidays: readonly CalendarHoliday[] }
  | { readonly kind: 'restDay'; readonly calendars: readonly string[] }
  | {
      readonly kind: 'holiday';
      readonly holidays: readonly CalendarHoliday[];
      /** Other calendars, for which the day is no holiday but a rest day of the plain week. */
      readonly restDayIn: readonly string[];
    };

export interface DayKind {
  readonly works: boolean;
  readonly cause: WorkCause;
  /** False while a calendar's authorities have not published the year; the plain week then stands in for it. */
  readonly published: boolean;
}

/**
 * The working days of one calendar, ready to be counted at a cost that does not grow with the count.
 * A day belongs to the holiday that names it, whichever year's block it stands in.
 *
 * Throws: a `RangeError` for a definition that cannot be counted by: no or impossible working weekdays, a holiday that
 * ends before it begins, a day that is both holiday and make-up day.
 * Source: the citation of each year of the definition.
 */
export function compileCalendar(definition: CalendarDefinition): WorkingCalendar {
  return assemble([
    {
      id: definition.id,
      week: plainWeek(definition.workingWeekdays),
      special: specialDays(definition),
      publishedYears: new Set(definition.years.map(({ year }) => year)),
    },
  ]);
}

/**
 * The days that work in every one of the calendars. A year counts as published once all of them published it.
 *
 * Throws: a `RangeError` without calendars, or when their plain weeks share no working day.
 */
export function intersectCalendars(calendars: readonly WorkingCalendar[]): WorkingCalendar {
  const [first, ...others] = calendars;
  if (first === undefined) throw new RangeError('An intersection needs at least one calendar');
  return others.length === 0 ? first : assemble([...new Set(calendars.flatMap(({ parts }) => parts))]);
}

/** Whether a day works in a calendar, because of what and in whose calendar, and whether that is published. */
export function dayKind(calendar: WorkingCalendar, date: Temporal.PlainDate): DayKind {
  const day = toDayNumber(date);
  const cause = workCause(calendar, day);
  return {
    works: cause.kind === 'workingDay' || cause.kind === 'makeUpDay',
    cause,
    published: calendar.publishedThrough.has(yearOf(day)),
  };
}

/** Whether every year that the days `from` to `to`, both included, touch is published. */
export function isPublished(calendar: WorkingCalendar, from: DayNumber, to: DayNumber): boolean {
  const through = calendar.publishedThrough.get(yearOf(from));
  return through !== undefined && through >= yearOf(to);
}

/** Why a day works or does not. A holiday anywhere outweighs rest days, and either of them working days elsewhere. */
export function workCause({ parts }: WorkingCalendar, day: DayNumber): WorkCause {
  const holidays: CalendarHoliday[] = [];
  const madeUp: CalendarHoliday[] = [];
  const resting: string[] = [];
  for (const { id, week, special } of parts) {
    const here = special.get(day);
    if (here !== undefined) {
      const named = here.holidays.map((holiday) => ({ calendar: id, holiday }));
      (here.kind === 'holiday' ? holidays : madeUp).push(...named);
    } else if (!worksInWeek(week, day)) resting.push(id);
  }
  if (holidays.length > 0) return { kind: 'holiday', holidays, restDayIn: resting };
  if (resting.length > 0) return { kind: 'restDay', calendars: resting };
  return madeUp.length > 0 ? { kind: 'makeUpDay', holidays: madeUp } : { kind: 'workingDay' };
}

function assemble(parts: readonly CalendarPart[]): WorkingCalendar {
  const weekdays = [1, 2, 3, 4, 5, 6, 7].filter((weekday) =>
    parts.every(({ week }) => week.works[weekday - 1]),
  );
  if (weekdays.length === 0) throw new RangeError('The plain weeks of the calendars share no working day');
  const week = plainWeek(weekdays);
  const special = parts.flatMap((part) => [...part.special.keys()]);
  const from = special.reduce((least, day) => Math.min(least, day), special[0] ?? 0);
  const to = special.reduce((most, day) => Math.max(most, day + 1), from);
  return {
    parts,
    index: indexWorkingDays(week, from, to, (day) => parts.every((part) => worksInPart(part, day))),
    publishedThrough: publishedThrough(parts),
  };
}

function worksInPart({ week, special }: CalendarPart, day: DayNumber): boolean {
  const here = special.get(day);
  return here === undefined ? worksInWeek(week, day) : here.kind === 'makeUpDay';
}

function publishedThrough([part, ...others]: readonly CalendarPart[]): ReadonlyMap<number, number> {
  const years = [...(part?.publishedYears ?? [])].filter((year) =>
    others.every(({ publishedYears }) => publishedYears.has(year)),
  );
  const through = new Map<number, number>();
  for (const year of years.sort((a, b) => b - a)) through.set(year, through.get(year + 1) ?? year);
  return through;
}

function specialDays({ id, years }: CalendarDefinition): ReadonlyMap<DayNumber, SpecialDay> {
  const special = new Map<DayNumber, SpecialDay>();
  const add = (day: DayNumber, kind: SpecialDay['kind'], holiday: string): void => {
    const known = special.get(day);
    if (known !== undefined && known.kind !== kind) {
      throw new RangeError(
        `Calendar ${id}: a holiday and a make-up day (${known.holidays}, ${holiday}) fall on one day`,
      );
    }
    special.set(day, { kind, holidays: [...new Set([...(known?.holidays ?? []), holiday])] });
  };
  for (const { holidays, makeUpDays } of years) {
    for (const { holiday, from, to } of holidays) {
      const last = dayNumberOf(to);
      if (dayNumberOf(from) > last)
        throw new RangeError(`Calendar ${id}: ${holiday} of ${from} ends before it begins`);
      for (let day = dayNumberOf(from); day <= last; day += 1) add(day, 'holiday', holiday);
    }
    for (const { on, holiday } of makeUpDays) add(dayNumberOf(on), 'makeUpDay', holiday);
  }
  return special;
}
