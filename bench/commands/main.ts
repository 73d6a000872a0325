import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@twinpark/park-node/platform/clock.ts';
import { openServerStore } from '@twinpark/park-node/platform/database/server-store.ts';
import {
  findServerPrograms,
  startCluster,
  stopCluster,
} from '@twinpark/park-node/testing/postgres-cluster.ts';
import pg from 'pg';
import { dbosRunner } from './dbos.ts';
import { type JourneyRunner, type Measured, measure } from './journeys.ts';
import { twinparkRunner } from './twinpark.ts';

const crowds = [1, 16, 64];
const rounds = 3;
const seconds = 4;

const programs = findServerPrograms();
if (programs === null) throw new Error('This benchmark needs the programs of a PostgreSQL server');
const folder = mkdtempSync(join(tmpdir(), 'twinpark-bench-'));
const cluster = await startCluster(programs, folder, 'durable');
try {
  for (const database of ['twinpark', 'dbos']) await create(database);
  const store = await openServerStore({
    url: cluster.url('twinpark'),
    clock: systemClock,
    onError: console.error,
  });
  const runners = [await twinparkRunner(store), await dbosRunner(cluster.url('dbos'))];
  for (const runner of runners) await measure(runner, 8, 2);
  for (const crowd of crowds) await compare(runners, crowd);
  for (const runner of runners) await runner.close();
} finally {
  stopCluster(programs, folder);
  rmSync(folder, { recursive: true });
}

async function create(database: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.url('postgres') });
  await client.connect();
  await client.query(`create database ${database}`);
  await client.end();
}

async function compare(runners: readonly JourneyRunner[], crowd: number): Promise<void> {
  const results = new Map<JourneyRunner, Measured[]>(runners.map((runner) => [runner, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const runner of runners) results.get(runner)?.push(await measure(runner, crowd, seconds));
  }
  console.log(`\nSix durable steps, ${crowd} in flight, medians of ${rounds} interleaved rounds`);
  let first = 0;
  for (const [{ name }, measured] of results) {
    const [low, middle, high] = measured.toSorted((a, b) => a.stepsPerSecond - b.stepsPerSecond);
    if (!low || !middle || !high) continue;
    first ||= middle.stepsPerSecond;
    const rates = [middle, low, high].map(({ stepsPerSecond }) => Math.round(stepsPerSecond));
    console.log(
      `  ${name.padEnd(26)} ${rates[0]} steps/s (${rates[1]} to ${rates[2]}), p50 ${middle.p50.toFixed(2)} ms, p95 ${middle.p95.toFixed(2)} ms, ratio ${(first / middle.stepsPerSecond).toFixed(2)}`,
    );
  }
}
