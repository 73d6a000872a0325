import type { Citation } from '../shared/citation.ts';
import type { IsoDate } from '../shared/date.ts';
import { type DayLine, type DayOwner, dueOn, explainDays } from '../shared/deadline.ts';
import type { Pause, TimeLimit } from '../shared/time-limit.ts';
import type { CaseContext } from './context.ts';
import {
  type AwaitingEvidenceCase,
  type CaseState,
  listPauses,
  type Pauses,
  type PendingCase,
} from './state.ts';
import { outstandingSteps } from './steps.ts';

/** A limit that is running on a case, and whose move it is. */
export interface RunningClock {
  readonly of: 'acceptance' | 'decision' | 'step' | 'supplement' | 'debt';
  /** The step whose own limit it is; null for every other clock. */
  readonly step: string | null;
  /** The type of the paper that is owed; null for every clock but a debt's. */
  readonly paper: string | null;
  readonly owner: DayOwner;
  readonly startedOn: IsoDate;
  /** Last day of the limit; while the clock stands, the day it would be if the clock ran again from today. */
  readonly dueOn: IsoDate;
  /** Whether the day depends on a year whose working days are not published yet. */
  readonly provisional: boolean;
  /** Day on which the clock was stopped; null while it runs. */
  readonly stoppedSince: IsoDate | null;
  readonly citation: Citation;
}

export interface LastDay {
  readonly dueOn: IsoDate;
  readonly provisional: boolean;
}

type Calendars = Pick<CaseContext, 'calendarFor'>;

/** Adds a limit to the day of an act; only the pauses given interrupt it. */
export function limitFrom(
  limit: TimeLimit,
  startedOn: IsoDate,
  { calendarFor }: Calendars,
  pauses: readonly Pause[] = [],
): LastDay {
  return due(limit, startedOn, pauses, 0, calendarFor);
}

/**
 * The applicant's last day to supply what is asked for; null where no limit is established.
 * A calendar that is published after the request never takes days from what the request named.
 */
export function supplementDeadline(
  { request }: AwaitingEvidenceCase,
  { service, calendarFor }: Pick<CaseContext, 'service' | 'calendarFor'>,
): LastDay | null {
  const { limit } = service.supplement;
  if (limit === null || request.dueOn === null) return null;
  const { dueOn: counted, provisional } = limitFrom(limit, request.requestedOn, { calendarFor });
  return { dueOn: counted > request.dueOn ? counted : request.dueOn, provisional };
}

/**
 * Limits within which the authority must act, the next one first. Before acceptance that is the time to accept, and
 * the time to decide where it runs from the filing already.
 */
export function authorityLimits(state: PendingCase, { service }: CaseContext): readonly TimeLimit[] {
  const { acceptanceLimit, decisionLimit } = service;
  const limits = isBeforeAcceptance(state)
    ? [acceptanceLimit, decisionLimit?.from === 'filing' ? decisionLimit : null]
    : [decisionLimit];
  return limits.filter((limit) => limit !== null);
}

/** The limit within which the authority must act next; null where the service sets none. */
export function authorityLimit(state: PendingCase, context: CaseContext): TimeLimit | null {
  return authorityLimits(state, context)[0] ?? null;
}

/**
 * Every limit that runs on the case today, the authority's first.
 *
 * Source: each limit's own citation in the service definition.
 */
export function runningClocks(state: CaseState, context: CaseContext): readonly RunningClock[] {
  if (!isPending(state)) return [];
  const clocks = authorityLimits(state, context).map((limit) => authorityClock(state, limit, context));
  if (state.status === 'awaitingEvidence') {
    const deadline = supplementDeadline(state, context);
    const citation = context.service.supplement.limit?.citation ?? context.service.citation;
    if (deadline) clocks.push(applicantClock(null, state.request.requestedOn, deadline, citation));
  }
  if (!isBeforeAcceptance(state)) {
    for (const [type, day] of Object.entries(state.debts)) {
      const limit = context.service.evidence.find((requirement) => requirement.type === type)?.debt;
      if (!limit) continue;
      const { provisional } = limitFrom(limit, state.acceptedOn, context);
      clocks.push(applicantClock(type, state.acceptedOn, { dueOn: day, provisional }, limit.citation));
    }
    for (const { id, limit } of outstandingSteps(context.service, state)) {
      if (limit) clocks.push({ ...authorityClock(state, limit, context), of: 'step', step: id });
    }
  }
  return clocks;
}

