import { languages } from '@twinpark/contract/common.ts';
import { describe, expect, it } from 'vitest';
import { dateIn, languageName, outputWordsIn, textIn } from './words.ts';

describe('the words of documents', () => {
  it('leave the same places to be filled in, in every language', () => {
    const [first, ...others] = languages.map((language) => placesIn(outputWordsIn(language)));
    expect(first?.length).toBeGreaterThan(40);
    for (const other of others) expect(other).toEqual(first);
  });

  it('count days as each side does', () => {
    const limit = (amount: number) =>
      languages.map((language) => outputWordsIn(language).limit(amount, 'workingDays'));
    expect(limit(1)).toEqual(['1个工作日', '1個工作天', '1 working day']);
    expect(limit(21)).toEqual(['21个工作日', '21個工作天', '21 working days']);
  });

  it('write dates as each side does', () => {
    expect(languages.map((language) => dateIn('2026-01-05', language))).toEqual([
      '2026年1月5日',
      '2026年1月5日',
      '5 January 2026',
    ]);
    expect(dateIn('2026-01-05', 'de')).toBe('5. Januar 2026');
  });

  it('in a language that they do not know are English around the zone’s own texts', () => {
    expect(outputWordsIn('de').headings.reasons).toBe('Reasons');
    expect(textIn({ de: 'Genehmigung', en: 'Permit' }, 'de')).toBe('Genehmigung');
    expect(textIn({ fr: 'Autorisation' }, 'de')).toBe('Autorisation');
    expect(languageName('zh-Hans', 'zh-Hant')).toBe('簡體中文');
  });
});

/** Path of every text with the places in it. */
function placesIn(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'function') return [path];
  if (typeof value === 'string') {
    const places = [...value.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
    return [`${path} ${places.join(' ')}`];
  }
  return Object.entries(value ?? {}).flatMap(([name, entry]) => placesIn(entry, `${path}/${name}`));
}
