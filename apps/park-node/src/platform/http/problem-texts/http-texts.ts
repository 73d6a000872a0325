import type { Language } from '@twinpark/contract/common.ts';
import { en } from './en.ts';
import type { HttpTexts } from './texts.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

export const httpTextsIn: Readonly<Record<Language, HttpTexts>> = {
  en,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
};
