import { getPark } from '@twinpark/pack/zone.ts';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../config.ts';
import { elmera } from '../testing/case-orders.ts';
import { storeKinds, useStore } from '../testing/stores.ts';
import { TestClock } from '../testing/test-clock.ts';
import { storePackOrganizations } from './pack-organizations.ts';

const clock = new TestClock('2026-06-10T08:00:00Z');
const zone = elmera();
const other = { demo: 'production', production: 'demo' } as const;
const faults = { demo: 'demoData', production: 'productionData' } as const;

describe.each(storeKinds)('the database of a park in the %s store', (kind) => {
  const store = useStore(kind, clock);
  const start = (mode: Config['mode']) =>
    storePackOrganizations(store, clock, zone, getPark(zone, 'north'), mode);
  const organizations = () => store.write((tx) => tx.selectFrom('organizations').selectAll().execute());
  beforeEach(async () => {
    await store.write((tx) => tx.deleteFrom('organizations').execute());
    await sql`delete from auth_users`.execute(store.identity);
  });

  it.each(['demo', 'production'] as const)('keeps to the mode %s in which it was begun', async (mode) => {
    await start(mode);
    await start(mode);
    const before = await organizations();
    await expect(start(other[mode])).rejects.toMatchObject({ code: faults[mode] });
    expect(await organizations()).toEqual(before);
  });

  it('is one of a demonstration where demo accounts are in it, whatever its organisations say', async () => {
    await start('production');
    await sql`insert into auth_users (id, name, email, demo) values ('d', 'D', 'd@demo.invalid', true)`.execute(
      store.identity,
    );
    await expect(start('production')).rejects.toMatchObject({ code: 'demoData' });
    await start('demo');
  });

  it('has one mode when nodes begin it in both at once', async () => {
    const started = await Promise.allSettled([start('demo'), start('production'), start('demo')]);
    const codes = started.map((each) => (each.status === 'fulfilled' ? 'started' : each.reason.code));
    const isDemo = codes[0] === 'started';
    expect(codes).toEqual(
      isDemo ? ['started', 'demoData', 'started'] : ['productionData', 'started', 'productionData'],
    );
  });
});
