import type { Language } from '@twinpark/contract/common.ts';
import type { Text } from '@twinpark/kernel/shared/text.ts';
import { localeOf } from '@twinpark/pack/words/words.ts';
import { en } from './en.ts';
import type { OutputWords } from './output-words.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

const words: Readonly<Record<Language, OutputWords>> = { 'zh-Hans': zhHans, 'zh-Hant': zhHant, en };

/** How a document speaks in a language; in one that it does not know, it speaks English around the zone's own texts. */
export function outputWordsIn(language: string): OutputWords {
  return words[language as Language] ?? en;
}

export function textIn(text: Text, language: string): string {
  return text[language] ?? text['en'] ?? Object.values(text)[0] ?? '';
}

/** A calendar date as the language writes it in a letter. */
export function dateIn(date: string, language: string): string {
  const locale = localeOf[language as Language] ?? language;
  // Temporal's own formatting writes Chinese dates with strokes, 2026/1/5.
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${date}T00:00:00Z`));
}

/** What a language is called in another. */
export function languageName(named: string, language: string): string {
  const locale = localeOf[language as Language] ?? language;
  return new Intl.DisplayNames([locale], { type: 'language' }).of(named) ?? named;
}
