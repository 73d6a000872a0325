import type { LoggedStatement } from '@twinpark/contract/log/statements.ts';
import { inclusionProof } from '@twinpark/transparency/merkle-proofs.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { type Receipt, type Statement, writeReceipt } from '@twinpark/transparency/receipt.ts';
import type { Tx } from '../platform/database/store.ts';
import { type Problem, problem } from '../platform/http/problem.ts';
import { findCosignedCheckpoint } from './queries/checkpoints.ts';
import { findServing, type StoredStatement } from './queries/statements.ts';
import { treeReader } from './tree-reader.ts';

export type LoggedReceipt = Omit<Receipt, 'statement'> & { readonly statement: LoggedStatement };

/**
 * The receipt of the act that served a document.
 *
 * Problems: `notFound`, `receiptNotReady`.
 */
export async function receiptOfDocument(tx: Tx, receiptNumber: string): Promise<LoggedReceipt | Problem> {
  const output = await tx
    .selectFrom('outputs')
    .select('caseId')
    .where('receiptNumber', '=', receiptNumber)
    .executeTakeFirst();
  const serving = output ? await findServing(tx, output.caseId, receiptNumber) : null;
  return serving ? await receiptOrNot(tx, serving) : problem('notFound');
}

/**
 * The receipt of an entry.
 *
 * Problems: `receiptNotReady` until the other park has signed a log that holds it.
 */
export async function receiptOrNot(tx: Tx, stored: StoredStatement): Promise<LoggedReceipt | Problem> {
  return (await receiptOf(tx, stored)) ?? problem('receiptNotReady', { retryAfterSeconds: 5 });
}

/** The receipt of an entry under the newest checkpoint that both parks have signed; null before one holds it. */
async function receiptOf(
  tx: Tx,
  { statement, salt, logIndex }: StoredStatement,
): Promise<LoggedReceipt | null> {
  const checkpoint = await findCosignedCheckpoint(tx);
  if (logIndex === null || checkpoint === null || logIndex >= checkpoint.size) return null;
  const hashes = await inclusionProof(nodeCrypto, logIndex, checkpoint.size, treeReader(tx));
  const receipt = writeReceipt(statement as Statement, salt, {
    index: logIndex,
    hashes,
    checkpoint: `${checkpoint.note}${checkpoint.cosignatures.join('')}`,
  });
  return { ...receipt, statement };
}
