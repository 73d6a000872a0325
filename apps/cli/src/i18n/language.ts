import { type MessageLanguage, messageLanguages } from '@twinpark/pack/problems.ts';

export type Language = MessageLanguage;
export const languages = messageLanguages;

/** The language of that name, in whichever case it is written. */
export function findLanguage(name: string): Language | undefined {
  return languages.find((language) => language.toLowerCase() === name.toLowerCase());
}

/** The reader's language as the system says it; English where it says none that we have. */
export function languageOfSystem(env: Readonly<Record<string, string | undefined>>): Language {
  // The order and the meaning of an empty value are those of POSIX.
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value) ?? '';
  const [language, territoryOrScript = ''] = (locale.split(/[.@]/)[0] ?? '').split(/[_-]/);
  if (language !== 'zh') return 'en';
  return /^(TW|HK|MO|Hant)$/i.test(territoryOrScript) ? 'zh-Hant' : 'zh-Hans';
}
