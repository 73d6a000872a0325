import type { ActStatement, LoggedStatement } from '@twinpark/contract/log/statements.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';

/** A statement with what proves it; the place is null until the entry has one. */
export interface StoredStatement {
  readonly entryId: string;
  readonly statement: LoggedStatement;
  readonly salt: Uint8Array;
  readonly logIndex: number | null;
}

/** An entry of the log, as far as the reader may know what it is about. */
export async function findStatement(tx: Tx, entryId: string): Promise<StoredStatement | null> {
  const row = await statements(tx).where('logStatements.entryId', '=', entryId).executeTakeFirst();
  return row ?? null;
}

/** The act by which a document was served. */
export async function findServing(
  tx: Tx,
  caseId: string,
  receiptNumber: string,
): Promise<StoredStatement | null> {
  const row = await statements(tx)
    .where('logStatements.subject', '=', caseId)
    .where(sql<boolean>`statement ->> 'receiptNumber' = ${receiptNumber}`)
    .executeTakeFirst();
  return row ?? null;
}

/** Acts of a case in the order in which they were logged, after an entry. */
export async function listActs(
  tx: Tx,
  caseId: string,
  after: string | null,
  limit: number,
): Promise<readonly (StoredStatement & { readonly statement: ActStatement })[]> {
  const rows = await statements(tx)
    .where('logStatements.subject', '=', caseId)
    .where(sql<boolean>`statement ->> 'format' = 'twinpark-act/1'`)
    .$if(after !== null, (query) => query.where('logStatements.entryId', '>', after ?? ''))
    .orderBy('logStatements.entryId')
    .limit(limit)
    .execute();
  return rows as readonly (StoredStatement & { readonly statement: ActStatement })[];
}

function statements(tx: Tx) {
  return tx
    .selectFrom('logStatements')
    .leftJoin('logEntries', 'logEntries.entryId', 'logStatements.entryId')
    .select(['logStatements.entryId', 'statement', 'salt', 'logIndex']);
}
