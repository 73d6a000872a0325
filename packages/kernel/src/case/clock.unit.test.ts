import { type Act, aCase, act, contextOf, given, people } from '@twinpark/testkit/case-spec.ts';
import { clause } from '@twinpark/testkit/citation.ts';
import { aService, limit, step, text } from '@twinpark/testkit/service.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCalendar } from '../shared/calendar.ts';
import type { CalendarYear } from '../shared/working-calendar.ts';
import {
  authorityClock,
  authorityLimits,
  explainAuthorityClock,
  runningClocks,
  supplementDeadline,
} from './clock.ts';
import { type AwaitingEvidenceCase, type FiledCase, type InExaminationCase, listPauses } from './state.ts';

/** Rounds in which the clock stands, each beginning some days after the last ended. */
const rounds = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 4 }),
    days: fc.integer({ min: 0, max: 6 }),
    hearing: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

function serviceOf(amount: number, unit: 'workingDays' | 'calendarDays' | 'months') {
  return aService({
    decisionLimit: limit({ amount, unit, rollsForward: unit !== 'workingDays' }),
    specialProcedures: [
      { id: 'hearing', name: text('Hearing'), by: 'board', citation: clause('Art. hearing') },
    ],
    supplement: { limit: null, rounds: null, silence: 'nothing' },
  });
}

function played(drawn: readonly { after: number; days: number; hearing: boolean }[]): readonly Act[] {
  let day = Temporal.PlainDate.from('2026-03-03');
  return drawn.flatMap(({ after, days, hearing }) => {
    const from = day.add({ days: after });
    day = from.add({ days });
    return hearing
      ? [act('suspendCase', from.toString(), { procedure: 'hearing' }), act('resumeCase', day.toString(), {})]
      : [
          act('requestEvidence', from.toString(), { facts: ['team.name'] }),
          act('supplyEvidence', day.toString(), { answers: { 'team.name': 'Reed' } }),
        ];
  });
}

describe('the authority’s clock', () => {
  it('is due on the last day of its explanation, however its pauses meet, touch or lie apart', () => {
    const limits = fc.record({
      amount: fc.integer({ min: 1, max: 12 }),
      unit: fc.constantFrom('workingDays' as const, 'calendarDays' as const, 'months' as const),
    });
    let joined = 0;
    fc.assert(
      fc.property(limits, rounds, ({ amount, unit }, drawn) => {
        const service = serviceOf(amount, unit);
        const state = given(service, ...aCase.accepted(), ...played(drawn)).state as InExaminationCase;
        const context = contextOf(service, people.officer, state.lastOn);
        const { decisionLimit } = service;
        const clock = decisionLimit && authorityClock(state, decisionLimit, context);
        expect(clock?.dueOn).toBe(explainAuthorityClock(state, context).at(-1)?.date.toString());
        expect(listPauses(state.pauses)).toHaveLength(drawn.length);
        joined += drawn.length - listPauses(state.stretches).length;
      }),
      { numRuns: 400, seed: 29 },
    );
    expect(joined).toBeGreaterThan(400);
  });

  it('keeps one stretch for rounds that follow on each other, and every pause for the explanation', () => {
    const daily = Array.from({ length: 8 }, (_, place) => ({
      after: 1,
      days: 0,
      hearing: place % 2 === 0,
    }));
    const { state } = given(serviceOf(10, 'workingDays'), ...aCase.accepted(), ...played(daily));
    const { stretches, pauses } = state as InExaminationCase;
    expect(listPauses(stretches)).toEqual([
      {
        from: '2026-03-04',
        to: '2026-03-11',
        cause: { kind: 'specialProcedure', procedure: 'hearing' },
      },
    ]);
    expect(listPauses(pauses)).toHaveLength(8);
  });
});

describe('a step with a limit of its own', () => {
  const inspection = step('inspection', { limit: limit({ amount: 4, citation: clause('Art. step limit') }) });
  const service = aService({
    steps: [step('examination'), inspection],
    supplement: { limit: null, rounds: null, silence: 'nothing' },
  });
  const clocksAfter = (...acts: readonly Act[]) => {
    const { state } = given(service, ...aCase.accepted(), ...acts);
    return runningClocks(state, contextOf(service, people.officer, '2026-03-06'));
  };

  it('runs a clock that stands with the authority’s and ends with the step', () => {
    expect(clocksAfter()).toMatchObject([
      { of: 'decision', step: null },
      { of: 'step', step: 'inspection', dueOn: '2026-03-09', citation: { clause: 'Art. step limit' } },
    ]);
    const asked = act('requestEvidence', '2026-03-05', { facts: ['team.name'] });
    const answered = act('supplyEvidence', '2026-03-06', { answers: { 'team.name': 'Reed' } });
    expect(clocksAfter(asked, answered)).toMatchObject([{}, { of: 'step', dueOn: '2026-03-11' }]);
    const done = act('completeStep', '2026-03-05', { step: 'inspection', result: 'passed' });
    expect(clocksAfter(done)).toMatchObject([{ of: 'decision' }]);
  });
});

it('before acceptance the time to decide is explained too, where it runs already', () => {
  const service = aService({ decisionLimit: limit({ from: 'filing' }) });
  const state = given(service, ...aCase.filed()).state as FiledCase;
  const context = contextOf(service, people.officer, '2026-03-03');
  const ends = authorityLimits(state, context).map((each) =>
    explainAuthorityClock(state, context, each).at(-1)?.date.toString(),
  );
  expect(ends).toEqual(['2026-03-09', '2026-03-16']);
});

describe('the applicant’s time to supply evidence', () => {
  const service = aService({ supplement: { limit: limit(), rounds: null, silence: 'lapses' } });
  const [opening] = aCase.draft();
  const { state } = given(
    service,
    ...(opening ? [{ ...opening, on: '2026-12-18' }] : []),
    act('fileCase', '2026-12-18', {}),
    act('requestEvidence', '2026-12-21', { evidence: ['floor-plan'] }),
  );
  /** The new year as it is published after the request that named 4 January. */
  const published = (year: Pick<CalendarYear, 'holidays' | 'makeUpDays'>) => {
    const common = { citation: clause('Calendar') };
    const years = [
      { year: 2026, holidays: [], makeUpDays: [], ...common },
      { year: 2027, ...year, ...common },
    ];
    const holidayNames = { rest: text('Days of rest') };
    const calendar = compileCalendar({
      id: 'plain',
      park: 'park',
      workingWeekdays: [1, 2, 3, 4, 5],
      years,
      holidayNames,
    });
    return supplementDeadline(state as AwaitingEvidenceCase, { service, calendarFor: () => calendar });
  };

  it('gains the days that a newly published calendar takes off, and loses none to those it adds', () => {
    const longer = published({
      holidays: [{ holiday: 'rest', from: '2027-01-01', to: '2027-01-01' }],
      makeUpDays: [],
    });
    expect(longer).toEqual({ dueOn: '2027-01-05', provisional: false });
    const shorter = published({ holidays: [], makeUpDays: [{ on: '2027-01-02', holiday: 'rest' }] });
    expect(shorter).toEqual({ dueOn: '2027-01-04', provisional: false });
  });
});
