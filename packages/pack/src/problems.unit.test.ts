import { describe, expect, it } from 'vitest';
import { foreignCharacters } from './check/scripts.ts';
import { en } from './messages/en.ts';
import { zhHans } from './messages/zh-hans.ts';
import { zhHant } from './messages/zh-hant.ts';
import { type ProblemCode, problemParameters } from './problem-codes.ts';
import { fillIn, inReadingOrder, messageLanguages, type Problem, problemText } from './problems.ts';

const codes = Object.keys(problemParameters) as ProblemCode[];
const catalogues = { en, 'zh-Hans': zhHans, 'zh-Hant': zhHant };

describe('The messages of problems', () => {
  it('cover at least 45 kinds', () => {
    expect(codes.length).toBeGreaterThanOrEqual(45);
  });

  it.each(Object.entries(catalogues))('say in %s what each code stands for', (_language, catalogue) => {
    expect(Object.keys(catalogue).sort()).toEqual([...codes].sort());
  });

  it.each(Object.entries(catalogues))(
    'name in %s the parameters of the code and no others',
    (_, catalogue) => {
      const named = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const strangers = codes.flatMap((code) =>
        named(catalogue[code])
          .filter((name) => !(problemParameters[code] as readonly (string | undefined)[]).includes(name))
          .map((name) => `${code} names {${name}}`),
      );
      expect(strangers).toEqual([]);
    },
  );

  it('leave out a hint for which nothing is known', () => {
    const message = 'No “{id}”.[ Did you mean “{suggestion}”?] Correct it.';
    expect(fillIn(message, { id: 'a', suggestion: '' })).toBe('No “a”. Correct it.');
    expect(fillIn(message, { id: 'a', suggestion: 'b' })).toBe('No “a”. Did you mean “b”? Correct it.');
  });

  it('do not fill in what a parameter happens to contain', () => {
    expect(fillIn('“{id}” [or “{suggestion}”]', { id: '{suggestion}[x]', suggestion: 'b' })).toBe(
      '“{suggestion}[x]” or “b”',
    );
  });

  it('are written in each language of the people who keep packs', () => {
    const problem = {
      code: 'unknown-reference' as const,
      parameters: { collection: 'spaces', id: 'a', suggestion: 'b' },
    };
    const texts = messageLanguages.map((language) => problemText(problem, language));
    expect(new Set(texts).size).toBe(3);
    for (const text of texts) expect(text).toContain('spaces');
  });

  it.each([
    ['Hans', zhHans],
    ['Hant', zhHant],
  ] as const)('keep to their own script (%s)', (script, catalogue) => {
    const foreign = codes.flatMap((code) =>
      foreignCharacters(catalogue[code], script).map(({ character }) => `${code} ${character}`),
    );
    expect(foreign).toEqual([]);
  });

  it('stand in reading order', () => {
    const at = (path: string, line: number, column: number): Problem => ({
      ...{ code: 'empty-text', parameters: {} },
      ...{ path, line, column },
    });
    const sorted = [at('a', 1, 2), at('a', 1, 10), at('a', 2, 1), at('b', 1, 1)];
    expect(sorted.toReversed().sort(inReadingOrder)).toEqual(sorted);
  });
});
