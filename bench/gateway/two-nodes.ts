import { join } from 'node:path';
import { systemClock } from '@twinpark/park-node/platform/clock.ts';
import { openEmbeddedStore } from '@twinpark/park-node/platform/database/embedded-store.ts';
import { openServerStore } from '@twinpark/park-node/platform/database/server-store.ts';
import type { Store } from '@twinpark/park-node/platform/database/store.ts';
import { freePort, type NodeProcess, startNodeProcess } from '@twinpark/park-node/testing/node-process.ts';
import { zoneFolder } from '@twinpark/testkit/invented-zone.ts';

export type Side = 'north' | 'south';

/** The two parks of the invented zone, each a node in a process of its own, joined without anything between them. */
export interface TwoNodes {
  start(side: Side): NodeProcess;
  /** The store of a park whose node does not run. */
  inStore<Result>(side: Side, work: (store: Store) => Promise<Result>): Promise<Result>;
}

export interface TwoNodesOptions {
  readonly folder: string;
  /** Null where each park has an embedded database in its folder. */
  readonly databaseUrlOf: ((side: Side) => string) | null;
}

export async function twoNodes({ folder, databaseUrlOf }: TwoNodesOptions): Promise<TwoNodes> {
  const ports: Readonly<Record<Side, number>> = { north: await freePort(), south: await freePort() };
  const dataOf = (side: Side): string => join(folder, side);
  const openStore = async (side: Side): Promise<Store> =>
    databaseUrlOf === null
      ? await openEmbeddedStore(dataOf(side), systemClock)
      : await openServerStore({ url: databaseUrlOf(side), clock: systemClock, onError: console.error });
  return {
    start: (side) => {
      const other: Side = side === 'north' ? 'south' : 'north';
      const { BENCH_NODE_OPTIONS: options } = process.env;
      return startNodeProcess(
        {
          TWINPARK_PARK: side,
          TWINPARK_ZONE: zoneFolder,
          TWINPARK_DATA: dataOf(side),
          TWINPARK_PEER_URL: `http://127.0.0.1:${ports[other]}`,
          TWINPARK_PEER_CARD: join(dataOf(other), 'park-card.json'),
          ...(databaseUrlOf && { TWINPARK_DATABASE_URL: databaseUrlOf(side) }),
          // Such as `--cpu-prof --cpu-prof-dir=FOLDER`.
          ...(options !== undefined && { NODE_OPTIONS: options }),
        },
        ports[side],
      );
    },
    inStore: async (side, work) => {
      const store = await openStore(side);
      try {
        return await work(store);
      } finally {
        await store.close();
      }
    },
  };
}
