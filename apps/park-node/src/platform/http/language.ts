import { type Language, languages } from '@twinpark/contract/common.ts';

/** What a reader gets that asks for none of ours. */
const defaultLanguage: Language = 'en';
/** No reader names more languages than this; whoever does is not read to the end. */
const mostTags = 20;

/**
 * The language to answer in: of those that the request accepts, the first that we have. A region stands for its script:
 * zh-HK, zh-MO and zh-TW read traditional characters, zh, zh-CN and zh-SG simplified ones.
 *
 * Source: RFC 9110 section 12.5.4; likely scripts from Unicode CLDR.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined) return defaultLanguage;
  const wishes = acceptLanguage
    .split(',', mostTags)
    .map(wishOf)
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight);
  for (const { tag } of wishes) {
    const language = tag === '*' ? defaultLanguage : known(tag);
    if (language !== null) return language;
  }
  return defaultLanguage;
}

function wishOf(part: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
  const quality = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
  const weight = quality === undefined ? 1 : Number(quality);
  return { tag, weight: weight >= 0 && weight <= 1 ? weight : 0 };
}

const cache = new Map<string, Language | null>();

function known(tag: string): Language | null {
  const cached = cache.get(tag);
  if (cached !== undefined) return cached;
  const language = fromTag(tag);
  // What strangers send may not fill the memory.
  if (cache.size < 1_000) cache.set(tag, language);
  return language;
}

function fromTag(tag: string): Language | null {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    // Cantonese and the other Chinese languages are read in the script of their region.
    const isChinese = ['zh', 'yue', 'wuu', 'hak', 'nan', 'cmn'].includes(language);
    const wanted = isChinese ? `zh-${script ?? 'Hans'}` : language;
    return languages.find((candidate) => candidate === wanted) ?? null;
  } catch {
    return null;
  }
}
