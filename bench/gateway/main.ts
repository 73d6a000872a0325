import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  findServerPrograms,
  startCluster,
  stopCluster,
} from '@twinpark/park-node/testing/postgres-cluster.ts';
import pg from 'pg';
import { bareRate } from './bare-rate.ts';
import { type Filling, fill, type Prototypes, prototypesIn } from './fill.ts';
import { measureLatency } from './latency.ts';
import { type Crossing, measureCrossing } from './measure.ts';
import { type Side, type TwoNodes, twoNodes } from './two-nodes.ts';

const { values: options } = parseArgs({
  options: {
    /** Both parks on embedded databases, not on a PostgreSQL server. */
    embedded: { type: 'boolean', default: false },
    /** A short look: one round of each, of a tenth. */
    quick: { type: 'boolean', default: false },
  },
});
const rounds = options.quick ? 1 : 3;
const sizes = options.quick
  ? { dossiers: 5, round: 2_000, outages: [1_000, 10_000] }
  : { dossiers: 20, round: 20_000, outages: [10_000, 100_000] };

const folder = mkdtempSync(join(tmpdir(), 'twinpark-gateway-'));
chmodSync(folder, 0o755);
const programs = options.embedded ? null : findServerPrograms();
if (programs === null && !options.embedded) {
  throw new Error('This benchmark needs the programs of a PostgreSQL server, or --embedded');
}
try {
  const databaseUrlOf = programs === null ? null : await startServer(programs);
  await measureAll(await twoNodes({ folder, databaseUrlOf }));
} finally {
  if (programs !== null) stopCluster(programs, join(folder, 'server'));
  rmSync(folder, { recursive: true, force: true });
}

async function startServer(found: string): Promise<(side: Side) => string> {
  const cluster = await startCluster(found, join(folder, 'server'), 'durable');
  const client = new pg.Client({ connectionString: cluster.url('postgres') });
  await client.connect();
  for (const side of ['north', 'south']) await client.query(`create database ${side}`);
  await client.end();
  return (side) => cluster.url(side);
}

async function measureAll(nodes: TwoNodes): Promise<void> {
  console.log(
    `Two nodes, ${options.embedded ? 'embedded databases' : 'a PostgreSQL server, fsync on'}, Node ${process.version}`,
  );
  const { effect, receipt, finished } = await measureLatency(nodes, sizes.dossiers);
  console.log(`\nOne message with nothing else going on, ${effect.length} of all types, milliseconds`);
  console.log(`  until its effect               ${spread(effect)}`);
  console.log(`  until its receipt is kept      ${spread(receipt)}`);
  const prototypes = prototypesIn(finished);
  console.log(`\nSigned, logged, acknowledged, ${rounds} interleaved rounds`);
  const measured: Readonly<Record<Filling, Measured[]>> = { briefings: [], reports: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const filling of ['briefings', 'reports'] as const) {
      measured[filling].push(await crossOnce(nodes, filling, prototypes, sizes.round, 'together'));
    }
  }
  for (const [filling, all] of Object.entries(measured)) {
    const ratios = all.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
    console.log(
      `  ${filling}: median ratio to the bare rate ${median(ratios).toFixed(3)} (${ratios.map((ratio) => ratio.toFixed(3)).join(', ')})`,
    );
  }
  console.log('\nCatching up after an outage');
  for (const count of sizes.outages) await crossOnce(nodes, 'reports', prototypes, count, 'outage');
}

interface Measured extends Crossing {
  /** Messages a second to what one thread signs and verifies. */
  readonly ratio: number;
}

async function crossOnce(
  nodes: TwoNodes,
  filling: Filling,
  prototypes: Prototypes,
  count: number,
  when: 'together' | 'outage',
): Promise<Measured> {
  const messages = await fill(nodes, filling, prototypes, count);
  const before = bareRate();
  const crossing = await measureCrossing(nodes, messages, when);
  const bare = (before + bareRate()) / 2;
  const rate = messages / crossing.seconds;
  const { peaks, processor } = crossing;
  const memory = (sizes: readonly number[]): string => sizes.map((size) => Math.round(size)).join(' ');
  const each = (seconds: number): string => ((seconds / messages) * 1_000).toFixed(2);
  console.log(
    `  ${messages.toLocaleString('en')} ${filling}: ${crossing.seconds.toFixed(1)} s, ${Math.round(rate)} a second; bare ${Math.round(bare)}, ratio ${(rate / bare).toFixed(3)}; processor ${each(processor.sender)} + ${each(processor.receiver)} ms a message; peak MB by fifths ${memory(peaks.sender)} + ${memory(peaks.receiver)}`,
  );
  return { ...crossing, ratio: rate / bare };
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}`;
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
