import { type RunningClock, runningClocks } from '@twinpark/kernel/case/clock.ts';
import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import { decide } from '@twinpark/kernel/case/decide.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import { evolve } from '@twinpark/kernel/case/evolve.ts';
import { type CaseState, noCase } from '@twinpark/kernel/case/state.ts';
import { sql } from 'kysely';
import { actDone, actRefused } from '../gateway/act-answer.ts';
import { reportOf } from '../gateway/case-report.ts';
import { jointMessagesOf } from '../gateway/joint-messages.ts';
import { type Clock, dateIn } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import { noNotes } from './case-notes.ts';
import type { CaseOrder, CaseRow, OrderResult, RecordedCase } from './case-order.ts';
import { ChangeSet } from './change-set.ts';
import type { Definitions } from './definitions.ts';
import { type CaseProjection, keepFiled, type OpenedCase, projectCase } from './project-case.ts';
import { type HeldCase, startBatch } from './start-batch.ts';

/** What deciding on orders needs besides the store. */
export interface CarryOutOptions {
  readonly clock: Clock;
  readonly definitions: Definitions;
  readonly park: { readonly id: string; readonly timeZone: string; readonly calendar: string };
  readonly calendarFor: CaseContext['calendarFor'];
  /** Id of the zone in which the park lies. */
  readonly zone: string;
  /** The other park, where this node is joined to its; null where it stands alone. */
  readonly peer: string | null;
  /** Called in the transaction that records the events, to enqueue what follows from them. */
  readonly onRecorded: (tx: Tx, recorded: readonly RecordedCase[]) => Promise<void>;
}

/**
 * Carries out orders of different cases in one transaction: loading, deciding, which is pure, and one statement that
 * records everything. The rows of the cases stay locked to its end, which keeps other processes of the park apart.
 *
 * Throws: what the database or `onRecorded` throws; then none of the orders has happened.
 */
export async function carryOut(
  tx: Tx,
  orders: readonly CaseOrder[],
  options: CarryOutOptions,
): Promise<readonly OrderResult[]> {
  const { clock, calendarFor, park, zone } = options;
  const { answers, held, numbers } = await startBatch(tx, orders, options.definitions);
  const now = clock.now();
  const batch: Batch = {
    options,
    now,
    today: dateIn(park.timeZone, now),
    changes: new ChangeSet(clock, calendarFor, park, zone),
    recorded: [],
    numbers,
  };
  const results = orders.map((order) => answers.get(order) ?? resultOf(order, held.get(order.caseId), batch));
  if (!batch.changes.isEmpty) {
    await sql`select record_case_changes(${batch.changes.toJson()}::text::jsonb)`.execute(tx);
  }
  if (batch.recorded.length > 0) await options.onRecorded(tx, batch.recorded);
  return results;
}

interface Batch {
  readonly options: CarryOutOptions;
  readonly now: Temporal.Instant;
  readonly today: string;
  readonly changes: ChangeSet;
  readonly recorded: RecordedCase[];
  /** Case numbers that were taken for the openings of this batch. */
  readonly numbers: number[];
}

function resultOf(order: CaseOrder, held: HeldCase | undefined, batch: Batch): OrderResult {
  const { options, changes, recorded, now } = batch;
  if (order.opening === null && !(held && mayRead(order, held))) {
    changes.audit(order.audit, 'refused', 'notFound');
    return { kind: 'notFound' };
  }
  const version = held?.row.version ?? 0;
  if (order.seenVersion !== undefined && order.seenVersion !== version) {
    changes.audit(order.audit, 'refused', 'versionConflict');
    return { kind: 'versionConflict', version };
  }
  const service = order.opening?.service ?? options.definitions.service(held?.row.definitionHash ?? '');
  const context: CaseContext = {
    actor: order.actor,
    today: order.actsOn ?? batch.today,
    at: now.toString(),
    service,
    calendarFor: options.calendarFor,
  };
  const folded = fold(order, held?.state ?? noCase, context);
  if ('refusal' in folded) {
    const { broughtBy } = order;
    if (broughtBy) {
      changes.send(actRefused(order.caseId, broughtBy, held?.row.caseNumber ?? null, folded.refusal));
    }
    changes.audit(order.audit, 'refused', folded.refusal.code);
    return { kind: 'refused', refusal: folded.refusal, service };
  }
  const { state, events } = folded;
  const clocks = runningClocks(state, context);
  const row = {
    ...(held?.row ?? openedRow(order, context, options.park.id, batch.numbers)),
    ...keepFiled(projectCase(state, clocks), held?.row),
    version: version + events.length,
    changedAt: new Date(now.epochMilliseconds),
  };
  const done: RecordedCase = { row, state, service, events, notes: held?.notes ?? noNotes };
  const answer = order.answer(done);
  changes.record(order, done, held === undefined, clocks);
  tellPeer(order, done, held?.state ?? noCase, clocks, batch);
  changes.audit(order.audit, 'success', null);
  if (order.idempotency) changes.keep(order.idempotency, answer);
  recorded.push(done);
  return { kind: 'done', answer };
}

/** What the other park hears of it: first what came of the act that it brought. */
function tellPeer(
  { broughtBy, output }: CaseOrder,
  done: RecordedCase,
  before: CaseState,
  clocks: readonly RunningClock[],
  { changes, options: { peer } }: Batch,
): void {
  const { caseId, caseNumber } = done.row;
  if (broughtBy) changes.send(actDone(caseId, broughtBy, caseNumber));
  const report = reportOf(done, output, clocks);
  if (report) changes.send(report);
  if (peer === null) return;
  for (const message of jointMessagesOf(done, before, peer)) changes.send(message);
}

function fold(
  { commands }: CaseOrder,
  from: CaseState,
  context: CaseContext,
):
  | { state: OpenedCase; events: readonly CaseEvent[] }
  | Extract<ReturnType<typeof decide>, { refusal: unknown }> {
  let state = from;
  const events: CaseEvent[] = [];
  for (const command of commands) {
    const outcome = decide(command, state, context);
    if ('refusal' in outcome) return outcome;
    for (const event of outcome.events) {
      state = evolve(state, event);
      events.push(event);
    }
  }
  if (state.status === 'none') throw new Error('An order without a command has nothing to record');
  return { state, events };
}

/** The same question that row-level security asks of a reader's own queries. */
function mayRead({ reader }: CaseOrder, { row, desks }: HeldCase): boolean {
  if (reader === null) return true;
  if (reader.kind === 'applicant') return row.applicantId === reader.organization;
  if (row.filedOn === null) return false;
  if (reader.kind === 'oversight') return true;
  return row.authority === reader.organization || desks.includes(reader.organization);
}

function openedRow(
  { caseId, actor, opening }: CaseOrder,
  { service, today }: CaseContext,
  park: string,
  numbers: number[],
): Omit<CaseRow, keyof CaseProjection | 'version' | 'changedAt'> {
  if (opening === null) throw new Error('Only an opening makes a new row');
  return {
    caseId,
    caseNumber: numberInYear(park, today, numbers.shift() ?? 0),
    dossierId: opening.dossier?.dossierId ?? null,
    applicantId: actor.organization,
    applicantName: opening.applicantName,
    applicantPark: opening.applicantPark ?? null,
    service: service.id,
    definitionHash: service.hash,
    authority: service.authority,
    language: opening.language,
    assignee: null,
    openedOn: today,
  };
}

/** A number that people read to each other: park, year, count. */
export function numberInYear(park: string, today: string, count: number): string {
  return `${park.toUpperCase()}-${today.slice(0, 4)}-${String(count).padStart(7, '0')}`;
}
