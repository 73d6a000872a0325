import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser, createTestDatabase, hasPostgres, type TestDatabase } from '../../testing/postgres.ts';
import {
  type Cluster,
  findServerPrograms,
  startCluster,
  stopCluster,
} from '../../testing/postgres-cluster.ts';
import { schemaText } from '../../testing/schema-text.ts';
import { openTestPglite } from '../../testing/stores.ts';
import { systemClock } from '../clock.ts';
import type { StartFault } from '../start-fault.ts';
import { listMigrations, migrate, nodeRoles, type OwnerConnection } from './migrate.ts';
import { openServerStore, prepareServer } from './server-store.ts';

const known = listMigrations();
const [firstStep] = known;
const one = (text: string, version = 1) => ({ version, name: `00000${version}_x.sql`, text, checksum: text });

describe('Migrations', () => {
  let pglite: PGlite;
  let owner: OwnerConnection;
  beforeAll(async () => {
    pglite = await openTestPglite();
    owner = ownerOf(pglite);
  });
  afterAll(() => pglite.close());

  it('are numbered without a gap, and each says whether running nodes may keep going', () => {
    expect(known.map(({ version }) => version)).toEqual(known.map((_, index) => index + 1));
    for (const { name, text } of known) expect(text, name).toMatch(/^-- .+\n(-- .+\n)*-- Running nodes: /);
  });

  it('add up to sql/schema.sql', async () => {
    await expect(await schemaText(owner)).toMatchFileSnapshot('../../../sql/schema.sql');
  });

  it('do nothing when they are run again', async () => {
    const before = await owner.query('select * from migrations order by version');
    expect(before).toHaveLength(known.length);
    await migrate(owner);
    expect(await owner.query('select * from migrations order by version')).toEqual(before);
  });

  it('refuse a database that a newer node has migrated', async () => {
    await expect(faultOf(migrate(owner, known.slice(0, -1)))).resolves.toMatchObject({
      code: 'databaseNewer',
      facts: { has: known.at(-1)?.name },
    });
  });

  it('refuse to start where a step that was run has another text now', async () => {
    const changed = known.map((step) => (step === firstStep ? { ...step, checksum: 'other' } : step));
    await expect(faultOf(migrate(owner, changed))).resolves.toMatchObject({
      code: 'migrationChanged',
      facts: { migration: firstStep?.name },
    });
  });

  it('leave nothing of a step that fails, and let go of the lock', async () => {
    const next = one('create table half_done (id integer); select 1 / 0', known.length + 1);
    await expect(migrate(owner, [...known, next])).rejects.toThrow('division by zero');
    expect(await owner.query(`select to_regclass('half_done') as table`)).toEqual([{ table: null }]);
    expect(await owner.query(`select from pg_locks where locktype = 'advisory'`)).toEqual([]);
    await migrate(owner);
  });
});

describe.runIf(hasPostgres)('Migrations on a PostgreSQL server', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('add up to the same schema', async () => {
    await asSuperuser(database.url, async (client) => {
      await expect(await schemaText(ownerOfClient(client))).toMatchFileSnapshot('../../../sql/schema.sql');
    });
  });

  it('come to a clear fault where no server answers', async () => {
    await expect(faultOf(prepareServer('postgres://nobody@127.0.0.1:1/nothing'))).resolves.toMatchObject({
      code: 'databaseUnreachable',
    });
  });
});

// Roles belong to a whole server, so what happens without them needs a server of its own.
const programs = findServerPrograms();
describe.runIf(programs !== null)('Migrations on a server without our roles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twinpark-roles-'));
  let cluster: Cluster;
  const asRoot = async (database: string, ...statements: readonly string[]): Promise<void> =>
    asSuperuser(cluster.url(database), async (client) => {
      for (const statement of statements) await client.query(statement);
    });
  const newDatabase = async (owner: string): Promise<string> => {
    const name = `d_${randomBytes(4).toString('hex')}`;
    await asRoot('postgres', `create database ${name} owner ${owner}`);
    return name;
  };
  beforeAll(async () => {
    cluster = await startCluster(programs ?? '', folder, 'quick');
  });
  afterAll(() => {
    stopCluster(programs ?? '', folder);
    rmSync(folder, { recursive: true });
  });

  it('need a login that may make roles, or roles that were made for it', async () => {
    await asRoot('postgres', 'create role weak login');
    const name = await newDatabase('weak');
    const weak = cluster.url(name, 'weak');
    await expect(faultOf(prepareServer(weak))).resolves.toMatchObject({ code: 'rolesMissing' });
    await asRoot('postgres', ...nodeRoles.map((role) => `create role ${role} nologin`));
    await expect(faultOf(prepareServer(weak))).resolves.toMatchObject({ code: 'rolesMissing' });
    await asRoot('postgres', ...nodeRoles.map((role) => `grant ${role} to weak`));
    await prepareServer(weak);
    await asRoot('postgres', `drop database ${name}`, ...nodeRoles.map((role) => `drop role ${role}`));
  });

  it('from twenty connections at once make the roles and the schema once', async () => {
    await asRoot('postgres', 'create role maker login createrole');
    const name = await newDatabase('maker');
    const other = await newDatabase('maker');
    const places = Array.from({ length: 20 }, (_, place) => (place % 2 === 0 ? name : other));
    await Promise.all(places.map((place) => prepareServer(cluster.url(place, 'maker'))));
    await asSuperuser(cluster.url(name), async (client) => {
      const { rows } = await client.query('select version from migrations order by version');
      expect(rows.map(({ version }) => version)).toEqual(known.map(({ version }) => version));
    });
  });

  it('may belong to another login than the one that serves, which owns nothing and only takes the roles', async () => {
    const name = await newDatabase('maker');
    await asRoot('postgres', 'create role server login noinherit');
    const ownerUrl = cluster.url(name, 'maker');
    const options = { url: cluster.url(name, 'server'), ownerUrl, clock: systemClock, onError: () => {} };
    await expect(faultOf(openServerStore(options))).resolves.toMatchObject({
      code: 'rolesMissing',
      facts: { login: 'server', roles: nodeRoles.join(', ') },
    });
    await asRoot('postgres', ...nodeRoles.map((role) => `grant ${role} to server`));
    const store = await openServerStore(options);
    const reader = { kind: 'oversight', organization: 'oversight', person: 'p' } as const;
    expect(await store.read(reader, (tx) => tx.selectFrom('cases').select('caseId').execute())).toEqual([]);
    expect(await store.write((tx) => tx.selectFrom('cases').selectAll().execute())).toEqual([]);
    await store.close();
    const client = new pg.Client({ connectionString: options.url });
    await client.connect();
    await expect(client.query('select from cases')).rejects.toThrow('permission denied');
    await expect(client.query('drop table cases')).rejects.toThrow('must be owner');
    await client.end();
  });
});

async function faultOf(work: Promise<unknown>): Promise<StartFault> {
  return await work.then(
    () => {
      throw new Error('It went through');
    },
    (fault) => fault,
  );
}

function ownerOf(pglite: PGlite): OwnerConnection {
  return {
    exec: async (text) => void (await pglite.exec(text)),
    query: async (text, values) => (await pglite.query<Record<string, unknown>>(text, values)).rows,
  };
}

function ownerOfClient(client: pg.Client): OwnerConnection {
  return {
    exec: async (text) => void (await client.query(text)),
    query: async (text, values) => (await client.query(text, values)).rows,
  };
}
