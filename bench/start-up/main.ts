import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@twinpark/park-node/testing/node-process.ts';
import {
  findServerPrograms,
  startCluster,
  stopCluster,
} from '@twinpark/park-node/testing/postgres-cluster.ts';

/**
 * Seconds from the start of a process until it answers that it is ready, and what it then holds in memory while idle.
 * `zone` is what `npm start` does on an installed clone; `node` is one park's node on a PostgreSQL server that has its
 * tables already; `bare` is Fastify with one query on the same server.
 */
interface Measured {
  readonly seconds: number;
  readonly megabytes: readonly number[];
}

const rounds = 3;
const idleSeconds = 5;
const home = join(import.meta.dirname, '../..');
const programs = findServerPrograms();
if (programs === null) throw new Error('This benchmark needs the programs of a PostgreSQL server');

const folder = mkdtempSync(join(tmpdir(), 'twinpark-start-up-'));
chmodSync(folder, 0o755);
const cluster = await startCluster(programs, join(folder, 'server'), 'durable');
try {
  const url = cluster.url('postgres');
  const results: Record<'first zone' | 'zone again' | 'node' | 'bare', Measured[]> = {
    'first zone': [],
    'zone again': [],
    node: [],
    bare: [],
  };
  // Tables and compiled code are there from then on, as they are wherever something is not started for the first time.
  await measureNode(url);
  for (let round = 0; round < rounds; round += 1) {
    const data = join(folder, `zone-${round}`);
    results['first zone'].push(await measureZone(data));
    results['zone again'].push(await measureZone(data));
    results.node.push(await measureNode(url));
    results.bare.push(await measureBare(url));
    rmSync(data, { recursive: true });
  }
  console.log(`${rounds} interleaved rounds, Node ${process.version}; medians\n`);
  for (const [name, measured] of Object.entries(results)) {
    const seconds = median(measured.map((each) => each.seconds));
    const megabytes = median(measured.map((each) => Math.max(...each.megabytes)));
    const all = measured.map((each) => each.seconds.toFixed(1)).join(', ');
    console.log(
      `${name.padEnd(12)} ${seconds.toFixed(1)} s (${all})   ${Math.round(megabytes)} MB a process`,
    );
  }
} finally {
  stopCluster(programs, join(folder, 'server'));
  rmSync(folder, { recursive: true, force: true });
}

async function measureZone(data: string): Promise<Measured> {
  const port = await freePort();
  const argv = ['apps/cli/bin/twinpark.js', 'start', '--json', '--data', data, '--port', String(port)];
  const began = performance.now();
  const child = spawn(process.execPath, argv, { cwd: home, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const ready = new Promise<readonly { readonly pid: number }[]>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const line = said.split('\n').find((each) => each.includes('"event":"ready"'));
      if (line !== undefined) resolve(JSON.parse(line).nodes);
    });
    child.once('exit', () => reject(new Error(said)));
  });
  const nodes = await ready;
  return await finish(
    child,
    began,
    nodes.map(({ pid }) => pid),
  );
}

async function measureNode(url: string): Promise<Measured> {
  const port = await freePort();
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: join(home, '.twinpark/compiled'),
    TWINPARK_PARK: firstPark(),
    TWINPARK_ZONE: zoneFolder(),
    TWINPARK_DATA: join(folder, 'node'),
    TWINPARK_MODE: 'demo',
    TWINPARK_PORT: String(port),
    TWINPARK_DATABASE_URL: url,
    TWINPARK_LOG_LEVEL: 'silent',
  };
  const began = performance.now();
  const child = spawn(process.execPath, ['apps/park-node/src/main.ts'], { cwd: home, env, stdio: 'inherit' });
  await untilReady(port, child);
  return await finish(child, began, [child.pid ?? 0]);
}

async function measureBare(url: string): Promise<Measured> {
  const port = await freePort();
  const env = { ...process.env, NODE_COMPILE_CACHE: join(home, '.twinpark/compiled') };
  const argv = [join(import.meta.dirname, 'bare-server.ts'), String(port), url];
  const began = performance.now();
  const child = spawn(process.execPath, argv, { env, stdio: 'inherit' });
  await untilReady(port, child);
  return await finish(child, began, [child.pid ?? 0]);
}

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    try {
      const { ok } = await fetch(`http://127.0.0.1:${port}/health/ready`);
      if (ok) return;
    } catch {
      // It does not listen yet.
    }
    await pause(10);
  }
  throw new Error(`It ended with ${child.exitCode} before it was ready`);
}

async function finish(child: ChildProcess, began: number, pids: readonly number[]): Promise<Measured> {
  const seconds = (performance.now() - began) / 1_000;
  await pause(idleSeconds * 1_000);
  const megabytes = pids.map(residentMegabytes);
  child.removeAllListeners('exit');
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  return { seconds, megabytes };
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

function zoneFolder(): string {
  const { twinpark } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return join(home, twinpark.zone);
}

function firstPark(): string {
  return (
    /^ {2}parks:\n {4}- id: (\S+)$/m.exec(readFileSync(join(zoneFolder(), 'zone.yaml'), 'utf8'))?.[1] ?? ''
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
