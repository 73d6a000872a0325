import { type Kysely, sql } from 'kysely';
import type { Reader, Tx } from './store.ts';
import type { Tables } from './tables.ts';

/** Runs a transaction as the application role, which sees what the reader may see. */
export async function readAs<Result>(
  db: Kysely<Tables>,
  reader: Reader,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  return await db.transaction().execute(async (tx) => {
    await sql`select
      set_config('role', 'twinpark_app', true),
      set_config('twinpark.reader_kind', ${reader.kind}, true),
      set_config('twinpark.reader_organization', ${reader.organization}, true),
      set_config('twinpark.reader_person', ${reader.person}, true)`.execute(tx);
    return await work(tx);
  });
}

/** Runs a transaction as the node itself. */
export async function writeAsNode<Result>(
  db: Kysely<Tables>,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  return await db.transaction().execute(async (tx) => {
    await sql`set local role twinpark_node`.execute(tx);
    return await work(tx);
  });
}
