import { describe, expect, it } from 'vitest';
import { languageOf } from './language.ts';

describe('the language of the reader', () => {
  it.each([
    ['zh-HK', 'zh-Hant'],
    ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-Hant'],
    ['zh-MO', 'zh-Hant'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['yue', 'zh-Hant'],
    ['ZH-hk', 'zh-Hant'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['en-GB', 'en'],
    ['fr-FR,zh-CN;q=0.5,en;q=0.9', 'en'],
    ['fr-FR,pt', 'en'],
    ['en;q=0,zh-HK;q=0.1', 'zh-Hant'],
    ['zh-CN;q=0.2, zh-HK;q=0.7', 'zh-Hant'],
    ['*', 'en'],
    ['zh_HK', 'en'],
    ['zh-HK;q=2', 'en'],
    ['', 'en'],
    [';;;,,,=', 'en'],
    [undefined, 'en'],
  ])('of the header %j is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });

  it('is found as fast for a header that is made to be slow', () => {
    expect(languageOf(`${'x-y,'.repeat(100_000)}zh-HK`)).toBe('en');
  });
});
