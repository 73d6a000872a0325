import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { NodeProcess } from '@twinpark/park-node/testing/node-process.ts';
import { sql } from 'kysely';
import type { TwoNodes } from './two-nodes.ts';

/** What it took until the north had taken everything and the south had the receipts. */
export interface Crossing {
  readonly messages: number;
  readonly seconds: number;
  /** The most memory of each process in each fifth of the time. Unit: megabytes. */
  readonly peaks: { readonly sender: readonly number[]; readonly receiver: readonly number[] };
  /** What the processor did for each, of all threads. Unit: seconds. */
  readonly processor: { readonly sender: number; readonly receiver: number };
}

/**
 * Starts both nodes over a filled outbox and waits until it is empty; counted is from the first message that goes out to
 * the last receipt. With `outage` the sender is there first and the receiver comes back to it: counted from then on.
 */
export async function measureCrossing(
  nodes: TwoNodes,
  messages: number,
  when: 'together' | 'outage',
): Promise<Crossing> {
  const since = new Date();
  const [first, second] = when === 'outage' ? (['south', 'north'] as const) : (['north', 'south'] as const);
  const one = nodes.start(first);
  await one.serves();
  const other = nodes.start(second);
  await other.serves();
  const back = Date.now();
  const [sender, receiver] = when === 'outage' ? [one, other] : [other, one];
  const watched = { sender: watch(sender), receiver: watch(receiver) };
  await untilEmpty(sender);
  const figures = { sender: watched.sender(), receiver: watched.receiver() };
  await Promise.all([sender.stop(), receiver.stop()]);
  const { from, to } = await timesOf(nodes, messages, since);
  return {
    messages,
    seconds: (to - (when === 'outage' ? back : from)) / 1_000,
    peaks: { sender: figures.sender.peaks, receiver: figures.receiver.peaks },
    processor: { sender: figures.sender.processor, receiver: figures.receiver.processor },
  };
}

/** Looks at a process ten times a second, until the returned function is called for what it came to. */
function watch({ pid }: NodeProcess): () => Watched {
  const began = processorSeconds(pid);
  const sizes: number[] = [];
  const timer = setInterval(() => sizes.push(residentMegabytes(pid)), 100);
  return () => {
    clearInterval(timer);
    const fifth = Math.ceil(sizes.length / 5);
    const fifths = Array.from({ length: 5 }, (_, index) => sizes.slice(index * fifth, (index + 1) * fifth));
    return {
      peaks: fifths.map((each) => Math.max(0, ...each)),
      processor: processorSeconds(pid) - began,
    };
  };
}

interface Watched {
  readonly peaks: readonly number[];
  readonly processor: number;
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

/** Linux counts in hundredths of a second. */
function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may hold spaces; what follows it begins with the state, the third field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function untilEmpty({ url }: NodeProcess): Promise<void> {
  for (;;) {
    const text = await (await fetch(`${url}/metrics`)).text();
    const figure = (name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
    if (figure('twinpark_outbox_stuck') > 0) throw new Error('A message was refused');
    if (figure('twinpark_outbox_waiting') === 0) return;
    await pause(1_000);
  }
}

/** When the first of the messages went out and the last receipt came; makes sure that each has its own. */
async function timesOf(
  nodes: TwoNodes,
  messages: number,
  since: Date,
): Promise<{ readonly from: number; readonly to: number }> {
  const taken = await nodes.inStore('north', (store) =>
    store.write(async (tx) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::integer as count from inbox_messages m join log_entries e using (entry_id)
        where m.received_at >= ${since}`.execute(tx);
      return rows[0]?.count;
    }),
  );
  return await nodes.inStore('south', (store) =>
    store.write(async (tx) => {
      const { rows } = await sql<{ count: number; from: number; to: number }>`
        select
          count(distinct receipt -> 'logIndex')::integer as count,
          extract(epoch from min((s.statement ->> 'at')::timestamptz))::float8 * 1000 as "from",
          extract(epoch from max(settled_at))::float8 * 1000 as "to"
        from outbox_messages m join log_statements s using (entry_id)
        where m.settled_at >= ${since} and m.status = 'delivered'`.execute(tx);
      const [row] = rows;
      if (row?.count !== messages || taken !== messages) {
        throw new Error(`Of ${messages} messages ${taken} were taken, and ${row?.count} have receipts`);
      }
      return row;
    }),
  );
}
