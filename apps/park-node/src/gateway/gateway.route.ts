import {
  exchangeMessages,
  largestBatchCount,
  type ProtocolVersion,
} from '@twinpark/contract/gateway/exchange.ts';
import type { App } from '../platform/http/app.ts';
import { parseJson } from '../platform/http/body-parsers.ts';
import { type Problem, problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import { isId } from '../platform/ids.ts';
import type { Services } from '../services.ts';
import { type IncomingBatch, receiveBatch } from './receive-batch.ts';

/** Where the other park's node brings its messages. */
export function registerGatewayRoutes(app: App, services: Services): void {
  route(app, exchangeMessages, async ({ bytes, caller, requestId }) => {
    const messages = messagesIn(bytes);
    if (!Array.isArray(messages)) return messages as Problem;
    services.peer?.courier.heard();
    return await receiveBatch(services, {
      peer: caller.peer,
      version: caller.protocol as ProtocolVersion,
      messages,
      nonce: caller.nonce,
      nonceExpiresAt: new Date(caller.countsUntil.epochMilliseconds),
      requestId,
    });
  });
}

/** The messages of a request, each with an id by which it can be answered. */
function messagesIn(bytes: Uint8Array): IncomingBatch['messages'] | Problem {
  let parsed: unknown;
  try {
    parsed = parseJson(bytes);
  } catch {
    return problem('malformedJson');
  }
  const list: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
  const messages = list.flatMap((value) => {
    const id = idOf(value);
    return id === null ? [] : [{ id, value }];
  });
  const ids = new Set(messages.map(({ id }) => id));
  const isBatch = list.length > 0 && list.length <= largestBatchCount && ids.size === list.length;
  return isBatch ? messages : problem('batchMalformed', { most: largestBatchCount });
}

function idOf(value: unknown): string | null {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'string' && isId(id) ? id : null;
}
