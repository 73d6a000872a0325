import { foreignCharacters } from '@twinpark/pack/check/scripts.ts';
import { describe, expect, it } from 'vitest';
import type { ConfigWords } from '../config/texts/en.ts';
import { en } from '../config/texts/en.ts';
import { zhHans } from '../config/texts/zh-hans.ts';
import { zhHant } from '../config/texts/zh-hant.ts';
import { startFaultTexts } from './start-fault-text.ts';

const words: Readonly<Record<keyof typeof startFaultTexts, ConfigWords>> = {
  en,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
};

function textsOf(part: object, path = ''): [string, string][] {
  return Object.entries(part).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : textsOf(value, `${path}${key}.`),
  );
}

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
const languages = ['zh-Hans', 'zh-Hant'] as const;

describe.each([
  ['why a node does not start', startFaultTexts],
  ['the settings of a node', words],
])('the words about %s', (_, catalogues) => {
  it.each(languages)('say the same things with the same parameters in %s', (language) => {
    const english = new Map(textsOf(catalogues.en));
    const texts = new Map(textsOf(catalogues[language]));
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of texts) {
      // What is asked for may stand in the reason in one language and in the remedy in another.
      const pair = key.replace(/\.(reason|remedy)$/, '');
      const whole = (map: ReadonlyMap<string, string>) =>
        [...map].filter(([other]) => other.replace(/\.(reason|remedy)$/, '') === pair).join(' ');
      expect(placeholders(whole(texts)), `${key}: ${text}`).toEqual(placeholders(whole(english)));
    }
  });

  it.each([
    ['zh-Hans', 'Hans'],
    ['zh-Hant', 'Hant'],
  ] as const)('are written in the script of %s alone', (language, script) => {
    const foreign = textsOf(catalogues[language]).flatMap(([key, text]) =>
      foreignCharacters(text, script).map(({ character }) => `${key}: ${character}`),
    );
    expect(foreign).toEqual([]);
  });
});
