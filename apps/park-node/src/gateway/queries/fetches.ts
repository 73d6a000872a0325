import { type Selectable, sql } from 'kysely';
import { json } from '../../platform/database/sql.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { DeliveryProblem, FetchesTable } from '../../platform/database/tables.ts';

export type WantedFile = Omit<Selectable<FetchesTable>, 'fetchedAt' | 'problem'>;

/** Notes files that the other park is to send. One that did not come in order before is asked for anew. */
export async function wantFiles(tx: Tx, files: readonly WantedFile[]): Promise<void> {
  if (files.length === 0) return;
  const byKey = new Map(files.map((file) => [`${file.caseId} ${file.sha256}`, file]));
  await tx
    .insertInto('fetches')
    .values([...byKey.values()])
    .onConflict((conflict) =>
      conflict
        .columns(['caseId', 'sha256'])
        .doUpdateSet({ problem: null })
        .where('fetches.fetchedAt', 'is', null),
    )
    .execute();
}

/** Files that have not come yet and that nothing is wrong with, the longest wanted first, after a place in that order. */
export async function listWantedFiles(
  tx: Tx,
  most: number,
  after: Pick<WantedFile, 'requestedAt' | 'caseId' | 'sha256'> | null,
): Promise<readonly WantedFile[]> {
  let query = tx
    .selectFrom('fetches')
    .select([
      'caseId',
      'sha256',
      'kind',
      'sizeBytes',
      'mediaType',
      'receiptNumber',
      'language',
      'requestedAt',
    ])
    .where('fetchedAt', 'is', null)
    .where('problem', 'is', null)
    .orderBy('requestedAt')
    .orderBy('caseId')
    .orderBy('sha256')
    .limit(most);
  if (after) {
    const { requestedAt, caseId, sha256 } = after;
    query = query.where(
      sql<boolean>`(requested_at, case_id, sha256) > (${requestedAt}, ${caseId}::uuid, ${sha256})`,
    );
  }
  return await query.execute();
}

export async function anyWantedFile(tx: Tx): Promise<boolean> {
  return (await listWantedFiles(tx, 1, null)).length > 0;
}

/** The file is there, for every case that waits for it under this key. */
export async function markFetched(
  tx: Tx,
  { caseId, sha256 }: Pick<WantedFile, 'caseId' | 'sha256'>,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('fetches')
    .set({ fetchedAt: at, problem: null })
    .where('caseId', '=', caseId)
    .where('sha256', '=', sha256)
    .execute();
}

export async function markUnfetchable(
  tx: Tx,
  { caseId, sha256 }: Pick<WantedFile, 'caseId' | 'sha256'>,
  problem: DeliveryProblem,
): Promise<void> {
  await tx
    .updateTable('fetches')
    .set({ problem: json(problem) })
    .where('caseId', '=', caseId)
    .where('sha256', '=', sha256)
    .where('fetchedAt', 'is', null)
    .execute();
}

/** Papers of a case whose bytes have not come yet, as far as the reader may read the case. */
export async function listPapersOnTheirWay(tx: Tx, caseId: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('fetches')
    .select('sha256')
    .where('caseId', '=', caseId)
    .where('fetchedAt', 'is', null)
    .execute();
  return rows.map(({ sha256 }) => sha256);
}
