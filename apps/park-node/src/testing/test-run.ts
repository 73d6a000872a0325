import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { findServerPrograms, stopCluster } from './postgres-cluster.ts';

/**
 * Once before all test files: a folder for what they share, such as a database server, which the first file that
 * needs it makes. Whatever a killed run left behind is cleared away.
 */
export function setup(project: TestProject): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(/^twinpark-tests-(\d+)$/.exec(name)?.[1]);
    if (owner > 0 && !isAlive(owner)) remove(join(tmpdir(), name));
  }
  mkdirSync(runFolder, { recursive: true });
  project.provide('testRunFolder', runFolder);
  // For the nodes that tests start as processes: compiling theirs takes longer than starting them.
  process.env['NODE_COMPILE_CACHE'] ??= join(runFolder, 'compiled');
  if (!process.env['TWINPARK_TEST_POSTGRES_URL'] && findServerPrograms() === null) {
    console.warn('NO POSTGRESQL SERVER WAS FOUND: its half of the store tests does not run.');
  }
}

export async function teardown(): Promise<void> {
  const server = process.env['TWINPARK_TEST_POSTGRES_URL'];
  const template = textOf(join(runFolder, 'postgres-template.made'));
  if (server && template !== null) {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(`drop database if exists ${template}`);
    await client.end();
  }
  clear(runFolder);
}

/**
 * A text that is made once in a run, whichever worker needs it first; the others wait for it.
 *
 * Throws: what making it threw, in the worker that made it, and an `Error` with the same words in the others.
 */
export async function oncePerRun(folder: string, name: string, make: () => Promise<string>): Promise<string> {
  const place = join(folder, name);
  if (claim(`${place}.claim`)) {
    try {
      const made = await make();
      put(`${place}.made`, made);
      return made;
    } catch (error) {
      put(`${place}.failed`, String(error));
      throw error;
    }
  }
  for (;;) {
    const made = textOf(`${place}.made`);
    if (made !== null) return made;
    const failed = textOf(`${place}.failed`);
    if (failed !== null) throw new Error(`${name}: ${failed}`);
    await pause(20);
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    testRunFolder: string;
  }
}

const runFolder = join(tmpdir(), `twinpark-tests-${process.pid}`);

function clear(folder: string): void {
  const programs = findServerPrograms();
  if (programs !== null) stopCluster(programs, join(folder, 'postgres'));
  remove(folder);
}

/**
 * A server that outlived its run ends by itself within a minute of losing its folder. The number it noted may by now
 * belong to another program, so nothing is signalled; and what cannot be removed is no reason not to test.
 */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    console.warn(`${folder} stays: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function claim(file: string): boolean {
  try {
    writeFileSync(file, '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/** Whole or not at all, so that nobody reads half of it. */
function put(file: string, text: string): void {
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
