import { from as fromSimplified, to as toVariants } from 'opencc-js/preset/cn2t';
import { to as toSimplified } from 'opencc-js/preset/t2cn';

export type ChineseScript = 'Hans' | 'Hant';

export interface ForeignCharacter {
  readonly character: string;
  /** How the character is written in the script of the text. */
  readonly form: string;
  readonly index: number;
}

/** The Chinese script that a language tag stands for; null for other languages. */
export function scriptOf(language: string): ChineseScript | null {
  const known = scripts.get(language);
  if (known !== undefined) return known;
  const script = /^zh\b/i.test(language) ? likelyScript(language) : null;
  scripts.set(language, script);
  return script;
}

/** Asking the runtime costs more than looking through a text, and every text asks. */
const scripts = new Map<string, ChineseScript | null>();

function likelyScript(language: string): ChineseScript | null {
  try {
    return new Intl.Locale(language).maximize().script === 'Hant' ? 'Hant' : 'Hans';
  } catch {
    return null;
  }
}

/**
 * Characters of a text that belong to the other script only, each once. Characters that both scripts use are never
 * reported, even where one of their meanings has another form: only a person can tell 皇后 from 以后.
 */
export function foreignCharacters(text: string, script: ChineseScript): ForeignCharacter[] {
  const { simplifiedOnly, traditionalOnly } = tables();
  const foreign = script === 'Hant' ? simplifiedOnly : traditionalOnly;
  const found = new Map<string, ForeignCharacter>();
  let index = 0;
  for (const character of text) {
    const form = foreign.get(character);
    if (form !== undefined && !found.has(character)) found.set(character, { character, form, index });
    index += character.length;
  }
  return [...found.values()];
}

type Table = ReadonlyMap<string, string>;
let cached: { readonly simplifiedOnly: Table; readonly traditionalOnly: Table } | null = null;

/** Built from OpenCC's dictionaries on first use. */
function tables(): NonNullable<typeof cached> {
  cached ??= {
    simplifiedOnly: oneWay(charactersOf(fromSimplified['cn']), [
      ...sharedWithTraditional,
      // Standard forms of the regions that write traditional characters, such as 台 and 群.
      ...[...charactersOf(toVariants['hk']).values()].flat(),
      ...[...charactersOf(toVariants['tw']).values()].flat().filter((form) => form !== '么'),
    ]),
    traditionalOnly: oneWay(charactersOf(toSimplified['cn']), [...sharedWithSimplified]),
  };
  return cached;
}

/**
 * Characters that OpenCC converts in most words but that are traditional themselves in others: 公里, 皇后, 批准, 干預,
 * 征服, 咸豐, 雇主, 佣金, 升斗. To report them would refuse right texts.
 */
const sharedWithTraditional =
  '丑丰云仆余佣伙几凄准凶划占厘吁后咨咸夸尸岩岳帘干征恒挂斗昵晒朴杠杰柜栖涂涌淀游炖熏瓮羡肴腌腊膻范苹荐蒏蔂蚝蝎跖辟郁采里雇霉沄泞洼洒';

/** The reverse: 乾坤, 瞭望, 慰藉, and words that the standard list of 2013 writes so. */
const sharedWithSimplified = '乾瞭藉麽夥拚捱榘苧薹袷吒';

function charactersOf(
  groups: readonly (readonly (string | readonly (readonly [string, string])[])[])[] | undefined,
): Map<string, readonly string[]> {
  const entries = (groups ?? [])
    .flat()
    .flatMap((dictionary) => (typeof dictionary === 'string' ? dictionary.split('|') : []))
    .map((entry) => entry.split(' '));
  return new Map(
    entries.flatMap(([key, ...forms]) =>
      key !== undefined && [...key].length === 1 && isOrdinary(key) ? [[key, forms]] : [],
    ),
  );
}

/** Characters whose forms do not contain themselves, apart from those that are right in both scripts. */
function oneWay(characters: ReadonlyMap<string, readonly string[]>, shared: readonly string[]): Table {
  const both = new Set(shared);
  const table = new Map<string, string>();
  for (const [character, forms] of characters) {
    if (!forms.includes(character) && !both.has(character)) table.set(character, forms.join('/'));
  }
  return table;
}

/** Compatibility ideographs look like the ordinary character and are another matter than script. */
function isOrdinary(character: string): boolean {
  return character.normalize('NFC') === character;
}