/**
 * The authority's clock day by day: which days counted, which did not, because of what, and who owned them.
 * Without a limit of `authorityLimits` it is the next one.
 */
export function explainAuthorityClock(
  state: PendingCase,
  context: CaseContext,
  limit = authorityLimit(state, context),
): readonly DayLine[] {
  if (limit === null) return [];
  return explainDays(
    limit,
    plain(startOf(state, limit)),
    pausesUntil(context.today, state, state.pauses),
    extensionOf(state, limit),
    context.calendarFor(limit.calendars),
  );
}

/** The day after which silence has its effect or an act comes too late. */
export function authorityClock(state: PendingCase, limit: TimeLimit, context: CaseContext): RunningClock {
  const startedOn = startOf(state, limit);
  // Stretches, so that the cost does not grow with every round of evidence.
  const pauses = pausesUntil(context.today, state, state.stretches);
  const deadline = due(limit, startedOn, pauses, extensionOf(state, limit), context.calendarFor);
  return {
    of: limit === context.service.acceptanceLimit ? 'acceptance' : 'decision',
    step: null,
    paper: null,
    owner: ownerOf(state),
    startedOn,
    ...deadline,
    stoppedSince: stoppedSince(state),
    citation: limit.citation,
  };
}

function isBeforeAcceptance(
  state: PendingCase,
): state is Extract<PendingCase, { status: 'filed' } | { before: 'acceptance' }> {
  return state.status === 'filed' || (state.status === 'awaitingEvidence' && state.before === 'acceptance');
}

export function isPending(state: CaseState): state is PendingCase {
  return (
    state.status === 'filed' ||
    state.status === 'awaitingEvidence' ||
    state.status === 'inExamination' ||
    state.status === 'suspended'
  );
}

function applicantClock(
  paper: string | null,
  startedOn: IsoDate,
  deadline: LastDay,
  citation: Citation,
): RunningClock {
  return {
    of: paper === null ? 'supplement' : 'debt',
    step: null,
    paper,
    owner: { kind: 'applicant' },
    startedOn,
    ...deadline,
    stoppedSince: null,
    citation,
  };
}

function startOf(state: PendingCase, limit: TimeLimit): IsoDate {
  return limit.from === 'filing' || isBeforeAcceptance(state) ? state.runsFrom : state.acceptedOn;
}

function extensionOf(state: PendingCase, limit: TimeLimit): number {
  if (isBeforeAcceptance(state)) return 0;
  return state.extensions * (limit.extension?.amount ?? 0);
}

function ownerOf(state: PendingCase): DayOwner {
  if (state.status === 'awaitingEvidence') return { kind: 'applicant' };
  if (state.status === 'suspended') return { kind: 'procedure', procedure: state.procedure };
  return { kind: 'authority' };
}

function stoppedSince(state: PendingCase): IsoDate | null {
  if (state.status === 'awaitingEvidence') return state.request.requestedOn;
  return state.status === 'suspended' ? state.suspendedOn : null;
}

/** Closed pauses, and the open one as if it ended today. */
function pausesUntil(today: IsoDate, state: PendingCase, closed: Pauses): readonly Pause[] {
  const pauses = listPauses(closed);
  const from = stoppedSince(state);
  if (from === null) return pauses;
  const cause =
    state.status === 'suspended'
      ? ({ kind: 'specialProcedure', procedure: state.procedure } as const)
      : ({ kind: 'evidence' } as const);
  return [...pauses, { from, to: today < from ? from : today, cause }];
}

function due(
  limit: TimeLimit,
  startedOn: IsoDate,
  pauses: readonly Pause[],
  extension: number,
  calendarFor: CaseContext['calendarFor'],
): LastDay {
  const deadline = dueOn(limit, plain(startedOn), pauses, extension, calendarFor(limit.calendars));
  return { dueOn: deadline.dueOn.toString(), provisional: deadline.provisional };
}

function plain(date: IsoDate): Temporal.PlainDate {
  return Temporal.PlainDate.from(date);
}
