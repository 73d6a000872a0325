import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { json } from '../../platform/database/sql.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { InboxMessagesTable, OutboxMessagesTable } from '../../platform/database/tables.ts';

export type SentRow = Selectable<OutboxMessagesTable>;
export type ReceivedRow = Selectable<InboxMessagesTable>;

/** Where a list goes on, newest first. */
export interface TrafficPlace {
  readonly at: string;
  readonly messageId: string;
}

export interface TrafficFilter {
  readonly caseId: string | undefined;
  readonly status: 'unsettled' | 'stuck' | undefined;
  readonly after: TrafficPlace | null;
  readonly limit: number;
}

/** What went out, newest first. */
export async function listSent(tx: Tx, filter: TrafficFilter): Promise<readonly SentRow[]> {
  const { caseId, status, after, limit } = filter;
  let rows = tx.selectFrom('outboxMessages').selectAll();
  if (status === 'stuck') rows = rows.where('status', '=', 'stuck');
  if (status === 'unsettled') rows = rows.where('status', 'in', ['waiting', 'stuck']);
  if (caseId !== undefined) rows = rows.where('subject', '=', caseId);
  if (after)
    rows = rows.where(
      sql<boolean>`(created_at, message_id) < (${after.at}::timestamptz, ${after.messageId}::uuid)`,
    );
  return await rows.orderBy('createdAt', 'desc').orderBy('messageId', 'desc').limit(limit).execute();
}

/** What came in, newest first. */
export async function listReceived(tx: Tx, filter: TrafficFilter): Promise<readonly ReceivedRow[]> {
  const { caseId, after, limit } = filter;
  let rows = tx.selectFrom('inboxMessages').selectAll();
  if (caseId !== undefined) rows = rows.where('subject', '=', caseId);
  if (after)
    rows = rows.where(
      sql<boolean>`(received_at, message_id) < (${after.at}::timestamptz, ${after.messageId}::uuid)`,
    );
  return await rows.orderBy('receivedAt', 'desc').orderBy('messageId', 'desc').limit(limit).execute();
}

/** A message that went out, kept from others until the transaction ends where it is to be changed. */
export async function findSent(
  tx: Tx,
  messageId: string,
  lock: 'lock' | 'read',
): Promise<SentRow | undefined> {
  const found = tx.selectFrom('outboxMessages').selectAll().where('messageId', '=', messageId);
  return await (lock === 'lock' ? found.forNoKeyUpdate() : found).executeTakeFirst();
}

export async function findReceived(tx: Tx, messageId: string): Promise<ReceivedRow | undefined> {
  return await tx
    .selectFrom('inboxMessages')
    .selectAll()
    .where('messageId', '=', messageId)
    .executeTakeFirst();
}

/** How many messages wait behind those that are stuck, by stream. */
export async function countBlocked(tx: Tx, streams: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (streams.length === 0) return new Map();
  const rows = await tx
    .selectFrom('outboxMessages')
    .select(['stream', (column) => column.fn.countAll<number>().as('count')])
    .where('stream', 'in', [...streams])
    .where('status', '=', 'waiting')
    .groupBy('stream')
    .execute();
  return new Map(rows.map(({ stream, count }) => [stream, Number(count)]));
}

/** What has not got through: how many, up to a bound, and since when. */
export async function countUnsettled(tx: Tx, status: 'waiting' | 'stuck', most: number) {
  const { rows } = await sql<{ count: number; oldestAt: Date | null }>`
    select count(*)::integer as count, min(created_at) as oldest_at
    from (
      select created_at from outbox_messages where status = ${status} order by stream, position limit ${most}
    ) as listed`.execute(tx);
  return rows[0] ?? { count: 0, oldestAt: null };
}

/** A stuck message is to be sent again: its stream is due at once. */
export async function resend(tx: Tx, { messageId, stream }: SentRow, at: Date): Promise<void> {
  await tx
    .updateTable('outboxMessages')
    .set({ status: 'waiting', problem: null })
    .where('messageId', '=', messageId)
    .execute();
  await tx.updateTable('outboxStreams').set({ dueAt: at }).where('stream', '=', stream).execute();
}

/** Delivered messages of a stream from one position to before another whose content is no longer kept. */
export async function listGone(
  tx: Tx,
  stream: string,
  from: number,
  before: number,
): Promise<readonly SentRow[]> {
  return await tx
    .selectFrom('outboxMessages')
    .selectAll()
    .where('stream', '=', stream)
    .where('position', '>=', from)
    .where('position', '<', before)
    .where('status', '=', 'delivered')
    .where('data', 'is', null)
    .execute();
}

/** Settles a message by hand: one that says nothing takes its place and goes out, so that what follows can. */
export async function replace(
  tx: Tx,
  { messageId, stream, position, type, subject }: SentRow,
  { newId, at }: { readonly newId: string; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('outboxMessages')
    .set({ status: 'replaced', settledAt: at })
    .where('messageId', '=', messageId)
    .execute();
  await tx
    .insertInto('outboxMessages')
    .values({
      messageId: newId,
      stream,
      position,
      type: 'org.twinpark.message.replaced',
      subject,
      data: json({ messageId, type }),
      createdAt: at,
    })
    .execute();
  await tx.updateTable('outboxStreams').set({ dueAt: at }).where('stream', '=', stream).execute();
}
