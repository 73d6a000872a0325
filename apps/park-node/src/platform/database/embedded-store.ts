import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, type PGliteInterface } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import type { Clock } from '../clock.ts';
import { prepareJobs } from '../jobs/jobs-schema.ts';
import { StartFault } from '../start-fault.ts';
import { camelCase, columnParsers } from './columns.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate, type OwnerConnection } from './migrate.ts';
import { keepPartitioned } from './partitions.ts';
import { sqlStateOf } from './sql.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { readAs, writeAsNode } from './transactions.ts';

/**
 * PostgreSQL in this process, in a folder; without a folder it lives in memory. It survives the death of the process,
 * but not loss of power: its writes are not synced to the disk.
 */
export async function openEmbeddedStore(folder: string | null, clock: Clock): Promise<Store> {
  if (folder !== null) await mkdir(folder, { recursive: true });
  const unlock = folder === null ? () => {} : lockFolder(folder);
  try {
    return embeddedStoreOver(await openEmbeddedDatabase(folder), clock, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * The database of a folder or in memory, with every migration done; in memory it can start from an image of another.
 *
 * Faults: `folderDamaged`, `folderUnwritable`, and those of `migrate`.
 */
export async function openEmbeddedDatabase(folder: string | null, image?: Blob): Promise<PGlite> {
  const pglite = await createPglite(folder, image);
  const owner: OwnerConnection = {
    exec: async (text) => {
      await pglite.exec(text);
    },
    query: async (text, values) => (await pglite.query<Record<string, unknown>>(text, values)).rows,
  };
  await migrate(owner);
  await prepareJobs(owner);
  return pglite;
}

async function createPglite(folder: string | null, image: Blob | undefined): Promise<PGlite> {
  try {
    return await PGlite.create({
      ...(folder === null ? {} : { dataDir: join(folder, 'database') }),
      ...(image === undefined ? {} : { loadDataDir: image }),
      parsers: { ...columnParsers },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isFull = sqlStateOf(error) === 'ENOSPC' || sqlStateOf(error) === 'EDQUOT';
    throw new StartFault(isFull ? 'folderUnwritable' : 'folderDamaged', { folder, reason }, error);
  }
}

/** A store over an open database. `unlock` is called when it is closed. */
export function embeddedStoreOver(pglite: PGlite, clock: Clock, unlock: () => void): Store {
  const db = new Kysely<Tables>({
    dialect: new PGliteDialect({ pglite }),
    plugins: [camelCase()],
  });
  const identity = new Kysely<Record<string, never>>({
    dialect: new PGliteDialect({ pglite: inRole(pglite, 'twinpark_auth') }),
    plugins: [camelCase()],
  });
  const store: Store = {
    kind: 'embedded',
    read: (reader, work) => readAs(db, reader, work),
    write: (work) => writeAsNode(db, work),
    identity,
    jobs: {
      executeSql: async (text, values) => {
        if (values !== undefined && values.length > 0) return await pglite.query(text, values);
        try {
          const results = await pglite.exec(text);
          return { rows: results.flatMap((result) => result.rows) };
        } catch (error) {
          // A text may begin a transaction, which everybody else would be left in.
          await pglite.exec('rollback');
          throw error;
        }
      },
    },
    ping: async () => {
      await pglite.query('select 1');
    },
    close: async () => {
      await db.destroy();
      if (!pglite.closed) await pglite.close();
      unlock();
    },
  };
  return keepPartitioned(store, clock);
}

/** The one connection seen in another role: whatever it is asked runs in a transaction that first takes the role. */
function inRole(pglite: PGlite, role: string): PGliteInterface {
  const transaction: PGlite['transaction'] = (work) =>
    pglite.transaction(async (tx) => {
      await tx.exec(`set local role ${role}`);
      return await work(tx);
    });
  const query: PGlite['query'] = (text, values, options) =>
    transaction((tx) => tx.query(text, values, options));
  return new Proxy(pglite, {
    get(target, property) {
      if (property === 'transaction') return transaction;
      if (property === 'query') return query;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
