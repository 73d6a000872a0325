import { json } from '../../platform/database/sql.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { DossierRow } from '../dossier-value.ts';

export async function findDossier(
  tx: Tx,
  dossierId: string,
  organizationId: string,
): Promise<DossierRow | undefined> {
  return await dossiersOf(tx, organizationId).where('dossierId', '=', dossierId).executeTakeFirst();
}

/** The dossier, kept from others until the transaction ends. */
export async function lockDossier(
  tx: Tx,
  dossierId: string,
  organizationId: string,
): Promise<DossierRow | undefined> {
  return await dossiersOf(tx, organizationId)
    .where('dossierId', '=', dossierId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function insertDossier(tx: Tx, row: DossierRow): Promise<void> {
  await tx
    .insertInto('dossiers')
    .values({ ...row, answers: json(row.answers), evidence: json(row.evidence) })
    .execute();
}

/** Keeps new answers and papers as the next version. */
export async function updateDossier(
  tx: Tx,
  {
    dossierId,
    answers,
    evidence,
    version,
    changedAt,
  }: Pick<DossierRow, 'dossierId' | 'answers' | 'evidence' | 'version' | 'changedAt'>,
): Promise<void> {
  await tx
    .updateTable('dossiers')
    .set({ answers: json(answers), evidence: json(evidence), version, changedAt })
    .where('dossierId', '=', dossierId)
    .execute();
}

export type ListedDossier = Pick<
  DossierRow,
  'dossierId' | 'journey' | 'journeyHash' | 'title' | 'language' | 'version' | 'createdAt' | 'changedAt'
>;

/** A page of dossiers, the last changed first, after a place in that order. */
export async function listDossierRows(
  tx: Tx,
  organizationId: string,
  after: { readonly changedAt: Date; readonly dossierId: string } | null,
  limit: number,
): Promise<readonly ListedDossier[]> {
  let rows = tx
    .selectFrom('dossiers')
    .select(['dossierId', 'journey', 'journeyHash', 'title', 'language', 'version', 'createdAt', 'changedAt'])
    .where('organizationId', '=', organizationId)
    .orderBy('changedAt', 'desc')
    .orderBy('dossierId')
    .limit(limit);
  if (after) {
    const { changedAt, dossierId } = after;
    rows = rows
      .where('changedAt', '<=', changedAt)
      .where((row) => row.or([row('changedAt', '<', changedAt), row('dossierId', '>', dossierId)]));
  }
  return await rows.execute();
}

function dossiersOf(tx: Tx, organizationId: string) {
  return tx.selectFrom('dossiers').selectAll().where('organizationId', '=', organizationId);
}
