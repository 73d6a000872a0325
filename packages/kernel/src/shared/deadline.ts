import { isPublished, type WorkCause, type WorkingCalendar, workCause } from './calendar.ts';
import { type DayNumber, toDate, toDayNumber } from './day-number.ts';
import { causeOn, type Span, type Stop, spansOf, stopsOf } from './stop.ts';
import type { Pause, PauseCause, TimeLimit } from './time-limit.ts';
import { dayAt, ordinalFrom, type WorkingDayIndex } from './working-day-index.ts';

/** What of a time limit decides how its days are counted. */
export type CountedLimit = Pick<TimeLimit, 'amount' | 'unit' | 'starts' | 'rollsForward'>;

/** The last day of a time limit. */
export interface Deadline {
  readonly dueOn: Temporal.PlainDate;
  /** The date rests on days of a year that a calendar's authorities have not published, and may still move. */
  readonly provisional: boolean;
}

/** One day of a running time limit: whether it counts, why, and on whose desk the case lay. */
export interface DayLine {
  readonly date: Temporal.PlainDate;
  readonly counts: boolean;
  /** The day is the n-th that counts; null when it does not count. */
  readonly number: number | null;
  readonly cause: DayCause;
  readonly owner: DayOwner;
  /** Whether this day may still turn out otherwise because its year is not published. */
  readonly provisional: boolean;
}

export type DayCause =
  | WorkCause
  /** The day of the triggering act, where the limit runs from the day after. */
  | { readonly kind: 'startDay' }
  /** Every day counts in this unit. */
  | { readonly kind: 'calendarDay' }
  | StoppedClock
  /** The count was full, but the limit could not end yet; `after` says why not on the day before this one. */
  | { readonly kind: 'rolledForward'; readonly after: WorkCause | StoppedClock };

/** The clock stood, whether or not the day would otherwise have counted. */
export interface StoppedClock {
  readonly kind: 'pause';
  readonly pause: PauseCause;
}

export type DayOwner =
  | { readonly kind: 'authority' }
  | { readonly kind: 'applicant' }
  | { readonly kind: 'procedure'; readonly procedure: string };

/**
 * The day on which a time limit ends.
 * A pause leaves out its days if it begins on or before the day that would be the last without it. Months end on the
 * same day number as they began, or on the last day of a shorter month, and then run on by the days paused; where the
 * day of the act counts they end one day earlier, so that a month from the 1st is that whole month.
 *
 * Unit: `extensionAmount` is in the unit of the limit; pauses are days, both ends included.
 * Throws: a `RangeError` for an amount that is not a positive integer or an extension that is not a natural number.
 * Source: the citation of the limit, and for each working day that of the calendar's year.
 */
export function dueOn(
  limit: CountedLimit,
  startedOn: Temporal.PlainDate,
  pauses: readonly Pause[],
  extensionAmount: number,
  calendar: WorkingCalendar,
): Deadline {
  const { due, provisionalFrom } = courseOf(limit, startedOn, pauses, extensionAmount, calendar);
  const provisional = provisionalFrom !== null && !isPublished(calendar, provisionalFrom, due);
  return { dueOn: toDate(due), provisional };
}

/**
 * Every day of a time limit, from the day of the triggering act to the due date, with its legal cause and owner.
 * Where pauses overlap, the one that began first owns the day.
 *
 * Throws: as `dueOn`, with which it always agrees.
 */
export function explainDays(
  limit: CountedLimit,
  startedOn: Temporal.PlainDate,
  pauses: readonly Pause[],
  extensionAmount: number,
  calendar: WorkingCalendar,
): readonly DayLine[] {
  const course = courseOf(limit, startedOn, pauses, extensionAmount, calendar);
  const lines: DayLine[] = [];
  let counted = 0;
  for (let day = toDayNumber(startedOn); day <= course.due; day += 1) {
    const cause = lineCause(course, calendar, day);
    const counts = countingCauses.has(cause.kind);
    if (counts) counted += 1;
    lines.push({
      date: toDate(day),
      counts,
      number: counts ? counted : null,
      cause,
      owner: cause.kind === 'pause' ? ownerOf(cause.pause) : { kind: 'authority' },
      provisional: day >= (course.provisionalFrom ?? Infinity) && !isPublished(calendar, day, day),
    });
  }
  return lines;
}

/**
 * Days an authority has left after `asOf` to meet a time limit; zero on the last day, negative once days that count
 * have passed since. The count pauses with the limit.
 *
 * Unit: working days of the limit's calendars for a limit in working days, otherwise calendar days.
 * Throws: as `dueOn`.
 */
export function workingDaysLeft(
  limit: CountedLimit,
  startedOn: Temporal.PlainDate,
  pauses: readonly Pause[],
  extensionAmount: number,
  calendar: WorkingCalendar,
  asOf: Temporal.PlainDate,
): number {
  const { index, first, due, spans } = courseOf(limit, startedOn, pauses, extensionAmount, calendar);
  const tomorrow = toDayNumber(asOf) + 1;
  if (tomorrow > due) return 0 - countBetween(index, due + 1, tomorrow);
  const from = Math.max(tomorrow, first);
  const paused = spans.reduce(
    (sum, span) => sum + countBetween(index, Math.max(span.from, from), Math.min(span.to, due) + 1),
    0,
  );
  return countBetween(index, from, due + 1) - paused;
}

