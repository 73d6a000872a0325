import { sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';

/** Papers of the reader's own organisation by their ids; one that is not there is left out. */
export async function findOwnEvidence(
  tx: Tx,
  evidenceIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly name: string; readonly sha256: string }>> {
  if (evidenceIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('evidence')
    .select(['evidenceId', 'name', 'sha256'])
    .where('evidenceId', '=', sql<string>`any(${[...evidenceIds]}::uuid[])`)
    .execute();
  return new Map(rows.map(({ evidenceId, ...paper }) => [evidenceId, paper]));
}
