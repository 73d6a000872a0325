import { localeOf } from '@twinpark/pack/words/words.ts';
import type { Language } from '../i18n/language.ts';
import { fill, type Messages } from '../i18n/messages.ts';

/** A date as the reader's language writes it out, with the day of the week. */
export function dateInWords(date: Temporal.PlainDate, { language }: Messages): string {
  // The zh-HK format puts a space before the day of the week, which its readers never write.
  return formatsOf(language)
    .inWords.format(date)
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/u, '');
}

/** The day of the week in short, for tables. */
export function weekdayOf(date: Temporal.PlainDate, { language }: Messages): string {
  return formatsOf(language).weekday.format(date);
}

/** A date in figures with its day of the week, within a sentence. */
export function datedInText(date: string, m: Messages): string {
  return fill(m.story.dated, { date, weekday: weekdayOf(plainDate(date), m) });
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
