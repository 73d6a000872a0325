import { sql } from 'kysely';
import type { Idempotency } from '../../case/case-order.ts';
import { type Clock, instantNow } from '../clock.ts';
import { repeated } from '../database/repeated.ts';
import type { Store, Tx } from '../database/store.ts';
import { Problem, problem } from './problem.ts';

/**
 * Does something once, however often it is asked for: the answer is kept under the request's key in the transaction of
 * the effect, and a repetition gets it again. Work that ends in a problem leaves no trace, so the same key may try again.
 * While it is being worked on, in this process or in another of the park, a repetition is told so. The work may run
 * several times until it comes through; only the last run counts.
 *
 * Problems: `idempotencyKeyReused`, `idempotencyKeyInFlight`, and those of the work.
 */
export async function once<Answer>(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  idempotency: Idempotency,
  work: (tx: Tx) => Promise<Answer | Problem>,
): Promise<Answer | Problem> {
  const name = JSON.stringify([idempotency.scope, idempotency.key]);
  const inFlight = inFlightOf(store);
  if (inFlight.has(name)) return problem('idempotencyKeyInFlight');
  inFlight.add(name);
  try {
    return await repeated(() => attempt(store, clock, idempotency, work));
  } catch (error) {
    if (error instanceof Undone) return error.problem;
    throw error;
  } finally {
    inFlight.delete(name);
  }
}

async function attempt<Answer>(
  store: Store,
  clock: Clock,
  { scope, key, requestHash }: Idempotency,
  work: (tx: Tx) => Promise<Answer | Problem>,
): Promise<Answer | Problem> {
  return await store.write(async (tx) => {
    // The lock lasts as long as the transaction and keeps the other processes of the park apart; whoever held it before
    // has committed, or left nothing.
    const { rows } = await sql<Earlier>`
      select pg_try_advisory_xact_lock(hashtextextended(${JSON.stringify([scope, key])}, 0)) as "isFree",
        k.request_hash as "requestHash", k.response
      from (select) as one
      left join idempotency_keys k on k.scope = ${scope} and k.key = ${key}`.execute(tx);
    const [earlier] = rows;
    if (!earlier) throw new Error('A left join of one row has one row');
    if (earlier.requestHash !== null) {
      return earlier.requestHash === requestHash
        ? (earlier.response as Answer)
        : problem('idempotencyKeyReused');
    }
    if (!earlier.isFree) return problem('idempotencyKeyInFlight');
    const answer = await work(tx);
    // Thrown, so that the transaction undoes whatever the work did before it came to its problem.
    if (answer instanceof Problem) throw new Undone(answer);
    await tx
      .insertInto('idempotencyKeys')
      .values({
        scope,
        key,
        requestHash,
        status: 200,
        response: sql<string>`${JSON.stringify(answer ?? null)}::json`,
        createdAt: instantNow(clock),
      })
      .execute();
    return answer;
  });
}

interface Earlier {
  readonly isFree: boolean;
  readonly requestHash: string | null;
  readonly response: unknown;
}

class Undone extends Error {
  readonly problem: Problem;

  constructor(reason: Problem) {
    super(reason.code);
    this.problem = reason;
  }
}

const inFlightByStore = new WeakMap<Store, Set<string>>();

function inFlightOf(store: Store): Set<string> {
  const inFlight = inFlightByStore.get(store) ?? new Set();
  inFlightByStore.set(store, inFlight);
  return inFlight;
}
