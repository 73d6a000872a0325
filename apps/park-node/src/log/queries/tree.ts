import type { ChangedTile, LogEdge } from '@twinpark/transparency/tile-log.ts';
import { levelsOf, tileWidth } from '@twinpark/transparency/tiles.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';

export interface Head {
  readonly size: number;
  readonly root: Uint8Array;
}

/** How far the log has come; whoever else would lengthen it waits until the transaction is done. */
export async function lockHead(tx: Tx): Promise<Head> {
  return await tx.selectFrom('logHead').select(['size', 'root']).forUpdate().executeTakeFirstOrThrow();
}

export async function findHead(tx: Tx): Promise<Head> {
  return await tx.selectFrom('logHead').select(['size', 'root']).executeTakeFirstOrThrow();
}

/** Entries that wait for their place, the oldest first. */
export async function listPending(tx: Tx, limit: number) {
  return await tx
    .selectFrom('logPending')
    .select(['entryId', 'commitment'])
    .orderBy('entryId')
    .limit(limit)
    .execute();
}

/** The right-most tile of each level of a log of that size, as far as it is filled. */
export async function readEdge(tx: Tx, size: number): Promise<LogEdge> {
  const levels = Array.from({ length: levelsOf(size) }, (_, level) => {
    const hashes = Math.floor(size / tileWidth ** level);
    return { level, tile: Math.floor(hashes / tileWidth), isEmpty: hashes % tileWidth === 0 };
  });
  const wanted = levels.filter(({ isEmpty }) => !isEmpty);
  const found = await readTiles(tx, wanted);
  return { size, tiles: levels.map(({ level, tile }) => found.get(`${level}/${tile}`) ?? new Uint8Array()) };
}

/** Hashes of tiles, by `level/tile`; those that the log does not have are left out. */
export async function readTiles(
  tx: Tx,
  wanted: readonly { readonly level: number; readonly tile: number }[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ level: number; tile: number; hashes: Uint8Array }>`
    select level, tile, hashes from log_tiles
    join unnest(${wanted.map(({ level }) => level)}::smallint[], ${wanted.map(({ tile }) => tile)}::bigint[])
      as wanted (level, tile) using (level, tile)`.execute(tx);
  return new Map(rows.map(({ level, tile, hashes }) => [`${level}/${tile}`, hashes]));
}

export interface PlacedEntry {
  readonly entryId: string;
  readonly commitment: Uint8Array;
}

/** Gives entries their place behind the last one, keeps what has changed of the tree, and lets them wait no more. */
export async function appendEntries(
  tx: Tx,
  grown: {
    readonly from: number;
    readonly entries: readonly PlacedEntry[];
    readonly changed: readonly ChangedTile[];
    readonly head: Head;
    readonly at: Date;
  },
): Promise<void> {
  const { from, entries, changed, head, at } = grown;
  const ids = entries.map(({ entryId }) => entryId);
  const commitments = entries.map(({ commitment }) => hex(commitment));
  await sql`
    insert into log_entries (log_index, entry_id, commitment, logged_at)
      select ${from}::bigint + place - 1, entry_id, decode(commitment, 'hex'), ${at}
      from unnest(${ids}::uuid[], ${commitments}::text[]) with ordinality as entry (entry_id, commitment, place)`.execute(
    tx,
  );
  await sql`
    insert into log_tiles (level, tile, width, hashes)
      select level, tile, width, decode(hashes, 'hex')
      from unnest(
        ${changed.map(({ level }) => level)}::smallint[], ${changed.map(({ index }) => index)}::bigint[],
        ${changed.map(({ width }) => width)}::smallint[], ${changed.map(({ hashes }) => hex(hashes))}::text[]
      ) as changed (level, tile, width, hashes)
      on conflict (level, tile) do update set width = excluded.width, hashes = excluded.hashes`.execute(tx);
  await tx
    .updateTable('logHead')
    .set({ size: head.size, root: Buffer.from(head.root) })
    .execute();
  await tx.deleteFrom('logPending').where('entryId', '=', sql<string>`any(${ids}::uuid[])`).execute();
}

/** Places of entries in the log; those that have none yet are left out. */
export async function findPlaces(tx: Tx, entryIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (entryIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('logEntries')
    .select(['entryId', 'logIndex'])
    .where('entryId', '=', sql<string>`any(${[...entryIds]}::uuid[])`)
    .execute();
  return new Map(rows.map(({ entryId, logIndex }) => [entryId, logIndex]));
}

/** What the log holds from one place to before another. */
export async function listCommitments(tx: Tx, from: number, to: number): Promise<readonly Uint8Array[]> {
  const rows = await tx
    .selectFrom('logEntries')
    .select('commitment')
    .where('logIndex', '>=', from)
    .where('logIndex', '<', to)
    .orderBy('logIndex')
    .execute();
  return rows.map(({ commitment }) => commitment);
}

function hex(bytes: Uint8Array): string {
  return bytes.toHex();
}
