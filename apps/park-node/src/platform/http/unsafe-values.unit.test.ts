import { describe, expect, it } from 'vitest';
import { deepestNesting, findUnsafeValues, mostValues } from './unsafe-values.ts';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('what may not come further than the edge', () => {
  it.each([
    ['a null character', { a: ['x\0y'] }, ['a', 0], 'nullCharacter'],
    ['a null character in a name', { 'x\0y': 1 }, ['x\0y'], 'nullCharacter'],
    ['half a character', { a: '\ud800' }, ['a'], 'brokenCharacter'],
    [
      'a name with a meaning of its own',
      JSON.parse('{"a":{"__proto__":{"admin":true}}}'),
      ['a', '__proto__'],
      'reservedKey',
    ],
    ['a number beyond all bounds', JSON.parse('{"a":1e999}'), ['a'], 'notFinite'],
  ])('is %s', (_, value, path, fault) => {
    expect(findUnsafeValues(value)).toEqual([{ path, fault }]);
  });

  it('is neither ordinary text of any script nor a number that JSON can hold', () => {
    const value = {
      name: '臨床🧪 Straße',
      list: [1, -0, 1e308, true, null],
      deep: nested(deepestNesting - 2),
    };
    expect(findUnsafeValues(value)).toEqual([]);
  });

  it('is a structure too deep or too large to look at, which is not looked at to its end', () => {
    expect(findUnsafeValues(nested(100_000))).toMatchObject([{ fault: 'tooDeep' }]);
    expect(findUnsafeValues(Array.from({ length: mostValues + 1 }, () => 0))).toEqual([
      { path: [], fault: 'tooMany' },
    ]);
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`a${index}`, '\0']));
    expect(findUnsafeValues(many).length).toBeLessThan(110);
  });
});
