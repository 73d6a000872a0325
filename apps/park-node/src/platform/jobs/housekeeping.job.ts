import { sql } from 'kysely';
import { z } from 'zod';
import { sweepEvidence } from '../../evidence/sweep.ts';
import { clearMessages, type RetentionNeeds } from '../../gateway/retention.ts';
import { thinCheckpoints } from '../../log/queries/checkpoints.ts';
import type { Services } from '../../services.ts';
import { instantNow } from '../clock.ts';
import { inSmallSteps } from '../database/in-small-steps.ts';
import type { Queue } from './queue.ts';

export const housekeepingQueue: Queue<Record<never, never>> = {
  name: 'housekeeping',
  data: z.object({}),
  runs: 'single',
  longestSeconds: 6 * 3_600,
};

type Needs = Pick<Services, 'evidenceStore' | 'logger'> & RetentionNeeds;

/**
 * Removes what has had its time: answers kept for repetitions, uploads, sessions, verifications and invitations. What a server does
 * for itself it does for the embedded database. One thing that fails does not keep the others.
 *
 * Throws: at the end, once, when any of it failed.
 */
export async function keepHouse(needs: Needs): Promise<void> {
  const failures: unknown[] = [];
  for (const [name, clear] of Object.entries(chores)) {
    try {
      const removed = await clear(needs);
      needs.logger.info({ removed }, `housekeeping: ${name}`);
    } catch (error) {
      failures.push(error);
      needs.logger.error({ err: error }, `housekeeping: ${name}`);
    }
  }
  if (failures.length > 0) {
    throw new Error(`Housekeeping failed: ${failures.map(String).join('; ')}`, { cause: failures[0] });
  }
}

const chores: Readonly<Record<string, (needs: Needs) => Promise<number | object>>> = {
  idempotencyKeys: clearIdempotencyKeys,
  evidence: sweepEvidence,
  sessions: (needs) => clearExpired(needs, 'auth_sessions'),
  verifications: (needs) => clearExpired(needs, 'auth_verifications'),
  invitations: clearInvitations,
  messages: clearMessages,
  checkpoints: ({ store }) => store.write(thinCheckpoints),
  statistics: tidyEmbedded,
};

/** Whoever repeats a request after so long a time makes a new one. */
const keysLiveDays = 7;
const rowsAtOnce = 1_000;

async function clearIdempotencyKeys({ store, clock }: Needs): Promise<number> {
  const before = new Date(clock.now().subtract({ hours: 24 * keysLiveDays }).epochMilliseconds);
  const statement = sql`
    delete from idempotency_keys where (scope, key) in (
      select scope, key from idempotency_keys where created_at < ${before} order by created_at limit ${rowsAtOnce}
    )`;
  return await inSmallSteps(store, rowsAtOnce, statement);
}

async function clearExpired(
  { store, clock }: Needs,
  table: 'auth_sessions' | 'auth_verifications',
): Promise<number> {
  const now = instantNow(clock);
  const { numAffectedRows } = await sql`delete from ${sql.table(table)} where expires_at < ${now}`.execute(
    store.identity,
  );
  return Number(numAffectedRows ?? 0);
}

/** Accepted or not, an invitation holds the address of a person, and tells nobody anything once it has run out. */
async function clearInvitations({ store, clock }: Needs): Promise<number> {
  const now = instantNow(clock);
  return await store.write(async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('invitations')
      .where('expiresAt', '<', now)
      .executeTakeFirst();
    return Number(numDeletedRows);
  });
}

/** The embedded database has nobody who frees the space of old rows and counts the new ones for its planner. */
async function tidyEmbedded({ store }: Needs): Promise<number> {
  if (store.kind === 'embedded') await store.jobs.executeSql('vacuum (analyze)');
  return 0;
}
