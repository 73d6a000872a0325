import type { MessageType } from '@twinpark/contract/gateway/message-types.ts';
import type { MessageOf } from '@twinpark/contract/gateway/messages.ts';
import { sql } from 'kysely';
import { type Clock, instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import { newId } from '../platform/ids.ts';

/** Something to be told to the other park. */
export type OutgoingMessage = { [Type in MessageType]: Outgoing<Type> }[MessageType];

interface Outgoing<Type extends MessageType> {
  readonly type: Type;
  /** Messages of one stream arrive in the order in which they were sent. */
  readonly stream: string;
  /** The case it is about; null where it is about none. */
  readonly subject: string | null;
  readonly data: Unchanging<MessageOf<Type>['data']>;
}

type Unchanging<Value> = Value extends readonly (infer Item)[]
  ? readonly Unchanging<Item>[]
  : Value extends object
    ? { readonly [Member in keyof Value]: Unchanging<Value[Member]> }
    : Value;

/** The stream of everything that concerns one dossier, in one direction. */
export function dossierStream(dossierId: string): string {
  return `dossier-${dossierId}`;
}

/** The stream of what the nodes have to say to each other themselves. */
export const nodeStream = 'node';

/** A row for `send_to_peer` (sql/000013_recording.sql), which gives it its position. */
export function outboxRow(clock: Clock, { type, stream, subject, data }: OutgoingMessage) {
  return { message_id: newId(clock), stream, type, subject, data, created_at: instantNow(clock) };
}

/**
 * Puts messages into the outbox in the transaction of what causes them, and returns their ids. They go out once the
 * transaction is done.
 */
export async function sendToPeer(
  tx: Tx,
  clock: Clock,
  messages: readonly OutgoingMessage[],
): Promise<readonly string[]> {
  if (messages.length === 0) return [];
  const rows = messages.map((message) => outboxRow(clock, message));
  await sql`select send_to_peer(${JSON.stringify(rows)}::text::jsonb)`.execute(tx);
  return rows.map(({ message_id }) => message_id);
}
