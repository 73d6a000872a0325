import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import type { Decision, EvidenceItem } from '@twinpark/kernel/case/state.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import { type Names, partName } from '@twinpark/pack/words/names.ts';
import { listOf, pick } from '@twinpark/pack/words/words.ts';
import { fill, type Messages } from '../i18n/messages.ts';
import { datedInText } from './dates.ts';

interface Words {
  readonly service: ServiceDefinition;
  readonly names: Names;
  readonly m: Messages;
  /** Whether the case still waits for evidence after the event. */
  readonly isAwaited: boolean;
}

/** What happened to a case, in words without its subject. */
export function eventInWords(event: CaseEvent, words: Words): string {
  const { service, names, m } = words;
  const { events } = m.law;
  const step = (id: string) => partName(service, 'steps', id, m);
  switch (event.type) {
    case 'caseOpened':
    case 'caseWithdrawn':
    case 'caseLapsed':
    case 'caseResumed':
    case 'caseClosed':
    case 'remedyDismissed':
    case 'caseReopened':
      return events[event.type];
    case 'caseAmended':
      return fill(events.caseAmended, { fields: givenInWords(event.answers, event.evidence, words) });
    case 'caseFiled':
      return fill(events.caseFiled, { authority: names.organization(service.authority) });
    case 'caseAccepted':
      return acceptedInWords(event, words);
    case 'acceptanceDeclined':
      if (event.reasons.length === 0) return events.acceptanceDeclinedBySilence;
      return fill(events.acceptanceDeclined, { reasons: listOf(m, event.reasons) });
    case 'evidenceRequested': {
      const { evidence, facts } = event.request;
      const asked = [...evidence.map(names.evidence), ...facts.map(names.fact)];
      return fill(events.evidenceRequested, { asked: listOf(m, asked) });
    }
    case 'evidenceSupplied': {
      const incomplete = words.isAwaited ? events.evidenceSuppliedInPart : events.debtSettled;
      const form = event.complete ? events.evidenceSupplied : incomplete;
      return fill(form, { given: givenInWords(event.answers, event.evidence, words) });
    }
    case 'stepCompleted': {
      const parameters = { step: step(event.step), conditions: listOf(m, event.conditions) };
      if (event.result === 'failed') return fill(events.stepFailed, parameters);
      const isFree = event.conditions.length === 0;
      return fill(isFree ? events.stepPassed : events.stepPassedOnConditions, parameters);
    }
    case 'contributionRecorded': {
      const { answer, conditions } = event.contribution;
      const parameters = {
        step: step(event.step),
        answer: m.law.answers[answer],
        conditions: listOf(m, conditions),
      };
      return fill(
        event.side === 'own' ? events.contributionRecorded : events.contributionReceived,
        parameters,
      );
    }
    case 'jointOutcomeReached':
      return fill(events.jointOutcomeReached, {
        step: step(event.step),
        consequence: m.law.consequences[event.consequence],
      });
    case 'caseSuspended': {
      const procedure = partName(service, 'specialProcedures', event.procedure, m);
      return fill(events.caseSuspended, { procedure });
    }
    case 'limitExtended':
    case 'proposalReturned':
      return fill(events[event.type], { reason: event.reason });
    case 'decisionProposed':
      return decisionInWords(events.decisionProposed, event.decision, m);
    case 'caseDecided': {
      const form = event.tacit ? events.caseDecidedBySilence : events.caseDecided;
      return decisionInWords(form, event.decision, m);
    }
    case 'outputServed':
      return fill(events.outputServed, {
        output: pick(service.output.name, m),
        number: event.receiptNumber,
        remedies: listOf(
          m,
          service.remedies.map(({ name }) => pick(name, m)),
        ),
      });
    case 'remedyLodged':
      return fill(events.remedyLodged, { remedy: partName(service, 'remedies', event.remedy, m) });
    default:
      return event satisfies never;
  }
}

/** Answers with their values, and papers, as a list. */
export function givenInWords(
  answers: Facts,
  evidence: readonly EvidenceItem[],
  { names, m }: Pick<Words, 'names' | 'm'>,
): string {
  const facts = Object.entries(answers).map(
    ([fact, value]) => `${names.fact(fact)} = ${names.value(fact, value)}`,
  );
  return listOf(m, [...facts, ...evidence.map(({ type }) => names.evidence(type))]);
}

function acceptedInWords(
  { debts, tacit }: Extract<CaseEvent, { type: 'caseAccepted' }>,
  { names, m }: Words,
): string {
  const { events } = m.law;
  const owed = Object.entries(debts).map(([type, day]) =>
    fill(m.story.owedUntil, { paper: names.evidence(type), date: datedInText(day, m) }),
  );
  if (tacit) return events.caseAcceptedBySilence;
  return owed.length === 0 ? events.caseAccepted : fill(events.caseAcceptedOwing, { debts: listOf(m, owed) });
}

function decisionInWords(form: string, { outcome, reasons, conditions }: Decision, m: Messages): string {
  return fill(form, {
    outcome: m.law.outcomes[outcome],
    reasons: listOf(m, reasons),
    conditions: listOf(m, conditions),
  });
}
