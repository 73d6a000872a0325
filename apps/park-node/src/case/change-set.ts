import type { RunningClock } from '@twinpark/kernel/case/clock.ts';
import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import { toldBy } from '@twinpark/kernel/dossier/dossier.ts';
import { type Agreement, agreementRows } from '../dossier/agreements.ts';
import { toldRow } from '../dossier/told-row.ts';
import { type OutgoingMessage, outboxRow } from '../gateway/outgoing.ts';
import { actsToLog, entryRow } from '../log/statements.ts';
import type { AuditEntry } from '../platform/audit/audit-entry.ts';
import { type Clock, instantNow } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Answer, CaseOrder, CaseRow, Idempotency, RecordedCase } from './case-order.ts';
import { isInternal } from './internal-event.ts';
import { projectDeadlines } from './project-case.ts';
import { searchVector } from './search-words.ts';

type Row = Readonly<Record<string, unknown>>;

/** Every row that a batch of orders writes, gathered for `record_case_changes` (sql/000013_recording.sql). */
export class ChangeSet {
  readonly #clock: Clock;
  readonly #calendarFor: CaseContext['calendarFor'];
  readonly #park: { readonly id: string; readonly calendar: string };
  readonly #zone: string;
  readonly #rows = {
    case_events: [] as Row[],
    new_cases: [] as Row[],
    cases: [] as Row[],
    limits: [] as Row[],
    deadlines: [] as Row[],
    case_desks: [] as Row[],
    case_evidence: [] as Row[],
    new_filings: [] as Row[],
    filings: [] as Row[],
    told: [] as Row[],
    outputs: [] as Row[],
    output_documents: [] as Row[],
    audit_events: [] as Row[],
    crossing_agreements: [] as object[],
    log_statements: [] as object[],
    outbox_messages: [] as object[],
    idempotency_keys: [] as Row[],
  };

  constructor(
    clock: Clock,
    calendarFor: CaseContext['calendarFor'],
    park: { readonly id: string; readonly calendar: string },
    zone: string,
  ) {
    this.#clock = clock;
    this.#calendarFor = calendarFor;
    this.#park = park;
    this.#zone = zone;
  }

  get isEmpty(): boolean {
    return Object.values(this.#rows).every((rows) => rows.length === 0);
  }

  toJson(): string {
    return JSON.stringify(
      Object.fromEntries(Object.entries(this.#rows).filter(([, rows]) => rows.length > 0)),
    );
  }

  /** What a case's new events change. */
  record(order: CaseOrder, done: RecordedCase, isNew: boolean, clocks: readonly RunningClock[]): void {
    const { row, state, service, events } = done;
    const { caseId } = row;
    events.forEach((event, index) => {
      this.#rows.case_events.push({
        case_id: caseId,
        version: row.version - events.length + index + 1,
        type: event.type,
        occurred_on: event.on,
        occurred_at: event.at,
        internal: isInternal(event),
        event,
      });
    });
    const log = { zone: this.#zone, park: this.#park.id };
    for (const act of actsToLog(log, done, isNew)) {
      this.#rows.log_statements.push(entryRow(this.#clock, act));
    }
    if (order.agreement) this.#recordAgreement(order.agreement);
    const search = this.#searchOf(done, isNew);
    if (isNew) this.#rows.new_cases.push({ ...snake(row), state, search });
    else this.#rows.cases.push({ ...snake(pick(row, changingColumns)), state, search });
    const deadlines = projectDeadlines(row, service, clocks, this.#park.calendar, this.#calendarFor);
    if (!isNew) {
      const running = deadlines.map(({ clock, subject }) => `${clock} ${subject}`);
      this.#rows.limits.push({ case_id: caseId, running });
    }
    for (const deadline of deadlines) this.#rows.deadlines.push(snake(deadline));
    this.#recordDesks(done);
    this.#recordEvidence(caseId, events);
    this.#recordFiling(order, done, isNew);
    if (order.output) {
      const { documents, ...output } = order.output;
      this.#rows.outputs.push({ ...snake(output), case_id: caseId, issued_at: row.changedAt });
      for (const document of documents) {
        this.#rows.output_documents.push({ ...snake(document), receipt_number: output.receiptNumber });
      }
    }
  }

  /** Goes to the other park once the batch is done, in the order of the calls. */
  send(message: OutgoingMessage): void {
    this.#rows.outbox_messages.push(outboxRow(this.#clock, message));
  }

  audit(entry: AuditEntry, outcome: 'success' | 'refused' | 'failed', code: string | null): void {
    const at = instantNow(this.#clock);
    this.#rows.audit_events.push({ ...snake(entry), audit_id: newId(this.#clock), at, outcome, code });
  }

  keep({ scope, key, requestHash }: Idempotency, { status, body }: Answer): void {
    this.#rows.idempotency_keys.push({
      scope,
      key,
      request_hash: requestHash,
      status,
      response: JSON.stringify(body ?? null),
      created_at: instantNow(this.#clock),
    });
  }

  /** What the applicant has agreed may cross of the case. */
  #recordAgreement(agreement: Agreement): void {
    const { crossing_agreements, log_statements } = agreementRows(
      { zone: this.#zone, park: this.#park.id, clock: this.#clock },
      agreement,
    );
    this.#rows.crossing_agreements.push(...crossing_agreements);
    this.#rows.log_statements.push(...log_statements);
  }

  /** Words change only when the case is new and when it gets its receipt number. */
  #searchOf({ row, service, events }: RecordedCase, isNew: boolean): string | null {
    if (!isNew && !events.some(({ type }) => type === 'outputServed')) return null;
    // What a service is called is looked up in its definition: every one of its cases would hold the same words.
    const texts = [row.caseNumber, row.receiptNumber ?? '', row.applicantName];
    const desks = [...service.steps.map(({ by }) => by), ...service.remedies.map(({ body }) => body)];
    return searchVector(texts, { service: service.id, desks: [row.authority, ...desks] });
  }

  #recordDesks({ row, service, events }: RecordedCase): void {
    const desks = events.flatMap((event): readonly string[] => {
      if (event.type === 'caseFiled') return service.steps.map(({ by }) => by);
      if (event.type !== 'remedyLodged') return [];
      return service.remedies.filter(({ id }) => id === event.remedy).map(({ body }) => body);
    });
    for (const organization of new Set(desks)) {
      if (organization === row.authority) continue;
      const { caseId, service: id, status, dueOn, filedOn, changedAt } = row;
      const desk = { caseId, organization, service: id, status, dueOn, filedOn, changedAt };
      this.#rows.case_desks.push(snake(desk));
    }
  }

  #recordEvidence(caseId: string, events: readonly CaseEvent[]): void {
    for (const event of events) {
      if (!('evidence' in event)) continue;
      for (const { type, name, digest } of event.evidence) {
        this.#rows.case_evidence.push({ case_id: caseId, type, sha256: digest, name, given_on: event.on });
      }
    }
  }

  /** What the dossier knows of the case, where the dossier is kept here. */
  #recordFiling(order: CaseOrder, { row, state, service, events }: RecordedCase, isNew: boolean): void {
    if (row.applicantPark !== null) return;
    const { opening } = order;
    const { answers, evidence } = state;
    const known = { case_id: row.caseId, answers, evidence, status: row.status, outcome: row.outcome };
    if (isNew && opening?.dossier) {
      this.#rows.new_filings.push({
        ...known,
        dossier_id: opening.dossier.dossierId,
        step: opening.dossier.step,
        attempt: opening.dossier.attempt,
        park: this.#park.id,
        service: service.id,
        filed_on: events[0]?.on,
        created_at: row.changedAt,
      });
    } else if (row.dossierId !== null) {
      this.#rows.filings.push(known);
    }
    if (!order.fromDossier) this.#tellDossier(row, events);
  }

  /** What outputs establish, and what the applicant has given the case itself, stands in the dossier from then on. */
  #tellDossier({ dossierId, changedAt }: CaseRow, events: readonly CaseEvent[]): void {
    const told = toldBy(events);
    if (dossierId === null || Object.keys(told.answers).length + told.evidence.length === 0) return;
    this.#rows.told.push(toldRow(dossierId, told, events.at(-1)?.on ?? '', changedAt));
  }
}

/** A case keeps what it was opened with; these columns say where it stands. */
const changingColumns = [
  'caseId',
  'status',
  'outcome',
  'waitingFor',
  'dueOn',
  'dueProvisional',
  'applicantDueOn',
  'filedOn',
  'decidedOn',
  'receiptNumber',
  'version',
  'changedAt',
] as const satisfies readonly (keyof CaseRow)[];

function pick(row: CaseRow, columns: readonly (keyof CaseRow)[]): object {
  return Object.fromEntries(columns.map((column) => [column, row[column]]));
}

function snake(row: object): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
