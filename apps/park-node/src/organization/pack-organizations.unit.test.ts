import { getPark } from '@twinpark/pack/zone.ts';
import { describe, expect, it } from 'vitest';
import { elmera } from '../testing/case-orders.ts';
import { organizationsOfPark } from './pack-organizations.ts';

describe('the organisations of a park', () => {
  it.each([
    [['zh-Hans', 'en'], '园区运营机构', '监督机构'],
    [['zh-Hant', 'en'], '園區營運機構', '監察機構'],
    [['en'], 'Park operator', 'Oversight body'],
    [['de'], 'Park operator', 'Oversight body'],
  ])('that the pack does not name are named to readers of %j', (languages, operator, oversight) => {
    const zone = elmera();
    const park = { ...getPark(zone, 'north'), operator: null };
    const names = organizationsOfPark(zone, { ...park, languages });
    expect(names.slice(-2)).toEqual([
      { kind: 'operator', packId: 'operator', name: operator },
      { kind: 'oversight', packId: 'oversight', name: oversight },
    ]);
  });
});
