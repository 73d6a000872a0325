import { runningClocks } from '@twinpark/kernel/case/clock.ts';
import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import { replay } from '@twinpark/kernel/case/evolve.ts';
import type { CasesTable, DeadlinesTable } from '../platform/database/tables.ts';
import {
  type CaseProjection,
  keepFiled,
  type OpenedCase,
  projectCase,
  projectDeadlines,
} from './project-case.ts';

/** What the tables ought to say of a case. */
export interface ReplayedCase {
  readonly projection: CaseProjection;
  readonly state: OpenedCase;
  readonly version: number;
  /** Without what has been rung for them, which no event tells. */
  readonly deadlines: readonly Omit<DeadlinesTable, 'ring' | 'ringOn' | 'rungAt'>[];
}

/**
 * A case's rows from nothing but its whole history, as of the day of its last event. They equal the stored ones, which
 * were written event by event; a difference is a fault of the store.
 *
 * Throws: an `Error` for a history without an event.
 */
export function replayProjection(
  events: readonly CaseEvent[],
  row: Pick<CasesTable, 'caseId' | 'applicantId' | 'authority'>,
  service: ServiceDefinition,
  { calendarFor, parkCalendar }: Pick<CaseContext, 'calendarFor'> & { readonly parkCalendar: string },
): ReplayedCase {
  const state = replay(events);
  const last = events.at(-1);
  if (state.status === 'none' || !last) throw new Error('A case without an event');
  const clocks = runningClocks(state, { actor: last.by, today: last.on, at: last.at, service, calendarFor });
  const filed = events.find(({ type }) => type === 'caseFiled');
  return {
    projection: keepFiled(projectCase(state, clocks), filed && { filedOn: filed.on }),
    state,
    version: events.length,
    deadlines: projectDeadlines(row, service, clocks, parkCalendar, calendarFor).map(
      ({ ring: _ring, ringOn: _ringOn, ...deadline }) => deadline,
    ),
  };
}
