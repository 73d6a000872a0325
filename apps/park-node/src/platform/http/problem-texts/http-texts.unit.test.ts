import { languages } from '@twinpark/contract/common.ts';
import { nodeProblemCodes } from '@twinpark/contract/problem.ts';
import { refusalCodes } from '@twinpark/kernel/vocabulary.ts';
import { foreignCharacters } from '@twinpark/pack/check/scripts.ts';
import { describe, expect, it } from 'vitest';
import { httpTextsIn } from './http-texts.ts';

/** Every text of a language with its key. */
function textsOf(part: object, path = ''): [string, string][] {
  return Object.entries(part).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : textsOf(value, `${path}${key}.`),
  );
}

const placeholders = (text: string) => String([...new Set(text.match(/\{\w+\}/g))].sort());

describe('what the server says', () => {
  const english = new Map(textsOf(httpTextsIn.en));

  it.each(languages)('is the same with the same parameters in %s', (language) => {
    const texts = new Map(textsOf(httpTextsIn[language]));
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
    const differing = [...texts].filter(
      ([key, text]) => placeholders(text) !== placeholders(english.get(key) ?? ''),
    );
    expect(differing).toEqual([]);
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('covers every problem of the node and no other', () => {
    expect(Object.keys(httpTextsIn.en.problems).sort()).toEqual([...nodeProblemCodes].sort());
  });

  it('gives each problem a title of its own, short and without what happened in one case', () => {
    for (const language of languages) {
      const { problems, refusals } = httpTextsIn[language];
      const titles = [...Object.values(problems).map(({ title }) => title), ...Object.values(refusals)];
      expect(titles.toSorted()).toEqual([...new Set(titles)].sort());
      expect(titles.filter((title) => /[{}.。]/.test(title))).toEqual([]);
    }
    expect(Object.keys(httpTextsIn.en.refusals)).toEqual([...refusalCodes]);
  });

  it.each([
    ['zh-Hans', 'Hans'],
    ['zh-Hant', 'Hant'],
  ] as const)('is written in the script of %s alone', (language, script) => {
    const foreign = textsOf(httpTextsIn[language]).flatMap(([key, text]) =>
      foreignCharacters(text, script).map(({ character }) => `${key}: ${character}`),
    );
    expect(foreign).toEqual([]);
  });

  it('never repeats its general title as the detail: the detail says what to do', () => {
    for (const language of languages) {
      const { problems } = httpTextsIn[language];
      for (const { title, detail } of Object.values(problems)) {
        expect(detail.length, title).toBeGreaterThan(title.length);
        expect(detail).toMatch(/[.。]\]?$/);
      }
    }
  });
});
