import { sql } from 'kysely';
import { type Clock, instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import { newId } from '../platform/ids.ts';
import { sendAgain } from './queries/outbox.ts';
import { listGone, replace, type SentRow } from './queries/traffic.ts';

/*
 * After one of the two nodes has come back from an older backup they no longer agree on where a stream stands. The other
 * node says with its refusal where it stands; what follows from it waits for a person, who has compared the two logs.
 */

/**
 * Lets a stuck message go out again from where the other park's node stands: behind what that has taken in its place, or
 * after all that it has lost. Where that is no longer kept, messages that say nothing take its place.
 */
export async function sendFromWhereTheyStand(tx: Tx, clock: Clock, row: SentRow): Promise<void> {
  const { stream, position } = row;
  const expected = expectedBy(row);
  if (expected !== null && expected > position) await moveOn(tx, stream, position, expected - position);
  if (expected !== null && expected < position) await sendAgainFrom(tx, clock, row, expected);
}

/**
 * Leaves a stuck message out. One that says nothing takes its place, unless the other park's node has taken another there
 * already: then what waits behind it goes on where that stands.
 */
export async function leaveOut(tx: Tx, clock: Clock, row: SentRow): Promise<void> {
  const { messageId, stream, position } = row;
  const expected = expectedBy(row);
  if (expected === null || expected <= position) {
    await replace(tx, row, { newId: newId(clock), at: instantNow(clock) });
    if (expected !== null && expected < position) await sendAgainFrom(tx, clock, row, expected);
    return;
  }
  await tx
    .updateTable('outboxMessages')
    .set({ status: 'replaced', settledAt: instantNow(clock) })
    .where('messageId', '=', messageId)
    .execute();
  await moveOn(tx, stream, position + 1, expected - position - 1);
  await sql`
    update outbox_streams set due_at = ${instantNow(clock)} where stream = ${stream}
      and exists (select from outbox_messages where stream = ${stream} and status = 'waiting')`.execute(tx);
}

/** The position that the other park's node takes next, where that was why it refused; null otherwise. */
function expectedBy({ problem }: SentRow): number | null {
  if (problem === null || !['positionGap', 'messageAltered'].includes(problem.code)) return null;
  const { expected } = problem.facts;
  const isPosition = typeof expected === 'number' && Number.isInteger(expected) && expected > 0;
  return isPosition && expected < aside ? expected : null;
}

/** No stream is nearly so long. */
const aside = 1_000_000_000;

/** Moves a stream on from a position, and what is still to be written in it with that. */
async function moveOn(tx: Tx, stream: string, from: number, by: number): Promise<void> {
  await tx
    .updateTable('outboxStreams')
    .set((column) => ({ lastPosition: column('lastPosition', '+', by) }))
    .where('stream', '=', stream)
    .execute();
  // In two steps, so that no two ever stand in one place.
  for (const step of [aside, by - aside]) {
    await tx
      .updateTable('outboxMessages')
      .set((column) => ({ position: column('position', '+', step) }))
      .where('stream', '=', stream)
      .where('position', '>=', from)
      .where('status', '<>', 'replaced')
      .execute();
  }
}

async function sendAgainFrom(
  tx: Tx,
  clock: Clock,
  { stream, position }: SentRow,
  from: number,
): Promise<void> {
  const at = instantNow(clock);
  for (const row of await listGone(tx, stream, from, position)) {
    await replace(tx, row, { newId: newId(clock), at });
  }
  await sendAgain(tx, stream, from, position);
}
