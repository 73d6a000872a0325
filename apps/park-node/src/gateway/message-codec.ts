import type { ProtocolVersion } from '@twinpark/contract/gateway/exchange.ts';
import { type Message, messageEnvelopeSchema } from '@twinpark/contract/gateway/messages.ts';
import { canonicalJson } from '@twinpark/transparency/canonical-json.ts';
import { sha256Of } from '../evidence/content-digest.ts';
import type { OutboxMessagesTable } from '../platform/database/tables.ts';
import { downgrade, upgrade } from './protocol-versions.ts';
import { type Refused, refuseMessage } from './take.ts';

/** The name by which a park's node signs what it says: `source` of its messages. */
export function sourceOf(zone: string, park: string): string {
  return `twinpark/${zone}/${park}`;
}

/** SHA-256 (hex) of a message in canonical JSON: the same on both sides of the wire. */
export function digestOf(message: unknown): string {
  const json = canonicalJson(message);
  if (json === null) throw new TypeError('A message has no canonical form');
  return sha256Of(Buffer.from(json));
}

export type OutboxRow = Pick<
  OutboxMessagesTable,
  'messageId' | 'stream' | 'position' | 'type' | 'subject' | 'createdAt'
> & { readonly data: unknown };

/** A message of the outbox as it goes over the wire to a node of some version. */
export function encodeMessage(row: OutboxRow, source: string, version: ProtocolVersion): unknown {
  const { messageId, stream, position, type, subject, createdAt, data } = row;
  const message = {
    specversion: '1.0',
    id: messageId,
    source,
    type,
    time: createdAt.toISOString(),
    ...(subject === null ? {} : { subject }),
    datacontenttype: 'application/json',
    stream,
    position,
    data,
  };
  return downgrade(message as Message, version);
}

/** A message with what it was on the wire. */
export interface ReceivedMessage {
  readonly message: Message;
  readonly digest: string;
}

/**
 * A message out of a request. The digest is of the value as it came, before anything is added that its version lacks.
 *
 * Refuses: `messageMalformed` with the first place that is wrong, `typeUnknown`.
 */
export function decodeMessage(value: unknown, version: ProtocolVersion): ReceivedMessage | Refused {
  const parsed = messageEnvelopeSchema.safeParse(upgrade(value, version));
  if (parsed.success) {
    const json = canonicalJson(value);
    if (json === null) return refuseMessage('messageMalformed', { pointer: '' });
    return { message: parsed.data, digest: sha256Of(Buffer.from(json)) };
  }
  const [issue] = parsed.error.issues;
  const path = issue?.path ?? [];
  if (path.length === 1 && path[0] === 'type') return refuseMessage('typeUnknown', { type: typeOf(value) });
  const place = issue?.code === 'unrecognized_keys' ? [...path, ...issue.keys.slice(0, 1)] : path;
  const pointer = place
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  return refuseMessage('messageMalformed', { pointer });
}

function typeOf(value: unknown): string {
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : null;
  return typeof type === 'string' ? type.slice(0, 200) : '';
}
