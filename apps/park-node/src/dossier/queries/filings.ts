import type { Tx } from '../../platform/database/store.ts';
import type { WaitingFor } from '../../platform/database/tables.ts';
import type { FilingRow } from '../dossier-value.ts';

/** A filing with what this park knows of its case; nothing for a case of the other park. */
export type FiledCase = FilingRow & {
  readonly caseNumber: string | null;
  readonly definitionHash: string | null;
  readonly waitingFor: WaitingFor | null;
  readonly applicantDueOn: string | null;
  readonly decidedOn: string | null;
};

/** Every filing of a dossier. */
export async function listFilings(tx: Tx, dossierId: string): Promise<readonly FiledCase[]> {
  return await tx
    .selectFrom('dossierFilings as filing')
    .leftJoin('cases', 'cases.caseId', 'filing.caseId')
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
      'cases.caseNumber',
      'cases.definitionHash',
      'cases.waitingFor',
      'cases.applicantDueOn',
      'cases.decidedOn',
    ])
    .where('filing.dossierId', '=', dossierId)
    .orderBy('filing.attempt')
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
