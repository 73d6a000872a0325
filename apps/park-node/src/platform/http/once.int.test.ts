import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, hasPostgres } from '../../testing/postgres.ts';
import { storeKinds, useStore } from '../../testing/stores.ts';
import { TestClock } from '../../testing/test-clock.ts';
import { openServerStore } from '../database/server-store.ts';
import type { Store, Tx } from '../database/store.ts';
import { once } from './once.ts';
import { type Problem, problem } from './problem.ts';

const clock = new TestClock('2026-06-10T08:00:00Z');

/** An effect that shows in the database: one more row of a table that the node may write. */
async function mark(tx: Tx, hash: string): Promise<void> {
  await sql`insert into definitions (hash, kind, id, content, first_seen_at)
    values (${hash}, 'service', ${hash}, '{}', now())`.execute(tx);
}

async function marks(store: Store, like: string): Promise<number> {
  const { rows } = await store.write((tx) =>
    sql<{ count: number }>`select count(*)::int as count from definitions where hash like ${like}`.execute(
      tx,
    ),
  );
  return rows[0]?.count ?? -1;
}

const keyed = (key: string, requestHash = 'one') => ({ scope: 'ann', key, requestHash });
const codeOf = (answer: unknown) => (answer as Problem).code;

describe.each(storeKinds)('an effect in the %s store', (kind) => {
  const store = useStore(kind);
  const services = { store, clock };

  it('happens once, and a repetition gets the first answer', async () => {
    const work = (answer: string) => async (tx: Tx) => {
      await mark(tx, `repeat ${answer}`);
      return { answer };
    };
    expect(await once(services, keyed('repeat'), work('first'))).toEqual({ answer: 'first' });
    expect(await once(services, keyed('repeat'), work('second'))).toEqual({ answer: 'first' });
    expect(await marks(store, 'repeat %')).toBe(1);
  });

  it('that answers nothing happens once as well', async () => {
    const work = async (tx: Tx) => await mark(tx, `silent ${await marksIn(tx)}`);
    await once(services, keyed('silent'), work);
    await once(services, keyed('silent'), work);
    expect(await marks(store, 'silent %')).toBe(1);
  });

  it('is refused under the key of another request', async () => {
    const work = async () => 'done';
    await once(services, keyed('reused', 'one'), work);
    expect(codeOf(await once(services, keyed('reused', 'two'), work))).toBe('idempotencyKeyReused');
  });

  it('of another caller has nothing to do with the same key', async () => {
    await once(services, keyed('shared'), async () => 'of ann');
    const other = { scope: 'bo', key: 'shared', requestHash: 'two' };
    expect(await once(services, other, async () => 'of bo')).toBe('of bo');
  });

  it('that is being worked on is not begun again', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const first = once(services, keyed('flight'), async () => {
      begun.resolve();
      await gate.promise;
      return 'first';
    });
    await begun.promise;
    expect(codeOf(await once(services, keyed('flight'), async () => 'second'))).toBe(
      'idempotencyKeyInFlight',
    );
    gate.resolve();
    expect(await first).toBe('first');
  });

  it('that ends in a problem leaves no trace, and its key may be tried again', async () => {
    const refusing = async (tx: Tx) => {
      await mark(tx, 'undone');
      return problem('versionConflict');
    };
    expect(codeOf(await once(services, keyed('undone'), refusing))).toBe('versionConflict');
    expect(await marks(store, 'undone')).toBe(0);
    expect(await once(services, keyed('undone'), async () => 'now')).toBe('now');
  });

  it('that meets others on the same rows is tried again, and happens once', async () => {
    let met = 0;
    const crossed = async (tx: Tx) => {
      met += 1;
      await mark(tx, `crossed ${met}`);
      if (met < 4) {
        const state = met === 2 ? 'serialization_failure' : 'deadlock_detected';
        await sql`do ${sql.lit(`begin raise ${state}; end`)}`.execute(tx);
      }
      return met;
    };
    expect(await once(services, keyed('crossed'), crossed)).toBe(4);
    expect(await marks(store, 'crossed %')).toBe(1);
  });

  it('that never comes through is given up, and its key may be tried again', async () => {
    let met = 0;
    const stuck = async (tx: Tx) => {
      met += 1;
      await sql`do 'begin raise deadlock_detected; end'`.execute(tx);
    };
    await expect(once(services, keyed('stuck'), stuck)).rejects.toMatchObject({ code: '40P01' });
    expect(met).toBe(4);
    expect(await once(services, keyed('stuck'), async () => 'now')).toBe('now');
  });

  it('that fails leaves no trace either', async () => {
    const failing = async (tx: Tx) => {
      await mark(tx, 'failed');
      throw new Error('out of order');
    };
    await expect(once(services, keyed('failed'), failing)).rejects.toThrow('out of order');
    expect(await marks(store, 'failed')).toBe(0);
    expect(await once(services, keyed('failed'), async () => 'now')).toBe('now');
  });
});

async function marksIn(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from definitions`.execute(tx);
  return rows[0]?.count ?? -1;
}

describe.runIf(hasPostgres)('an effect asked of two processes on one database', () => {
  let one: Store;
  let other: Store;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await createTestDatabase();
    drop = database.drop;
    one = await openServerStore({ url: database.url, clock, onError: () => {} });
    other = await openServerStore({ url: database.url, clock, onError: () => {} });
  });
  afterAll(async () => {
    await one.close();
    await other.close();
    await drop();
  });

  it('is begun by one of them, and the other tells so until it is done', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const first = once({ store: one, clock }, keyed('across'), async (tx) => {
      await mark(tx, 'across');
      begun.resolve();
      await gate.promise;
      return 'first';
    });
    await begun.promise;
    const second = () => once({ store: other, clock }, keyed('across'), async () => 'second');
    expect(codeOf(await second())).toBe('idempotencyKeyInFlight');
    gate.resolve();
    expect(await first).toBe('first');
    expect(await second()).toBe('first');
  });

  it('happens though it waits for another that waits for it', async () => {
    const both = { first: Promise.withResolvers<void>(), second: Promise.withResolvers<void>() };
    const crossing = (mine: keyof typeof both, other: keyof typeof both) => async (tx: Tx) => {
      await lock(tx, mine);
      both[mine].resolve();
      await both[other].promise;
      await lock(tx, other);
      return mine;
    };
    const answers = await Promise.all([
      once({ store: one, clock }, keyed('first'), crossing('first', 'second')),
      once({ store: other, clock }, keyed('second'), crossing('second', 'first')),
    ]);
    expect(answers).toEqual(['first', 'second']);
  });

  const lock = (tx: Tx, name: string) => sql`select pg_advisory_xact_lock(hashtext(${name}))`.execute(tx);

  it('happens once when hundreds of requests race, and all that are answered are answered alike', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `race ${index}`);
    const answers = await Promise.all(
      keys.flatMap((key) =>
        [one, other, one, other].map(async (store, index) => ({
          key,
          answer: await once({ store, clock }, keyed(key), async (tx) => {
            await mark(tx, `${key} of ${index}`);
            return `${key} of ${index}`;
          }),
        })),
      ),
    );
    for (const key of keys) {
      const told = answers.filter((each) => each.key === key && typeof each.answer === 'string');
      expect(new Set(told.map(({ answer }) => answer)).size, key).toBe(1);
      expect(await marks(one, `${key} of %`)).toBe(1);
    }
    const problems = answers.flatMap(({ answer }) => (typeof answer === 'string' ? [] : [codeOf(answer)]));
    expect(problems.every((code) => code === 'idempotencyKeyInFlight')).toBe(true);
  });
});
