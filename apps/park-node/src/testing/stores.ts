import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Clock, systemClock } from '../platform/clock.ts';
import { embeddedStoreOver, openEmbeddedDatabase } from '../platform/database/embedded-store.ts';
import { openServerStore } from '../platform/database/server-store.ts';
import type { Store } from '../platform/database/store.ts';
import { createTestDatabase, hasPostgres } from './postgres.ts';
import { oncePerRun } from './test-run.ts';

/** The stores of this machine; every suite about the store runs on each: `describe.each(storeKinds)`. */
export const storeKinds: readonly Store['kind'][] = hasPostgres ? ['embedded', 'server'] : ['embedded'];

/** A store of a test file's own, migrated and otherwise empty; closing it removes it. */
export async function openTestStore(kind: Store['kind'], clock: Clock = systemClock): Promise<Store> {
  const [store] = await openTestStores(kind, 1, clock);
  if (!store) throw new Error('One was opened');
  return store;
}

/** Stores of several processes on one database, which goes when the last is closed. An embedded one has room for one. */
export async function openTestStores(
  kind: Store['kind'],
  count: number,
  clock: Clock,
): Promise<readonly Store[]> {
  if (kind === 'embedded') return [embeddedStoreOver(await openTestPglite(), clock, () => {})];
  const database = await createTestDatabase();
  let open = count;
  const openOne = async (): Promise<Store> => {
    const store = await openServerStore({ url: database.url, clock, onError: () => {} });
    return {
      ...store,
      close: async () => {
        await store.close();
        open -= 1;
        if (open === 0) await database.drop();
      },
    };
  };
  return await Promise.all(Array.from({ length: count }, openOne));
}

/** A store for the tests of the suite that calls this, opened before the first and closed after the last. */
export function useStore(kind: Store['kind'], clock: Clock = systemClock): Store {
  let opened: Store | undefined;
  const current = (): Store => {
    if (!opened) throw new Error('The store is there only while tests run');
    return opened;
  };
  beforeAll(async () => {
    opened = await openTestStore(kind, clock);
  });
  afterAll(async () => {
    await opened?.close();
  });
  return {
    kind,
    read: (reader, work) => current().read(reader, work),
    write: (work) => current().write(work),
    get identity() {
      return current().identity;
    },
    jobs: { executeSql: (text, values) => current().jobs.executeSql(text, values) },
    ping: () => current().ping(),
    close: () => current().close(),
  };
}

/** Puts a migrated and otherwise empty embedded database into a data folder, as a first start leaves it. */
export async function layEmbeddedDatabase(dataFolder: string): Promise<void> {
  const template = join(inject('testRunFolder'), 'embedded-folder');
  await oncePerRun(inject('testRunFolder'), 'embedded-folder', async () => {
    mkdirSync(template);
    await (await openEmbeddedDatabase(template)).close();
    return template;
  });
  cpSync(template, dataFolder, { recursive: true });
}

/** An embedded database in memory, from an image of a migrated one: making one anew takes seconds. */
export async function openTestPglite(): Promise<PGlite> {
  const run = inject('testRunFolder');
  const image = await oncePerRun(run, 'pglite-image', async () => {
    const pglite = await openEmbeddedDatabase(null);
    const file = join(run, 'pglite-image.tar');
    await writeFile(file, new Uint8Array(await (await pglite.dumpDataDir('none')).arrayBuffer()));
    await pglite.close();
    return file;
  });
  return await openEmbeddedDatabase(null, new Blob([readFileSync(image)]));
}
