import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, fixtures, inventedZone } from '../../testing/call.ts';

const broken = join(fixtures, 'broken-zone');

describe('checking a zone pack', () => {
  it('lists every fault with file, line, column and code, in reading order', async () => {
    const { code, out } = await call(['zone', 'check', broken]);
    expect(code).toBe(1);
    const places = out.split('\n').flatMap((line) => line.match(/zone\.yaml:\d+:\d+ \S+/g) ?? []);
    expect(places).toEqual([
      'zone.yaml:2:1 missing-field',
      'zone.yaml:2:1 missing-field',
      'zone.yaml:2:1 missing-field',
      'zone.yaml:6:10 not-two-parks',
      'zone.yaml:7:1 unknown-field',
    ]);
    expect(out).toContain('Did you mean “sources”?');
    expect(out).toMatch(/5 faults found\.\n$/);
  });

  it('says what was read where nothing is wrong', async () => {
    const { code, out, err } = await call(['zone', 'check', inventedZone]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('no faults');
    expect(out).toMatch(/3 services, 1 journey/);
  });

  it('gives programs the same as JSON', async () => {
    const faulty = await call(['zone', 'check', broken, '--json']);
    const { ok, problems, counts } = JSON.parse(faulty.out);
    expect({ code: faulty.code, ok, counts }).toEqual({ code: 1, ok: false, counts: { files: 1 } });
    expect(problems[4]).toEqual({
      path: 'zone.yaml',
      line: 7,
      column: 1,
      code: 'unknown-field',
      message: expect.stringContaining('sorces'),
      parameters: { field: 'sorces', suggestion: 'sources' },
    });
    const sound = await call(['zone', 'check', inventedZone, '--json']);
    expect(JSON.parse(sound.out)).toMatchObject({
      ok: true,
      problems: [],
      counts: { services: 3, journeys: 1 },
    });
    expect(sound.code).toBe(0);
  });

  it('checks the zone that this copy runs when none is named', async () => {
    const { code, out } = await call(['zone', 'check']);
    expect(out).toMatch(/^zone\/[a-z-]+: no faults/);
    expect(code).toBe(0);
  });

  it.each([
    ['zh-Hans', '发现5处错误。'],
    ['zh-Hant', '發現5項錯誤。'],
  ])('speaks to its reader in %s', async (language, sum) => {
    const { out } = await call(['zone', 'check', broken, '--lang', language]);
    expect(out).toContain(sum);
  });
});
