import { type RawBuilder, sql } from 'kysely';
import type { Config } from '../config.ts';
import { inSmallSteps } from '../platform/database/in-small-steps.ts';
import type { Services } from '../services.ts';

const rowsAtOnce = 1_000;

export type RetentionNeeds = Pick<Services, 'store' | 'clock'> & {
  readonly config: Pick<Config, 'messagesKeptDays'>;
};

/**
 * Empties messages that have had their time: what they were, when, their digests and receipts stay. What waits or is stuck
 * is never emptied. Forgets nonces whose signature counts no more. Returns how many rows.
 */
export async function clearMessages({ store, clock, config }: RetentionNeeds): Promise<object> {
  const now = new Date(clock.now().epochMilliseconds);
  const before = new Date(clock.now().subtract({ hours: 24 * config.messagesKeptDays }).epochMilliseconds);
  const inSteps = (statement: RawBuilder<unknown>) => inSmallSteps(store, rowsAtOnce, statement);
  return {
    sent: await inSteps(sql`
      update outbox_messages set data = null where message_id in (
        select message_id from outbox_messages
        where data is not null and settled_at < ${before} and status in ('delivered', 'replaced')
        limit ${rowsAtOnce}
      )`),
    received: await inSteps(sql`
      update inbox_messages set data = null where message_id in (
        select message_id from inbox_messages where data is not null and received_at < ${before} limit ${rowsAtOnce}
      )`),
    nonces: await inSteps(sql`
      delete from gateway_nonces where nonce in (
        select nonce from gateway_nonces where expires_at < ${now} limit ${rowsAtOnce}
      )`),
  };
}
