import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { zoneFolder } from '@twinpark/testkit/invented-zone.ts';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from './platform/clock.ts';
import { openEmbeddedStore } from './platform/database/embedded-store.ts';
import { openServerStore } from './platform/database/server-store.ts';
import { startFilingLoad } from './testing/filing-load.ts';
import { freePort, type NodeProcess, startNodeProcess } from './testing/node-process.ts';
import { findServerPrograms, startCluster, stopCluster } from './testing/postgres-cluster.ts';
import { reconcile } from './testing/reconcile.ts';
import { layEmbeddedDatabase } from './testing/stores.ts';

let folder: string;
let running: NodeProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinpark-kill-'));
  // The database server runs as another user.
  chmodSync(folder, 0o755);
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((node) => node.kill()));
  rmSync(folder, { recursive: true, force: true });
});

// A node that is killed keeps nothing of what it compiled; one that has nothing to serve ends in order.
beforeAll(async () => {
  await startNodeProcess({}, await freePort()).ended;
});

const clients = 6;

describe('a node that is killed at any moment under load', () => {
  it('loses nothing acknowledged and does nothing twice, with the embedded database', async () => {
    await layEmbeddedDatabase(folder);
    const settings = settingsIn(folder);
    const port = await freePort();
    const start = () => {
      const node = startNodeProcess(settings, port);
      running.push(node);
      return node;
    };
    let node = start();
    await node.serves();
    const load = await startFilingLoad({ url: () => node.url }, clients);
    for (let kills = 0; kills < 8; kills += 1) {
      // One in four is killed while it is starting, perhaps over what its predecessor left half written.
      if (kills % 4 !== 3) await node.serves();
      if (kills % 4 === 3) await pause(Math.random() * 1_000);
      else await load.progress(1 + Math.floor(Math.random() * 40));
      await node.kill();
      node = start();
    }
    await node.serves();
    await load.finish();
    expect(await node.stop()).toBe(0);
    expect(load.repeated()).toBeGreaterThan(5);
    const store = await openEmbeddedStore(folder, systemClock);
    try {
      await reconcile(store, load.acknowledged);
    } finally {
      await store.close();
    }
  }, 600_000);

  const programs = findServerPrograms();
  it.runIf(programs !== null)(
    'loses nothing acknowledged and does nothing twice, with two processes of one park on a server',
    async () => {
      const cluster = await startCluster(programs ?? '', join(folder, 'server'), 'durable');
      try {
        const url = cluster.url('postgres');
        const settings = { ...settingsIn(folder), TWINPARK_DATABASE_URL: url };
        const ports = [await freePort(), await freePort()];
        const start = (index: number) => {
          const node = startNodeProcess(settings, ports[index] ?? 0);
          running.push(node);
          return node;
        };
        const nodes = [start(0), start(1)];
        await Promise.all(nodes.map((node) => node.serves()));
        const load = await startFilingLoad(
          { url: () => nodes[Math.random() < 0.5 ? 0 : 1]?.url ?? '' },
          clients,
        );
        for (let kills = 0; kills < 14; kills += 1) {
          const index = kills % 2;
          await nodes[index]?.serves();
          await load.progress(1 + Math.floor(Math.random() * 80));
          await nodes[index]?.kill();
          nodes[index] = start(index);
        }
        await Promise.all(nodes.map((node) => node.serves()));
        await load.finish();
        expect(await Promise.all(nodes.map((node) => node.stop()))).toEqual([0, 0]);
        expect(load.repeated()).toBeGreaterThan(5);
        const store = await openServerStore({ url, clock: systemClock, onError: () => {} });
        try {
          await reconcile(store, load.acknowledged);
        } finally {
          await store.close();
        }
      } finally {
        stopCluster(programs ?? '', join(folder, 'server'));
      }
    },
    600_000,
  );
});

function settingsIn(data: string): Record<string, string> {
  return { TWINPARK_PARK: 'north', TWINPARK_ZONE: zoneFolder, TWINPARK_DATA: data };
}
