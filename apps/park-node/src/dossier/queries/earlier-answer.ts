import type { Idempotency } from '../../case/case-order.ts';
import type { Tx } from '../../platform/database/store.ts';
import { type Problem, problem } from '../../platform/http/problem.ts';

/**
 * What the same request was told before; undefined when it was not made.
 *
 * Problems: `idempotencyKeyReused`.
 */
export async function findEarlierAnswer<Answer>(
  tx: Tx,
  { scope, key, requestHash }: Idempotency,
): Promise<Answer | Problem | undefined> {
  const earlier = await tx
    .selectFrom('idempotencyKeys')
    .select(['requestHash', 'response'])
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirst();
  if (!earlier) return undefined;
  return earlier.requestHash === requestHash ? (earlier.response as Answer) : problem('idempotencyKeyReused');
}
