import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { storeKinds, useStore } from '../testing/stores.ts';
import { TestClock } from '../testing/test-clock.ts';
import { clearMessages } from './retention.ts';

/** More than are emptied in one transaction. */
const many = 1_500;

describe.each(storeKinds)('what is kept of messages, %s store', (kind) => {
  const clock = new TestClock('2026-06-10T08:00:00Z');
  const store = useStore(kind, clock);
  const clear = (messagesKeptDays: number) => clearMessages({ store, clock, config: { messagesKeptDays } });

  beforeAll(async () => {
    await store.write(async (tx) => {
      await sql`insert into outbox_streams values ('settled', ${many}), ('waits', 2)`.execute(tx);
      await sql`insert into inbox_streams values ('taken', 2)`.execute(tx);
      await sql`
        insert into outbox_messages (
          message_id, stream, position, type, data, created_at, status, settled_at, digest, entry_id, receipt
        )
        select gen_random_uuid(), 'settled', n, 'org.twinpark.case.reported', '{"case": "x"}', '2026-01-01',
          case when n = ${many} then 'replaced' else 'delivered' end,
          '2026-05-11T08:00:00Z'::timestamptz + (n - ${many} + 1) * interval '1 minute', 'digest', gen_random_uuid(),
          '{"entryId": "x"}'
        from generate_series(1, ${many}) n`.execute(tx);
      await sql`
        insert into outbox_messages (message_id, stream, position, type, data, created_at, status)
        values
          (gen_random_uuid(), 'waits', 1, 'org.twinpark.filing.submitted', '{"case": "x"}', '2020-01-01', 'stuck'),
          (gen_random_uuid(), 'waits', 2, 'org.twinpark.filing.amended', '{"case": "x"}', '2020-01-01', 'waiting')
        `.execute(tx);
      for (const [position, receivedAt] of [
        [1, '2026-05-11T07:59:59Z'],
        [2, '2026-05-11T08:00:01Z'],
      ] as const) {
        await sql`
          insert into inbox_messages (
            message_id, stream, position, type, data, sent_at, received_at, digest, entry_id
          )
          values (
            ${randomUUID()}, 'taken', ${position}, 'org.twinpark.filing.submitted', '{"case": "x"}', '2026-01-01',
            ${receivedAt}, 'digest', ${randomUUID()}
          )`.execute(tx);
      }
      await sql`
        insert into gateway_nonces values
          ('spent', '2026-06-10T07:59:59Z'), ('still counts', '2026-06-10T08:00:01Z')`.execute(tx);
    });
  });

  const sent = (stream: string) =>
    store.write((tx) =>
      tx.selectFrom('outboxMessages').selectAll().where('stream', '=', stream).orderBy('position').execute(),
    );

  it('is everything while its days are not over', async () => {
    expect(await clear(400)).toEqual({ sent: 0, received: 0, nonces: 1 });
    expect((await sent('settled')).filter(({ data }) => data === null)).toEqual([]);
  });

  it('is no content once they are, but what it was, when, its digest, its entry and its receipt', async () => {
    expect(await clear(30)).toEqual({ sent: many - 2, received: 1, nonces: 0 });
    const rows = await sent('settled');
    expect(rows.filter(({ data }) => data !== null).map(({ position }) => position)).toEqual([
      many - 1,
      many,
    ]);
    expect(rows).toHaveLength(many);
    for (const { digest, entryId, receipt, settledAt, type } of rows) {
      expect({ digest, type, receipt }).toEqual({
        digest: 'digest',
        type: 'org.twinpark.case.reported',
        receipt: { entryId: 'x' },
      });
      expect(entryId).not.toBeNull();
      expect(settledAt).not.toBeNull();
    }
    const taken = await store.write((tx) =>
      tx.selectFrom('inboxMessages').select(['position', 'data', 'digest']).orderBy('position').execute(),
    );
    expect(taken).toEqual([
      { position: 1, data: null, digest: 'digest' },
      { position: 2, data: { case: 'x' }, digest: 'digest' },
    ]);
  });

  it('is all of what waits or is stuck, however long', async () => {
    clock.advance({ days: 4_000 });
    await clear(30);
    expect((await sent('waits')).map(({ status, data }) => [status, data])).toEqual([
      ['stuck', { case: 'x' }],
      ['waiting', { case: 'x' }],
    ]);
    expect((await sent('settled')).filter(({ data }) => data !== null)).toEqual([]);
  });

  it('is a nonce only as long as its signature would be taken', async () => {
    const nonces = await store.write((tx) => tx.selectFrom('gatewayNonces').select('nonce').execute());
    expect(nonces).toEqual([]);
  });
});
