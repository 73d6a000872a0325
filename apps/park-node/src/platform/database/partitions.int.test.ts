import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { storeKinds, useStore } from '../../testing/stores.ts';
import { TestClock } from '../../testing/test-clock.ts';
import { recordAudit } from '../audit/audit-trail.ts';
import type { Store } from './store.ts';

const entry = {
  action: 'node.start',
  personId: null,
  organization: null,
  role: null,
  subjectKind: null,
  subjectId: null,
  requestId: null,
  details: {},
} as const;

describe.each(storeKinds)('append-only tables, %s store', (kind) => {
  const clock = new TestClock('2030-01-31T23:59:59.999Z');
  const store = useStore(kind, clock);
  const record = () => store.write((tx) => recordAudit(tx, clock, entry));

  test('take the first row of any month, however far the clock has gone on', async () => {
    await record();
    clock.advance({ minutes: 1 });
    await record();
    for (const travel of [28, 365, 900, 1, 31]) {
      clock.advance({ days: travel });
      await record();
    }
    const { rows } = await store.write((tx) =>
      sql<{ count: number }>`select count(*) as count from audit_events where at >= '2030-01-01'`.execute(tx),
    );
    expect(rows).toEqual([{ count: 7 }]);
  });

  test('have the months ahead from the first row of a month on', async () => {
    clock.travelTo('2035-11-30T12:00:00Z');
    await record();
    const partitions = await listPartitions(store);
    for (const month of ['203511', '203512', '203601', '203602']) {
      expect(partitions).toContain(`audit_events_${month}`);
      expect(partitions).toContain(`case_events_${month}`);
    }
  });

  test('wait for whoever is writing and for each other', async () => {
    clock.travelTo('2040-05-01T00:00:00Z');
    await Promise.all(Array.from({ length: 20 }, record));
    expect(await listPartitions(store)).toContain('audit_events_204005');
  });
});

async function listPartitions(store: Store): Promise<readonly string[]> {
  const { rows } = await store.write((tx) =>
    sql<{
      name: string;
    }>`select relname as name from pg_class where relispartition and relkind = 'r'`.execute(tx),
  );
  return rows.map(({ name }) => name);
}
