import { type Language, localeOf } from '../i18n/language.ts';
import type { Messages } from '../i18n/messages.ts';

/** A date as the reader's language writes it out, with the day of the week. */
export function dateInWords(date: Temporal.PlainDate, { language }: Messages): string {
  return formatsOf(language).inWords.format(date);
}

/** The day of the week in short, for tables. */
export function weekdayOf(date: Temporal.PlainDate, { language }: Messages): string {
  return formatsOf(language).weekday.format(date);
}

export function plainDate(date: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(date);
}

interface Formats {
  readonly inWords: Intl.DateTimeFormat;
  readonly weekday: Intl.DateTimeFormat;
}

/** Making a format costs more than a hundred uses of it, and a table uses one for each of its lines. */
const known = new Map<Language, Formats>();

function formatsOf(language: Language): Formats {
  const locale = localeOf[language];
  const formats = known.get(language) ?? {
    inWords: new Intl.DateTimeFormat(locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    }),
    weekday: new Intl.DateTimeFormat(locale, { weekday: 'short' }),
  };
  known.set(language, formats);
  return formats;
}
