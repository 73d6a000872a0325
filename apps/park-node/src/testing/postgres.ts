import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { prepareServer } from '../platform/database/server-store.ts';
import { clusterIn, findServerPrograms, startCluster } from './postgres-cluster.ts';
import { oncePerRun } from './test-run.ts';

/** A database of a test's own on the PostgreSQL server of the run. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A server to test on: `TWINPARK_TEST_POSTGRES_URL` where it is set, else one that the run starts for itself. */
export const hasPostgres =
  Boolean(process.env['TWINPARK_TEST_POSTGRES_URL']) || findServerPrograms() !== null;

/** A new database, either with every migration done (a copy of a template) or empty. */
export async function createTestDatabase(content: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> {
  const server = await serverUrl();
  const name = `twinpark_${randomBytes(8).toString('hex')}`;
  const template = content === 'migrated' ? await templateOf(server) : 'template0';
  await onServer(server, (client) => client.query(`create database ${name} template ${template}`));
  return {
    url: withDatabase(server, name),
    drop: () => onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

/** Runs queries as the superuser of a database, past every right that a test wants to see kept. */
export async function asSuperuser<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function serverUrl(): Promise<string> {
  const given = process.env['TWINPARK_TEST_POSTGRES_URL'];
  if (given) return given;
  const run = inject('testRunFolder');
  const folder = join(run, 'postgres');
  await oncePerRun(run, 'postgres-server', async () => {
    const programs = findServerPrograms();
    if (programs === null) throw new Error('No PostgreSQL server is installed');
    await startCluster(programs, folder, 'quick');
    return folder;
  });
  return clusterIn(folder).url('postgres');
}

async function templateOf(server: string): Promise<string> {
  return await oncePerRun(inject('testRunFolder'), 'postgres-template', async () => {
    const name = `twinpark_template_${randomBytes(8).toString('hex')}`;
    await onServer(server, (client) => client.query(`create database ${name} template template0`));
    await prepareServer(withDatabase(server, name));
    return name;
  });
}

async function onServer(server: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  await asSuperuser(server, work);
}

function withDatabase(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
