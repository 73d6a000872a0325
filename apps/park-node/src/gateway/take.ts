import type { MessageType } from '@twinpark/contract/gateway/message-types.ts';
import type { MessageOf } from '@twinpark/contract/gateway/messages.ts';
import type { MessageRefusalCode } from '@twinpark/contract/gateway/refusals.ts';
import type { Tx } from '../platform/database/store.ts';
import type { Services } from '../services.ts';

/** Why a message is not taken; null for one that is. */
export type Refused = {
  readonly code: MessageRefusalCode;
  readonly facts: Readonly<Record<string, unknown>>;
};

/**
 * Gives messages of one type their effect, in the transaction that notes them as taken. The messages are of different
 * streams, so none waits for another; the result has an entry for each. A message that is refused has changed nothing.
 *
 * Throws: where the database does. Then none of them is taken, and each is tried alone.
 */
export type Take<Type extends MessageType> = (
  tx: Tx,
  messages: readonly MessageOf<Type>[],
  services: Services,
) => Promise<readonly (Refused | null)[]>;

export function refuseMessage(
  code: MessageRefusalCode,
  facts: Readonly<Record<string, unknown>> = {},
): Refused {
  return { code, facts };
}

/** For a type whose messages are each taken on their own. */
export function oneByOne<Type extends MessageType>(
  take: (tx: Tx, message: MessageOf<Type>, services: Services) => Promise<Refused | null>,
): Take<Type> {
  return async (tx, messages, services) => {
    const results: (Refused | null)[] = [];
    for (const message of messages) results.push(await take(tx, message, services));
    return results;
  };
}
