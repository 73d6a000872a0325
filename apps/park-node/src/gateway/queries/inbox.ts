import { sql } from 'kysely';
import { json } from '../../platform/database/sql.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { ReceivedMessage } from '../message-codec.ts';

/** Positions of streams, kept from others until the transaction ends; a new stream begins at 0. */
export async function lockInboxStreams(
  tx: Tx,
  streams: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  // In one order everywhere, so that two transactions never wait for each other.
  const ordered = [...new Set(streams)].sort();
  await sql`
    insert into inbox_streams (stream, last_position)
    select stream, 0 from unnest(${ordered}::text[]) as named (stream) order by stream
    on conflict do nothing`.execute(tx);
  const { rows } = await sql<{ stream: string; lastPosition: number }>`
    select stream, last_position from inbox_streams
    where stream = any(${ordered}::text[]) order by stream for no key update`.execute(tx);
  return new Map(rows.map(({ stream, lastPosition }) => [stream, lastPosition]));
}

export interface TakenBefore {
  readonly messageId: string;
  readonly digest: string;
  readonly entryId: string;
}

/** Those of some messages that were taken before. */
export async function findTaken(
  tx: Tx,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, TakenBefore>> {
  const rows = await tx
    .selectFrom('inboxMessages')
    .select(['messageId', 'digest', 'entryId'])
    .where('messageId', '=', sql<string>`any(${[...messageIds]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.messageId, row]));
}

/** Notes messages as taken. */
export async function insertTaken(
  tx: Tx,
  taken: readonly (ReceivedMessage & { readonly entryId: string })[],
  receivedAt: Date,
): Promise<void> {
  if (taken.length === 0) return;
  const rows = taken.map(({ message, digest, entryId }) => ({
    message_id: message.id,
    stream: message.stream,
    position: message.position,
    type: message.type,
    subject: message.subject ?? null,
    data: message.data,
    sent_at: message.time,
    received_at: receivedAt,
    digest,
    entry_id: entryId,
  }));
  await sql`
    insert into inbox_messages (
      message_id, stream, position, type, subject, data, sent_at, received_at, digest, entry_id
    )
    select message_id, stream, position, type, subject, data, sent_at, received_at, digest, entry_id
    from jsonb_to_recordset(${json(rows)}) as row (
      message_id uuid, stream text, position integer, type text, subject uuid, data jsonb, sent_at timestamptz,
      received_at timestamptz, digest text, entry_id uuid
    )`.execute(tx);
  const heads = new Map(taken.map(({ message }) => [message.stream, message.position]));
  await sql`
    update inbox_streams set last_position = head.position
    from jsonb_to_recordset(${json([...heads].map(([stream, position]) => ({ stream, position })))})
      as head (stream text, position integer)
    where inbox_streams.stream = head.stream`.execute(tx);
}

/** False where the nonce was used before. */
export async function useNonce(tx: Tx, nonce: string, expiresAt: Date): Promise<boolean> {
  const inserted = await tx
    .insertInto('gatewayNonces')
    .values({ nonce, expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}
