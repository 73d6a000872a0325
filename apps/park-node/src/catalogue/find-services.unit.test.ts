import type { Zone } from '@twinpark/pack/zone.ts';
import { describe, expect, it } from 'vitest';
import { elmera } from '../testing/case-orders.ts';
import { catalogueOf, findServices, type ServiceFilter } from './find-services.ts';

const zone = elmera();

/** The invented zone with its permit of the north named for readers of both scripts. */
function inThreeLanguages(): Zone {
  const services = [...zone.services].map(([id, service]) => {
    const name = {
      'zh-Hans': '临床试验实验室许可',
      'zh-Hant': '臨床試驗實驗室許可',
      en: 'Clinical laboratory permit (5G网络)',
    };
    return [id, id === 'north-laboratory-permit' ? { ...service, name } : service] as const;
  });
  return { ...zone, services: new Map(services) };
}

const catalogue = catalogueOf(inThreeLanguages());

function idsOf(filter: ServiceFilter): readonly string[] {
  return findServices(catalogue, filter).map(({ summary }) => summary.id);
}

describe('The catalogue', () => {
  it('lists the services of both parks', () => {
    expect(idsOf({})).toEqual(['north-laboratory-permit', 'south-laboratory-permit', 'south-tenancy']);
  });

  it.each([
    '臨床試驗',
    '临床试验',
    '試驗',
    'clinical',
    'CLIN',
    'permit clinical',
    '许可 laboratory',
    '5g',
    '網絡',
    'Laboramt Nord',
  ])('finds a service by %s', (q) => {
    expect(idsOf({ q })).toEqual(['north-laboratory-permit']);
  });

  it.each(['床臨', 'aboratory permit north', 'inical', '()', '%', '临床 tenancy'])(
    'finds nothing by %s',
    (q) => {
      expect(idsOf({ q })).toEqual([]);
    },
  );

  it('finds accents and everything else that the zone writes', () => {
    expect(idsOf({ q: 'équipe' })).toEqual([]);
    expect(idsOf({ q: 'südpark' })).toEqual(['south-laboratory-permit', 'south-tenancy']);
  });

  it('keeps to one park, flow or authority', () => {
    expect(idsOf({ park: 'north' })).toEqual(['north-laboratory-permit']);
    expect(idsOf({ flow: 'space' })).toEqual(['south-tenancy']);
    expect(idsOf({ authority: 'south-office' })).toEqual(['south-laboratory-permit']);
    expect(idsOf({ park: 'north', flow: 'space' })).toEqual([]);
    expect(idsOf({ park: 'east' })).toEqual([]);
  });
});
