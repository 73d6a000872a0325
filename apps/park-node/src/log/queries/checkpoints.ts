import { sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';

/** What the park has signed of its log, with the lines by which the other park says that it saw the same. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly note: string;
  readonly signedAt: Date;
  readonly cosignatures: readonly string[];
  /** Null until the other park has cosigned it. */
  readonly cosignedAt: Date | null;
}

export async function findNewestCheckpoint(tx: Tx): Promise<StoredCheckpoint | null> {
  const row = await tx
    .selectFrom('logCheckpoints')
    .selectAll()
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { ...row, ...(await cosignaturesOf(tx, row.size)) } : null;
}

/** The newest checkpoint that the other park has cosigned. */
export async function findCosignedCheckpoint(tx: Tx): Promise<StoredCheckpoint | null> {
  const row = await tx
    .selectFrom('logCheckpoints')
    .selectAll()
    .where('size', '=', (query) =>
      query.selectFrom('logCosignatures').select(({ fn }) => fn.max('size').as('size')),
    )
    .executeTakeFirst();
  return row ? { ...row, ...(await cosignaturesOf(tx, row.size)) } : null;
}

/** Size of the newest log that the other park has cosigned; 0 before the first. */
export async function findCosignedSize(tx: Tx): Promise<number> {
  const { size } = await tx
    .selectFrom('logCosignatures')
    .select(({ fn }) => fn.max('size').as('size'))
    .executeTakeFirstOrThrow();
  return size ?? 0;
}

export async function insertCheckpoint(
  tx: Tx,
  checkpoint: Pick<StoredCheckpoint, 'size' | 'note' | 'signedAt'>,
): Promise<void> {
  await tx.insertInto('logCheckpoints').values(checkpoint).execute();
}

export async function removeCheckpoint(tx: Tx, size: number): Promise<void> {
  await tx.deleteFrom('logCheckpoints').where('size', '=', size).execute();
}

/** Of two that were asked for at once, the first is kept: both say the same. */
export async function insertCosignature(
  tx: Tx,
  cosignature: {
    readonly size: number;
    readonly witness: string;
    readonly line: string;
    readonly cosignedAt: Date;
  },
): Promise<void> {
  await tx
    .insertInto('logCosignatures')
    .values(cosignature)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Removes checkpoints that a later cosigned one has made needless: those without a cosignature, and of the cosigned ones
 * all but the last of each day, UTC. Returns how many.
 */
export async function thinCheckpoints(tx: Tx): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from log_checkpoints
    where size < (select max(size) from log_cosignatures)
      and size not in (select max(size) from log_cosignatures group by date_trunc('day', cosigned_at, 'UTC'))`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

async function cosignaturesOf(
  tx: Tx,
  size: number,
): Promise<Pick<StoredCheckpoint, 'cosignatures' | 'cosignedAt'>> {
  const rows = await tx
    .selectFrom('logCosignatures')
    .select(['line', 'cosignedAt'])
    .where('size', '=', size)
    .orderBy('witness')
    .execute();
  return { cosignatures: rows.map(({ line }) => line), cosignedAt: rows[0]?.cosignedAt ?? null };
}
