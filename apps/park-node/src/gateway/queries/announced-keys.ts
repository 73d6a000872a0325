import { sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';

/** Own keys that have ever been told of, by key id, with when the other park took note; null until it has. */
export async function listAnnouncedKeys(tx: Tx): Promise<ReadonlyMap<string, Date | null>> {
  const rows = await tx.selectFrom('announcedKeys').select(['kid', 'knownAt']).execute();
  return new Map(rows.map(({ kid, knownAt }) => [kid, knownAt]));
}

export async function insertAnnouncedKeys(
  tx: Tx,
  keys: readonly { readonly kid: string; readonly use: string }[],
  { at, knownAt }: { readonly at: Date; readonly knownAt: Date | null },
): Promise<void> {
  if (keys.length === 0) return;
  await tx
    .insertInto('announcedKeys')
    .values(keys.map(({ kid, use }) => ({ kid, use, announcedAt: at, knownAt })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The keys that delivered messages announced are known to the other park from then on. */
export async function noteKnownKeys(tx: Tx, messageIds: readonly string[], at: Date): Promise<void> {
  if (messageIds.length === 0) return;
  await sql`
    update announced_keys set known_at = ${at}
    from outbox_messages m, jsonb_array_elements(m.data -> 'keys') as key
    where m.message_id = any(${[...messageIds]}::uuid[])
      and m.type = 'org.twinpark.keys.announced'
      and announced_keys.kid = key ->> 'kid' and known_at is null`.execute(tx);
}
