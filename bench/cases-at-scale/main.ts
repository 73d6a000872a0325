import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openServerStore } from '@twinpark/park-node/platform/database/server-store.ts';
import { elmera, openCommander } from '@twinpark/park-node/testing/case-orders.ts';
import {
  findServerPrograms,
  startCluster,
  startServer,
  stopCluster,
} from '@twinpark/park-node/testing/postgres-cluster.ts';
import { TestClock } from '@twinpark/park-node/testing/test-clock.ts';
import pg from 'pg';
import { firstDay, loadCases, makePrototypes } from './load.ts';
import { bareLookUp, dailyWork, type Work } from './work.ts';

/** Cases to measure at, each on top of the one before; other numbers can be given as arguments. */
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1_000, 100_000, 1_000_000];
const crowds = [1, 16];
const seconds = 15;

const programs = findServerPrograms();
if (programs === null) throw new Error('This benchmark needs the programs of a PostgreSQL server');
const folder = mkdtempSync(join(tmpdir(), 'twinpark-scale-'));
const cluster = await startCluster(programs, folder, 'quick');
try {
  await onServer('postgres', (client) => client.query('create database park'));
  const clock = new TestClock(firstDay);
  const zone = elmera();
  const openStore = () =>
    openServerStore({ url: cluster.url('park'), clock, connections: 16, onError: console.error });
  const first = await openStore();
  await makePrototypes(await openCommander(first, clock), zone, clock);
  await first.close();
  let stored = 0;
  for (const size of sizes) {
    await restart('quick');
    await onServer('park', (client) => loadCases(client, stored, size));
    stored = size;
    // Loading need not be safe; what is measured is, with every commit on the disk.
    await restart('durable');
    const store = await openStore();
    const commander = await openCommander(store, clock);
    const pool = new pg.Pool({ connectionString: cluster.url('park'), max: 16 });
    await onServer('park', async (client) => {
      const bare = await bareLookUp(pool, client);
      const works = await dailyWork(store, commander, zone, clock, client);
      for (const crowd of crowds) {
        await measure([bare], crowd, 2);
        const [floor] = await measure([bare], crowd, 5);
        await measure(works, crowd, 3);
        report(size, crowd, floor, await measure(works, crowd, seconds));
      }
    });
    await pool.end();
    await store.close();
  }
} finally {
  stopCluster(programs, folder);
  rmSync(folder, { recursive: true });
}

interface Measured {
  readonly name: string;
  readonly times: readonly number[];
}

/** Users who each do one thing after another, chosen by their shares. */
async function measure(
  works: readonly Work[],
  crowd: number,
  forSeconds: number,
): Promise<readonly Measured[]> {
  const times = new Map<Work, number[]>(works.map((work) => [work, []]));
  const wheel = works.flatMap((work) => Array.from({ length: work.share }, () => work));
  const end = performance.now() + forSeconds * 1_000;
  const user = async (): Promise<void> => {
    while (performance.now() < end) {
      const work = wheel[Math.floor(Math.random() * wheel.length)];
      const began = performance.now();
      await work?.run();
      if (work) times.get(work)?.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: crowd }, user));
  return [...times].map(([{ name }, all]) => ({ name, times: all.toSorted((a, b) => a - b) }));
}

function report(
  size: number,
  crowd: number,
  floor: Measured | undefined,
  measured: readonly Measured[],
): void {
  console.log(`\n${size.toLocaleString('en')} cases, ${crowd === 1 ? 'one user' : `${crowd} users`}`);
  const unit = at(floor?.times ?? [], 0.5);
  for (const { name, times } of [...(floor ? [floor] : []), ...measured]) {
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => at(times, share));
    const figures = [p50, p95, p99].map((time) => (time ?? 0).toFixed(2).padStart(8)).join('');
    console.log(
      `  ${name.padEnd(28)}${figures} ms   p50 is ${((p50 ?? 0) / unit).toFixed(1)} bare look-ups (${times.length} times)`,
    );
  }
}

function at(times: readonly number[], share: number): number {
  return times[Math.floor(times.length * share)] ?? 0;
}

async function restart(durability: 'quick' | 'durable'): Promise<void> {
  stopCluster(programs ?? '', folder);
  await startServer(programs ?? '', folder, durability);
}

async function onServer<Result>(
  database: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: cluster.url(database) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
