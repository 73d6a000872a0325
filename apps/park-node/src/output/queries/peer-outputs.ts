import type { ReportedOutput } from '@twinpark/contract/gateway/messages.ts';
import type { OutputStatement } from '@twinpark/contract/output/output.ts';
import { json } from '../../platform/database/sql.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { OutputRow } from './outputs.ts';

/** A document that the other park has served, as it signed it. */
export type PeerOutputRow = Omit<OutputRow, 'verificationCode'> & { readonly verificationUrl: string };

/** Documents of a case of the other park, newest first, as far as the reader may read it. */
export async function listPeerOutputsOf(tx: Tx, caseId: string): Promise<readonly PeerOutputRow[]> {
  const rows = await tx
    .selectFrom('peerOutputs')
    .selectAll()
    .where('caseId', '=', caseId)
    .orderBy('issuedAt', 'desc')
    .orderBy('receiptNumber', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, statement: row.statement as OutputStatement }));
}

/** What a case of the other park says about its documents today. */
export async function findPeerCaseOf(tx: Tx, caseId: string) {
  return await tx
    .selectFrom('peerCases')
    .select(['caseId', 'park', 'status', 'receiptNumber'])
    .where('caseId', '=', caseId)
    .executeTakeFirst();
}

/** Pages of a document in one language; null where there are none, `onItsWay` until their bytes have come. */
export async function findPeerDocument(tx: Tx, receiptNumber: string, language: string) {
  const file = await tx
    .selectFrom('fetches')
    .select(['sha256', 'mediaType', 'sizeBytes', 'fetchedAt'])
    .where('receiptNumber', '=', receiptNumber)
    .where('language', '=', language)
    .where('kind', '=', 'document')
    .executeTakeFirst();
  if (!file) return null;
  const { fetchedAt, ...document } = file;
  return fetchedAt === null ? 'onItsWay' : document;
}

/** Keeps documents as the other park signed them. */
export async function insertPeerOutputs(
  tx: Tx,
  outputs: readonly (ReportedOutput & { readonly caseId: string })[],
): Promise<void> {
  if (outputs.length === 0) return;
  await tx
    .insertInto('peerOutputs')
    .values(
      outputs.map(({ caseId, receiptNumber, statement, signature, verificationUrl, issuedAt }) => ({
        ...{ receiptNumber, caseId, signature, verificationUrl },
        statement: json(statement),
        issuedAt: new Date(issuedAt),
      })),
    )
    .execute();
}

/** Which of these numbers are those of documents that are kept already, whatever case they are of. */
export async function findPeerOutputs(
  tx: Tx,
  receiptNumbers: readonly string[],
): Promise<ReadonlySet<string>> {
  if (receiptNumbers.length === 0) return new Set();
  const kept = await tx
    .selectFrom('peerOutputs')
    .select('receiptNumber')
    .where('receiptNumber', 'in', receiptNumbers)
    .execute();
  return new Set(kept.map(({ receiptNumber }) => receiptNumber));
}
