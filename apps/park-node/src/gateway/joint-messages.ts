import type { StepDefinition } from '@twinpark/kernel/case/definition.ts';
import { applies } from '@twinpark/kernel/case/filing.ts';
import type { CaseState } from '@twinpark/kernel/case/state.ts';
import { endedWithoutGrant, sameValue } from '@twinpark/kernel/dossier/dossier.ts';
import type { Facts, FactValue } from '@twinpark/kernel/policy/expression.ts';
import type { RecordedCase } from '../case/case-order.ts';
import { dossierStream, type OutgoingMessage } from './outgoing.ts';

/**
 * What the other park's panels are told of a case that has just changed: the facts that its joint steps share as soon
 * as it is examined and whenever they change, what this side says, and that it ended without a grant. Nothing of a step
 * that these answers do not need.
 */
export function jointMessagesOf(
  { row, state, service, events }: RecordedCase,
  before: CaseState,
  peer: string,
): readonly OutgoingMessage[] {
  const { dossierId, caseId, filedOn } = row;
  const steps = service.steps.filter(({ joint }) => joint?.otherPark === peer);
  if (dossierId === null || filedOn === null || steps.length === 0) return [];
  return steps.flatMap((step): readonly OutgoingMessage[] => {
    const { joint } = step;
    if (!joint) return [];
    const common = { stream: dossierStream(dossierId), subject: caseId };
    const panel = {
      dossierId,
      panel: joint.id,
      caseId,
      fromAuthority: step.by,
      toAuthority: joint.otherAuthority,
    };
    const facts = briefingOf(step, state);
    const isNews = facts !== null && !sameFacts(facts, briefingOf(step, before));
    const said = events.flatMap((event) =>
      event.type === 'contributionRecorded' && event.side === 'own' && event.step === step.id
        ? [event.contribution]
        : [],
    );
    const ended = hasEnded(state) && !hasEnded(before) && applies(step.when, answersOf(state));
    const messages: OutgoingMessage[] = [];
    if (isNews) {
      messages.push({
        ...common,
        type: 'org.twinpark.joint.briefed',
        data: { ...panel, facts: mutable(facts) },
      });
    }
    for (const { answer, conditions, on } of said) {
      const word = { answer, conditions: [...conditions], on };
      messages.push({ ...common, type: 'org.twinpark.joint.contributed', data: { ...panel, ...word } });
    }
    if (ended) messages.push({ ...common, type: 'org.twinpark.joint.ended', data: panel });
    return messages;
  });
}

/** The facts that the other side's panel is shown; null while the step needs none of it. */
function briefingOf(step: StepDefinition, state: CaseState): Facts | null {
  const isExamined =
    state.status === 'inExamination' ||
    state.status === 'suspended' ||
    (state.status === 'awaitingEvidence' && state.before === 'decision');
  if (!isExamined || !applies(step.when, state.answers)) return null;
  const shared = (step.joint?.shares ?? []).flatMap((fact) => {
    const value = state.answers[fact];
    return value === undefined || value === null ? [] : [[fact, value] as const];
  });
  return Object.fromEntries(shared);
}

function sameFacts(one: Facts, other: Facts | null): boolean {
  if (other === null || Object.keys(one).length !== Object.keys(other).length) return false;
  return Object.entries(one).every(([fact, value]) => {
    const held = other[fact];
    return held !== undefined && sameValue(held, value);
  });
}

/** Whether a case has ended without a grant; one whose end is under remedy is where it ended until it is reopened. */
function hasEnded(state: CaseState): boolean {
  const held = state.status === 'underRemedy' ? state.challenged : state;
  return endedWithoutGrant({
    status: held.status,
    outcome: 'decision' in held ? held.decision.outcome : null,
  });
}

function answersOf(state: CaseState): Facts {
  return state.status === 'none' ? {} : state.answers;
}

function mutable(facts: Facts): Record<string, Exclude<FactValue, readonly string[]> | string[]> {
  return Object.fromEntries(
    Object.entries(facts).map(([fact, value]) => [fact, typeof value === 'object' ? [...value] : value]),
  );
}
