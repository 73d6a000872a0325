import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import { sqlStateOf } from './sql.ts';
import type { Store } from './store.ts';

/** Months that are ready before they begin: a process that ends in between leaves the others what they need. */
const monthsAhead = 3;
const mostTries = 100;

/**
 * A store whose append-only tables have their partition before the first row of a month is written, however far the
 * clock has gone on meanwhile. Within a month it costs one comparison a transaction.
 */
export function keepPartitioned(store: Store, clock: Clock): Store {
  let ready: { readonly from: number; readonly to: number } | null = null;
  let preparing: Promise<void> | null = null;
  const prepare = async (): Promise<void> => {
    const month = clock.now().toZonedDateTimeISO('UTC').with({ day: 1 }).startOfDay();
    await ensurePartitions(store, clock);
    ready = { from: month.epochMilliseconds, to: month.add({ months: 1 }).epochMilliseconds };
  };
  return {
    ...store,
    write: async (work) => {
      const now = clock.now().epochMilliseconds;
      if (ready === null || now < ready.from || now >= ready.to) {
        preparing ??= prepare().finally(() => {
          preparing = null;
        });
        await preparing;
      }
      return await store.write(work);
    },
  };
}

/** Makes the partitions of this month and the next ones, where they are missing. */
async function ensurePartitions(store: Store, clock: Clock): Promise<void> {
  const thisMonth = clock.now().toZonedDateTimeISO('UTC').toPlainDate().with({ day: 1 });
  for (let ahead = 0; ahead <= monthsAhead; ahead += 1) {
    await ensureMonth(store, thisMonth.add({ months: ahead }).toString());
  }
}

async function ensureMonth(store: Store, month: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await store.write(async (tx) => {
        await sql`select ensure_month_partitions(${month}::date)`.execute(tx);
      });
      return;
    } catch (error) {
      if (tries === mostTries || !isMomentary(error)) throw error;
      await pause(20);
    }
  }
}

/** Somebody was writing into the table, or another process of the park made the same partition. */
function isMomentary(error: unknown): boolean {
  return ['55P03', '42P07', '23505'].includes(sqlStateOf(error) ?? '');
}
