import { cpSync, existsSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createDossier } from '@twinpark/contract/dossier/dossiers.ts';
import { getMe } from '@twinpark/contract/identity/get-me.ts';
import { zoneFolder } from '@twinpark/testkit/invented-zone.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbeddedDatabase } from './platform/database/embedded-store.ts';
import { freePort, type NodeProcess, startNodeProcess } from './testing/node-process.ts';
import { signIn } from './testing/persistent-client.ts';

let folder: string;
let port: number;
let node: NodeProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twinpark-process-'));
  port = await freePort();
  node = startNodeProcess(settingsIn('data'), port);
  expect(await node.ready).toMatchObject({ park: 'north', store: 'embedded', mode: 'demo' });
}, 120_000);
afterAll(async () => {
  await node.kill();
  rmSync(folder, { recursive: true, force: true });
});

describe('the process of a node', () => {
  it('leaves a data folder alone that another process has, and says whose it is', async () => {
    const second = startNodeProcess(settingsIn('data'), await freePort());
    expect(await second.ended).toEqual({ code: 2, signal: null });
    expect(linesOf(second)).toEqual([
      expect.stringMatching(new RegExp(`is in use by process ${node.pid}`)),
      expect.stringContaining(`进程 ${node.pid}`),
      expect.stringContaining(`程序 ${node.pid}`),
    ]);
    expect((await fetch(`${node.url}/health/ready`)).status).toBe(200);
  });

  it('tells every fault of its settings in three languages, and touches nothing', async () => {
    const settings = {
      ...settingsIn('other'),
      TWINPARK_PARK: '',
      TWINPARK_LOG_LEVEL: 'loud',
      TWINPARK_PEAR: 'x',
    };
    const other = startNodeProcess(settings, await freePort());
    expect(await other.ended).toEqual({ code: 2, signal: null });
    for (const name of ['TWINPARK_PARK', 'TWINPARK_LOG_LEVEL', 'TWINPARK_PEAR']) {
      expect(linesOf(other).filter((line) => line.startsWith(name))).toHaveLength(3);
    }
    expect(existsSync(join(folder, 'other'))).toBe(false);
  });

  it.each([
    [{ TWINPARK_PARK: 'nort' }, 'Did you mean “north”?'],
    [{ TWINPARK_ZONE: '/nowhere' }, 'The zone pack “/nowhere” has faults'],
    [
      { TWINPARK_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
      'The database server cannot be reached',
    ],
    [{ TWINPARK_DATA: '/dev/null/data', TWINPARK_SESSION_SECRET: 'x'.repeat(32) }, 'cannot be written'],
  ])('does not start with %j, and says why', async (change, reason) => {
    const other = startNodeProcess({ ...settingsIn('other'), ...change }, await freePort());
    expect(await other.ended).toEqual({ code: 2, signal: null });
    expect(linesOf(other)).toHaveLength(3);
    expect(linesOf(other)[0]).toContain(reason);
  });

  it('finishes a request that has begun when it is asked to end, and takes no new one', async () => {
    const client = await signIn({ url: () => node.url }, 'applicant');
    const body = JSON.stringify({ journey: 'open-a-laboratory', title: 'Slowly', language: 'en' });
    const begun = request(`${node.url}${createDossier.path}`, {
      method: 'POST',
      headers: {
        cookie: client.cookie,
        'content-type': 'application/json',
        'content-length': body.length,
        'idempotency-key': 'begun-before-the-end',
      },
    });
    begun.write(body.slice(0, 10));
    const answered = new Promise<string>((resolve, reject) => {
      begun.once('response', async (response) => {
        const { statusCode, headers } = response;
        resolve(`${statusCode} ${headers.connection} ${await text(response)}`);
      });
      begun.once('error', reject);
    });
    // One round trip later the node has the beginning of it.
    await client.get(getMe);
    const ended = node.stop();
    await expect.poll(() => isRefused(node.url), { timeout: 10_000 }).toBe(true);
    begun.end(body.slice(10));
    expect(await answered).toMatch(/^201 close /);
    expect(await ended).toBe(0);
    expect(existsSync(join(folder, 'data/node.lock'))).toBe(false);
  });

  it('does not use the data of a demonstration in production', async () => {
    await node.stop();
    const production = {
      TWINPARK_MODE: 'production',
      TWINPARK_PUBLIC_URL: `http://localhost:${port}`,
      TWINPARK_SESSION_SECRET: 'x'.repeat(32),
    };
    const other = startNodeProcess({ ...settingsIn('data'), ...production }, port);
    expect(await other.ended).toEqual({ code: 2, signal: null });
    expect(linesOf(other)).toEqual([
      expect.stringContaining('The database was begun in a demonstration'),
      expect.stringContaining('以 demo 模式建立'),
      expect.stringContaining('以 demo 模式建立'),
    ]);
  });

  it('says that a database is damaged', async () => {
    await node.stop();
    cpSync(join(folder, 'data'), join(folder, 'damaged'), { recursive: true });
    truncateSync(join(folder, 'damaged/database/global/pg_control'));
    const other = startNodeProcess(settingsIn('damaged'), port);
    expect(await other.ended).toEqual({ code: 2, signal: null });
    expect(linesOf(other)).toHaveLength(3);
    expect(linesOf(other)[0]).toMatch(/The embedded database in “.*damaged” cannot be opened/);
  });

  it('does not touch a database that a newer version has used', async () => {
    await node.stop();
    const database = await openEmbeddedDatabase(join(folder, 'data'));
    await database.exec(
      `insert into migrations (version, name, checksum) values (999999, '999999_later.sql', 'x')`,
    );
    await database.close();
    const other = startNodeProcess(settingsIn('data'), port);
    expect(await other.ended).toEqual({ code: 2, signal: null });
    expect(linesOf(other)[0]).toContain('999999_later.sql');
  }, 60_000);
});

function settingsIn(name: string): Record<string, string> {
  return { TWINPARK_PARK: 'north', TWINPARK_ZONE: zoneFolder, TWINPARK_DATA: join(folder, name) };
}

/** What the process said, which holds no stack. */
function linesOf(process: NodeProcess): readonly string[] {
  const lines = process
    .printed()
    .split('\n')
    .filter((line) => line !== '');
  expect(lines.filter((line) => /^ +at /.test(line))).toEqual([]);
  return lines;
}

async function isRefused(url: string): Promise<boolean> {
  try {
    const { status } = await fetch(`${url}/api/node`, { headers: { connection: 'close' } });
    return status === 503;
  } catch {
    return true;
  }
}
