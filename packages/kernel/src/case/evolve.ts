import type { IsoDate } from '../shared/date.ts';
import { without } from '../shared/record.ts';
import type { Pause } from '../shared/time-limit.ts';
import type { CaseEvent, EventOf } from './events.ts';
import {
  type AwaitingEvidenceCase,
  type CaseState,
  type ChallengeableCase,
  type EvidenceItem,
  type FiledCase,
  type InExaminationCase,
  type JointState,
  jointOf,
  noCase,
  type PendingCase,
  stillAsked,
  stretch,
} from './state.ts';

/** The state after an event. Events come only from `decide`, so one that does not fit the state is a bug and throws. */
export function evolve(state: CaseState, event: CaseEvent): CaseState {
  if (event.type === 'caseOpened') {
    return {
      status: 'draft',
      caseId: event.caseId,
      dossier: event.dossier,
      applicant: event.applicant,
      definition: event.definition,
      answers: event.answers,
      evidence: addEvidence({}, event.evidence),
      lastOn: event.on,
    };
  }
  if (state.status === 'none') throw misfit(state, event);
  return { ...apply(state, event), lastOn: event.on };
}

/** The state after a whole history. */
export function replay(events: Iterable<CaseEvent>, from: CaseState = noCase): CaseState {
  let state = from;
  for (const event of events) state = evolve(state, event);
  return state;
}

type OpenedCase = Exclude<CaseState, { status: 'none' }>;

function apply(state: OpenedCase, event: Exclude<CaseEvent, { type: 'caseOpened' }>): OpenedCase {
  switch (event.type) {
    case 'caseAmended':
      return takeIn(state, event);
    case 'caseFiled': {
      const filedOn = event.on;
      return { ...opened(expect(state, event, 'draft')), status: 'filed', filedOn, ...unhandled(filedOn) };
    }
    case 'caseWithdrawn':
      return { ...opened(state), status: 'withdrawn' };
    case 'caseAccepted':
      return {
        ...expect(state, event, 'filed'),
        status: 'inExamination',
        ...unexamined(event.acceptedOn),
        debts: event.debts,
      };
    case 'acceptanceDeclined':
      return {
        ...expect(state, event, 'filed'),
        status: 'notAccepted',
        reasons: event.reasons,
        servedOn: event.on,
      };
    case 'evidenceRequested':
      return awaitEvidence(expect(state, event, 'filed', 'inExamination'), event);
    case 'evidenceSupplied':
      return supply(expect(state, event, 'awaitingEvidence', 'inExamination', 'suspended'), event);
    case 'caseLapsed': {
      const { filedOn, runsFrom, pauses, stretches, evidenceRounds, joint, dismissed } = expect(
        state,
        event,
        'awaitingEvidence',
      );
      const filed = { filedOn, runsFrom, pauses, stretches, evidenceRounds, joint, dismissed };
      return { ...opened(state), ...filed, status: 'lapsed', servedOn: event.on };
    }
    case 'stepCompleted': {
      const { step, result, conditions, on } = event;
      const examined = expect(state, event, 'inExamination');
      return { ...examined, steps: { ...examined.steps, [step]: { result, conditions, on } } };
    }
    case 'contributionRecorded': {
      const pending = expect(state, event, 'filed', 'awaitingEvidence', 'inExamination', 'suspended');
      const joint = jointOf(pending, event.step);
      return withJoint(pending, event.step, { ...joint, [event.side]: event.contribution });
    }
    case 'jointOutcomeReached':
      return reachJointOutcome(expect(state, event, 'inExamination', 'awaitingEvidence', 'suspended'), event);
    case 'caseSuspended':
      return {
        ...expect(state, event, 'inExamination'),
        status: 'suspended',
        procedure: event.procedure,
        suspendedOn: event.on,
      };
    case 'caseResumed': {
      const stopped = expect(state, event, 'awaitingEvidence', 'suspended');
      if (stopped.status === 'awaitingEvidence') return stopWaiting(stopped, event.on);
      const { procedure, suspendedOn, ...examined } = stopped;
      const pause = {
        from: suspendedOn,
        to: event.on,
        cause: { kind: 'specialProcedure', procedure } as const,
      };
      return { ...examined, status: 'inExamination', ...paused(examined, pause) };
    }
    case 'limitExtended': {
      const examined = expect(state, event, 'inExamination');
      return { ...examined, extensions: examined.extensions + 1 };
    }
    case 'decisionProposed': {
      const examined = expect(state, event, 'inExamination');
      return { ...examined, proposal: { ...event.decision, by: event.by.person } };
    }
    case 'proposalReturned':
      return { ...expect(state, event, 'inExamination'), proposal: null };
    case 'caseDecided': {
      const decision = { ...event.decision, on: event.on, tacit: event.tacit };
      return { ...expect(state, event, 'inExamination'), status: 'decided', proposal: null, decision };
    }
    case 'outputServed':
      return {
        ...expect(state, event, 'decided'),
        status: 'served',
        servedOn: event.on,
        receiptNumber: event.receiptNumber,
      };
    case 'caseClosed':
      return { ...expect(state, event, 'served'), status: 'closed', closedOn: event.on };
    case 'remedyLodged': {
      const challenged = expect(state, event, 'notAccepted', 'lapsed', 'decided', 'served', 'closed');
      return {
        ...opened(challenged),
        status: 'underRemedy',
        remedy: event.remedy,
        lodgedOn: event.on,
        challenged,
      };
    }
    case 'remedyDismissed': {
      const { challenged, remedy, lodgedOn } = expect(state, event, 'underRemedy');
      const dismissed = [...challenged.dismissed, { remedy, from: lodgedOn, to: event.on }];
      return { ...challenged, dismissed };
    }
    case 'caseReopened':
      return reopen(expect(state, event, 'underRemedy').challenged, event);
    default:
      return event satisfies never;
  }
}

