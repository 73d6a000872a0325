import type { ParkKey } from '@twinpark/contract/node/park-card.ts';
import { type Clock, instantNow } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database/store.ts';

/** Keys that the other park has announced. */
export async function listPeerKeys(tx: Tx): Promise<readonly ParkKey[]> {
  const rows = await tx.selectFrom('peerKeys').selectAll().execute();
  return rows.map(({ use, name, kid, x, validFrom, validUntil }) => ({
    use,
    name,
    kid,
    x,
    from: validFrom.toISOString(),
    until: validUntil?.toISOString() ?? null,
  }));
}

/** Keeps announced keys; of one that is known already, until when it counts. */
export async function insertPeerKeys(tx: Tx, keys: readonly ParkKey[], clock: Clock): Promise<void> {
  for (const { kid, use, name, x, from, until } of keys) {
    const validUntil = until === null ? null : new Date(until);
    await tx
      .insertInto('peerKeys')
      .values({ kid, use, name, x, validFrom: new Date(from), validUntil, announcedAt: instantNow(clock) })
      .onConflict((conflict) => conflict.column('kid').doUpdateSet({ validUntil }))
      .execute();
  }
}
