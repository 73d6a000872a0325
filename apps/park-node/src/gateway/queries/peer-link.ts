import { sql } from 'kysely';
import { json } from '../../platform/database/sql.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { DeliveryProblem } from '../../platform/database/tables.ts';

/** How the other park is reached at the moment. */
export async function readLink(tx: Tx) {
  return await tx.selectFrom('peerLink').selectAll().executeTakeFirstOrThrow();
}

/** The other park has answered. */
export async function noteContact(tx: Tx, at: Date, protocol: number): Promise<void> {
  await sql`
    update peer_link set last_contact_at = ${at}, failing_since = null, attempts = 0, problem = null,
      next_attempt_at = null, protocol = ${protocol}
    where last_contact_at is null or failing_since is not null or protocol is distinct from ${protocol}
      or last_contact_at < ${at}::timestamptz - interval '10 seconds'`.execute(tx);
}

/** The other park could not be reached, or did not answer as one of ours. */
export async function noteFailure(
  tx: Tx,
  {
    at,
    nextAttemptAt,
    problem,
  }: { readonly at: Date; readonly nextAttemptAt: Date; readonly problem: DeliveryProblem },
): Promise<void> {
  await sql`
    update peer_link set failing_since = coalesce(failing_since, ${at}), attempts = attempts + 1,
      problem = ${json(problem)}, next_attempt_at = ${nextAttemptAt}`.execute(tx);
}
