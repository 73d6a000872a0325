import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { instantNow, systemClock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { storeKinds, useStore } from '../../testing/stores.ts';
import { dossierStream, type OutgoingMessage, sendToPeer } from '../outgoing.ts';
import { leaseDueStreams, noteAttempts, releaseStreams } from './outbox.ts';

// An embedded database has one connection, so that no transaction begins before the last is done.
describe.runIf(storeKinds.includes('server'))('A stream of the outbox', () => {
  const store = useStore('server');

  it('stays due when a message is put there at the moment in which it is given back', async () => {
    const dossierId = newId(systemClock);
    const stream = dossierStream(dossierId);
    const message: OutgoingMessage = {
      type: 'org.twinpark.joint.ended',
      stream,
      subject: null,
      data: { dossierId, panel: 'panel', caseId: newId(systemClock), fromAuthority: 'a', toAuthority: 'b' },
    };
    await store.write((tx) => sendToPeer(tx, systemClock, [message]));
    const [first] = await lease();
    const put = Promise.withResolvers<void>();
    const waitedFor = Promise.withResolvers<void>();
    const sending = store.write(async (tx) => {
      await sendToPeer(tx, systemClock, [message]);
      put.resolve();
      await waitedFor.promise;
    });
    await put.promise;
    const delivered = { status: 'delivered', problem: null, receipt: null } as const;
    const giving = store.write(async (tx) => {
      const at = instantNow(systemClock);
      await noteAttempts(tx, [{ messageId: first?.messageId ?? '', ...delivered }], at);
      await releaseStreams(tx, [{ stream, retryAt: at }]);
    });
    await somebodyWaits();
    waitedFor.resolve();
    await Promise.all([sending, giving]);
    expect((await lease()).map(({ position }) => position)).toEqual([2]);
  });

  async function lease() {
    const now = instantNow(systemClock);
    const options = { now, until: new Date(now.getTime() + 60_000), messages: 10, mostOfStream: 10 };
    return await store.write((tx) => leaseDueStreams(tx, options));
  }

  /** Until a transaction waits for another one's rows. */
  async function somebodyWaits(): Promise<void> {
    for (let count = 0; count === 0; ) {
      const { rows } = await store.write((tx) =>
        sql<{ count: number }>`
          select count(*)::integer as count from pg_locks join pg_stat_activity using (pid)
          where not granted and datname = current_database()`.execute(tx),
      );
      count = rows[0]?.count ?? 0;
    }
  }
});
