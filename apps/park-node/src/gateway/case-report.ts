import type { ReportedEvent } from '@twinpark/contract/gateway/case-events.ts';
import type { MessageOf, ReportedDeadline } from '@twinpark/contract/gateway/messages.ts';
import type { OutputStatement } from '@twinpark/contract/output/output.ts';
import type { RunningClock } from '@twinpark/kernel/case/clock.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import type { PreparedOutput, RecordedCase } from '../case/case-order.ts';
import { isInternal } from '../case/internal-event.ts';
import { dossierStream, type OutgoingMessage } from './outgoing.ts';

type Report = MessageOf<'org.twinpark.case.reported'>['data'];

/**
 * What the park that keeps the applicant's dossier is told of new events of a case: all but those between two officers,
 * and of those who acted only the organisations. Null where that park is this one, or nothing may be told.
 */
export function reportOf(
  { row, events }: Pick<RecordedCase, 'row' | 'events'>,
  output: PreparedOutput | null,
  clocks: readonly RunningClock[],
): OutgoingMessage | null {
  const before = row.version - events.length;
  const told = events.flatMap((event, index) =>
    isInternal(event) ? [] : [{ version: before + index + 1, event: withoutPerson(event) }],
  );
  if (told.length === 0) return null;
  return caseReport(row, told, output && reportedOutput(output, row.changedAt), clocks);
}

/** A report of limits that have moved without anything having happened to the case: a calendar was published. */
export function reportOfLimits(
  row: Pick<RecordedCase['row'], 'caseId' | 'caseNumber' | 'dossierId' | 'applicantPark'>,
  clocks: readonly RunningClock[],
): OutgoingMessage | null {
  return caseReport(row, [], null, clocks);
}

function caseReport(
  {
    caseId,
    caseNumber,
    dossierId,
    applicantPark,
  }: Pick<RecordedCase['row'], 'caseId' | 'caseNumber' | 'dossierId' | 'applicantPark'>,
  events: Report['events'],
  output: Report['output'],
  clocks: readonly RunningClock[],
): OutgoingMessage | null {
  if (applicantPark === null || dossierId === null) return null;
  return {
    type: 'org.twinpark.case.reported',
    stream: dossierStream(dossierId),
    subject: caseId,
    data: { caseId, caseNumber, events, deadlines: clocks.map(deadlineOf), output },
  };
}

function withoutPerson({ by: { role, organization }, ...event }: CaseEvent): ReportedEvent {
  // The kernel's lists are read-only, those of the schema are not; else they are the same.
  return { ...event, by: { role, organization } } as unknown as ReportedEvent;
}

function deadlineOf({
  of,
  step,
  paper,
  owner,
  dueOn,
  provisional,
  stoppedSince,
}: RunningClock): ReportedDeadline {
  return { clock: of, subject: step ?? paper ?? '', owner: owner.kind, dueOn, provisional, stoppedSince };
}

function reportedOutput(
  { receiptNumber, statement, signature, verificationUrl, documents }: PreparedOutput,
  issuedAt: Date,
): Report['output'] {
  return {
    receiptNumber,
    statement: statement as OutputStatement,
    signature,
    verificationUrl,
    issuedAt: issuedAt.toISOString(),
    documents: documents.map(({ language, mediaType, sha256, sizeBytes }) => ({
      language,
      mediaType,
      sha256,
      sizeBytes,
    })),
  };
}
