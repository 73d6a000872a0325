import { fillIn } from '@twinpark/pack/problems.ts';
import { type Catalogue, en } from './en.ts';
import type { Language } from './language.ts';
import { en as lawEn } from './law/en.ts';
import type { LawWords } from './law/words.ts';
import { zhHans as lawZhHans } from './law/zh-hans.ts';
import { zhHant as lawZhHant } from './law/zh-hant.ts';
import { type StoryWords, en as storyEn } from './story/en.ts';
import { zhHans as storyZhHans } from './story/zh-hans.ts';
import { zhHant as storyZhHant } from './story/zh-hant.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

/** Everything the command line can say, in one language. */
export interface Messages extends Catalogue, StoryWords {
  readonly language: Language;
  readonly law: LawWords;
}

export const messagesIn: Readonly<Record<Language, Messages>> = {
  en: { ...en, ...storyEn, language: 'en', law: lawEn },
  'zh-Hans': { ...zhHans, ...storyZhHans, language: 'zh-Hans', law: lawZhHans },
  'zh-Hant': { ...zhHant, ...storyZhHant, language: 'zh-Hant', law: lawZhHant },
};

/** A message with its parameters in place; a part in brackets is left out where a parameter of it is empty. */
export const fill = fillIn;

/** The form of a message that fits a number, as `{count}`; none of our languages tells more than one from many. */
export function plural(
  forms: { readonly one: string; readonly other: string },
  count: number,
  parameters: Readonly<Record<string, string>> = {},
): string {
  return fill(count === 1 ? forms.one : forms.other, { count: String(count), ...parameters });
}

/** Entries one after the other as the language joins them. Where an entry has commas itself, a stronger mark divides. */
export function listOf({ language }: Messages, entries: readonly string[]): string {
  const [plain, strong] = language === 'en' ? [', ', '; '] : ['、', '；'];
  return entries.join(entries.some((entry) => entry.includes(plain.trim())) ? strong : plain);
}
