import type { Selectable } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';
import type { CaseEvidenceTable } from '../../platform/database/tables.ts';

/** Every paper that a case was given, by the day and the type. */
export async function listGivenPapers(
  tx: Tx,
  caseId: string,
): Promise<readonly Omit<Selectable<CaseEvidenceTable>, 'caseId'>[]> {
  return await tx
    .selectFrom('caseEvidence')
    .select(['type', 'name', 'sha256', 'givenOn'])
    .where('caseId', '=', caseId)
    .orderBy('givenOn')
    .orderBy('type')
    .orderBy('sha256')
    .execute();
}

/** Every document that was served in a case, oldest first, with the files it was printed to. */
export async function listServedOutputs(tx: Tx, caseId: string) {
  const outputs = await tx
    .selectFrom('outputs')
    .select(['receiptNumber', 'issuedAt', 'statement', 'signature'])
    .where('caseId', '=', caseId)
    .orderBy('issuedAt')
    .orderBy('receiptNumber')
    .execute();
  const documents = await tx
    .selectFrom('outputDocuments')
    .innerJoin('outputs', 'outputs.receiptNumber', 'outputDocuments.receiptNumber')
    .select([
      'outputDocuments.receiptNumber',
      'outputDocuments.language',
      'outputDocuments.mediaType',
      'outputDocuments.sha256',
    ])
    .where('outputs.caseId', '=', caseId)
    .orderBy('outputDocuments.language')
    .execute();
  return outputs.map((output) => ({
    ...output,
    documents: documents
      .filter(({ receiptNumber }) => receiptNumber === output.receiptNumber)
      .map(({ receiptNumber: _receiptNumber, ...document }) => document),
  }));
}
