import type { CaseCommand } from '@twinpark/kernel/case/commands.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import type { Actor } from '@twinpark/kernel/case/state.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import type { Refusal } from '@twinpark/kernel/shared/refusal.ts';
import type { Agreement } from '../dossier/agreements.ts';
import type { BroughtBy } from '../gateway/act-answer.ts';
import type { AuditEntry } from '../platform/audit/audit-entry.ts';
import type { Reader } from '../platform/database/store.ts';
import type { CasesTable, OutputsTable } from '../platform/database/tables.ts';
import type { CaseNotes } from './case-notes.ts';
import type { OpenedCase } from './project-case.ts';

/** What somebody wants done with one case: all of the commands, or none. */
export interface CaseOrder {
  readonly caseId: string;
  /** Whose right to see the case counts; null for the node itself, such as when a day has passed. */
  readonly reader: Reader | null;
  readonly actor: Actor;
  readonly commands: readonly CaseCommand[];
  /** Version of the case that the orderer saw; nothing is done if the case has moved on. Not given: any version. */
  readonly seenVersion?: number | undefined;
  /**
   * Day of the act where it is not today: the law acted on a day that the node was not awake for. Not before the case's
   * last event.
   */
  readonly actsOn?: string | undefined;
  /** Set where the first command opens the case. */
  readonly opening: Opening | null;
  /** Whether what the commands give was taken from the dossier, so that the dossier need not be told. */
  readonly fromDossier?: boolean | undefined;
  /** Set where something of the case goes to the other park: that the applicant has agreed. */
  readonly agreement?: Agreement | null;
  /** Set where the commands serve an output: its document, ready and signed. */
  readonly output: PreparedOutput | null;
  /** What a repetition of the same request is known by; null where the caller makes its own repetition harmless. */
  readonly idempotency: Idempotency | null;
  /** The message of the other park that brought the order, which is answered with what comes of it. */
  readonly broughtBy?: BroughtBy;
  readonly audit: AuditEntry;
  /** What to answer when it is done; kept for repetitions. */
  readonly answer: (done: RecordedCase) => Answer;
}

export interface Opening {
  readonly service: ServiceDefinition;
  readonly applicantName: string;
  /** The park that keeps the dossier, where it is not this one. */
  readonly applicantPark?: string;
  readonly language: string;
  /** `attempt` counts the filings of the step, from 1; what is kept elsewhere is counted there. */
  readonly dossier: { readonly dossierId: string; readonly step: string; readonly attempt: number } | null;
}

export interface PreparedOutput
  extends Pick<OutputsTable, 'receiptNumber' | 'verificationCode' | 'signature'> {
  readonly statement: Facts | object;
  /** Where whoever holds the document finds that it is genuine. */
  readonly verificationUrl: string;
  readonly documents: readonly {
    readonly language: string;
    readonly mediaType: string;
    readonly sha256: string;
    readonly sizeBytes: number;
  }[];
}

export interface Idempotency {
  /** The person and the organisation it acts for. */
  readonly scope: string;
  readonly key: string;
  /** Tells a repetition from another request that reuses a key. */
  readonly requestHash: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A case with the events that have just been recorded. */
export interface RecordedCase {
  readonly row: CaseRow;
  readonly state: OpenedCase;
  readonly service: ServiceDefinition;
  readonly events: readonly CaseEvent[];
  readonly notes: CaseNotes;
}

/** The row of `cases`, without what only the database needs. */
export type CaseRow = Omit<{ [Column in keyof CasesTable]: CasesTable[Column] }, 'state' | 'search'>;

export type OrderResult =
  | { readonly kind: 'done'; readonly answer: Answer }
  /** The same request was done before; this is what it was told. */
  | { readonly kind: 'repeated'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly service: ServiceDefinition }
  /** There is no such case, or the reader has no right to know of it. */
  | { readonly kind: 'notFound' }
  /** The case has moved on from the version that the orderer saw. */
  | { readonly kind: 'versionConflict'; readonly version: number }
  | { readonly kind: 'keyReused' }
  | { readonly kind: 'keyInFlight' }
  /** Another filing of the same step of the dossier came first. */
  | { readonly kind: 'stepFiled' }
  /** The node takes no more orders. */
  | { readonly kind: 'shuttingDown' };
