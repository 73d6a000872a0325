import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../platform/database/store.ts';
import type { Services } from '../services.ts';
import { openTestStores, storeKinds } from '../testing/stores.ts';
import { startTwoParks, type TwoParks } from '../testing/two-parks.ts';
import { sendToPeer } from './outgoing.ts';
import { type PeerAnswered, PeerClient } from './peer-client.ts';
import { sendDue } from './send-batch.ts';

/** Calls the south's node, when it is let; keeps what it was given to send. */
class HeldClient extends PeerClient {
  readonly batches: (readonly string[])[] = [];
  #held: Promise<void> = Promise.resolve();

  /** What is sent from now on does not leave before the function that is returned is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    return resolve;
  }

  override async post(...call: Parameters<PeerClient['post']>): Promise<PeerAnswered> {
    const messages = JSON.parse(Buffer.from(call[1].bytes).toString('utf8')) as { id: string }[];
    this.batches.push(messages.map(({ id }) => id));
    await this.#held;
    return await super.post(...call);
  }
}

const hasServer = storeKinds.includes('server');

describe.runIf(hasServer)('two processes of a park that share an outbox', () => {
  let parks: TwoParks;
  let stores: readonly Store[];
  let processes: { readonly services: Services; readonly client: HeldClient }[];
  beforeAll(async () => {
    parks = await startTwoParks();
    const { services, clock } = parks.north;
    stores = await openTestStores('server', 2, clock);
    const { peerKeys, keys, config } = services;
    processes = stores.map((store) => ({
      services: { ...services, store },
      client: new HeldClient({
        peerUrl: config.peerUrl ?? '',
        peerKeys,
        signer: () => keys.gateway[0],
        clock,
      }),
    }));
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await parks.stop();
  });

  const process = (index: 0 | 1) => {
    const one = processes[index];
    if (!one) throw new Error('There are two');
    return one;
  };
  const send = ({ services, client }: ReturnType<typeof process>) =>
    sendDue(services, { client, version: 2, pauseAfterFailure: 1_000 });

  /** Messages that have no effect of their own, so many in each of so many streams. Returns their ids. */
  async function putIntoOutbox(streams: number, each: number): Promise<readonly string[]> {
    const messages = Array.from({ length: streams }, () => `dossier-${randomUUID()}`).flatMap((stream) =>
      Array.from({ length: each }, () => ({
        type: 'org.twinpark.message.replaced' as const,
        stream,
        subject: null,
        data: { messageId: randomUUID(), type: 'org.twinpark.filing.amended' as const },
      })),
    );
    const { store, clock } = process(0).services;
    return await store.write((tx) => sendToPeer(tx, clock, messages));
  }

  const outbox = () =>
    process(0).services.store.write((tx) =>
      tx
        .selectFrom('outboxMessages')
        .select(['messageId', 'status', 'attempts'])
        .where('status', '<>', 'delivered')
        .execute(),
    );
  const takenBySouth = async (ids: readonly string[]) => {
    const { rows } = await parks.south.services.store.jobs.executeSql(
      'select count(*)::integer as count from inbox_messages where message_id = any($1::uuid[])',
      [[...ids]],
    );
    return Number(rows[0]?.['count']);
  };

  it('share the work, and no message is under way in both', async () => {
    const ids = await putIntoOutbox(40, 30);
    const sendEverything = async (one: ReturnType<typeof process>) => {
      while ((await send(one)).kind === 'sent');
    };
    await Promise.all(processes.map(sendEverything));
    const sent = processes.flatMap(({ client }) => client.batches.flat());
    expect(new Set(sent).size).toBe(ids.length);
    expect(sent).toHaveLength(ids.length);
    expect(await outbox()).toEqual([]);
    expect(await takenBySouth(ids)).toBe(ids.length);
  });

  it('leave what one has taken for itself alone, until its lease is over', async () => {
    const [first, second] = [process(0), process(1)];
    const ids = await putIntoOutbox(3, 2);
    const before = second.client.batches.length;
    const release = first.client.hold();
    const underWay = send(first);
    await expect.poll(() => first.client.batches.at(-1)?.length).toBe(ids.length);
    expect(await send(second)).toEqual({ kind: 'idle' });

    // As if the first had been killed: nothing more is heard of it.
    for (const { clock } of [parks.north, parks.south]) clock.advance({ minutes: 1 });
    expect(await send(second)).toEqual({ kind: 'sent', messages: ids.length });
    expect(second.client.batches.slice(before).flat().toSorted()).toEqual([...ids].toSorted());
    expect(await outbox()).toEqual([]);

    // What it had begun arrives after all, and changes nothing.
    release();
    expect(await underWay).toEqual({ kind: 'sent', messages: ids.length });
    expect(await takenBySouth(ids)).toBe(ids.length);
    expect(await outbox()).toEqual([]);
    expect(await send(first)).toEqual({ kind: 'idle' });
  });
});
