import { emptyRoot } from '@twinpark/transparency/merkle.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { Head } from './tree.ts';

/** What this park has last seen of a log; whoever else would cosign it waits until the transaction is done. */
export async function lockWitnessed(tx: Tx, origin: string, at: Date): Promise<Head> {
  await tx
    .insertInto('witnessedLogs')
    .values({ origin, size: 0, root: Buffer.from(emptyRoot(nodeCrypto)), checkpoint: '', cosignedAt: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return await tx
    .selectFrom('witnessedLogs')
    .select(['size', 'root'])
    .where('origin', '=', origin)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function rememberWitnessed(
  tx: Tx,
  origin: string,
  seen: Head & { readonly checkpoint: string; readonly at: Date },
): Promise<void> {
  const { size, root, checkpoint, at } = seen;
  await tx
    .updateTable('witnessedLogs')
    .set({ size, root: Buffer.from(root), checkpoint, cosignedAt: at })
    .where('origin', '=', origin)
    .execute();
}
