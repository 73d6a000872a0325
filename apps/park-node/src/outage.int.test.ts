import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zoneFolder } from '@twinpark/testkit/invented-zone.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from './platform/clock.ts';
import { openServerStore } from './platform/database/server-store.ts';
import { startFilingLoad } from './testing/filing-load.ts';
import { freePort, type NodeProcess, startNodeProcess } from './testing/node-process.ts';
import {
  type Cluster,
  findServerPrograms,
  startCluster,
  startServer,
  stopCluster,
} from './testing/postgres-cluster.ts';
import { reconcile } from './testing/reconcile.ts';

const programs = findServerPrograms();

describe.runIf(programs !== null)('a database server that goes away', () => {
  let folder: string;
  let server: string;
  let cluster: Cluster;
  let node: NodeProcess;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'twinpark-outage-'));
    // The database server runs as another user.
    chmodSync(folder, 0o755);
    server = join(folder, 'server');
    cluster = await startCluster(programs ?? '', server, 'durable');
    const settings = {
      TWINPARK_PARK: 'north',
      TWINPARK_ZONE: zoneFolder,
      TWINPARK_DATA: folder,
      TWINPARK_DATABASE_URL: cluster.url('postgres'),
    };
    node = startNodeProcess(settings, await freePort());
    expect(await node.ready).not.toBeNull();
  }, 120_000);
  afterAll(async () => {
    await node.kill();
    stopCluster(programs ?? '', server);
    rmSync(folder, { recursive: true, force: true });
  });

  it('makes the node unready, is told to whoever asks, and costs nothing that was acknowledged', async () => {
    const load = await startFilingLoad({ url: () => node.url }, 4);
    for (let outages = 0; outages < 2; outages += 1) {
      await load.progress(20);
      stopCluster(programs ?? '', server);
      await expect.poll(() => readiness(node), { timeout: 30_000 }).toEqual([503, 'databaseUnavailable']);
      expect((await fetch(`${node.url}/health/live`)).status).toBe(200);
      const refused = await fetch(`${node.url}/api/demo-accounts`);
      expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'databaseUnavailable' }]);
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      await startServer(programs ?? '', server, 'durable');
      await expect.poll(() => readiness(node), { timeout: 30_000 }).toEqual([200, undefined]);
    }
    await load.progress(20);
    await load.finish();
    expect(load.repeated()).toBeGreaterThan(0);
    const store = await openServerStore({
      url: cluster.url('postgres'),
      clock: systemClock,
      onError: () => {},
    });
    try {
      await reconcile(store, load.acknowledged);
    } finally {
      await store.close();
    }
    expect(node.printed()).not.toMatch(/uncaught|unhandled/i);
  }, 300_000);
});

async function readiness({ url }: NodeProcess): Promise<readonly unknown[]> {
  const response = await fetch(`${url}/health/ready`);
  const { code } = (await response.json()) as { code?: string };
  return [response.status, code];
}
