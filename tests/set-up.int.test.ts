import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Stands in for npm: notes each call, takes its time, and "installs" the Node that runs this test. */
const fakeNpm = `
  const { appendFileSync, mkdirSync, rmSync, symlinkSync } = require('node:fs');
  if (process.argv.includes('--version')) {
    console.log(process.env.FAKE_NPM_VERSION ?? '11.0.0');
  } else {
    appendFileSync('calls.log', process.argv[2] + '\\n');
    console.log('npm has something to say');
    setTimeout(() => {
      if (process.env.FAKE_NPM_FAILS) process.exit(1);
      rmSync('node_modules', { recursive: true, force: true });
      mkdirSync('node_modules/node/bin', { recursive: true });
      symlinkSync(process.execPath, 'node_modules/node/bin/node');
    }, Number(process.env.FAKE_NPM_MS ?? 0));
  }
`;

let tree: string;

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'twinpark-set-up-'));
  cpSync(join(root, 'scripts'), join(tree, 'scripts'), { recursive: true });
  mkdirSync(join(tree, 'packages/one'), { recursive: true });
  writeManifest('package.json', {
    type: 'module',
    workspaces: ['packages/*'],
    devDependencies: { node: process.versions.node },
  });
  writeManifest('packages/one/package.json', { name: 'one' });
  writeManifest('package-lock.json', {});
  mkdirSync(join(tree, 'npm'));
  writeFileSync(join(tree, 'npm/package.json'), '{"type":"commonjs"}');
  writeFileSync(join(tree, 'npm/npm-cli.js'), fakeNpm);
});

afterEach(() => rmSync(tree, { recursive: true, force: true }));

describe('set-up', () => {
  it('installs once and is silent from then on', async () => {
    expect(await setUp()).toMatchObject({ code: 0, said: expect.stringContaining('installing') });
    expect(await setUp()).toEqual({ code: 0, said: '' });
    expect(calls()).toEqual(['ci']);
  });

  it('does not show what npm says when all is well', async () => {
    expect((await setUp()).said).not.toContain('npm has something to say');
  });

  it('installs again when the lockfile or a dependency changes, not when a description does', async () => {
    await setUp();
    writeManifest('packages/one/package.json', { name: 'one', description: 'changed' });
    await setUp();
    expect(calls()).toHaveLength(1);
    writeManifest('packages/one/package.json', { name: 'one', dependencies: { two: '1.0.0' } });
    await setUp();
    expect(calls()).toHaveLength(2);
    writeManifest('package-lock.json', { changed: true });
    await setUp();
    expect(calls()).toHaveLength(3);
  });

  it('installs again when the Node in node_modules is gone', async () => {
    await setUp();
    rmSync(join(tree, 'node_modules/node'), { recursive: true });
    expect((await setUp()).code).toBe(0);
    expect(calls()).toHaveLength(2);
  });

  it('shows what npm says when npm fails, in three languages what to do, and can be repeated', async () => {
    const { code, said } = await setUp({ FAKE_NPM_FAILS: '1' });
    expect(code).toBe(2);
    for (const part of ['npm has something to say', 'The installation failed', '安装失败', '安裝失敗']) {
      expect(said).toContain(part);
    }
    expect((await setUp()).code).toBe(0);
  });

  it('names the npm it needs', async () => {
    const { code, said } = await setUp({ FAKE_NPM_VERSION: '10.9.0' });
    expect(code).toBe(2);
    expect(said).toContain('npm 11 or newer; this is 10.9.0');
    expect(calls()).toEqual([]);
  });

  it('works when two start at the same time: one installs, the other waits', async () => {
    const both = await Promise.all([setUp({ FAKE_NPM_MS: '500' }), setUp({ FAKE_NPM_MS: '500' })]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(calls()).toEqual(['ci']);
    expect(existsSync(join(tree, '.twinpark/setup.lock'))).toBe(false);
  });

  it('starts afresh after being killed half-way, once the npm it left behind has ended', async () => {
    const killed = start({ FAKE_NPM_MS: '1500' });
    await expect.poll(calls, { timeout: 10_000 }).toHaveLength(1);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(existsSync(join(tree, 'node_modules/.twinpark-stamp'))).toBe(false);

    const { code, said } = await setUp();
    expect(code).toBe(0);
    expect(said).toContain('another installation is running');
    expect(calls()).toHaveLength(2);
  });

  it('stops npm and frees the lock when it is told to stop', async () => {
    const stopped = start({ FAKE_NPM_MS: '60000' });
    await expect.poll(calls, { timeout: 10_000 }).toHaveLength(1);
    stopped.kill('SIGTERM');
    expect(await once(stopped, 'exit')).toEqual([143, null]);
    expect(existsSync(join(tree, '.twinpark/setup.lock'))).toBe(false);
  });

  it('takes over an empty lock that nobody has touched for long', async () => {
    mkdirSync(join(tree, '.twinpark'));
    writeFileSync(join(tree, '.twinpark/setup.lock'), '');
    const old = new Date(Date.now() - 3_600_000);
    utimesSync(join(tree, '.twinpark/setup.lock'), old, old);
    expect((await setUp()).code).toBe(0);
  });
});

function writeManifest(path: string, manifest: object): void {
  writeFileSync(join(tree, path), JSON.stringify(manifest));
}

function calls(): string[] {
  const log = join(tree, 'calls.log');
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
}

function start(env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, ['scripts/setup.js'], {
    cwd: tree,
    env: {
      ...process.env,
      npm_execpath: join(tree, 'npm/npm-cli.js'),
      npm_node_execpath: process.execPath,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function setUp(env?: Record<string, string>): Promise<{ code: number; said: string }> {
  const child = start(env);
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, said };
}
