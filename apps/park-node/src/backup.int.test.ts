import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { zoneFolder } from '@twinpark/testkit/invented-zone.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from './platform/clock.ts';
import { openEmbeddedStore } from './platform/database/embedded-store.ts';
import { openServerStore } from './platform/database/server-store.ts';
import type { Store } from './platform/database/store.ts';
import { startFilingLoad } from './testing/filing-load.ts';
import { freePort, type NodeProcess, startNodeProcess } from './testing/node-process.ts';
import { asSuperuser } from './testing/postgres.ts';
import { findServerPrograms, startCluster, stopCluster } from './testing/postgres-cluster.ts';
import { layEmbeddedDatabase } from './testing/stores.ts';

const run = promisify(execFile);
const programs = findServerPrograms();
const dumpPrograms = findDumpPrograms();

let folder: string;
let data: string;
let backup: string;
let running: NodeProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinpark-backup-'));
  // The database server runs as another user.
  chmodSync(folder, 0o755);
  data = join(folder, 'data');
  backup = join(folder, 'backup');
  mkdirSync(backup);
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((node) => node.kill()));
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup as docs/operations.md makes it', () => {
  it('brings an embedded node back to the last row after everything is lost', async () => {
    await layEmbeddedDatabase(data);
    const node = await startNode({});
    await work(node);
    expect(await node.stop()).toBe(0);
    const before = await digestOf(await openEmbeddedStore(data, systemClock));
    cpSync(data, join(backup, 'data'), { recursive: true });

    rmSync(data, { recursive: true });
    cpSync(join(backup, 'data'), data, { recursive: true });
    expect(await digestOf(await openEmbeddedStore(data, systemClock))).toEqual(before);
    const restored = await startNode({});
    expect(await keysOf(restored)).toEqual(await keysIn(data));
    await work(restored);
    expect(await restored.stop()).toBe(0);
  }, 300_000);

  it.runIf(programs !== null && dumpPrograms !== null)(
    'brings a node on a server back, from a dump that was made while it ran',
    async () => {
      const server = join(folder, 'server');
      const cluster = await startCluster(programs ?? '', server, 'quick');
      try {
        await asSuperuser(cluster.url('postgres'), (client) => client.query('create database park'));
        const url = cluster.url('park');
        const node = await startNode({ TWINPARK_DATABASE_URL: url });
        await work(node);
        const digest = async () =>
          await digestOf(await openServerStore({ url, clock: systemClock, onError: () => {} }));
        const dump = join(backup, 'park.dump');
        let before = await digest();
        for (let quiet = false; !quiet; ) {
          await run(join(dumpPrograms ?? '', 'pg_dump'), ['--format=custom', `--file=${dump}`, url]);
          // The node may still have been telling people what happened.
          const after = await digest();
          quiet = JSON.stringify(after) === JSON.stringify(before);
          before = after;
        }
        cpSync(join(data, 'keys'), join(backup, 'keys'), { recursive: true });

        await node.kill();
        rmSync(data, { recursive: true });
        await asSuperuser(cluster.url('postgres'), async (client) => {
          await client.query('drop database park with (force)');
          await client.query('create database park');
        });
        mkdirSync(data);
        const restore = ['--exit-on-error', '--no-owner', `--dbname=${url}`, dump];
        await run(join(dumpPrograms ?? '', 'pg_restore'), restore);
        cpSync(join(backup, 'keys'), join(data, 'keys'), { recursive: true });
        expect(await digest()).toEqual(before);
        const restored = await startNode({ TWINPARK_DATABASE_URL: url });
        expect(await keysOf(restored)).toEqual(await keysIn(data));
        await work(restored);
        expect(await restored.stop()).toBe(0);
      } finally {
        stopCluster(programs ?? '', server);
      }
    },
    300_000,
  );
});

/** They need not lie where the server's programs do; null where there are none. */
function findDumpPrograms(): string | null {
  const installed = '/usr/lib/postgresql';
  const versions = existsSync(installed) ? readdirSync(installed) : [];
  const folders = [
    ...versions.map((version) => join(installed, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return folders.find((place) => existsSync(join(place, 'pg_dump'))) ?? null;
}

async function startNode(settings: Readonly<Record<string, string>>): Promise<NodeProcess> {
  const own = { TWINPARK_PARK: 'north', TWINPARK_ZONE: zoneFolder, TWINPARK_DATA: data };
  const node = startNodeProcess({ ...own, ...settings }, await freePort());
  running.push(node);
  await node.serves();
  return node;
}

async function work(node: NodeProcess): Promise<void> {
  const load = await startFilingLoad({ url: () => node.url }, 2);
  await load.progress(30);
  await load.finish();
}

/** What lies in each table of the park's own. Closes the store. */
async function digestOf(store: Store): Promise<Readonly<Record<string, unknown>>> {
  try {
    const { rows } = await store.jobs.executeSql(`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        and relname not like 'auth_%' and relname <> 'migrations'
      order by relname`);
    const digests: Record<string, unknown> = {};
    for (const { name } of rows) {
      const digest = `count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '')`;
      const [row] = (await store.jobs.executeSql(`select ${digest} as digest from ${String(name)} t`)).rows;
      digests[String(name)] = row?.['digest'];
    }
    expect(Object.keys(digests)).toEqual(expect.arrayContaining(['cases', 'case_events', 'audit_events']));
    expect(String(digests['case_events'])).not.toMatch(/^0 /);
    return digests;
  } finally {
    await store.close();
  }
}

async function keysOf({ url }: NodeProcess): Promise<readonly unknown[]> {
  const response = await fetch(`${url}/.well-known/twinpark/keys.json`);
  const { keys } = (await response.json()) as { keys: readonly { x: string }[] };
  return keys.map(({ x }) => x);
}

async function keysIn(folder: string): Promise<readonly unknown[]> {
  const { stdout } = await run('find', [join(folder, 'keys'), '-name', 'signing-*.jwk']);
  return stdout
    .trim()
    .split('\n')
    .map((file) => (JSON.parse(readFileSync(file, 'utf8')) as { x: string }).x);
}
