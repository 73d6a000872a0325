import { type Refusal, refuse } from '../shared/refusal.ts';
import type { TimeLimit } from '../shared/time-limit.ts';
import { authorityClock, authorityLimits } from './clock.ts';
import type { CaseContext } from './context.ts';
import type { FiledCase, InExaminationCase } from './state.ts';

/** What the authority's silence has done by law, whether or not the timer has recorded it yet. */

/** The limit that has passed in silence to which the law gives an effect. A provisional last day gives none. */
export function silentLimit(state: FiledCase | InExaminationCase, context: CaseContext): TimeLimit | null {
  const passed = authorityLimits(state, context).find((limit) => {
    if (limit.tacit === null) return false;
    const { dueOn, provisional } = authorityClock(state, limit, context);
    return context.today > dueOn && !provisional;
  });
  return passed ?? null;
}

/** The law has already acted, so the authority may not accept, decline, ask, pause or decide any more. */
export function tooLateToAct(state: FiledCase | InExaminationCase, context: CaseContext): Refusal | null {
  const limit = silentLimit(state, context);
  if (limit === null) return null;
  const { dueOn } = authorityClock(state, limit, context);
  return refuse('timeLimitPassed', limit.citation, { dueOn });
}
