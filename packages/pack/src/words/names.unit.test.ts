import { describe, expect, it } from 'vitest';
import { clauseInWords } from './names.ts';
import { wordsIn } from './words.ts';

describe('citing a clause', () => {
  it.each([
    ['Article 12', 'Article 12', '第12条', '第12條'],
    ['Articles 3 to 9', 'Articles 3 to 9', '第3至9条', '第3至9條'],
    ['section 14', 'section 14', '第14条', '第14條'],
    ['regulation 36B', 'regulation 36B', '第36B条', '第36B條'],
    ['Order 53', 'Order 53', '第53号命令', '第53號命令'],
    ['item 2', 'item 2', '第2项', '第2項'],
    ['2.1 to 2.1.3', '2.1 to 2.1.3', '第2.1至2.1.3条', '第2.1至2.1.3條'],
    ['§ 5', '§ 5', '，§ 5', '，§ 5'],
    ['Schedule', 'Schedule', '，Schedule', '，Schedule'],
  ])('says %s as the language does', (clause, en, hans, hant) => {
    expect(clauseInWords(clause, wordsIn.en)).toBe(en);
    expect(clauseInWords(clause, wordsIn['zh-Hans'])).toBe(hans);
    expect(clauseInWords(clause, wordsIn['zh-Hant'])).toBe(hant);
  });
});
