import {
  allAnswers,
  aWorld,
  calendarFor,
  has,
  journeySteps,
  services,
  startOn,
} from '@twinpark/testkit/journey.ts';
import { limit } from '@twinpark/testkit/service.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../policy/expression.ts';
import { inOrder, type PlannedStep, planJourney } from './plan.ts';

function plan(known: Facts = allAnswers, from = startOn, world = aWorld()): Record<string, PlannedStep> {
  return Object.fromEntries(
    planJourney(world, known, from, { calendarFor }).map((step) => [step.step, step]),
  );
}

describe('the plan of a journey', () => {
  it('names each step once, after all it follows, with who decides', () => {
    const shuffled = aWorld({}, [...journeySteps].reverse());
    const planned = planJourney(shuffled, allAnswers, startOn, { calendarFor });
    expect(planned.map(({ step }) => step)).toEqual([
      'biosafety',
      'company',
      'import',
      'laboratory',
      'subsidy',
    ]);
    expect(planned[1]).toMatchObject({
      service: 'company',
      park: 'north',
      authority: 'north-authority',
      after: [],
    });
  });

  it('lets steps that follow nothing begin together, and each other step when the last of its predecessors is due', () => {
    expect(plan()).toMatchObject({
      company: { fileOn: '2026-03-02', decidedBy: '2026-03-09', atLeast: false },
      biosafety: { fileOn: '2026-03-02', decidedBy: '2026-03-09', atLeast: false },
      laboratory: { fileOn: '2026-03-09', decidedBy: '2026-03-26', atLeast: false },
      import: { fileOn: '2026-03-09', decidedBy: null, atLeast: true },
      subsidy: { fileOn: '2026-03-26', decidedBy: '2026-04-15', atLeast: true },
    });
  });

  it('counts the days of each side by its own week and holidays', () => {
    // From Friday 6 March: five days of the north, Monday to Friday; six of the south, with Saturdays, without the 12th and 13th.
    expect(plan(allAnswers, '2026-03-06')).toMatchObject({
      company: { decidedBy: '2026-03-13' },
      biosafety: { decidedBy: '2026-03-16' },
    });
  });

  it('keeps the days of what is decided, and lets what has run past its limit end today at the earliest', () => {
    const underWay = new Map([
      ['company', { filedOn: '2026-02-02', decidedOn: '2026-02-05' }],
      ['biosafety', { filedOn: '2026-02-02', decidedOn: null }],
    ]);
    const steps = planJourney(aWorld(), allAnswers, startOn, { calendarFor }, underWay);
    expect(Object.fromEntries(steps.map((step) => [step.step, step]))).toMatchObject({
      company: { fileOn: '2026-02-02', decidedBy: '2026-02-05', atLeast: false },
      biosafety: { fileOn: '2026-02-02', decidedBy: startOn, atLeast: true },
      laboratory: { fileOn: startOn, atLeast: false },
    });
  });

  it('takes later dates for lower bounds where an earlier limit is not established', () => {
    const world = aWorld({ company: services.company({ decisionLimit: null }) });
    expect(plan(allAnswers, startOn, world)).toMatchObject({
      company: { fileOn: '2026-03-02', decidedBy: null, atLeast: true },
      laboratory: { fileOn: '2026-03-02', decidedBy: '2026-03-19', atLeast: true },
    });
  });

  it('takes the decision date for a lower bound where it counts from an acceptance without a limit', () => {
    const world = aWorld({ laboratory: services.laboratory({ acceptanceLimit: null }) });
    expect(plan(allAnswers, startOn, world)['laboratory']).toMatchObject({
      decidedBy: '2026-03-23',
      atLeast: true,
    });
    const fromFiling = limit({ from: 'filing', calendars: ['north'] });
    const counted = aWorld({
      laboratory: services.laboratory({ acceptanceLimit: null, decisionLimit: fromFiling }),
    });
    expect(plan(allAnswers, startOn, counted)['laboratory']).toMatchObject({
      decidedBy: '2026-03-23',
      atLeast: false,
    });
  });

  it('gives a step that is not needed no dates, and hands on what it would have waited for', () => {
    const known = { ...allAnswers, 'samples.human': false };
    const quick = aWorld({
      laboratory: services.laboratory({
        acceptanceLimit: null,
        decisionLimit: limit({ amount: 1, from: 'filing', calendars: ['north'] }),
      }),
    });
    const late = aWorld({
      ...Object.fromEntries(quick.services),
      biosafety: services.biosafety({
        decisionLimit: limit({ amount: 30, from: 'filing', calendars: ['south'] }),
      }),
    });
    const planned = plan(known, startOn, late);
    expect(planned['import']).toMatchObject({ needed: 'no', fileOn: null, decidedBy: null });
    expect(planned['subsidy']?.fileOn).toBe(planned['biosafety']?.decidedBy);
    expect(planned['subsidy']?.atLeast).toBe(false);
  });

  it('plans a step that may be needed as if it were, and names the facts that would settle it', () => {
    const { 'samples.human': _, ...rest } = allAnswers;
    expect(plan(rest)['import']).toMatchObject({
      needed: 'unknown',
      settledBy: ['samples.human'],
      fileOn: '2026-03-09',
    });
  });

  it('is provisional where it rests on days that nobody has published, and so is all that follows', () => {
    expect(Object.values(plan()).map(({ provisional }) => provisional)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(plan(allAnswers, '2026-12-21')).toMatchObject({
      company: { decidedBy: '2026-12-28', provisional: false },
      biosafety: { decidedBy: '2026-12-28', provisional: false },
      laboratory: { provisional: true },
      import: { provisional: false },
      subsidy: { provisional: true },
    });
  });

  it('puts no step before the decision on any step it waits for, through all that are not needed', () => {
    const journeys = fc.array(
      fc.record({ after: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }), skipped: fc.boolean() }),
      { minLength: 1, maxLength: 9 },
    );
    const on = { op: 'literal', value: false } as const;
    fc.assert(
      fc.property(journeys, (drawn) => {
        const steps = drawn.map(({ after, skipped }, place) => ({
          id: `step-${place}`,
          service: place % 2 === 0 ? 'company' : 'biosafety',
          after: place === 0 ? [] : [...new Set(after.map((other) => `step-${other % place}`))],
          when: skipped ? on : null,
        }));
        const planned = plan({}, startOn, aWorld({}, steps));
        const clear = (id: string): string => {
          const { needed, decidedBy, after } = planned[id] as PlannedStep;
          return needed === 'no' ? latest(after.map(clear)) : (decidedBy ?? '');
        };
        const latest = (days: readonly string[]) => [startOn, ...days].sort().at(-1) ?? '';
        for (const { needed, fileOn, after } of Object.values(planned)) {
          expect(fileOn).toBe(needed === 'no' ? null : latest(after.map(clear)));
        }
      }),
    );
  });
});

it('steps that wait for each other are a mistake of the pack and never planned', () => {
  const round = [
    { id: 'a', service: 'company', after: ['b'], when: null },
    { id: 'b', service: 'company', after: ['a'], when: has('fact') },
  ];
  expect(() => inOrder(round)).toThrow('a, b');
});
