import type { CaseCommand, CommandOf } from '@twinpark/kernel/case/commands.ts';
import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import { decide } from '@twinpark/kernel/case/decide.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import { replay } from '@twinpark/kernel/case/evolve.ts';
import type { Actor, CaseState, EvidenceItem } from '@twinpark/kernel/case/state.ts';
import { noCase } from '@twinpark/kernel/case/state.ts';
import { compileCalendar, type WorkingCalendar } from '@twinpark/kernel/shared/calendar.ts';
import type { CaseAction, RefusalCode } from '@twinpark/kernel/vocabulary.ts';
import { expect } from 'vitest';
import { aService } from './service.ts';

/** Monday to Friday, no holidays, 2026 published. */
const plainCalendar: WorkingCalendar = compileCalendar({
  id: 'plain',
  park: 'park',
  workingWeekdays: [1, 2, 3, 4, 5],
  holidayNames: {},
  years: [
    {
      year: 2026,
      holidays: [],
      makeUpDays: [],
      citation: { instrument: null, clause: null, date: null, seen: [], status: 'illustrative' },
    },
  ],
});

export const people = {
  applicant: { role: 'applicant', person: 'founder', organization: 'applicant' },
  officer: { role: 'officer', person: 'officer-1', organization: 'authority' },
  secondOfficer: { role: 'officer', person: 'officer-2', organization: 'authority' },
  strangeOfficer: { role: 'officer', person: 'officer-9', organization: 'another-authority' },
  peer: { role: 'peer', person: 'gateway', organization: 'other-authority' },
  timer: { role: 'timer', person: 'timer', organization: 'authority' },
  appealBoard: { role: 'remedyBody', person: 'clerk', organization: 'appeal-board' },
} as const satisfies Record<string, Actor>;

export function paper(type: string, version = 1): EvidenceItem {
  return { type, name: `${type}-${version}.pdf`, digest: `${type}-${version}` };
}

export interface Act {
  readonly command: CaseCommand;
  readonly by: Actor;
  readonly on: string;
}

/** An act of somebody on a day; the person who usually does it, unless another is named. */
export function act<Action extends CaseAction>(
  type: Action,
  on: string,
  fields: Omit<CommandOf<Action>, 'type'>,
  by: Actor = usual(type),
): Act {
  return { command: { type, ...fields } as unknown as CaseCommand, by, on };
}

export function contextOf(service: ServiceDefinition, by: Actor, on: string): CaseContext {
  return { actor: by, today: on, at: `${on}T01:00:00Z`, service, calendarFor: () => plainCalendar };
}

/** Acts that must all be accepted, and the events they left. */
function history(service: ServiceDefinition, acts: readonly Act[]): readonly CaseEvent[] {
  const events: CaseEvent[] = [];
  let state: CaseState = noCase;
  for (const { command, by, on } of acts) {
    const outcome = decide(command, state, contextOf(service, by, on));
    if ('refusal' in outcome) {
      throw new Error(`${command.type} on ${on} was refused: ${JSON.stringify(outcome.refusal)}`);
    }
    state = replay(outcome.events, state);
    events.push(...outcome.events);
  }
  return events;
}

/** Given a case after these acts, when somebody acts, then these events or that refusal. */
export function given(service: ServiceDefinition, ...acts: readonly Act[]) {
  const state = replay(history(service, acts));
  return {
    state,
    when: (next: Act) => whenUnder(service, next),
    /** The same under another definition than the one the case was filed under. */
    whenUnder,
  };

  function whenUnder(definition: ServiceDefinition, next: Act) {
    const outcome = decide(next.command, state, contextOf(definition, next.by, next.on));
    return {
      outcome,
      thenEvents(...types: readonly CaseEvent['type'][]): CaseState {
        if ('refusal' in outcome) throw new Error(`Refused: ${JSON.stringify(outcome.refusal)}`);
        expect(outcome.events.map((event) => event.type)).toEqual(types);
        return replay(outcome.events, state);
      },
      thenRefused(code: RefusalCode, clause?: string): void {
        expect(outcome).toMatchObject({ refusal: { code } });
        if (clause !== undefined) expect(outcome).toMatchObject({ refusal: { clause: { clause } } });
      },
    };
  }
}

/** Acts that bring the usual case to a named state; days are in March 2026, a month that begins on a Sunday. */
export const aCase = {
  draft: (): Act[] => [
    act('openCase', '2026-03-02', {
      caseId: 'case-1',
      answers: { 'team.name': 'Reed', 'team.headcount': 6 },
      evidence: [paper('floor-plan'), paper('insurance-slip')],
    }),
  ],
  draftWithoutSlip: (): Act[] => [
    act('openCase', '2026-03-02', {
      caseId: 'case-1',
      answers: { 'team.name': 'Reed', 'team.headcount': 6 },
      evidence: [paper('floor-plan')],
    }),
  ],
  filed: (): Act[] => [...aCase.draft(), act('fileCase', '2026-03-02', {})],
  accepted: (): Act[] => [...aCase.filed(), act('acceptCase', '2026-03-03', {})],
  acceptedWithDebt: (): Act[] => [
    ...aCase.draftWithoutSlip(),
    act('fileCase', '2026-03-02', {}),
    act('acceptCase', '2026-03-03', {}),
  ],
  awaitingEvidence: (): Act[] => [
    ...aCase.accepted(),
    act('requestEvidence', '2026-03-05', { evidence: ['floor-plan'] }),
  ],
  examined: (): Act[] => [
    ...aCase.accepted(),
    act('completeStep', '2026-03-06', { step: 'examination', result: 'passed' }),
  ],
  granted: (): Act[] => [...aCase.examined(), act('decideCase', '2026-03-09', { outcome: 'granted' })],
  served: (): Act[] => [...aCase.granted(), act('serveOutput', '2026-03-10', { receiptNumber: 'R-1' })],
  closed: (): Act[] => [...aCase.served(), act('closeCase', '2026-03-11', {})],
  notAccepted: (): Act[] => [
    ...aCase.filed(),
    act('declineAcceptance', '2026-03-04', { reasons: ['not within the competence of the authority'] }),
  ],
  underRemedy: (): Act[] => [...aCase.closed(), act('lodgeRemedy', '2026-03-20', { remedy: 'appeal' })],
};

function usual(action: CaseAction): Actor {
  switch (action) {
    case 'openCase':
    case 'amendCase':
    case 'fileCase':
    case 'withdrawCase':
    case 'supplyEvidence':
    case 'lodgeRemedy':
      return people.applicant;
    case 'recordContribution':
      return people.peer;
    case 'declareLapse':
    case 'declareTacitEffect':
      return people.timer;
    case 'decideRemedy':
      return people.appealBoard;
    default:
      return people.officer;
  }
}

/** The usual service, for tests that do not speak of its definition. */
export const usualService = aService();
