import { describe, expect, it } from 'vitest';
import { searchTerms, searchVector } from './search-words.ts';

const queryOf = (text: string) => searchTerms(text).map(({ query }) => query);
const isIn = (typed: string, ...texts: readonly string[]) =>
  searchTerms(typed).every((term) => term.isIn(texts));

describe('words to search by', () => {
  it('are of one script, whichever they were written in', () => {
    expect(queryOf('臨床試驗')).toEqual(queryOf('临床试验'));
    expect(queryOf('臨床')).toEqual(["('临床')"]);
  });

  it('may lack their end, but for what begins too many: one letter, a few digits', () => {
    expect(queryOf('Will')).toEqual(["'will':*"]);
    expect(queryOf('Willow Lim')).toEqual(["'willow'", "'lim':*"]);
    expect(queryOf('w')).toEqual(["'w'"]);
    expect(queryOf('202')).toEqual(["'202'"]);
    expect(queryOf('0000')).toEqual(["'0000':*"]);
  });

  it('never hold a sign of the query language', () => {
    expect(queryOf("a' | !b & (c:*) <-> \\ @north-office")).toEqual([
      "'a'",
      "'b'",
      "'c'",
      "'north'",
      "'office':*",
    ]);
    expect(queryOf('…!?')).toEqual([]);
  });

  it('are found in the names of a service by their beginning, Chinese anywhere', () => {
    expect(isIn('permi labor', 'Laboratory permit')).toBe(true);
    expect(isIn('ermit', 'Laboratory permit')).toBe(false);
    expect(isIn('室許可', '实验室许可')).toBe(true);
    expect(isIn('许可室', '实验室许可')).toBe(false);
    expect(isIn('permit', 'Genehmigung', 'Permit')).toBe(true);
  });

  it('stand beside the desks to which a case may come, in no way that a text could imitate', () => {
    const vector = searchVector(['@north-office Reed'], {
      service: 'permit',
      desks: ['north-office', "o'brien"],
    });
    expect(vector.split(' ')).toEqual([
      "'north':1",
      "'office':3",
      "'reed':5",
      "'#permit'",
      "'@north-office'",
      "'@obrien'",
    ]);
  });
});
