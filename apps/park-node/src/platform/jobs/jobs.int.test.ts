import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createTestDatabase, hasPostgres } from '../../testing/postgres.ts';
import { storeKinds, useStore } from '../../testing/stores.ts';
import { systemClock } from '../clock.ts';
import { openServerStore } from '../database/server-store.ts';
import type { Store, Tx } from '../database/store.ts';
import { deliver, delivered, type Letter, letters, rounds, testPace } from './fixtures/letters.ts';
import { type Jobs, openJobs } from './jobs.ts';

const logger = { error: vi.fn(), warn: vi.fn() };
const opened: Jobs[] = [];

async function openProcess(store: Store): Promise<Jobs> {
  const jobs = await openJobs({ store, queues: [letters, rounds], logger, pace: testPace });
  opened.push(jobs);
  return jobs;
}

afterEach(async () => {
  logger.error.mockClear();
  await Promise.all(opened.splice(0).map((jobs) => jobs.stop()));
});

describe.each(storeKinds)('the jobs of a park, %s store', (kind) => {
  const store = useStore(kind);

  test('a job is done once its transaction is', async () => {
    const jobs = await openProcess(store);
    const done: string[] = [];
    jobs.handle(letters, ({ letter }) => {
      done.push(letter);
      return Promise.resolve();
    });
    await jobs.start();
    await store.write(async (tx) => {
      await jobs.enqueue(tx, letters, [{ letter: 'a' }, { letter: 'b' }]);
      expect(done).toEqual([]);
    });
    await vi.waitFor(() => expect(done.toSorted()).toEqual(['a', 'b']));
  });

  test('a job whose transaction is undone never runs', async () => {
    const jobs = await openProcess(store);
    const done: string[] = [];
    jobs.handle(letters, ({ letter }) => {
      done.push(letter);
      return Promise.resolve();
    });
    await jobs.start();
    const undone = store.write(async (tx) => {
      await jobs.enqueue(tx, letters, [{ letter: 'undone' }]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    // What came after it has been done, so it would have been too.
    await store.write((tx) => jobs.enqueue(tx, letters, [{ letter: 'after' }]));
    await vi.waitFor(() => expect(done).toEqual(['after']));
    expect(await store.write((tx) => jobsNamed(tx, 'undone'))).toBe(0);
  });

  test('two processes share the jobs and do each once', async () => {
    const [one, other] = [await openProcess(store), await openProcess(store)];
    const done: string[] = [];
    let bothWork = 0;
    const meet = (jobs: Jobs) => {
      let isFirst = true;
      jobs.handle(letters, async ({ letter }) => {
        if (isFirst) bothWork += 1;
        isFirst = false;
        // Whoever is first keeps its share until the other has found one too.
        await vi.waitFor(() => expect(bothWork).toBe(2), { timeout: 10_000 });
        done.push(letter);
      });
    };
    meet(one);
    meet(other);
    const all = Array.from({ length: 60 }, (_, index) => String(index).padStart(2, '0'));
    await store.write((tx) =>
      one.enqueue(
        tx,
        letters,
        all.map((letter) => ({ letter })),
      ),
    );
    await Promise.all([one.start(), other.start()]);
    await vi.waitFor(() => expect(done.length).toBeGreaterThanOrEqual(60), { timeout: 10_000 });
    expect(done.toSorted()).toEqual(all);
  });

  test('work that one process does at a time waits only once', async () => {
    const [one, other] = [await openProcess(store), await openProcess(store)];
    let [running, most, runs] = [0, 0, 0];
    let finish = () => {};
    for (const jobs of [one, other]) {
      jobs.handle(rounds, async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        running -= 1;
        runs += 1;
      });
    }
    await Promise.all([one.start(), other.start()]);
    await store.write((tx) => one.enqueue(tx, rounds, [{}]));
    await vi.waitFor(() => expect(running).toBe(1));
    for (let times = 0; times < 3; times += 1) await store.write((tx) => other.enqueue(tx, rounds, [{}]));
    expect(await store.write((tx) => waiting(tx, rounds.name))).toBe(1);
    finish();
    await vi.waitFor(() => expect(runs).toBe(1));
    await vi.waitFor(() => expect(running).toBe(1), { timeout: 10_000 });
    finish();
    await vi.waitFor(() => expect(runs).toBe(2));
    expect(most).toBe(1);
  });

  test('a job that failed for good is listed with its reason and begins again when it is told to', async () => {
    const jobs = await openProcess(store);
    let mends = false;
    const done: string[] = [];
    jobs.handle(letters, ({ letter }) => {
      if (!mends && letter.startsWith('bad')) return Promise.reject(new RangeError('no such address'));
      done.push(letter);
      return Promise.resolve();
    });
    await store.write(async (tx) => {
      await jobs.enqueue(tx, letters, [{ letter: 'bad 1' }, { letter: 'good' }, { letter: 'bad 2' }]);
      await sql`update pgboss.job set retry_limit = 0 where name = ${letters.name} and state = 'created'`.execute(
        tx,
      );
    });
    await jobs.start();
    const list = () => store.write((tx) => jobs.listFailed(tx, 10, null));
    await vi.waitFor(async () => expect(await list()).toHaveLength(2), { timeout: 10_000 });
    expect(done).toEqual(['good']);
    const [first, second] = await list();
    if (!first) throw new Error('Nothing is listed');
    expect(first).toMatchObject({ queue: 'letters', attempts: 1, reason: 'RangeError: no such address' });
    expect([first.data, second?.data]).toEqual(
      expect.arrayContaining([{ letter: 'bad 1' }, { letter: 'bad 2' }]),
    );
    expect(await store.write((tx) => jobs.listFailed(tx, 10, first))).toEqual([second]);

    mends = true;
    expect(await store.write((tx) => jobs.retry(tx, first.jobId))).toBe(true);
    await vi.waitFor(() => expect(done).toEqual(['good', (first.data as unknown as Letter).letter]), {
      timeout: 10_000,
    });
    expect(await list()).toEqual([second]);
    expect(await store.write((tx) => jobs.retry(tx, first.jobId))).toBe(false);
  });

  test('a job that the database refuses is listed without a value of any row', async () => {
    const jobs = await openProcess(store);
    const [secret, isOver] = ['Lind, born 1970', 'on 10 June'];
    const failing: Readonly<Record<string, (tx: Tx) => Promise<unknown>>> = {
      misread: (tx) => sql`select key::uuid from idempotency_keys where scope = 'secret'`.execute(tx),
      twice: (tx) => sql`insert into idempotency_keys select * from idempotency_keys`.execute(tx),
      wrong: () => Promise.reject(new RangeError(isOver)),
    };
    jobs.handle(letters, ({ letter }) => store.write(async (tx) => void (await failing[letter]?.(tx))));
    await store.write(async (tx) => {
      await sql`insert into idempotency_keys (scope, key, request_hash, status, created_at)
        values ('secret', ${secret}, ${secret}, 200, now())`.execute(tx);
      await sql`delete from pgboss.job where name = 'failed-jobs'`.execute(tx);
      await jobs.enqueue(
        tx,
        letters,
        Object.keys(failing).map((letter) => ({ letter })),
      );
      await sql`update pgboss.job set retry_limit = 0 where name = ${letters.name} and state = 'created'`.execute(
        tx,
      );
    });
    await jobs.start();
    const list = () => store.write((tx) => jobs.listFailed(tx, 10, null));
    await vi.waitFor(async () => expect(await list()).toHaveLength(3), { timeout: 10_000 });
    const reasons = (await list()).map(({ data, reason }) => [(data as unknown as Letter).letter, reason]);
    expect(Object.fromEntries(reasons)).toEqual({
      misread: 'PostgreSQL 22P02',
      twice: 'PostgreSQL 23505, table idempotency_keys, constraint idempotency_keys_pkey',
      wrong: `RangeError: ${isOver}`,
    });
    expect(JSON.stringify(await store.jobs.executeSql('select * from pgboss.job'))).not.toContain(secret);
  });

  test('a job that fails once is tried again after a pause', async () => {
    const jobs = await openProcess(store);
    let attempts = 0;
    jobs.handle(letters, () => {
      attempts += 1;
      return attempts === 1 ? Promise.reject(new Error('not now')) : Promise.resolve();
    });
    await jobs.start();
    await store.write((tx) => jobs.enqueue(tx, letters, [{ letter: 'again' }]));
    await vi.waitFor(async () => {
      // The pause is over at once.
      const changed = await store.write((tx) =>
        sql`update pgboss.job set start_after = now() where name = ${letters.name} and state = 'retry'`.execute(
          tx,
        ),
      );
      expect(Number(changed.numAffectedRows)).toBe(1);
    });
    await vi.waitFor(() => expect(attempts).toBe(2), { timeout: 10_000 });
  });

  test('what fails in the library itself comes into the log as an error', async () => {
    let isGone = false;
    const failing: Store = {
      ...store,
      jobs: {
        executeSql: (text, values) =>
          isGone ? Promise.reject(new Error('the database is gone')) : store.jobs.executeSql(text, values),
      },
    };
    const jobs = await openProcess(failing);
    jobs.handle(letters, () => Promise.resolve());
    isGone = true;
    await jobs.start();
    await vi.waitFor(() => expect(logger.error).toHaveBeenCalled(), { timeout: 10_000 });
    isGone = false;
    const [{ err }] = logger.error.mock.calls[0] as [{ err: unknown }];
    expect(err).toBeInstanceOf(Error);
    expect(err).toMatchObject({ message: expect.stringContaining('the database is gone') });
  });

  test('stopping lets what runs come to its end', async () => {
    const jobs = await openProcess(store);
    const heard: string[] = [];
    let finish = () => {};
    jobs.handle(letters, async ({ letter }) => {
      heard.push(`${letter} begins`);
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      heard.push(`${letter} ends`);
    });
    await jobs.start();
    await store.write((tx) => jobs.enqueue(tx, letters, [{ letter: 'long' }]));
    await vi.waitFor(() => expect(heard).toEqual(['long begins']));
    const stopping = jobs.stop().then(() => heard.push('stopped'));
    finish();
    await stopping;
    expect(heard).toEqual(['long begins', 'long ends', 'stopped']);
  });
});

test.runIf(hasPostgres)(
  'a worker killed in the middle: the job runs elsewhere and has its effect once',
  async () => {
    const database = await createTestDatabase();
    const store = await openServerStore({ url: database.url, clock: systemClock, onError: () => {} });
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'fixtures/hanging-worker.ts'), database.url],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      const jobs = await openProcess(store);
      await store.write((tx) => jobs.enqueue(tx, letters, [{ letter: 'mine' }]));
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');

      let attempts = 0;
      jobs.handle(letters, async (letter) => {
        await deliver(store, letter);
        attempts += 1;
      });
      await jobs.start();
      // An hour without a sign of life.
      await store.write(async (tx) => {
        await sql`update pgboss.job set heartbeat_on = now() - interval '1 hour', start_after = now()
        where name = ${letters.name} and state = 'active'`.execute(tx);
      });
      await vi.waitFor(
        async () => {
          await store.write(async (tx) => {
            await sql`update pgboss.job set start_after = now() where name = ${letters.name} and state = 'retry'`.execute(
              tx,
            );
          });
          expect(attempts).toBe(1);
        },
        { timeout: 15_000, interval: 200 },
      );
      expect(await delivered(store)).toEqual(['mine']);
    } finally {
      child.kill('SIGKILL');
      await Promise.all(opened.splice(0).map((jobs) => jobs.stop()));
      await store.close();
      await database.drop();
    }
  },
);

async function jobsNamed(tx: Tx, letter: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pgboss.job where data ->> 'letter' = ${letter}`.execute(tx);
  return rows[0]?.count ?? 0;
}

async function waiting(tx: Tx, queue: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pgboss.job where name = ${queue} and state = 'created'`.execute(tx);
  return rows[0]?.count ?? 0;
}
