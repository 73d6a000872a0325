import type { Text } from '@twinpark/kernel/shared/text.ts';
import type { MessageLanguage } from '../problems.ts';
import { en } from './en.ts';
import type { LawWords } from './law-words.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

/** How case handling is spoken of to one reader. */
export interface Words {
  readonly language: MessageLanguage;
  readonly law: LawWords;
}

export const wordsIn: Readonly<Record<MessageLanguage, Words>> = {
  en: { language: 'en', law: en },
  'zh-Hans': { language: 'zh-Hans', law: zhHans },
  'zh-Hant': { language: 'zh-Hant', law: zhHant },
};

/** The locale whose ways of writing dates and lists each reader expects. */
export const localeOf: Readonly<Record<MessageLanguage, string>> = {
  'zh-Hans': 'zh-CN',
  'zh-Hant': 'zh-HK',
  en: 'en-HK',
};

/** A text of the zone in the reader's language, or the nearest that the zone has. */
export function pick(text: Text, { language }: Pick<Words, 'language'>): string {
  return text[language] ?? text['en'] ?? Object.values(text)[0] ?? '';
}

/** Entries one after the other as the language joins them. Where an entry has commas itself, a stronger mark divides. */
export function listOf({ language }: Pick<Words, 'language'>, entries: readonly string[]): string {
  const [plain, strong] = language === 'en' ? [', ', '; '] : ['、', '；'];
  return entries.join(entries.some((entry) => entry.includes(plain.trim())) ? strong : plain);
}
