import type { ProtocolVersion } from '@twinpark/contract/gateway/exchange.ts';
import type { Message } from '@twinpark/contract/gateway/messages.ts';

/**
 * The steps between neighbouring versions of the protocol. Inside, a node knows only the newest; a message is taken up
 * to it when it comes and down from it when it goes to a node that does not speak it yet.
 *
 * Version 2 adds to `org.twinpark.case.reported` the limits as the deciding park counts them. A node of version 1 counts
 * them itself from the events.
 */
export function downgrade(message: Message, version: ProtocolVersion): unknown {
  if (version === 2 || message.type !== 'org.twinpark.case.reported') return message;
  const { deadlines: _, ...data } = message.data;
  return { ...message, data };
}

export function upgrade(value: unknown, version: ProtocolVersion): unknown {
  if (version === 2 || !isReport(value) || 'deadlines' in value.data) return value;
  return { ...value, data: { ...value.data, deadlines: [] } };
}

function isReport(value: unknown): value is { readonly data: object } {
  if (typeof value !== 'object' || value === null) return false;
  if (!('type' in value) || value.type !== 'org.twinpark.case.reported') return false;
  return 'data' in value && typeof value.data === 'object' && value.data !== null;
}
