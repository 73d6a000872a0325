import { sql } from 'kysely';
import { json } from '../../platform/database/sql.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { DeliveryProblem } from '../../platform/database/tables.ts';
import type { OutboxRow } from '../message-codec.ts';

/** A message that is to go out, with what is known of it from earlier attempts. */
export interface WaitingMessage extends OutboxRow {
  readonly data: unknown;
  readonly attempts: number;
  readonly digest: string | null;
  readonly entryId: string | null;
}

/**
 * Takes streams that are due for this process alone, as many as it takes to have that many messages, and returns the
 * next messages of each in order. A process that dies with them loses them when the lease is over.
 */
export async function leaseDueStreams(
  tx: Tx,
  options: {
    readonly now: Date;
    readonly until: Date;
    /** The last stream may bring some more. */
    readonly messages: number;
    readonly mostOfStream: number;
  },
): Promise<readonly WaitingMessage[]> {
  const { now, until, messages, mostOfStream } = options;
  const { rows } = await sql<WaitingMessage>`
    with due as materialized (
      select stream, due_at from outbox_streams
      where due_at <= ${now} and (leased_until is null or leased_until <= ${now})
      order by due_at
      limit ${messages}
      for no key update skip locked
    ), counted as materialized (
      select due.stream, sum(waiting.count) over (order by due.due_at, due.stream) - waiting.count as before
      from due
      cross join lateral (
        select count(*) as count
        from (
          select from outbox_messages o
          where o.stream = due.stream and o.status in ('waiting', 'stuck')
          limit ${mostOfStream}
        ) as listed
      ) as waiting
    ), leased as (
      update outbox_streams set leased_until = ${until} from counted
      where outbox_streams.stream = counted.stream and counted.before < ${messages}
      returning outbox_streams.stream
    )
    select m.message_id, m.stream, m.position, m.type, m.subject, m.created_at, m.data, m.attempts, m.digest, m.entry_id
    from leased
    cross join lateral (
      select * from outbox_messages o
      where o.stream = leased.stream and o.status in ('waiting', 'stuck')
      order by o.position limit ${mostOfStream}
    ) as m
    -- What stands behind a message that was refused waits until that is settled.
    where not exists (
      select from outbox_messages o
      where o.stream = m.stream and o.status = 'stuck' and o.position <= m.position
    )
    order by m.stream, m.position`.execute(tx);
  return rows;
}

/** Notes what goes out: its digest, and its entry in this park's own log. */
export async function noteOutgoing(
  tx: Tx,
  messages: readonly { readonly messageId: string; readonly digest: string; readonly entryId: string }[],
): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map(({ messageId, digest, entryId }) => ({
    message_id: messageId,
    digest,
    entry_id: entryId,
  }));
  await sql`
    update outbox_messages set digest = row.digest, entry_id = row.entry_id
    from jsonb_to_recordset(${json(rows)}) as row (message_id uuid, digest text, entry_id uuid)
    where outbox_messages.message_id = row.message_id`.execute(tx);
}

/** What became of one message of a request. */
export interface Attempted {
  readonly messageId: string;
  /** `waiting`: to be tried again. */
  readonly status: 'delivered' | 'waiting' | 'stuck';
  readonly problem: DeliveryProblem | null;
  readonly receipt: unknown;
}

/** Keeps what became of messages. Only those that were waiting change: what was settled by hand meanwhile stays. */
export async function noteAttempts(tx: Tx, attempts: readonly Attempted[], at: Date): Promise<void> {
  if (attempts.length === 0) return;
  const rows = attempts.map(({ messageId, status, problem, receipt }) => ({
    message_id: messageId,
    status,
    problem,
    receipt,
  }));
  await sql`
    update outbox_messages set
      status = row.status,
      problem = case when jsonb_typeof(row.problem) = 'object' then row.problem end,
      receipt = case when jsonb_typeof(row.receipt) = 'object' then row.receipt end,
      attempts = attempts + 1,
      last_attempt_at = ${at},
      settled_at = case when row.status = 'delivered' then ${at}::timestamptz end
    from jsonb_to_recordset(${json(rows)}) as row (message_id uuid, status text, problem jsonb, receipt jsonb)
    where outbox_messages.message_id = row.message_id and outbox_messages.status = 'waiting'`.execute(tx);
}

/** Gives streams back; each is due again when something of it waits and nothing stuck stands before it. */
export async function releaseStreams(
  tx: Tx,
  streams: readonly { readonly stream: string; readonly retryAt: Date }[],
): Promise<void> {
  if (streams.length === 0) return;
  const rows = streams.map(({ stream, retryAt }) => ({ stream, retry_at: retryAt }));
  // Locked by a statement of its own: one that has to wait for whoever puts a message there at this moment would then
  // find its row as it is, but the messages as they were.
  await sql`
    select from outbox_streams where stream = any(${streams.map(({ stream }) => stream)}::text[])
    order by stream for no key update`.execute(tx);
  await sql`
    update outbox_streams set
      leased_until = null,
      due_at = case
        when (
          select o.status from outbox_messages o
          where o.stream = outbox_streams.stream and o.status in ('waiting', 'stuck')
          order by o.position limit 1
        ) = 'waiting' then row.retry_at
      end
    from jsonb_to_recordset(${json(rows)}) as row (stream text, retry_at timestamptz)
    where outbox_streams.stream = row.stream`.execute(tx);
}

/**
 * Lets a stream begin again at a position that the other park asks for, before one that it refused: it has come back from
 * an older backup. Returns how many messages go out again; none where what is asked for is no longer kept.
 */
export async function rewindStream(
  tx: Tx,
  stream: string,
  position: number,
  before: number,
): Promise<number> {
  const gone = await tx
    .selectFrom('outboxMessages')
    .select('position')
    .where('stream', '=', stream)
    .where('position', '>=', position)
    .where('status', '=', 'delivered')
    .where('data', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return gone ? 0 : await sendAgain(tx, stream, position, before);
}

/** Lets delivered messages of a stream, from one position to before another, go out again. Returns how many. */
export async function sendAgain(tx: Tx, stream: string, from: number, before: number): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('outboxMessages')
    .set({ status: 'waiting', settledAt: null, receipt: null })
    .where('stream', '=', stream)
    .where('position', '>=', from)
    .where('position', '<', before)
    .where('status', '=', 'delivered')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
