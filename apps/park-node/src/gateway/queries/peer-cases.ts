import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import type { CaseState } from '@twinpark/kernel/case/state.ts';
import { type Selectable, sql } from 'kysely';
import type { CaseProjection } from '../../case/project-case.ts';
import { caseColumns } from '../../case/queries/case-columns.ts';
import { searchVector } from '../../case/search-words.ts';
import { json } from '../../platform/database/sql.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { PeerAct, PeerCaseEventsTable, PeerCasesTable } from '../../platform/database/tables.ts';

/** A case of the other park that was filed from a dossier kept here, as far as it has told of it. */
export type PeerCaseRow = Omit<Selectable<PeerCasesTable>, 'state' | 'deadlines' | 'act' | 'search'> & {
  /** By the events that were told; before the first a draft of what was sent. */
  readonly state: Exclude<CaseState, { status: 'none' }>;
  readonly act: PeerAct;
};

/** By id, as far as the reader may read them. */
export async function findPeerCases(
  tx: Tx,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, PeerCaseRow>> {
  if (caseIds.length === 0) return new Map();
  const rows = await peerCases(tx)
    .where('caseId', '=', sql<string>`any(${[...caseIds]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.caseId, row as PeerCaseRow]));
}

export async function findPeerCase(tx: Tx, caseId: string): Promise<PeerCaseRow | null> {
  const row = await peerCases(tx).where('caseId', '=', caseId).executeTakeFirst();
  return (row as PeerCaseRow | undefined) ?? null;
}

/** The case with its dossier, kept from others until the transaction ends. */
export async function lockPeerCase(tx: Tx, caseId: string): Promise<PeerCaseRow | null> {
  return (await lockPeerCases(tx, [caseId])).get(caseId) ?? null;
}

/** Cases with their dossiers, by id, kept from others until the transaction ends. */
export async function lockPeerCases(
  tx: Tx,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, PeerCaseRow>> {
  const wanted = sql<string>`any(${[...caseIds]}::uuid[])`;
  // The dossiers first, as whoever sends something from one does, and in one order everywhere, so that two transactions
  // never wait for each other.
  await tx
    .selectFrom('dossiers')
    .select('dossierId')
    .where('dossierId', 'in', (of) =>
      of.selectFrom('peerCases').select('dossierId').where('caseId', '=', wanted),
    )
    .orderBy('dossierId')
    .forNoKeyUpdate()
    .execute();
  const rows = await peerCases(tx).where('caseId', '=', wanted).orderBy('caseId').forNoKeyUpdate().execute();
  return new Map(rows.map((row) => [row.caseId, row as PeerCaseRow]));
}

export async function insertPeerCase(tx: Tx, row: PeerCaseRow): Promise<void> {
  await tx
    .insertInto('peerCases')
    .values({
      ...row,
      state: json(row.state),
      act: json(row.act),
      deadlines: json([]),
      search: sql<string>`${searchOf(row)}::tsvector`,
    })
    .execute();
}

/** What has become of a case: the newest act, and where it stands. A part that is left out stays as it is. */
export async function updatePeerCase(
  tx: Tx,
  row: PeerCaseRow,
  changed: Partial<
    CaseProjection & Pick<PeerCaseRow, 'act' | 'state' | 'caseNumber' | 'version'> & { deadlines: unknown }
  > & {
    readonly changedAt: Date;
  },
): Promise<PeerCaseRow> {
  const { act, state, deadlines, ...columns } = changed;
  const after = { ...row, ...columns, ...(act && { act }), ...(state && { state }) };
  await tx
    .updateTable('peerCases')
    .set({
      ...columns,
      search: sql<string>`${searchOf(after)}::tsvector`,
      ...(act && { act: json(act) }),
      ...(state && { state: json(state) }),
      ...(deadlines !== undefined && { deadlines: json(deadlines) }),
    })
    .where('caseId', '=', row.caseId)
    .execute();
  return after;
}

/** What a report has made of a case. */
export interface ReportedCase {
  readonly before: PeerCaseRow;
  readonly after: PeerCaseRow;
  readonly deadlines: unknown;
  readonly events: readonly { readonly version: number; readonly event: CaseEvent }[];
}

/** Keeps what was told of cases: their new events, and where each stands now. */
export async function keepReported(tx: Tx, reported: readonly ReportedCase[]): Promise<void> {
  const events = reported.flatMap(({ after: { caseId }, events }) =>
    events.map(({ version, event }) => ({
      case_id: caseId,
      version,
      type: event.type,
      occurred_on: event.on,
      occurred_at: event.at,
      event,
    })),
  );
  if (events.length > 0) {
    await sql`
      insert into peer_case_events (case_id, version, type, occurred_on, occurred_at, event)
      select case_id, version, type, occurred_on, occurred_at, event
      from jsonb_to_recordset(${json(events)}) as row (
        case_id uuid, version integer, type text, occurred_on date, occurred_at timestamptz, event jsonb
      )`.execute(tx);
  }
  await sql`
    update peer_cases set
      case_number = row.case_number,
      status = row.status,
      outcome = row.outcome,
      waiting_for = row.waiting_for,
      due_on = row.due_on,
      due_provisional = row.due_provisional,
      applicant_due_on = row.applicant_due_on,
      filed_on = row.filed_on,
      decided_on = row.decided_on,
      receipt_number = row.receipt_number,
      version = row.version,
      state = row.state,
      deadlines = row.deadlines,
      search = coalesce(row.search::tsvector, peer_cases.search),
      changed_at = row.changed_at
    from jsonb_to_recordset(${json(reported.map(reportedRow))}) as row (
      case_id uuid, case_number text, status text, outcome text, waiting_for text, due_on date, due_provisional boolean,
      applicant_due_on date, filed_on date, decided_on date, receipt_number text, version integer, state jsonb,
      deadlines jsonb, search text, changed_at timestamptz
    )
    where peer_cases.case_id = row.case_id`.execute(tx);
}

function reportedRow({ before, after, deadlines }: ReportedCase) {
  const isNamedAnew = before.caseNumber !== after.caseNumber || before.receiptNumber !== after.receiptNumber;
  return {
    case_id: after.caseId,
    case_number: after.caseNumber,
    status: after.status,
    outcome: after.outcome,
    waiting_for: after.waitingFor,
    due_on: after.dueOn,
    due_provisional: after.dueProvisional,
    applicant_due_on: after.applicantDueOn,
    filed_on: after.filedOn,
    decided_on: after.decidedOn,
    receipt_number: after.receiptNumber,
    version: after.version,
    state: after.state,
    deadlines,
    search: isNamedAnew ? searchOf(after) : null,
    changed_at: after.changedAt,
  };
}

export type PeerEventRow = Pick<PeerCaseEventsTable, 'version' | 'occurredAt'> & {
  readonly event: CaseEvent;
};

/** Events of a case that were told, newest first, before a version. */
export async function listPeerEventsBefore(
  tx: Tx,
  caseId: string,
  before: number | null,
  limit: number,
): Promise<readonly PeerEventRow[]> {
  const rows = await tx
    .selectFrom('peerCaseEvents')
    .select(['version', 'occurredAt', 'event'])
    .where('caseId', '=', caseId)
    .$if(before !== null, (query) => query.where('version', '<', before ?? 0))
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
  return rows as readonly PeerEventRow[];
}

/** Papers whose bytes the other park may fetch for a case. */
export async function offerPapers(tx: Tx, caseId: string, digests: readonly string[]): Promise<void> {
  if (digests.length === 0) return;
  await tx
    .insertInto('crossingPapers')
    .values(digests.map((sha256) => ({ caseId, sha256 })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whether a message is one that was sent about a case. */
export async function wasSentAbout(tx: Tx, messageId: string, caseId: string): Promise<boolean> {
  const sent = await tx
    .selectFrom('outboxMessages')
    .select('messageId')
    .where('messageId', '=', messageId)
    .where('subject', '=', caseId)
    .executeTakeFirst();
  return sent !== undefined;
}

const ownColumns = caseColumns.filter((column) => column !== 'applicantPark' && column !== 'assignee');

function peerCases(tx: Tx) {
  return tx.selectFrom('peerCases').select(ownColumns).select(['step', 'park', 'act', 'state']);
}

/** Its words, as the text form of a `tsvector`. */
function searchOf({
  caseNumber,
  receiptNumber,
  applicantName,
  service,
}: Pick<PeerCaseRow, 'caseNumber' | 'receiptNumber' | 'applicantName' | 'service'>): string {
  const texts = [caseNumber ?? '', receiptNumber ?? '', applicantName];
  return searchVector(texts, { service, desks: [] });
}
