import type { MessageOf } from '@twinpark/contract/gateway/messages.ts';
import { type RunningClock, runningClocks } from '@twinpark/kernel/case/clock.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import { getPark } from '@twinpark/pack/zone.ts';
import { sql } from 'kysely';
import { keepFiled, projectCase, projectDeadlines } from '../../case/project-case.ts';
import { toldRow } from '../../dossier/told-row.ts';
import { tellingOf } from '../../notification/audiences.ts';
import { giveNotice, type Notice, noticesTo, recipientsOf } from '../../notification/notices.ts';
import { findPeerOutputs, insertPeerOutputs } from '../../output/queries/peer-outputs.ts';
import { auditRow } from '../../platform/audit/audit-trail.ts';
import { dateIn, instantNow } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { Services } from '../../services.ts';
import { wantFilesOfPeer } from '../fetch-files.ts';
import { dossierStream } from '../outgoing.ts';
import { peerEntry } from '../peer-order.ts';
import { keepReported, lockPeerCases, type PeerCaseRow } from '../queries/peer-cases.ts';
import { type Refused, refuseMessage, type Take } from '../take.ts';
import { readReport, type ToldCase } from '../told-case.ts';

type Message = MessageOf<'org.twinpark.case.reported'>;

/**
 * The other park tells what has happened to cases that were filed there from here. Their applicants see it from then on
 * as they see their cases of this park.
 *
 * Refuses: `caseUnknown`, `streamOfOther`, and what `readReport` refuses.
 */
export const takeCaseReported: Take<'org.twinpark.case.reported'> = async (tx, messages, services) => {
  const rows = await lockPeerCases(
    tx,
    messages.map(({ data }) => data.caseId),
  );
  await services.definitions.load(tx, [...new Set([...rows.values()].map((row) => row.definitionHash))]);
  const documents = new Set(
    await findPeerOutputs(
      tx,
      messages.flatMap(({ data: { output } }) => (output ? [output.receiptNumber] : [])),
    ),
  );
  const tellings: Telling[] = [];
  const refusals: (Refused | null)[] = [];
  for (const message of messages) {
    const read = await readMessage(message, rows.get(message.data.caseId), documents, services);
    refusals.push('code' in read ? read : null);
    if ('code' in read) continue;
    tellings.push(read);
    if (read.told.output) documents.add(read.told.output.receiptNumber);
  }
  if (tellings.length > 0) await keep(tx, services, tellings);
  return refusals;
};

/** What a message makes of the case that it is about. */
interface Telling {
  readonly messageId: string;
  readonly before: PeerCaseRow;
  readonly after: PeerCaseRow;
  readonly service: ServiceDefinition;
  readonly told: ToldCase;
  readonly clocks: readonly RunningClock[];
  readonly deadlines: Message['data']['deadlines'];
}

async function readMessage(
  { id, stream, data }: Message,
  before: PeerCaseRow | undefined,
  documents: ReadonlySet<string>,
  services: Services,
): Promise<Telling | Refused> {
  if (before === undefined) return refuseMessage('caseUnknown', { case: data.caseId });
  // Messages of one round are of different streams, so no two that get past this are about the same case.
  if (stream !== dossierStream(before.dossierId)) {
    return refuseMessage('streamOfOther', { case: data.caseId });
  }
  const service = services.definitions.service(before.definitionHash);
  const told = await readReport(services, before, service, data);
  if ('code' in told) return told;
  if (told.output && documents.has(told.output.receiptNumber)) {
    return refuseMessage('messageMalformed', { pointer: '/data/output/receiptNumber' });
  }
  const { clock, zone, calendarFor } = services;
  const now = clock.now();
  const today = dateIn(getPark(zone, before.park).timeZone, now);
  const actor = { role: 'timer', person: 'node', organization: before.authority } as const;
  const clocks = runningClocks(told.state, { actor, today, at: now.toString(), service, calendarFor });
  const after = {
    ...before,
    ...keepFiled(projectCase(told.state, clocks), before),
    state: told.state,
    caseNumber: data.caseNumber,
    version: told.events.at(-1)?.version ?? before.version,
    changedAt: instantNow(clock),
  };
  return { messageId: id, before, after, service, told, clocks, deadlines: data.deadlines };
}

