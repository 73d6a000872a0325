import type { ReportedEvent } from '@twinpark/contract/gateway/case-events.ts';
import type { MessageOf, ReportedOutput } from '@twinpark/contract/gateway/messages.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import { evolve } from '@twinpark/kernel/case/evolve.ts';
import { type CaseState, type EvidenceItem, noCase } from '@twinpark/kernel/case/state.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import { hashOf } from '@twinpark/pack/hash.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import type { OpenedCase } from '../case/project-case.ts';
import { verifyPeerSignature } from '../output/jws-signer.ts';
import type { Services } from '../services.ts';
import { invalidFacts, undeclaredFacts } from './check-crossing.ts';
import type { PeerCaseRow } from './queries/peer-cases.ts';
import { type Refused, refuseMessage } from './take.ts';

type Report = MessageOf<'org.twinpark.case.reported'>['data'];

/** What a report adds to what was told before. */
export interface ToldCase {
  readonly events: readonly { readonly version: number; readonly event: CaseEvent }[];
  readonly state: OpenedCase;
  /** The document that was served with these events. */
  readonly output: ReportedOutput | null;
}

/**
 * A report of the other park, held against what was told before, against the law of the case and against what it may
 * tell. Events that were told before are left out.
 *
 * Refuses: `reportOutOfOrder` where it does not follow, `definitionUnknown`, `fieldNotDeclared`, `paperNotDeclared`,
 * `factValueInvalid`, `messageMalformed` with the place, such as a document whose signature is not that park's.
 */
export async function readReport(
  { zone, peerKeys }: Pick<Services, 'zone' | 'peerKeys'>,
  row: PeerCaseRow,
  service: ServiceDefinition,
  report: Report,
): Promise<ToldCase | Refused> {
  const unordered = outOfOrder(report, row);
  if (unordered) return unordered;
  const news = report.events.filter(({ version }) => version > row.version);
  for (const { version, event } of news) {
    const refused = unfit(event, version, row, service, zone);
    if (refused) return refused;
  }
  const events = news.map(({ version, event }) => ({ version, event: asEvent(event) }));
  const state = follow(row, events);
  if ('code' in state) return state;
  const output = await readOutput(report, news, row, peerKeys);
  return output !== null && 'code' in output ? output : { events, state, output };
}

function outOfOrder({ events }: Report, row: PeerCaseRow): Refused | null {
  const versions = events.map(({ version }) => version);
  const isRising = versions.every((version, index) => version > (versions[index - 1] ?? 0));
  // The first that is told of a case is that it was opened.
  const isBegun = row.version > 0 || events[0]?.event.type === 'caseOpened';
  return isRising && isBegun
    ? null
    : refuseMessage('reportOutOfOrder', { known: row.version, versions: versions.join(', ') });
}

function unfit(
  event: ReportedEvent,
  version: number,
  row: PeerCaseRow,
  service: ServiceDefinition,
  zone: Zone,
): Refused | null {
  if (event.type === 'caseOpened') {
    if (version !== 1) return refuseMessage('reportOutOfOrder', { known: row.version, versions: version });
    if (event.definition.hash !== row.definitionHash) {
      return refuseMessage('definitionUnknown', { definition: event.definition.hash });
    }
    const isOurs =
      event.caseId === row.caseId && event.dossier === row.dossierId && event.applicant === row.applicantId;
    if (!isOurs) return malformed('/data/events/0/event');
  }
  if (event.type === 'outputServed') {
    const { establishes } = event;
    return undeclaredFacts(establishes, service.provides) ?? invalidFacts(zone, establishes);
  }
  return 'answers' in event ? undeclared(event, service, zone) : null;
}

/** What the applicant gave: the zone may have dropped a fact since that the law of the case still asks for. */
function undeclared(
  { answers, evidence }: { readonly answers: Facts; readonly evidence: readonly EvidenceItem[] },
  { needs, evidence: kinds }: ServiceDefinition,
  zone: Zone,
): Refused | null {
  const paper = evidence.find(({ type }) => !kinds.some((kind) => kind.type === type));
  if (paper) return refuseMessage('paperNotDeclared', { type: paper.type });
  const known = Object.entries(answers).filter(([fact]) => zone.facts.has(fact));
  return (
    undeclaredFacts(
      answers,
      needs.map(({ fact }) => fact),
    ) ?? invalidFacts(zone, Object.fromEntries(known))
  );
}

/** Who acted is told by organisation alone. */
function asEvent({ by, ...event }: ReportedEvent): CaseEvent {
  return { ...event, by: { ...by, person: '' } } as CaseEvent;
}

/** Where the case stands after the events; the kernel throws at one that does not fit. */
function follow(row: PeerCaseRow, events: ToldCase['events']): OpenedCase | Refused {
  let state: CaseState = row.version === 0 ? noCase : row.state;
  for (const { version, event } of events) {
    try {
      state = evolve(state, event);
    } catch {
      return refuseMessage('reportOutOfOrder', { known: row.version, versions: version, type: event.type });
    }
  }
  return state.status === 'none'
    ? refuseMessage('reportOutOfOrder', { known: row.version, versions: '' })
    : state;
}

/** A document is told with the event that served it, and with no other. */
async function readOutput(
  { output, caseNumber }: Report,
  news: Report['events'],
  row: PeerCaseRow,
  peerKeys: Services['peerKeys'],
): Promise<ReportedOutput | Refused | null> {
  const served = news.flatMap(({ event }) => (event.type === 'outputServed' ? [event.receiptNumber] : []));
  // A repetition brings the document once more.
  if (served.length === 0) return output === null || row.version > 0 ? null : malformed('/data/output');
  if (output === null || served.length > 1 || served[0] !== output.receiptNumber) {
    return malformed('/data/output');
  }
  const { statement, signature, issuedAt, documents } = output;
  const { content } = statement;
  const isOfCase =
    content.receiptNumber === output.receiptNumber &&
    content.caseNumber === caseNumber &&
    content.service.definitionHash === row.definitionHash &&
    content.park.id === row.park;
  if (!isOfCase) return malformed('/data/output/statement');
  const told = documents.map(({ language, mediaType, sha256 }) => ({ language, mediaType, sha256 }));
  if (hashOf(told) !== hashOf(statement.documents)) return malformed('/data/output/documents');
  const at = Temporal.Instant.from(issuedAt);
  const isSigned = await verifyPeerSignature(
    statement,
    signature,
    (keyId) => peerKeys.find(keyId, 'documents', at)?.publicKey ?? null,
  );
  return isSigned ? output : malformed('/data/output/signature');
}

function malformed(pointer: string): Refused {
  return refuseMessage('messageMalformed', { pointer });
}
