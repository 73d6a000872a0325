import { evaluate } from '../policy/evaluate.ts';
import { type Refusal, refuse } from '../shared/refusal.ts';
import type { TimeLimit } from '../shared/time-limit.ts';
import { accepted } from './acceptance.ts';
import { authorityClock, authorityLimits } from './clock.ts';
import type { CommandOf } from './commands.ts';
import type { CaseContext } from './context.ts';
import type { CaseEvent } from './events.ts';
import { incomplete, missingEvidence } from './filing.ts';
import { accept, decline, event, type Handler } from './handler.ts';
import { silentLimit, tooLateToAct } from './silence.ts';
import type { Decision, FiledCase, InExaminationCase } from './state.ts';
import { boundConditions, failedSteps, outstandingSteps } from './steps.ts';

/** Deciding: by one officer, by two where the service asks for four eyes, or by the law when the authority is silent. */

export const decideCase: Handler<'decideCase'> = {
  ready(state, context) {
    const { fourEyes } = context.service;
    return fourEyes ? refuse('fourEyesRequired', fourEyes) : undecidable(state, context);
  },
  decide(command, state, context) {
    const decision = decisionOf(command);
    const refusal = unlawful(decision, state, context);
    return refusal ? decline(refusal) : accept(event(context, 'caseDecided', { decision, tacit: false }));
  },
};

export const proposeDecision: Handler<'proposeDecision'> = {
  ready(state, context) {
    const { fourEyes, citation } = context.service;
    return fourEyes === null ? refuse('fourEyesNotRequired', citation) : undecidable(state, context);
  },
  decide(command, state, context) {
    const decision = decisionOf(command);
    const refusal = unlawful(decision, state, context);
    return refusal ? decline(refusal) : accept(event(context, 'decisionProposed', { decision }));
  },
};

export const returnProposal: Handler<'returnProposal'> = {
  ready: proposalOfAnother,
  decide(command, _, context) {
    if (command.reason === '') return decline(refuse('reasonMissing', context.service.citation));
    return accept(event(context, 'proposalReturned', { reason: command.reason }));
  },
};

export const approveDecision: Handler<'approveDecision'> = {
  ready: (state, context) => proposalOfAnother(state, context) ?? undecidable(state, context),
  decide(_, state, context) {
    if (state.proposal === null) return decline(refuse('noProposal', context.service.fourEyes));
    // An answer or a paper may have changed since the proposal, so it is judged again as the case stands now.
    const { by: _by, ...decision } = state.proposal;
    const refusal = unlawful(decision, state, context);
    return refusal ? decline(refusal) : accept(event(context, 'caseDecided', { decision, tacit: false }));
  },
};

export const declareTacitEffect: Handler<'declareTacitEffect'> = {
  ready(state, context) {
    const limits = authorityLimits(state, context);
    if (limits.length === 0) return refuse('noTimeLimit', context.service.citation);
    const effective = limits.find(({ tacit }) => tacit !== null);
    if (!effective) return refuse('silenceHasNoEffect', limits[0]?.citation);
    if (silentLimit(state, context)) return null;
    const { dueOn, provisional } = authorityClock(state, effective, context);
    return refuse('timeLimitRunning', effective.citation, { dueOn, provisional: String(provisional) });
  },
  decide(_, state, context) {
    const limit = silentLimit(state, context);
    const acceptance = state.status === 'filed' ? silentAcceptance(state, limit, context) : [];
    const ofAcceptance = limit === context.service.acceptanceLimit;
    return accept(...acceptance, ...(ofAcceptance ? [] : [silentDecision(limit, context)]));
  },
};

/** Silence on the acceptance accepts or declines; silence on a decision that ran from the filing accepts on the way. */
function silentAcceptance(state: FiledCase, limit: TimeLimit | null, context: CaseContext): CaseEvent[] {
  const declines = limit === context.service.acceptanceLimit && limit?.tacit === 'refused';
  if (declines) return [event(context, 'acceptanceDeclined', { reasons: [] })];
  const lastDay = limit && Temporal.PlainDate.from(authorityClock(state, limit, context).dueOn);
  return [accepted(state, lastDay?.add({ days: 1 }).toString() ?? context.today, true, context)];
}

function silentDecision(limit: TimeLimit | null, context: CaseContext): CaseEvent {
  const outcome = limit?.tacit === 'refused' ? 'refused' : 'granted';
  return event(context, 'caseDecided', { decision: { outcome, reasons: [], conditions: [] }, tacit: true });
}

/** Reasons against any decision now, whatever its outcome. */
function undecidable(state: InExaminationCase, context: CaseContext): Refusal | null {
  const { service } = context;
  const late = tooLateToAct(state, context);
  if (late) return late;
  if (failedSteps(service, state).length > 0) return null;
  const outstanding = outstandingSteps(service, state);
  if (outstanding.length === 0) return null;
  return refuse('stepsOutstanding', service.citation, { steps: outstanding.map((step) => step.id) });
}

/** Reasons against this decision as the case stands. */
function unlawful(decision: Decision, state: InExaminationCase, context: CaseContext): Refusal | null {
  const { service } = context;
  if (decision.outcome === 'refused') {
    if (decision.conditions.length > 0) return refuse('conditionsNotExpected', service.citation);
    return decision.reasons.length > 0 ? null : refuse('reasonMissing', service.citation);
  }
  return (
    incomplete(state, service, ({ type }) => type in state.debts) ??
    stepsForbid(state, context) ??
    criteriaForbid(state, context) ??
    conditionsForbid(decision, state, context)
  );
}

function stepsForbid(state: InExaminationCase, { service }: CaseContext): Refusal | null {
  const [failed] = failedSteps(service, state);
  if (failed) return refuse('stepFailed', failed.citation, { step: failed.id });
  // A paper that an amendment made unneeded is owed to nobody.
  const owed = missingEvidence(service, state.answers, state.evidence).map(({ type }) => type);
  return owed.length > 0 ? refuse('debtOutstanding', service.citation, { evidence: owed }) : null;
}

function criteriaForbid(state: InExaminationCase, { service }: CaseContext): Refusal | null {
  for (const criterion of service.criteria) {
    if (criterion.test === null) continue;
    const { value, missing } = evaluate(criterion.test, state.answers);
    if (value === 'no') return refuse('criterionNotMet', criterion.citation, { criterion: criterion.id });
    if (value === 'unknown') {
      return refuse('criterionUnsettled', criterion.citation, { criterion: criterion.id, facts: missing });
    }
  }
  return null;
}

function conditionsForbid(
  { outcome, conditions }: Decision,
  state: InExaminationCase,
  { service }: CaseContext,
): Refusal | null {
  const left = boundConditions(service, state).filter((condition) => !conditions.includes(condition));
  if (left.length > 0) return refuse('conditionsBind', service.citation, { conditions: left });
  if (outcome === 'granted' && conditions.length > 0)
    return refuse('conditionsNotExpected', service.citation);
  if (outcome === 'grantedWithConditions' && conditions.length === 0) {
    return refuse('conditionsMissing', service.citation);
  }
  return null;
}

function proposalOfAnother(state: InExaminationCase, { service, actor }: CaseContext): Refusal | null {
  if (service.fourEyes === null) return refuse('fourEyesNotRequired', service.citation);
  if (state.proposal === null) return refuse('noProposal', service.fourEyes);
  return state.proposal.by === actor.person ? refuse('sameOfficer', service.fourEyes) : null;
}

function decisionOf(command: CommandOf<'decideCase' | 'proposeDecision'>): Decision {
  const { outcome, reasons = [], conditions = [] } = command;
  return { outcome, reasons, conditions };
}
