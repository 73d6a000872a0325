import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadZone } from './load.ts';
import { getPark, otherPark } from './zone.ts';

const inventedZone = join(import.meta.dirname, '../../testkit/zone');

describe('loading a zone', () => {
  it('gives the zone that a sound folder describes', async () => {
    const loaded = await loadZone(inventedZone);
    if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
    const { zone } = loaded;
    for (const service of zone.services.values()) {
      expect(service.hash).toMatch(/^[0-9a-f]{64}$/);
      expect(getPark(zone, service.park).id).toBe(service.park);
      for (const { joint } of service.steps) {
        if (joint) expect(joint.otherPark).toBe(otherPark(zone, service.park).id);
      }
    }
    expect(zone.journeys.size).toBeGreaterThan(0);
  });

  it('gives what is wrong with a folder that holds none', async () => {
    const loaded = await loadZone(join(inventedZone, 'nowhere'));
    expect('problems' in loaded && loaded.problems.map(({ code }) => code)).toEqual(['folder-missing']);
  });
});
