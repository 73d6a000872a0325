import type { CaseEventDetails, CaseEventView } from '@twinpark/contract/case/get-case-timeline.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import type { EvidenceItem } from '@twinpark/kernel/case/state.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { namedOrganization } from '../catalogue/present-law.ts';
import { nameEvidence, nameFact, namePart, presentCaseFacts } from './present-case-fields.ts';
import type { ShownCase } from './present-case-summary.ts';
import type { EventRow } from './queries/list-events.ts';
import { personFor, type ReaderView } from './reader-view.ts';

/** An event with the names of things in place of ids, and of people only where they are the reader's colleagues. */
export function presentEvent(
  zone: Zone,
  { version, occurredAt, internal, event }: EventRow,
  row: Pick<ShownCase, 'applicantId' | 'applicantName' | 'language'>,
  service: ServiceDefinition,
  view: ReaderView,
): CaseEventView {
  const { role, person, organization } = event.by;
  // Of an event that the other park told it is not known who acted.
  const isPerson = role !== 'timer' && role !== 'peer' && person !== '';
  return {
    version,
    type: event.type,
    on: event.on,
    at: occurredAt.toISOString(),
    internal,
    by: {
      role,
      organization:
        organization === row.applicantId
          ? { id: organization, name: { [row.language]: row.applicantName } }
          : namedOrganization(zone, organization),
      person: isPerson ? personFor(view, person, organization) : null,
    },
    details: detailsOf(zone, event, service),
  };
}

function detailsOf(zone: Zone, event: CaseEvent, service: ServiceDefinition): CaseEventDetails {
  switch (event.type) {
    case 'caseOpened':
    case 'caseAmended':
      return filling(zone, event, service);
    case 'evidenceSupplied':
      return { ...filling(zone, event, service), complete: event.complete };
    case 'caseAccepted':
      return {
        acceptedOn: event.acceptedOn,
        tacit: event.tacit,
        owed: Object.entries(event.debts).map(([type, dueOn]) => ({ type: nameEvidence(zone, type), dueOn })),
      };
    case 'acceptanceDeclined':
      return { reasons: [...event.reasons] };
    case 'evidenceRequested':
      return {
        askedFacts: event.request.facts.map((fact) => nameFact(zone, fact)),
        askedEvidence: event.request.evidence.map((type) => nameEvidence(zone, type)),
        dueOn: event.request.dueOn,
      };
    case 'stepCompleted':
      return {
        step: namePart(service, 'steps', event.step),
        result: event.result,
        conditions: [...event.conditions],
      };
    case 'contributionRecorded':
      return {
        step: namePart(service, 'steps', event.step),
        side: event.side,
        answer: event.contribution.answer,
        conditions: [...event.contribution.conditions],
        ...(event.contribution.reason !== undefined && { reason: event.contribution.reason }),
      };
    case 'jointOutcomeReached':
      return {
        step: namePart(service, 'steps', event.step),
        consequence: event.consequence,
        conditions: [...event.conditions],
      };
    case 'caseSuspended':
      return { procedure: namePart(service, 'specialProcedures', event.procedure) };
    case 'limitExtended':
    case 'proposalReturned':
      return { reason: event.reason };
    case 'decisionProposed':
      return decided(event);
    case 'caseDecided':
      return { ...decided(event), tacit: event.tacit };
    case 'outputServed':
      return {
        receiptNumber: event.receiptNumber,
        facts: presentCaseFacts(zone, event.establishes, service),
      };
    case 'remedyLodged':
      return { remedy: namePart(service, 'remedies', event.remedy) };
    case 'caseFiled':
    case 'caseWithdrawn':
    case 'caseLapsed':
    case 'caseResumed':
    case 'caseClosed':
    case 'remedyDismissed':
    case 'caseReopened':
      return {};
    default:
      return event satisfies never;
  }
}

function filling(
  zone: Zone,
  { answers, evidence }: { readonly answers: Facts; readonly evidence: readonly EvidenceItem[] },
  service: ServiceDefinition,
): CaseEventDetails {
  return {
    facts: presentCaseFacts(zone, answers, service),
    evidence: evidence.map(({ type, name, digest }) => ({
      type: nameEvidence(zone, type),
      name,
      sha256: digest,
    })),
  };
}

function decided({
  decision: { outcome, reasons, conditions },
}: Extract<CaseEvent, { type: 'caseDecided' | 'decisionProposed' }>): CaseEventDetails {
  return { outcome, reasons: [...reasons], conditions: [...conditions] };
}