function awaitEvidence(
  state: FiledCase | InExaminationCase,
  { request }: EventOf<'evidenceRequested'>,
): AwaitingEvidenceCase {
  const evidenceRounds = state.evidenceRounds + 1;
  return state.status === 'filed'
    ? { ...state, status: 'awaitingEvidence', before: 'acceptance', request, evidenceRounds }
    : // What was proposed before the answer is known, nobody may approve after it.
      { ...state, status: 'awaitingEvidence', before: 'decision', request, evidenceRounds, proposal: null };
}

function supply(state: Exclude<PendingCase, FiledCase>, event: EventOf<'evidenceSupplied'>): PendingCase {
  const given = takeIn(state, event);
  if (given.status !== 'awaitingEvidence') return given;
  if (event.complete) return stopWaiting(given, event.on);
  return { ...given, request: { ...given.request, ...stillAsked(given.request, event) } };
}

/** Back to where the evidence was asked for, with the days of waiting left out. */
function stopWaiting({ request, ...rest }: AwaitingEvidenceCase, on: IsoDate): FiledCase | InExaminationCase {
  const stopped = paused(rest, { from: request.requestedOn, to: on, cause: { kind: 'evidence' } });
  if (rest.before === 'acceptance') {
    const { before: _, ...filed } = rest;
    return { ...filed, ...stopped, status: 'filed' };
  }
  const { before: _, ...examined } = rest;
  return { ...examined, ...stopped, status: 'inExamination' };
}

function reachJointOutcome(
  state: Exclude<PendingCase, FiledCase>,
  { step, consequence, conditions, on }: EventOf<'jointOutcomeReached'>,
): PendingCase {
  if (state.status === 'awaitingEvidence' && state.before === 'acceptance') {
    throw new Error('A joint outcome needs an own contribution, which only an accepted case can have.');
  }
  const joint = jointOf(state, step);
  if (consequence === 'deliberateAgain') {
    return withJoint(state, step, { round: joint.round + 1, own: null, other: null, consequence: null });
  }
  const result = consequence === 'refuse' ? 'failed' : 'passed';
  return {
    ...withJoint(state, step, { ...joint, consequence }),
    steps: { ...state.steps, [step]: { result, conditions, on } },
  };
}

function reopen(challenged: ChallengeableCase, { on }: EventOf<'caseReopened'>): PendingCase {
  const { filedOn } = challenged;
  // What the other side said stands until it says something new; only the own side is asked again.
  const joint = Object.fromEntries(
    Object.entries(challenged.joint)
      .filter(([, { other }]) => other !== null)
      .map(([step, said]) => [step, { ...said, own: null, consequence: null }]),
  );
  const filed = { ...opened(challenged), filedOn, ...unhandled(on), joint };
  return challenged.status === 'notAccepted' || challenged.status === 'lapsed'
    ? { ...filed, status: 'filed' }
    : { ...filed, status: 'inExamination', ...unexamined(on) };
}

function opened(state: OpenedCase) {
  const { caseId, dossier, applicant, definition, answers, evidence, lastOn } = state;
  return { caseId, dossier, applicant, definition, answers, evidence, lastOn };
}

function paused({ pauses, stretches }: Pick<FiledCase, 'pauses' | 'stretches'>, pause: Pause) {
  return { pauses: { pause, before: pauses }, stretches: stretch(stretches, pause) };
}

/** A filing on which the authority has done nothing yet. */
function unhandled(runsFrom: IsoDate) {
  return { runsFrom, pauses: null, stretches: null, evidenceRounds: 0, joint: {}, dismissed: [] };
}

/** An accepted case whose examination has not begun. */
function unexamined(acceptedOn: IsoDate) {
  return { acceptedOn, debts: {}, steps: {}, extensions: 0, proposal: null };
}

function withJoint<State extends PendingCase>(state: State, step: string, joint: JointState): State {
  return { ...state, joint: { ...state.joint, [step]: joint } };
}

/** The newest answer and paper stand, and a paper that comes is owed no longer. */
function takeIn<State extends OpenedCase>(
  state: State,
  given: Pick<EventOf<'caseAmended'>, 'answers' | 'evidence'>,
): State {
  return {
    ...state,
    answers: { ...state.answers, ...given.answers },
    evidence: addEvidence(state.evidence, given.evidence),
    ...('debts' in state ? { debts: settle(state.debts, given.evidence) } : {}),
  };
}

function addEvidence(
  held: Readonly<Record<string, EvidenceItem>>,
  given: readonly EvidenceItem[],
): Readonly<Record<string, EvidenceItem>> {
  return { ...held, ...Object.fromEntries(given.map((item) => [item.type, item])) };
}

function settle(
  debts: Readonly<Record<string, string>>,
  given: readonly EvidenceItem[],
): Readonly<Record<string, string>> {
  return without(
    debts,
    given.map((item) => item.type),
  );
}

function expect<Status extends OpenedCase['status']>(
  state: OpenedCase,
  event: CaseEvent,
  ...statuses: readonly Status[]
): Extract<OpenedCase, { status: Status }> {
  if ((statuses as readonly string[]).includes(state.status)) {
    return state as Extract<OpenedCase, { status: Status }>;
  }
  throw misfit(state, event);
}

function misfit(state: CaseState, event: CaseEvent): Error {
  return new Error(`A case that is ${state.status} cannot undergo ${event.type}.`);
}
