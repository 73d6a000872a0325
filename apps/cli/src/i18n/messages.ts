import { fillIn } from '@twinpark/pack/problems.ts';
import { type Words, wordsIn } from '@twinpark/pack/words/words.ts';
import { type Catalogue, en } from './en.ts';
import { type KeysWords, en as keysEn } from './keys/en.ts';
import { zhHans as keysZhHans } from './keys/zh-hans.ts';
import { zhHant as keysZhHant } from './keys/zh-hant.ts';
import type { Language } from './language.ts';
import { type ProofWords, en as proofEn } from './proof/en.ts';
import { zhHans as proofZhHans } from './proof/zh-hans.ts';
import { zhHant as proofZhHant } from './proof/zh-hant.ts';
import { type StartWords, en as startEn } from './start/en.ts';
import { zhHans as startZhHans } from './start/zh-hans.ts';
import { zhHant as startZhHant } from './start/zh-hant.ts';
import { type StoryWords, en as storyEn } from './story/en.ts';
import { zhHans as storyZhHans } from './story/zh-hans.ts';
import { zhHant as storyZhHant } from './story/zh-hant.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

/** Everything the command line can say, in one language. */
export interface Messages extends Catalogue, StoryWords, StartWords, KeysWords, ProofWords, Words {}

export const messagesIn: Readonly<Record<Language, Messages>> = {
  en: { ...en, ...storyEn, ...startEn, ...keysEn, ...proofEn, ...wordsIn.en },
  'zh-Hans': {
    ...zhHans,
    ...storyZhHans,
    ...startZhHans,
    ...keysZhHans,
    ...proofZhHans,
    ...wordsIn['zh-Hans'],
  },
  'zh-Hant': {
    ...zhHant,
    ...storyZhHant,
    ...startZhHant,
    ...keysZhHant,
    ...proofZhHant,
    ...wordsIn['zh-Hant'],
  },
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