/** A limit laid over its days. */
interface Course {
  /** The working days that count; null when every day does. */
  readonly index: WorkingDayIndex | null;
  /** The first day that can count. */
  readonly first: DayNumber;
  /** The day on which the count is full. */
  readonly full: DayNumber;
  readonly due: DayNumber;
  /** The first day whose kind the due date rests on; null when it rests on no calendar. */
  readonly provisionalFrom: DayNumber | null;
  readonly stops: readonly Stop[];
  readonly spans: readonly Span[];
}

function courseOf(
  limit: CountedLimit,
  startedOn: Temporal.PlainDate,
  pauses: readonly Pause[],
  extensionAmount: number,
  calendar: WorkingCalendar,
): Course {
  const amount = totalAmount(limit, extensionAmount);
  const index = limit.unit === 'workingDays' ? calendar.index : null;
  const first = toDayNumber(startedOn) + (limit.starts === 'dayAfter' ? 1 : 0);
  const stops = stopsOf(pauses);
  const spans = spansOf(stops);
  const days = limit.unit === 'months' ? daysOfMonths(startedOn, amount, first) : amount;
  const full = fullOn(index, first, days, spans);
  const rolls = limit.rollsForward && index === null;
  const due = rolls ? rollForward(calendar.index, full, spans) : full;
  const provisionalFrom = index !== null ? first : rolls ? full : null;
  return { index, first, full, due, provisionalFrom, stops, spans };
}

function totalAmount({ amount }: CountedLimit, extensionAmount: number): number {
  if (!Number.isSafeInteger(amount) || amount < 1) {
    throw new RangeError(`A time limit is a positive whole amount, not ${amount}`);
  }
  if (!Number.isSafeInteger(extensionAmount) || extensionAmount < 0) {
    throw new RangeError(`An extension is a whole amount from 0, not ${extensionAmount}`);
  }
  return amount + extensionAmount;
}

/** Months as days, so that a pause can be left out of them like of any other count. */
function daysOfMonths(startedOn: Temporal.PlainDate, months: number, first: DayNumber): number {
  const start = startedOn.withCalendar('iso8601');
  const sameNumber = start.add({ months });
  const startCounts = first === toDayNumber(start);
  const last = toDayNumber(sameNumber) - (startCounts && sameNumber.day === start.day ? 1 : 0);
  return last - first + 1;
}

/** The day on which the count is full: each stop begun by then puts it off by the days it leaves out. */
function fullOn(
  index: WorkingDayIndex | null,
  first: DayNumber,
  amount: number,
  spans: readonly Span[],
): DayNumber {
  let ordinal = ordinalIn(index, first) + amount - 1;
  for (const { from, to } of spans) {
    if (from > dayIn(index, ordinal)) break;
    ordinal += countBetween(index, Math.max(from, first), to + 1);
  }
  return dayIn(index, ordinal);
}

/** The first day from `day` on that works and is not paused. */
function rollForward(index: WorkingDayIndex, day: DayNumber, spans: readonly Span[]): DayNumber {
  let due = dayAt(index, ordinalFrom(index, day));
  for (const { from, to } of spans) {
    if (from <= due && due <= to) due = dayAt(index, ordinalFrom(index, to + 1));
  }
  return due;
}

/** Days that count from `from` up to, without, `to`; none if the stretch is empty. */
function countBetween(index: WorkingDayIndex | null, from: DayNumber, to: DayNumber): number {
  return to <= from ? 0 : ordinalIn(index, to) - ordinalIn(index, from);
}

function ordinalIn(index: WorkingDayIndex | null, day: DayNumber): number {
  return index === null ? day : ordinalFrom(index, day);
}

function dayIn(index: WorkingDayIndex | null, ordinal: number): DayNumber {
  return index === null ? ordinal : dayAt(index, ordinal);
}

const countingCauses: ReadonlySet<DayCause['kind']> = new Set(['workingDay', 'makeUpDay', 'calendarDay']);

function lineCause(course: Course, calendar: WorkingCalendar, day: DayNumber): DayCause {
  const pause = causeOn(course.stops, day);
  if (pause !== null) return { kind: 'pause', pause };
  if (day < course.first) return { kind: 'startDay' };
  if (day > course.full) {
    const pauseBefore = causeOn(course.stops, day - 1);
    if (pauseBefore !== null) return { kind: 'rolledForward', after: { kind: 'pause', pause: pauseBefore } };
    return { kind: 'rolledForward', after: workCause(calendar, day - 1) };
  }
  return course.index === null ? { kind: 'calendarDay' } : workCause(calendar, day);
}

function ownerOf(pause: PauseCause): DayOwner {
  return pause.kind === 'evidence'
    ? { kind: 'applicant' }
    : { kind: 'procedure', procedure: pause.procedure };
}
