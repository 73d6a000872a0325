import { type Act, aCase, act, contextOf, given, people } from '@twinpark/testkit/case-spec.ts';
import { clause } from '@twinpark/testkit/citation.ts';
import { aService, limit, text } from '@twinpark/testkit/service.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorityClock, explainAuthorityClock } from './clock.ts';
import { type InExaminationCase, listPauses } from './state.ts';

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
