import { languages } from '@twinpark/contract/common.ts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faultsIn, pointerTo } from './request-faults.ts';

const schema = z.strictObject({
  name: z.string().min(1).max(5),
  count: z.int().min(2).max(9),
  share: z.number().gt(0).lt(1),
  on: z.iso.date(),
  kind: z.enum(['one', 'other']),
  list: z.array(z.uuid()).min(1).max(2),
  value: z.union([z.string().max(3), z.number(), z.array(z.string().max(2))]),
});
const right = {
  name: 'Lind',
  count: 3,
  share: 0.5,
  on: '2026-03-31',
  kind: 'one',
  list: ['0199d1f4-6c1e-7a2b-8c3d-123456789abc'],
  value: 'abc',
};

function faults(changed: object, language: 'en' | 'zh-Hans' | 'zh-Hant' = 'en') {
  const result = faultsIn('body', { ...right, ...changed }, schema, language);
  return 'errors' in result ? result.errors.map(({ pointer, detail }) => `${pointer} ${detail}`) : [];
}

describe('the faults of a request', () => {
  it('are none where everything fits', () => {
    expect(faultsIn('body', right, schema, 'en')).toEqual({ data: right });
  });

  it.each([
    [{ name: undefined }, '/name This is missing.'],
    [{ name: '' }, '/name This may not be empty.'],
    [{ name: 'Lindgren' }, '/name This is too long: at most 5 characters.'],
    [{ name: 7 }, '/name This must be text.'],
    [{ count: 1.5 }, '/count This must be a whole number.'],
    [{ count: 1 }, '/count This is too small: at least 2.'],
    [{ share: 0 }, '/share This is too small: more than 0.'],
    [{ share: 1 }, '/share This is too large: less than 1.'],
    [{ on: '2026-02-30' }, '/on This must be a date, such as 2026-03-31.'],
    [{ kind: 'third' }, '/kind This must be one of: one, other.'],
    [{ list: [] }, '/list There are too few entries: at least 1.'],
    [{ list: ['x'] }, '/list/0 This must be a UUID.'],
    [{ value: 'abcd' }, '/value This is too long: at most 3 characters.'],
    [{ value: ['abc'] }, '/value/0 This is too long: at most 2 characters.'],
    [{ value: {} }, '/value This fits none of the forms that are accepted here.'],
    [{ 'a/b~c': 1 }, '/a~1b~0c There is no such field. Leave it out.'],
    [{ name: 'a\0' }, '/name This holds the null character, which cannot be stored.'],
  ])('of %j are told with their place', (changed, expected) => {
    expect(faults(changed)).toEqual([expected]);
  });

  it('are all told at once', () => {
    expect(faults({ name: '', count: 'x', kind: null })).toHaveLength(3);
  });

  it('are told in the language of the reader', () => {
    expect(faults({ name: '', count: 1 }, 'zh-Hans')).toEqual([
      '/name 此项不能为空。',
      '/count 数值过小，至少为2。',
    ]);
    expect(faults({ name: '', count: 1 }, 'zh-Hant')).toEqual([
      '/name 此項不可留空。',
      '/count 數值過小，最少為2。',
    ]);
    for (const language of languages)
      expect(faults({ list: [{}] }, language).join()).not.toContain('Invalid');
  });

  it('stand in the path, the query or the body, whose own place is the empty pointer', () => {
    expect(pointerTo('params', ['caseId'])).toBe(':caseId');
    expect(pointerTo('query', ['limit'])).toBe('?limit');
    expect(pointerTo('body', [])).toBe('');
  });
});
