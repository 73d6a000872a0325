import type { OutputStatement } from '@twinpark/contract/output/output.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';
import type { OutputDocumentsTable } from '../../platform/database/tables.ts';

export interface OutputRow {
  readonly receiptNumber: string;
  readonly caseId: string;
  readonly verificationCode: string;
  readonly statement: OutputStatement;
  readonly signature: string;
  readonly issuedAt: Date;
}

/** Documents of a case, newest first, as far as the reader may read it. A remedy at a time adds one: they are few. */
export async function listOutputsOf(tx: Tx, caseId: string): Promise<readonly OutputRow[]> {
  const rows = await tx
    .selectFrom('outputs')
    .selectAll()
    .where('caseId', '=', caseId)
    .orderBy('issuedAt', 'desc')
    .orderBy('receiptNumber', 'desc')
    .execute();
  return rows.map(outputRow);
}

export async function getOutput(tx: Tx, receiptNumber: string): Promise<OutputRow> {
  const row = await tx
    .selectFrom('outputs')
    .selectAll()
    .where('receiptNumber', '=', receiptNumber)
    .executeTakeFirstOrThrow();
  return outputRow(row);
}

/** The code alone: that there is a document takes no longer to find out than that there is none. */
export async function findVerificationCode(tx: Tx, receiptNumber: string): Promise<string | null> {
  const row = await tx
    .selectFrom('outputs')
    .select('verificationCode')
    .where('receiptNumber', '=', receiptNumber)
    .executeTakeFirst();
  return row?.verificationCode ?? null;
}

export async function findDocument(
  tx: Tx,
  receiptNumber: string,
  language: string,
): Promise<(Pick<OutputDocumentsTable, 'mediaType' | 'sha256'> & { readonly sizeBytes: number }) | null> {
  const row = await tx
    .selectFrom('outputDocuments')
    .innerJoin('evidenceFiles', 'evidenceFiles.sha256', 'outputDocuments.sha256')
    .select(['outputDocuments.mediaType', 'outputDocuments.sha256', 'evidenceFiles.sizeBytes'])
    .where('receiptNumber', '=', receiptNumber)
    .where('language', '=', language)
    .executeTakeFirst();
  return row ?? null;
}

/** What the case of a document says about it today. */
export async function findCaseOf(tx: Tx, caseId: string) {
  return await tx
    .selectFrom('cases')
    .select(['caseId', 'caseNumber', 'status', 'receiptNumber'])
    .where('caseId', '=', caseId)
    .executeTakeFirst();
}

export async function hasLaterOutput(
  tx: Tx,
  { caseId, issuedAt, receiptNumber }: OutputRow,
): Promise<boolean> {
  const later = await tx
    .selectFrom('outputs')
    .select('receiptNumber')
    .where('caseId', '=', caseId)
    .where((where) =>
      where.or([
        where('issuedAt', '>', issuedAt),
        where.and([where('issuedAt', '=', issuedAt), where('receiptNumber', '>', receiptNumber)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return later !== undefined;
}

/** The next count of receipt numbers; one that is not used leaves a gap. */
export async function takeReceiptCount(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`select nextval('receipt_numbers') as count`.execute(tx);
  return rows[0]?.count ?? 0;
}

function outputRow(row: Omit<OutputRow, 'statement'> & { readonly statement: unknown }): OutputRow {
  return { ...row, statement: row.statement as OutputStatement };
}
