import type { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import type { Reader, Store } from '../platform/database/store.ts';
import { createTestDatabase } from './postgres.ts';
import { openTestPglite } from './stores.ts';

type Row = Record<string, unknown>;

/** A database without the store around it: SQL as it is typed, by its owner or in any role. */
export interface RawDatabase {
  /** As the owner of the tables. */
  owner(text: string): Promise<readonly Row[]>;
  /** In a role, for a reader or for none; whatever it changes is undone. */
  as(role: string, reader: Omit<Reader, 'person'> | null, text: string): Promise<readonly Row[]>;
}

/** A migrated database for the tests of the suite that calls this. */
export function useRawDatabase(kind: Store['kind']): RawDatabase {
  let connection: Connection | undefined;
  const run = async (text: string): Promise<readonly Row[]> => {
    if (!connection) throw new Error('The database is there only while tests run');
    return await connection.run(text);
  };
  beforeAll(async () => {
    connection = kind === 'embedded' ? embedded(await openTestPglite()) : await server();
  });
  afterAll(async () => {
    await connection?.close();
  });
  return {
    owner: run,
    as: async (role, reader, text) => {
      const settings = reader
        ? `set local twinpark.reader_kind = '${reader.kind}';
           set local twinpark.reader_organization = '${reader.organization}';`
        : '';
      try {
        return await run(`begin; ${settings} set local role ${role}; ${text}`);
      } finally {
        await run('rollback');
      }
    },
  };
}

interface Connection {
  run(text: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

function embedded(pglite: PGlite): Connection {
  return {
    run: async (text) => (await pglite.exec(text)).at(-1)?.rows ?? [],
    close: () => pglite.close(),
  };
}

async function server(): Promise<Connection> {
  const database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return {
    run: async (text) => {
      const result: unknown = await client.query(text);
      return (Array.isArray(result) ? result.at(-1) : (result as pg.QueryResult)).rows;
    },
    close: async () => {
      await client.end();
      await database.drop();
    },
  };
}