async function keep(tx: Tx, services: Services, tellings: readonly Telling[]): Promise<void> {
  await keepReported(
    tx,
    tellings.map(({ before, after, deadlines, told: { events } }) => ({ before, after, deadlines, events })),
  );
  await recordChanges(tx, services, tellings);
  const outputs = tellings.flatMap(({ after: { caseId }, told: { output } }) =>
    output ? [{ ...output, caseId }] : [],
  );
  await insertPeerOutputs(tx, outputs);
  await wantFilesOfPeer(
    tx,
    services,
    outputs.flatMap(({ caseId, receiptNumber, documents }) =>
      documents.map((document) => ({ ...document, caseId, receiptNumber, kind: 'document' as const })),
    ),
  );
  await giveNotice(
    tx,
    services.clock,
    tellings.flatMap(({ after, told }) => noticesOf(after, told)),
  );
}

/** What else stands of the cases here: their filings, the applicants' own limits, what their outputs establish; and the audit. */
async function recordChanges(tx: Tx, services: Services, tellings: readonly Telling[]): Promise<void> {
  const limits = tellings.map((telling) => ({ telling, limits: ownLimits(telling, services) }));
  const changes = {
    limits: limits.map(({ telling: { after }, limits }) => ({
      case_id: after.caseId,
      running: limits.map(({ clock, subject }) => `${clock} ${subject}`),
    })),
    deadlines: limits.flatMap(({ telling: { after }, limits }) =>
      limits.map((limit) => ({
        case_id: after.caseId,
        clock: limit.clock,
        subject: limit.subject,
        applicant_id: limit.applicantId,
        // No desk of this park has to do with it.
        authority: null,
        desk: null,
        owner: limit.owner,
        due_on: limit.dueOn,
        provisional: limit.provisional,
        stopped: limit.stopped,
        ring: limit.ring,
        ring_on: limit.ringOn,
      })),
    ),
    filings: tellings.map(({ after: { caseId, status, outcome }, told }) => {
      const { answers, evidence } = told.state;
      return { case_id: caseId, answers, evidence, status, outcome };
    }),
    told: tellings.flatMap(({ after: { dossierId, changedAt }, told }) =>
      told.events.flatMap(({ event }) =>
        event.type === 'outputServed' && Object.keys(event.establishes).length > 0
          ? [toldRow(dossierId, { answers: event.establishes, evidence: [] }, event.on, changedAt)]
          : [],
      ),
    ),
    audit_events: tellings.map(({ after: { caseId, authority, version }, messageId }) => {
      const entry = peerEntry('case.report', caseId, authority, services, messageId);
      return auditRow(services.clock, { ...entry, details: { ...entry.details, version } });
    }),
  };
  const given = Object.fromEntries(Object.entries(changes).filter(([, rows]) => rows.length > 0));
  await sql`select record_case_changes(${JSON.stringify(given)}::text::jsonb)`.execute(tx);
}

function ownLimits({ after, service, clocks }: Telling, { zone, calendarFor }: Services) {
  const own = clocks.filter(({ of }) => of === 'supplement' || of === 'debt');
  return projectDeadlines(after, service, own, getPark(zone, after.park).calendar, calendarFor);
}

/** The applicant is told as of a case of this park; nobody in office here is. */
function noticesOf(row: PeerCaseRow, { events }: ToldCase): readonly Notice[] {
  const about = { ...row, applicantPark: null, authority: null, assignee: null };
  return events.flatMap(({ version, event }) => {
    const telling = tellingOf(event);
    if (telling === null) return [];
    const { kind, facts, to, notTo } = telling;
    const recipients = recipientsOf(about, [], to).filter((recipient) => recipient !== notTo);
    return noticesTo(recipients, about, { kind, facts, cause: `event ${row.caseId} ${version}` });
  });
}
