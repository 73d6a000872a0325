import { type Refusal, refuse } from '../shared/refusal.ts';
import { limitFrom, supplementDeadline } from './clock.ts';
import type { CaseContext } from './context.ts';
import { type Filling, given, notDeclared, nothingGiven, undeclared } from './handed-in.ts';
import { accept, always, decline, event, type Handler, type Outcome } from './handler.ts';
import { tooLateToAct } from './silence.ts';
import { type AwaitingEvidenceCase, type CaseState, stillAsked } from './state.ts';

/**
 * What comes after the drafting: amendments, papers owed, and what the authority asks for because it is missing (补正),
 * for which its clock stands until everything is there.
 */

export const amendCase: Handler<'amendCase'> = {
  ready: always,
  decide(command, state, context) {
    const refusal = nothingGiven(command, context) ?? undeclared(command, context.service);
    if (refusal) return decline(refusal);
    // What the authority asked for answers its request, whichever of the two actions brings it.
    if (givesWhatIsAsked(command, state)) return supply(command, state, context);
    return accept(event(context, 'caseAmended', given(command)));
  },
};

export const requestEvidence: Handler<'requestEvidence'> = {
  ready(state, context) {
    const { service } = context;
    const { rounds, limit } = service.supplement;
    const late = tooLateToAct(state, context);
    if (late) return late;
    if (rounds === null || state.evidenceRounds < rounds) return null;
    return refuse('roundsUsedUp', limit?.citation ?? service.citation, { rounds });
  },
  decide(command, _, context) {
    const { service, today } = context;
    const evidence = command.evidence ?? [];
    const facts = command.facts ?? [];
    if (evidence.length + facts.length === 0) return decline(refuse('nothingGiven', service.citation));
    const undeclaredFields = notDeclared(facts, evidence, service);
    if (undeclaredFields) return decline(undeclaredFields);
    const { limit } = service.supplement;
    const dueOn = limit === null ? null : limitFrom(limit, today, context).dueOn;
    const request = { evidence, facts, requestedOn: today, dueOn };
    return accept(event(context, 'evidenceRequested', { request }));
  },
};

export const supplyEvidence: Handler<'supplyEvidence'> = {
  ready(state, context) {
    if (state.status === 'awaitingEvidence') return hasLapsed(state, context);
    const owed = Object.keys(state.debts).length > 0;
    return owed ? null : refuse('nothingGiven', context.service.citation, { owed: 0 });
  },
  decide(command, state, context) {
    const refusal = nothingGiven(command, context) ?? undeclared(command, context.service);
    if (refusal) return decline(refusal);
    if (state.status === 'awaitingEvidence') return supply(command, state, context);
    return accept(event(context, 'evidenceSupplied', { ...given(command), complete: false }));
  },
};

export const declareLapse: Handler<'declareLapse'> = {
  ready(state, context) {
    const { supplement, citation } = context.service;
    if (supplement.silence === 'nothing') {
      return refuse('silenceHasNoEffect', supplement.limit?.citation ?? citation);
    }
    const deadline = supplementDeadline(state, context);
    if (deadline === null) return refuse('noTimeLimit', citation);
    if (hasLapsed(state, context)) return null;
    const { dueOn, provisional } = deadline;
    const facts = { dueOn, provisional: String(provisional) };
    return refuse('timeLimitRunning', supplement.limit?.citation ?? citation, facts);
  },
  decide: (_, __, context) => accept(event(context, 'caseLapsed', {})),
};

/** Whether a filling holds something that the authority waits for. */
function givesWhatIsAsked(filling: Filling, state: CaseState): state is AwaitingEvidenceCase {
  if (state.status !== 'awaitingEvidence') return false;
  const { evidence, facts } = state.request;
  const left = stillAsked(state.request, given(filling));
  return left.evidence.length + left.facts.length < evidence.length + facts.length;
}

/** Answers a request, in part or whole, unless the case has lapsed over it. */
function supply(filling: Filling, state: AwaitingEvidenceCase, context: CaseContext): Outcome {
  const refusal = hasLapsed(state, context);
  if (refusal) return decline(refusal);
  const { evidence, facts } = stillAsked(state.request, given(filling));
  const complete = evidence.length + facts.length === 0;
  return accept(event(context, 'evidenceSupplied', { ...given(filling), complete }));
}

/** The applicant's silence has ended the case by law. A provisional last day is held against nobody. */
export function hasLapsed(state: AwaitingEvidenceCase, context: CaseContext): Refusal | null {
  const { supplement, citation } = context.service;
  const deadline = supplementDeadline(state, context);
  if (deadline === null || supplement.silence === 'nothing') return null;
  const { dueOn, provisional } = deadline;
  if (context.today <= dueOn || provisional) return null;
  return refuse('timeLimitPassed', supplement.limit?.citation ?? citation, { dueOn });
}
