import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from './platform/clock.ts';
import { openEmbeddedStore } from './platform/database/embedded-store.ts';
import { openServerStore } from './platform/database/server-store.ts';
import type { Store } from './platform/database/store.ts';
import type { Side } from './testing/crossing-load.ts';
import { type FaultyParksRun, runFaultyParks } from './testing/faulty-parks.ts';
import { findServerPrograms, startCluster, stopCluster } from './testing/postgres-cluster.ts';
import { reconcileParks } from './testing/reconcile-parks.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinpark-crossing-'));
  // The database server runs as another user.
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Some minutes of it; `npm run soak` asks for more of everything (docs/operations.md). */
const dossiers = Number(process.env['SOAK_DOSSIERS'] ?? 40);
const kills = Number(process.env['SOAK_KILLS'] ?? 10);
const longest = 600_000 * Math.max(1, dossiers / 40, kills / 10);

const badLine = { lost: 0.05, answerLost: 0.05, doubled: 0.1, damaged: 0.02, heldUp: 60 };
const load = { clients: 16, dossiers, kills, faults: badLine };

describe('two parks that are killed at any moment, joined by a bad line', () => {
  it(
    'lose nothing and do nothing twice, with the embedded database',
    async () => {
      const run = await runFaultyParks({ ...load, folder, processes: 1 });
      expectItWasHard(run);
      await reconciled(run, (side) => openEmbeddedStore(join(folder, side), systemClock));
    },
    longest,
  );

  const programs = findServerPrograms();
  it.runIf(programs !== null)(
    'lose nothing and do nothing twice, with two processes of each park on a server',
    async () => {
      const servers = join(folder, 'servers');
      mkdirSync(servers);
      chmodSync(servers, 0o755);
      const clusters = {
        north: await startCluster(programs ?? '', join(servers, 'north'), 'durable'),
        south: await startCluster(programs ?? '', join(servers, 'south'), 'durable'),
      };
      const databaseUrlOf = (side: Side) => clusters[side].url('postgres');
      try {
        const run = await runFaultyParks({ ...load, folder, processes: 2, databaseUrlOf });
        expectItWasHard(run);
        await reconciled(run, (side) =>
          openServerStore({ url: databaseUrlOf(side), clock: systemClock, onError: () => {} }),
        );
      } finally {
        for (const side of ['north', 'south']) stopCluster(programs ?? '', join(servers, side));
      }
    },
    longest,
  );
});

function expectItWasHard({ finished, kills: killed, requests }: FaultyParksRun): void {
  expect(finished.length).toBeGreaterThanOrEqual(dossiers);
  expect(killed).toBeGreaterThanOrEqual(kills);
  for (const fault of ['lost', 'answerLost', 'doubled', 'damaged', 'heldUp']) {
    if (dossiers >= 1_000) expect(requests[fault]).toBeGreaterThan(0);
  }
}

async function reconciled({ finished }: FaultyParksRun, open: (side: Side) => Promise<Store>): Promise<void> {
  const stores = { north: await open('north'), south: await open('south') };
  try {
    await reconcileParks(stores, finished);
  } finally {
    await stores.north.close();
    await stores.south.close();
  }
}
