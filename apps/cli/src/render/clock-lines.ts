import {
  authorityLimit,
  explainAuthorityClock,
  isPending,
  type RunningClock,
  runningClocks,
} from '@twinpark/kernel/case/clock.ts';
import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import type { PendingCase } from '@twinpark/kernel/case/state.ts';
import type { SimulationWorld } from '@twinpark/kernel/dossier/simulate.ts';
import type { CaseEventType } from '@twinpark/kernel/vocabulary.ts';
import { partName } from '@twinpark/pack/words/names.ts';
import type { Moment } from '../commands/dossier/telling.ts';
import { fill, type Messages, plural } from '../i18n/messages.ts';
import { datedInText } from './dates.ts';
import type { Line } from './lanes.ts';
import type { Teller } from './teller.ts';

/** Events that start, stop, move or end a clock; after others it has nothing new to say. */
const clockEvents: ReadonlySet<CaseEventType> = new Set([
  'caseFiled',
  'caseAccepted',
  'evidenceRequested',
  'evidenceSupplied',
  'caseSuspended',
  'caseResumed',
  'limitExtended',
  'caseReopened',
]);

/** How the authority's clock stands after an event that touched it. */
export function clockLines(
  step: string,
  service: ServiceDefinition,
  events: readonly CaseEvent[],
  { states, entry, clock }: Moment,
  { telling, m }: Teller,
): Line[] {
  if (events.some(({ type }) => type === 'caseDecided')) return decidedLines(clock, entry.on, m);
  const state = states.get(step);
  if (!state || !isPending(state) || !events.some(({ type }) => clockEvents.has(type))) return [];
  const context = contextOf(service, entry.on, telling.world);
  const limit = authorityLimit(state, context);
  const [running] = limit === null ? [] : runningClocks(state, context);
  const lines = running ? [authorityLine(running, state, service, context, m)] : openLine(events, m);
  return [...lines, ...supplementLine(state, m)].map((text) => ({ text, tone: 'quiet' }));
}

/** That nothing limits the time is said once, when the examination begins. */
function openLine(events: readonly CaseEvent[], m: Messages): string[] {
  return events.some(({ type }) => type === 'caseAccepted') ? [m.story.noClock] : [];
}

/** What the kernel needs to count: a context without anybody who acts. */
export function contextOf(service: ServiceDefinition, today: string, world: SimulationWorld): CaseContext {
  const actor = { role: 'timer', person: '', organization: service.authority } as const;
  return { actor, today, at: '', service, calendarFor: world.calendarFor };
}

function authorityLine(
  clock: RunningClock,
  state: PendingCase,
  service: ServiceDefinition,
  context: CaseContext,
  m: Messages,
): string {
  const date = datedInText(clock.dueOn, m) + (clock.provisional ? ` ${m.story.provisional}` : '');
  if (clock.stoppedSince !== null) {
    const since = datedInText(clock.stoppedSince, m);
    const procedure =
      clock.owner.kind === 'procedure'
        ? partName(service, 'specialProcedures', clock.owner.procedure, m)
        : '';
    return procedure === ''
      ? fill(m.story.clockStopped, { since })
      : fill(m.story.clockProcedure, { since, procedure });
  }
  const { status } = clock.citation;
  return fill(m.story.clock, {
    date,
    left: leftInWords(clock, state, context, m),
    doubt: status === 'verified' ? '' : m.law.reviewStatuses[status],
  });
}

function leftInWords(clock: RunningClock, state: PendingCase, context: CaseContext, m: Messages): string {
  const { today } = context;
  if (today > clock.dueOn) return m.story.overdue;
  if (today === clock.dueOn) return m.story.lastDay;
  const left = explainAuthorityClock(state, context).filter(
    ({ counts, date }) => counts && date.toString() > today,
  ).length;
  const isWorkingDays = authorityLimit(state, context)?.unit === 'workingDays';
  return plural(isWorkingDays ? m.story.workingDaysLeft : m.story.daysLeft, left);
}

function supplementLine(state: PendingCase, m: Messages): string[] {
  if (state.status !== 'awaitingEvidence' || state.request.dueOn === null) return [];
  return [fill(m.story.supplementDue, { date: datedInText(state.request.dueOn, m) })];
}

function decidedLines(clock: RunningClock | null, on: string, m: Messages): Line[] {
  if (clock === null) return [];
  const date = datedInText(clock.dueOn, m);
  const kept = on <= clock.dueOn;
  return [{ text: fill(kept ? m.story.kept : m.story.missed, { date }), tone: kept ? 'quiet' : 'bad' }];
}
