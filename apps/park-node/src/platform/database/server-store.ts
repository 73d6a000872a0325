import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Clock } from '../clock.ts';
import { prepareJobs } from '../jobs/jobs-schema.ts';
import { StartFault } from '../start-fault.ts';
import { camelCase, columnParsers } from './columns.ts';
import { migrate, nodeRoles, type OwnerConnection } from './migrate.ts';
import { keepPartitioned } from './partitions.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { readAs } from './transactions.ts';

const oldestServer = 15;

export interface ServerStoreOptions {
  readonly url: string;
  /** Address with the rights of the owner of the tables, for migrations alone; the same where it is not given. */
  readonly ownerUrl?: string | undefined;
  /** Connections that readers share, and as many again that writers do. Eight more serve sign-in and jobs. */
  readonly connections?: number | undefined;
  readonly clock: Clock;
  /** Told when an idle connection breaks; the next query opens another. */
  readonly onError: (error: Error) => void;
}

/**
 * A PostgreSQL server, version 15 or newer, which any number of node processes of one park may share.
 *
 * Faults: those of `prepareServer`, and `rolesMissing` when the login may not take the roles of a node.
 */
export async function openServerStore(options: ServerStoreOptions): Promise<Store> {
  await prepareServer(options.ownerUrl ?? options.url);
  if (options.ownerUrl !== undefined) await onServer(options.url, requireRoles);
  const open = (max: number, role: string) => {
    const pool = new pg.Pool({
      connectionString: options.url,
      max,
      types,
      application_name: 'twinpark',
      // Whoever gets a connection from this pool has the role from the first statement on.
      onConnect: async (client) => void (await client.query(`set role ${role}`)),
    });
    pool.on('error', options.onError);
    // A connection that breaks in use fails its query and says so besides; unheard, that would end the process.
    pool.on('connect', (client) => client.on('error', () => {}));
    return pool;
  };
  const readers = open(options.connections ?? 10, 'twinpark_app');
  const writers = open(options.connections ?? 10, 'twinpark_node');
  const signIn = open(4, 'twinpark_auth');
  const jobs = open(4, 'twinpark_node');
  const forReaders = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: readers }),
    plugins: [camelCase()],
  });
  const forNode = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: writers }),
    plugins: [camelCase()],
  });
  const identity = new Kysely<Record<string, never>>({
    dialect: new PostgresDialect({ pool: signIn }),
    plugins: [camelCase()],
  });
  const store: Store = {
    kind: 'server',
    read: (reader, work) => readAs(forReaders, reader, work),
    write: (work) => forNode.transaction().execute(work),
    identity,
    jobs: {
      executeSql: async (text, values) => {
        const result: unknown = await jobs.query(text, values);
        // Several statements in one text answer with a list.
        const results = (Array.isArray(result) ? result : [result]) as pg.QueryResult[];
        return { rows: results.flatMap(({ rows }) => rows) };
      },
    },
    ping: async () => {
      await writers.query('select 1');
    },
    close: async () => {
      await Promise.all([readers.end(), writers.end(), signIn.end(), jobs.end()]);
    },
  };
  return keepPartitioned(store, options.clock);
}

/**
 * Brings the database of a server to the newest schema, with the rights of the owner of its tables.
 *
 * Faults: `databaseUnreachable`, `databaseTooOld`, and those of `migrate`.
 */
export async function prepareServer(url: string): Promise<void> {
  await onServer(url, async (client) => {
    const { rows } = await client.query('show server_version_num');
    const version = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
    if (version < oldestServer) throw new StartFault('databaseTooOld', { version, oldest: oldestServer });
    const owner: OwnerConnection = {
      exec: async (text) => {
        await client.query(text);
      },
      query: async (text, values) => (await client.query(text, values)).rows,
    };
    await migrate(owner);
    await prepareJobs(owner);
  });
}

async function onServer(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, types });
  // A connection that breaks shows in the query that needs it.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new StartFault('databaseUnreachable', { reason: String(error) }, error);
  }
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function requireRoles(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string; login: string }>(
    `select role, current_user as login from unnest($1::text[]) as role where not pg_has_role(current_user, role, 'member')`,
    [nodeRoles],
  );
  const [first] = rows;
  if (first)
    throw new StartFault('rolesMissing', {
      login: first.login,
      roles: rows.map(({ role }) => role).join(', '),
    });
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((type: number, format?: 'text' | 'binary') =>
    columnParsers[type] ?? pg.types.getTypeParser(type, format)) as typeof pg.types.getTypeParser,
};
