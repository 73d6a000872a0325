import { json } from '../../platform/database/sql.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { PeerAct, WaitingFor } from '../../platform/database/tables.ts';
import type { FilingRow } from '../dossier-value.ts';

/** A filing with what this park knows of its case: its own, or what the other park has told. */
export type FiledCase = FilingRow & {
  readonly caseNumber: string | null;
  readonly definitionHash: string | null;
  readonly waitingFor: WaitingFor | null;
  readonly applicantDueOn: string | null;
  readonly decidedOn: string | null;
  /** The newest act on a case of the other park; null for one of this park. */
  readonly act: PeerAct | null;
};

/** Every filing of a dossier. */
export async function listFilings(tx: Tx, dossierId: string): Promise<readonly FiledCase[]> {
  const rows = await tx
    .selectFrom('dossierFilings as filing')
    .leftJoin('cases', 'cases.caseId', 'filing.caseId')
    .leftJoin('peerCases as peer', 'peer.caseId', 'filing.caseId')
    .select([
      'filing.dossierId',
      'filing.step',
      'filing.attempt',
      'filing.caseId',
      'filing.park',
      'filing.service',
      'filing.filedOn',
      'filing.answers',
      'filing.evidence',
      'filing.status',
      'filing.outcome',
    ])
    .select(({ fn }) => [
      fn.coalesce('cases.caseNumber', 'peer.caseNumber').as('caseNumber'),
      fn.coalesce('cases.definitionHash', 'peer.definitionHash').as('definitionHash'),
      fn.coalesce('cases.waitingFor', 'peer.waitingFor').as('waitingFor'),
      fn.coalesce('cases.applicantDueOn', 'peer.applicantDueOn').as('applicantDueOn'),
      fn.coalesce('cases.decidedOn', 'peer.decidedOn').as('decidedOn'),
      'peer.act',
    ])
    .where('filing.dossierId', '=', dossierId)
    .orderBy('filing.attempt')
    .execute();
  return rows as readonly FiledCase[];
}

/** The step of which a case is a filing; undefined for a case without a dossier. */
export async function findStepOf(
  tx: Tx,
  caseId: string,
): Promise<{ readonly dossierId: string; readonly step: string } | undefined> {
  return await tx
    .selectFrom('dossierFilings')
    .select(['dossierId', 'step'])
    .where('caseId', '=', caseId)
    .executeTakeFirst();
}

/** How often a step was filed. */
export async function newestAttempt(tx: Tx, dossierId: string, step: string): Promise<number> {
  const newest = await tx
    .selectFrom('dossierFilings')
    .select('attempt')
    .where('dossierId', '=', dossierId)
    .where('step', '=', step)
    .orderBy('attempt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest?.attempt ?? 0;
}

export async function insertFiling(tx: Tx, row: FilingRow & { readonly createdAt: Date }): Promise<void> {
  await tx
    .insertInto('dossierFilings')
    .values({ ...row, answers: json(row.answers), evidence: json(row.evidence) })
    .execute();
}

/** A filing of which no case came: the other park did not take it. */
export async function markFilingRefused(tx: Tx, caseId: string): Promise<void> {
  await tx.updateTable('dossierFilings').set({ status: 'none' }).where('caseId', '=', caseId).execute();
}

/** A filing that counted as refused counts as sent again: the other park took it after all. */
export async function markFilingSent(tx: Tx, caseId: string): Promise<void> {
  await tx
    .updateTable('dossierFilings')
    .set({ status: 'filed' })
    .where('caseId', '=', caseId)
    .where('status', '=', 'none')
    .execute();
}

/** The filings of several dossiers, without what was filed. */
export async function listFilingHeads(tx: Tx, dossierIds: readonly string[]) {
  if (dossierIds.length === 0) return [];
  return await tx
    .selectFrom('dossierFilings')
    .select(['dossierId', 'step', 'attempt', 'caseId', 'park', 'service', 'filedOn', 'status', 'outcome'])
    .where('dossierId', 'in', dossierIds)
    .orderBy('filedOn')
    .orderBy('caseId')
    .execute();
}
