import type { IsoDate } from './date.ts';

/**
 * A day as the number of days since 1970-01-01, so that a distance is a subtraction.
 * Counting over these is what makes the clock fast: one `Temporal.PlainDate` addition takes about 1.7 µs in Node 26.
 */
export type DayNumber = number;

const daysPerEra = 146_097;
/** Days from 0000-03-01, where the arithmetic below begins its years, to 1970-01-01. */
const epochFromMarchOfYear0 = 719_468;

/**
 * The number of a day of the Gregorian calendar, also of years before its introduction (proleptic, as ISO 8601).
 * Years begin in March here, so that the leap day is the last of its year and needs no case of its own.
 */
export function toDayNumber(date: Temporal.PlainDate): DayNumber {
  const { year, month, day } = date.calendarId === 'iso8601' ? date : date.withCalendar('iso8601');
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * daysPerEra + yearOfEra * 365 + leapDays + dayOfYear - epochFromMarchOfYear0;
}

/** The number of a day written as `YYYY-MM-DD`. */
export function dayNumberOf(date: IsoDate): DayNumber {
  return toDayNumber(Temporal.PlainDate.from(date));
}

/** The date with this number. */
export function toDate(number: DayNumber): Temporal.PlainDate {
  const { marchYear, dayOfYear } = marchDate(number);
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return marchMonth < 10
    ? new Temporal.PlainDate(marchYear, marchMonth + 3, day)
    : new Temporal.PlainDate(marchYear + 1, marchMonth - 9, day);
}

/** The calendar year a day lies in. */
export function yearOf(number: DayNumber): number {
  const { marchYear, dayOfYear } = marchDate(number);
  // January begins 306 days after the first of March.
  return dayOfYear < 306 ? marchYear : marchYear + 1;
}

function marchDate(number: DayNumber): { readonly marchYear: number; readonly dayOfYear: number } {
  const shifted = number + epochFromMarchOfYear0;
  const era = Math.floor(shifted / daysPerEra);
  const dayOfEra = shifted - era * daysPerEra;
  const leapDays =
    Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const daysBefore = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return { marchYear: era * 400 + yearOfEra, dayOfYear: dayOfEra - daysBefore };
}
