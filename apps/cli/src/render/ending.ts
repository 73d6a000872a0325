import {
  authorityClock,
  authorityLimit,
  isPending,
  limitFrom,
  type RunningClock,
} from '@twinpark/kernel/case/clock.ts';
import type { Remedy } from '@twinpark/kernel/case/definition.ts';
import type { CaseState, Decision, PendingCase } from '@twinpark/kernel/case/state.ts';
import { listOf, pick } from '@twinpark/pack/words/words.ts';
import { serviceOf } from '../commands/dossier/telling.ts';
import { fill } from '../i18n/messages.ts';
import { contextOf } from './clock-lines.ts';
import { datedInText } from './dates.ts';
import { lackingOf } from './gaps.ts';
import type { Line, Row } from './lanes.ts';
import type { Teller } from './teller.ts';
import { laneTexts } from './timeline.ts';

/** How each case stands once the script has run, in the lane of its park. */
export function endingRows(teller: Teller): Row[] {
  const { telling, names, m } = teller;
  const lanes = laneTexts(teller);
  for (const [step, state] of telling.simulation.cases) {
    const service = serviceOf(telling.world, step);
    const about = [
      m.law.statuses[state.status],
      ...decisionOf(state, teller),
      ...clockOf(step, state, teller),
      ...debtsOf(state, teller),
      ...receiptOf(state, teller),
      ...remediesOf(step, state, teller),
    ];
    const lines = about.map((text): Line => ({ mark: '  ', text }));
    lanes.add(service.park, [{ text: names.service(service.id), tone: 'strong' }, ...lines]);
  }
  return [{ date: '', lanes: lanes.all() }];
}

/** What the sides still lack; no rows where nothing is missing. */
export function missingRows(teller: Teller): Row[] {
  const { telling, zone, names, m } = teller;
  if (telling.gapsAtLast.length === 0) return [];
  const lanes = laneTexts(teller);
  for (const gap of telling.gapsAtLast) {
    lanes.add(gap.park, [
      { text: names.service(gap.service), tone: 'strong' },
      ...lackingOf(gap, zone, m).map((text): Line => ({ mark: '  ', text })),
    ]);
  }
  return [{ date: '', lanes: lanes.all() }];
}

/** When the decision fell and the clock that ran then; null for a case without a decision. */
export function decidedOn(
  step: string,
  { telling }: Pick<Teller, 'telling'>,
): { readonly on: string; readonly clock: RunningClock | null } | null {
  const found = telling.moments.findLast(({ events }) =>
    events.some((happened) => happened.step === step && happened.event.type === 'caseDecided'),
  );
  return found ? { on: found.entry.on, clock: found.clock } : null;
}

function decisionOf(state: CaseState, { m }: Teller): string[] {
  if (!('decision' in state)) return [];
  const { outcome, conditions }: Decision = state.decision;
  return [
    fill(m.story.endDecision, { outcome: m.law.outcomes[outcome] }),
    ...(conditions.length > 0 ? [fill(m.story.endConditions, { conditions: listOf(m, conditions) })] : []),
  ];
}

function clockOf(step: string, state: CaseState, teller: Teller): string[] {
  const { m } = teller;
  const decided = decidedOn(step, teller);
  if (isPending(state)) return pendingClock(step, state, teller);
  if (!('decision' in state) || decided === null) return [];
  const on = datedInText(decided.on, m);
  if (decided.clock === null) return [fill(m.story.endNoLimit, { on })];
  const { dueOn } = decided.clock;
  return [
    fill(decided.on <= dueOn ? m.story.endKept : m.story.endMissed, { on, due: datedInText(dueOn, m) }),
  ];
}

/** The clock that still runs on the last day of the story. */
function pendingClock(step: string, state: PendingCase, { telling, m }: Teller): string[] {
  const last = telling.script.story.at(-1)?.on ?? telling.script.startOn;
  const context = contextOf(serviceOf(telling.world, step), last, telling.world);
  const limit = authorityLimit(state, context);
  if (limit === null) return [m.story.endOpen];
  const { dueOn, stoppedSince } = authorityClock(state, limit, context);
  if (stoppedSince !== null) return [fill(m.story.endStopped, { since: datedInText(stoppedSince, m) })];
  return [fill(last <= dueOn ? m.story.endDue : m.story.endOverdue, { due: datedInText(dueOn, m) })];
}

function debtsOf(state: CaseState, { names, m }: Teller): string[] {
  if (!('debts' in state)) return [];
  return Object.entries(state.debts).map(([type, date]) =>
    fill(m.story.endOwed, {
      owed: fill(m.story.owedUntil, { paper: names.evidence(type), date: datedInText(date, m) }),
    }),
  );
}

function receiptOf(state: CaseState, { m }: Teller): string[] {
  return 'receiptNumber' in state ? [fill(m.story.endReceipt, { number: state.receiptNumber })] : [];
}

function remediesOf(step: string, state: CaseState, { telling, names, m }: Teller): string[] {
  if (!('servedOn' in state)) return [];
  const service = serviceOf(telling.world, step);
  const context = contextOf(service, state.servedOn, telling.world);
  return service.remedies.map((remedy: Remedy) => {
    const parameters = { remedy: pick(remedy.name, m), body: names.organization(remedy.body) };
    if (remedy.limit === null) return fill(m.story.endRemedyOpen, parameters);
    const { dueOn } = limitFrom(remedy.limit, state.servedOn, context);
    return fill(m.story.endRemedy, { ...parameters, until: datedInText(dueOn, m) });
  });
}
