import { type CrossedDossier, startCrossingLoad } from '@twinpark/park-node/testing/crossing-load.ts';
import { sql } from 'kysely';
import type { Side, TwoNodes } from './two-nodes.ts';

/** Times of single messages. Unit: milliseconds. */
export interface Latency {
  /** From the moment before the commit that sends it to the moment before the commit of its effect. */
  readonly effect: readonly number[];
  /** From there until its receipt, with the place in the other park's log, is kept. */
  readonly receipt: readonly number[];
  readonly finished: readonly CrossedDossier[];
}

/** Both nodes see dossiers through, one at a time, so that each message has the way to itself. */
export async function measureLatency(nodes: TwoNodes, dossiers: number): Promise<Latency> {
  const running = { north: nodes.start('north'), south: nodes.start('south') };
  await Promise.all([running.north.serves(), running.south.serves()]);
  const doorsOf = (side: Side) => ({ url: () => running[side].url });
  const load = await startCrossingLoad({ north: doorsOf('north'), south: doorsOf('south') }, 1);
  // The first ones find code that has never run.
  await load.reached(warmUp);
  const since = new Date();
  await load.reached(warmUp + dossiers);
  await load.finish();
  await Promise.all([running.north.stop(), running.south.stop()]);
  const ways = [
    { from: 'north', to: 'south' },
    { from: 'south', to: 'north' },
  ] as const;
  const effect: number[] = [];
  const receipt: number[] = [];
  for (const { from, to } of ways) {
    const taken = new Map((await listTaken(nodes, to)).map(({ id, at }) => [id, at]));
    for (const { id, createdAt, settledAt } of await listSent(nodes, from, since)) {
      const at = taken.get(id);
      if (at === undefined) throw new Error(`Message ${id} was not taken`);
      effect.push(at.getTime() - createdAt.getTime());
      receipt.push(settledAt.getTime() - createdAt.getTime());
    }
  }
  return { effect, receipt, finished: load.finished };
}

const warmUp = 5;

async function listTaken(nodes: TwoNodes, side: Side) {
  return await nodes.inStore(side, (store) =>
    store.write(async (tx) => {
      const { rows } = await sql<{ id: string; at: Date }>`
        select message_id as id, received_at as at from inbox_messages`.execute(tx);
      return rows;
    }),
  );
}

async function listSent(nodes: TwoNodes, side: Side, since: Date) {
  return await nodes.inStore(side, (store) =>
    store.write(async (tx) => {
      const { rows } = await sql<{ id: string; createdAt: Date; settledAt: Date }>`
        select message_id as id, created_at, settled_at
        from outbox_messages where created_at >= ${since} and status = 'delivered'`.execute(tx);
      return rows;
    }),
  );
}
