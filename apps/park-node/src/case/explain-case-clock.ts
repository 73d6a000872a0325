import type { explainClock } from '@twinpark/contract/case/explain-clock.ts';
import type { AnswerOf } from '@twinpark/contract/endpoint.ts';
import {
  authorityClock,
  authorityLimits,
  explainAuthorityClock,
  isPending,
} from '@twinpark/kernel/case/clock.ts';
import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { presentLimit, unestablishedIn } from '../catalogue/present-law.ts';
import { presentDayCause, presentOwner } from './present-clocks.ts';
import type { OpenedCase } from './project-case.ts';

/** One of the authority's limits, day by day while it runs. */
export function explainCaseClock(
  zone: Zone,
  state: OpenedCase,
  clock: 'acceptance' | 'decision',
  context: CaseContext,
): AnswerOf<typeof explainClock> {
  const { service } = context;
  const set = clock === 'acceptance' ? service.acceptanceLimit : service.decisionLimit;
  const limit = presentLimit(zone, set, unestablishedIn(service, clock));
  if (set === null || !isPending(state) || !authorityLimits(state, context).includes(set)) {
    return { limit, running: false, dueOn: null, days: [] };
  }
  return {
    limit,
    running: true,
    dueOn: authorityClock(state, set, context).dueOn,
    days: explainAuthorityClock(state, context, set).map(({ date, cause, owner, ...day }) => ({
      ...day,
      date: date.toString(),
      cause: presentDayCause(zone, service, cause),
      owner: presentOwner(service, owner),
    })),
  };
}
