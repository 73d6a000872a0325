import { foreignCharacters } from '@twinpark/pack/check/scripts.ts';
import { listOf } from '@twinpark/pack/words/words.ts';
import { describe, expect, it } from 'vitest';
import { findLanguage, languageOfSystem, languages } from './language.ts';
import { fill, messagesIn, plural } from './messages.ts';

/** Every text of a catalogue with its key. */
function textsOf(part: object, path = ''): [string, string][] {
  return Object.entries(part).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : textsOf(value, `${path}${key}.`),
  );
}

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

describe('the words of the command line', () => {
  const english = new Map(textsOf(messagesIn.en));

  it.each(languages)('say the same things with the same parameters in %s', (language) => {
    const texts = new Map(textsOf(messagesIn[language]));
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
    const differing = [...texts].filter(([key, text]) => {
      // A number may be left out where the word for one says it.
      if (key.endsWith('.one')) return false;
      return String(placeholders(text)) !== String(placeholders(english.get(key) ?? ''));
    });
    expect(differing).toEqual([]);
  });

  it.each(languages)('leave nothing empty in %s', (language) => {
    expect(textsOf(messagesIn[language]).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each([
    ['zh-Hans', 'Hans'],
    ['zh-Hant', 'Hant'],
  ] as const)('are written in the script of %s alone', (language, script) => {
    const foreign = textsOf(messagesIn[language]).flatMap(([key, text]) =>
      foreignCharacters(text, script).map(({ character }) => `${key}: ${character}`),
    );
    expect(foreign).toEqual([]);
  });

  it('keep English out of the Chinese texts but for names and what is typed', () => {
    const typed =
      /Twinpark|twinpark help|TWINPARK_DEBUG=1|PostgreSQL|YAML|JSON|Ctrl-C|_FILE|docs\/operations\.md|\.twinpark\/data|zh-Han[st]|\ben\b|--park|keys\/|documents|gateway|\blog\b|witness|twinpark keys fetch|https?:\/\/|base64url|Ed25519|\d{4}-\d\d-\d\dT[\d:]+Z|\{\w+\}/g;
    for (const language of ['zh-Hans', 'zh-Hant'] as const) {
      const texts = textsOf(messagesIn[language]).filter(([key]) => key !== 'language');
      expect(texts.filter(([, text]) => /[A-Za-z]/.test(text.replace(typed, '')))).toEqual([]);
    }
  });

  it('choose the form for one and for more, and join lists as the language does', () => {
    const { en } = messagesIn;
    expect(plural(en.counts.files, 1)).toBe('1 file');
    expect(plural(en.counts.files, 2)).toBe('2 files');
    expect(listOf(en, ['a', 'b'])).toBe('a, b');
    expect(listOf(en, ['a, b', 'c'])).toBe('a, b; c');
    expect(listOf(messagesIn['zh-Hant'], ['甲', '乙'])).toBe('甲、乙');
  });

  it('leave out a part in brackets whose parameter is empty', () => {
    expect(fill('No “{word}”.[ Did you mean “{other}”?]', { word: 'x', other: '' })).toBe('No “x”.');
  });
});

describe('the language of the reader', () => {
  it.each([
    [{ LC_ALL: 'zh_CN.UTF-8' }, 'zh-Hans'],
    [{ LANG: 'zh_SG' }, 'zh-Hans'],
    [{ LC_MESSAGES: 'zh_HK.UTF-8', LANG: 'en_US.UTF-8' }, 'zh-Hant'],
    [{ LANG: 'zh_TW.UTF-8@radical' }, 'zh-Hant'],
    [{ LANG: 'zh_MO' }, 'zh-Hant'],
    [{ LC_ALL: '', LANG: 'zh_HK' }, 'zh-Hant'],
    [{ LC_ALL: 'C', LANG: 'zh_HK' }, 'en'],
    [{ LANG: 'de_CH.UTF-8' }, 'en'],
    [{}, 'en'],
  ] as const)('follows the system: %j reads %s', (env, language) => {
    expect(languageOfSystem(env)).toBe(language);
  });

  it('may be named in any case', () => {
    expect(findLanguage('ZH-hant')).toBe('zh-Hant');
    expect(findLanguage('fr')).toBeUndefined();
  });
});
