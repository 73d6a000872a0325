import type { DayNumber } from './day-number.ts';

/** A week without holidays, as counts that answer for any stretch of such weeks at once. */
export interface PlainWeek {
  /** Monday first. */
  readonly works: readonly boolean[];
  /** For each weekday, how many days of its week before it are worked. */
  readonly workedBefore: readonly number[];
  /** Weekdays that are worked, Monday 0. */
  readonly worked: readonly number[];
}

/**
 * Working days in a row: each has an ordinal, and ordinals and days are found from one another in constant time.
 * A table covers the days between the first and the last that differ from the plain week; a formula covers the rest.
 */
export interface WorkingDayIndex {
  readonly week: PlainWeek;
  /** The table covers `from` up to, without, `to`. */
  readonly from: DayNumber;
  readonly to: DayNumber;
  /** Ordinal of the first working day of the table. */
  readonly base: number;
  /** How many more (or fewer) days the table works than plain weeks would. */
  readonly surplus: number;
  /** Working days of the table before each of its days, and at the end all of them. */
  readonly counts: Int32Array;
  /** Working days of the table in their order. */
  readonly days: Int32Array;
}

/**
 * The plain week in which these ISO weekdays are worked.
 *
 * Throws: a `RangeError` for a week without a working day, in which no count would end.
 */
export function plainWeek(workingWeekdays: readonly number[]): PlainWeek {
  const worked = [...new Set(workingWeekdays)].map((weekday) => weekday - 1).sort((a, b) => a - b);
  if (worked.length === 0) throw new RangeError('A plain week needs at least one working day');
  const stray = worked.find((weekday) => !Number.isInteger(weekday) || weekday < 0 || weekday > 6);
  if (stray !== undefined) throw new RangeError(`ISO weekdays run from 1 to 7; ${stray + 1} is none`);
  const works = [0, 1, 2, 3, 4, 5, 6].map((weekday) => worked.includes(weekday));
  return {
    works,
    worked,
    workedBefore: works.map((_, weekday) => worked.filter((other) => other < weekday).length),
  };
}

/** Whether a day is worked in a plain week. */
export function worksInWeek(week: PlainWeek, day: DayNumber): boolean {
  const { weekday } = split(day);
  return week.works[weekday] ?? false;
}

/** The index of working days whose table covers `from` up to, without, `to`. */
export function indexWorkingDays(
  week: PlainWeek,
  from: DayNumber,
  to: DayNumber,
  works: (day: DayNumber) => boolean,
): WorkingDayIndex {
  const counts = new Int32Array(to - from + 1);
  const days = new Int32Array(to - from);
  let count = 0;
  for (let day = from; day < to; day += 1) {
    counts[day - from] = count;
    if (works(day)) {
      days[count] = day;
      count += 1;
    }
  }
  counts[to - from] = count;
  const base = ordinalInWeeks(week, from);
  const surplus = base + count - ordinalInWeeks(week, to);
  return { week, from, to, base, surplus, counts, days: days.slice(0, count) };
}

/** Ordinal of the first working day on or after a day; the difference of two ordinals counts the days between. */
export function ordinalFrom(index: WorkingDayIndex, day: DayNumber): number {
  if (day < index.from) return ordinalInWeeks(index.week, day);
  if (day > index.to) return ordinalInWeeks(index.week, day) + index.surplus;
  return index.base + (index.counts[day - index.from] ?? 0);
}

/** The working day with an ordinal. */
export function dayAt(index: WorkingDayIndex, ordinal: number): DayNumber {
  const place = ordinal - index.base;
  if (place < 0) return dayInWeeks(index.week, ordinal);
  return index.days[place] ?? dayInWeeks(index.week, ordinal - index.surplus);
}

function ordinalInWeeks(week: PlainWeek, day: DayNumber): number {
  const { weeks, weekday } = split(day);
  return weeks * week.worked.length + (week.workedBefore[weekday] ?? 0);
}

function dayInWeeks(week: PlainWeek, ordinal: number): DayNumber {
  const weeks = Math.floor(ordinal / week.worked.length);
  const weekday = week.worked[ordinal - weeks * week.worked.length] ?? 0;
  return weeks * 7 + weekday - mondayBeforeEpoch;
}

/** 1970-01-01 was a Thursday, three days after a Monday. */
const mondayBeforeEpoch = 3;

function split(day: DayNumber): { readonly weeks: number; readonly weekday: number } {
  const weeks = Math.floor((day + mondayBeforeEpoch) / 7);
  return { weeks, weekday: day + mondayBeforeEpoch - weeks * 7 };
}
