import { contextOf, people } from '@twinpark/testkit/case-spec.ts';
import {
  aDossier,
  aFiling,
  allAnswers,
  allPapers,
  atLeast,
  aWorld,
  getJourneyStep,
  has,
  journeySteps,
  paperOf,
  services,
} from '@twinpark/testkit/journey.ts';
import { aService, limit, need } from '@twinpark/testkit/service.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../case/decide.ts';
import { replay } from '../case/evolve.ts';
import { noCase } from '../case/state.ts';
import { addEvidence, answer, type Dossier, type FilingRecord, recordFiling } from './dossier.ts';
import { listGaps, renderFiling } from './render.ts';
import { standingOf } from './standing.ts';

function standings(dossier: Dossier, world = aWorld()) {
  return Object.fromEntries(world.journey.steps.map((step) => [step.id, standingOf(dossier, step, world)]));
}

function withFiling(step: string, overrides: Partial<FilingRecord>, dossier = aDossier()): Dossier {
  return recordFiling(dossier, step, aFiling({ service: step, ...overrides }));
}

const granted = { status: 'closed', outcome: 'granted' } as const;
const numbered = aDossier({ ...allAnswers, 'company.number': 'C-77' });

describe('a step of a journey', () => {
  it('is ready at the start if it follows nothing and lacks nothing, and waits for what it follows', () => {
    expect(standings(aDossier())).toEqual({
      company: { state: 'ready' },
      biosafety: { state: 'ready' },
      laboratory: { state: 'waits', for: ['company'] },
      import: { state: 'waits', for: ['biosafety'] },
      subsidy: { state: 'waits', for: ['laboratory', 'import'] },
    });
  });

  it('is incomplete where only facts or papers of the applicant are missing', () => {
    const { 'company.name': _, ...rest } = allAnswers;
    expect(standings(aDossier(rest, []))['company']).toEqual({
      state: 'incomplete',
      facts: ['company.name'],
      evidence: ['charter'],
    });
  });

  it('is ready without a minor paper that may follow', () => {
    const dossier = withFiling('company', granted, {
      ...numbered,
      evidence: aDossier({}, [paperOf('floor-plan')]).evidence,
    });
    expect(standings(dossier)['laboratory']).toEqual({ state: 'ready' });
  });

  it('shows its case once it is filed, whatever the answers have become', () => {
    const dossier = withFiling(
      'import',
      { status: 'filed' },
      aDossier({ ...allAnswers, 'samples.human': false }),
    );
    expect(standings(dossier)['import']).toMatchObject({ state: 'filed', filing: { status: 'filed' } });
  });

  it('is undetermined as long as nobody knows whether it is needed, and holds back what follows', () => {
    const { 'samples.human': _, ...rest } = allAnswers;
    const dossier = withFiling(
      'laboratory',
      granted,
      withFiling('biosafety', granted, aDossier({ ...rest, 'company.number': 'C-77' })),
    );
    expect(standings(dossier)).toMatchObject({
      import: { state: 'undetermined', facts: ['samples.human'] },
      subsidy: { state: 'waits', for: ['import'] },
    });
  });

  it.each([
    ['pending', { status: 'inExamination' }, { state: 'waits', for: ['company'] }],
    ['granted with conditions', { status: 'decided', outcome: 'grantedWithConditions' }, { state: 'ready' }],
    ['granted', granted, { state: 'ready' }],
    ['refused', { status: 'served', outcome: 'refused' }, { state: 'blocked', by: ['company'] }],
    ['withdrawn', { status: 'withdrawn' }, { state: 'blocked', by: ['company'] }],
    ['lapsed', { status: 'lapsed' }, { state: 'blocked', by: ['company'] }],
    ['not accepted', { status: 'notAccepted' }, { state: 'blocked', by: ['company'] }],
    ['not taken by its park', { status: 'none' }, { state: 'blocked', by: ['company'] }],
    ['challenged after not being accepted', { status: 'underRemedy' }, { state: 'waits', for: ['company'] }],
    [
      'challenged after a refusal',
      { status: 'underRemedy', outcome: 'refused' },
      { state: 'blocked', by: ['company'] },
    ],
  ] as const)('whose predecessor is %s stands accordingly', (_, filing, standing) => {
    expect(standings(withFiling('company', filing, numbered))['laboratory']).toEqual(standing);
  });

  it.each([
    ['refused', { status: 'served', outcome: 'refused' }, 'ready'],
    ['withdrawn', { status: 'withdrawn' }, 'ready'],
    ['lapsed', { status: 'lapsed' }, 'ready'],
    ['not accepted', { status: 'notAccepted' }, 'ready'],
    ['not taken by its park', { status: 'none' }, 'ready'],
    ['refused but not served yet', { status: 'decided', outcome: 'refused' }, 'filed'],
    ['granted', granted, 'filed'],
  ] as const)(
    'whose own filing was %s can be filed anew where it ended without a grant',
    (_, filing, state) => {
      expect(standings(withFiling('company', filing, aDossier(allAnswers)))['company']).toMatchObject({
        state,
      });
    },
  );

  it('waits for the output of a granted step whose facts it needs, until that is served', () => {
    const decided = withFiling('company', { status: 'decided', outcome: 'granted' });
    expect(standings(decided)['laboratory']).toEqual({ state: 'waits', for: ['company'] });
    const served = answer(
      withFiling('company', { status: 'served', outcome: 'granted' }, decided),
      { 'company.number': 'C-77' },
      '2026-03-09',
    );
    expect(standings(served)['laboratory']).toEqual({ state: 'ready' });
  });

  it('is blocked behind a blocked step', () => {
    const dossier = withFiling('company', { status: 'served', outcome: 'refused' });
    expect(standings(dossier)['subsidy']).toEqual({ state: 'blocked', by: ['laboratory'] });
  });
});

describe('a step that is not needed', () => {
  const without = aDossier({ ...allAnswers, 'samples.human': false, 'company.number': 'C-77' });

  it('says so, and passes on what it would have followed, by the name of the step that really holds back', () => {
    const dossier = withFiling(
      'laboratory',
      granted,
      withFiling('biosafety', { status: 'inExamination' }, without),
    );
    expect(standings(dossier)).toMatchObject({
      import: { state: 'notNeeded' },
      subsidy: { state: 'waits', for: ['biosafety'] },
    });
  });

  it('lets later steps go on once what came before it is granted, and blocks them where that failed', () => {
    const laboratory = withFiling('laboratory', granted, without);
    expect(standings(withFiling('biosafety', granted, laboratory))['subsidy']).toEqual({ state: 'ready' });
    const refused = withFiling('biosafety', { status: 'served', outcome: 'refused' }, laboratory);
    expect(standings(refused)['subsidy']).toEqual({ state: 'blocked', by: ['biosafety'] });
  });
});

it('the standing of every step is the same in whatever order the answers and papers come', () => {
  const known = {
    ...allAnswers,
    'company.number': 'C-77',
    'laboratory.gas': true,
    'laboratory.gasVolume': 40,
  };
  const given = [
    ...Object.entries(known).map(
      ([fact, value]) =>
        (dossier: Dossier, on: string) =>
          answer(dossier, { [fact]: value }, on),
    ),
    ...[...allPapers, paperOf('gas-plan')].map(
      (item) => (dossier: Dossier, on: string) => addEvidence(dossier, [item], on),
    ),
  ];
  // Some things are left out, so that every standing comes up; what is given comes in two orders, on other days.
  const orders = fc
    .subarray(given)
    .chain((some) =>
      fc.tuple(
        fc.shuffledSubarray(some, { minLength: some.length }),
        fc.shuffledSubarray(some, { minLength: some.length }),
      ),
    );
  const filed = fc.constantFrom(
    {},
    { company: granted },
    { company: granted, laboratory: granted, biosafety: granted },
  );
  const seen = new Set<string>();
  fc.assert(
    fc.property(orders, filed, ([one, other], filings) => {
      const build = (acts: typeof given) =>
        acts.reduce(
          (dossier, act, day) => act(dossier, `2026-03-${String(day + 2).padStart(2, '0')}`),
          Object.entries(filings).reduce(
            (dossier, [step, filing]) => withFiling(step, filing, dossier),
            aDossier({}, []),
          ),
        );
      const found = standings(build(one));
      for (const { state } of Object.values(found)) seen.add(state);
      expect(standings(build(other))).toEqual(found);
    }),
    { numRuns: 300, seed: 5 },
  );
  expect([...seen].sort()).toEqual(['filed', 'incomplete', 'ready', 'undetermined', 'waits']);
});

it('what is called ready is what the case accepts for filing, and nothing else', () => {
  const facts = ['fact.a', 'fact.b', 'fact.c', 'fact.d'];
  const conditions = [
    null,
    has('fact.a'),
    has('fact.b'),
    { op: 'not', of: has('fact.a') } as const,
    atLeast('fact.b', 3),
  ];
  // A condition reads only facts named before its own, as the check of the pack sees to it that they are needed at all.
  const definitions = fc
    .record({
      whens: fc.tuple(
        ...facts.map((_, place) =>
          fc.constantFrom(...conditions.slice(0, place === 0 ? 1 : place === 1 ? 2 : 5)),
        ),
      ),
      optional: fc.tuple(...facts.map(() => fc.integer({ min: 0, max: 4 }).map((n) => n === 0))),
      paperWhen: fc.constantFrom(...conditions),
      debt: fc.boolean(),
    })
    .map(({ whens, optional, paperWhen, debt }) =>
      aService({
        id: 'company',
        needs: facts.map((fact, place) =>
          need(fact, { when: whens[place] ?? null, optional: optional[place] ?? false }),
        ),
        evidence: [{ type: 'plan', when: paperWhen, debt: debt ? limit() : null }],
      }),
    );
  const answers = fc.tuple(...facts.map(() => fc.constantFrom(true, false, 2, 7, null)));
  const verdicts = { ready: 0, incomplete: 0 };
  fc.assert(
    fc.property(definitions, answers, fc.boolean(), (service, values, paper) => {
      const known = Object.fromEntries(
        facts.flatMap((fact, place) =>
          values[place] === null ? [] : [[fact, values[place] as number | boolean]],
        ),
      );
      const world = aWorld({ company: service }, journeySteps.slice(0, 1));
      const dossier = aDossier(known, paper ? [paperOf('plan')] : []);
      const { state } = standingOf(dossier, getJourneyStep(world, 'company'), world);
      const { answers, evidence } = renderFiling(dossier, 'company', service);
      const context = contextOf(service, people.applicant, '2026-03-02');
      const opened = decide({ type: 'openCase', caseId: 'case-1', answers, evidence }, noCase, context);
      if ('refusal' in opened) throw new Error(opened.refusal.code);
      const filed = decide({ type: 'fileCase' }, replay(opened.events), context);
      expect(state).toBe('refusal' in filed ? 'incomplete' : 'ready');
      const gaps = listGaps(dossier, world);
      if ('refusal' in filed) expect(gaps[0]).toMatchObject(filed.refusal.facts);
      else expect(gaps.flatMap((gap) => [...gap.facts, ...gap.evidence])).toEqual([]);
      verdicts[state as 'ready' | 'incomplete'] += 1;
    }),
    { numRuns: 1000, seed: 11 },
  );
  expect(Math.min(verdicts.ready, verdicts.incomplete)).toBeGreaterThan(100);
});

it('a ladder of many steps is read in no more than a moment', () => {
  const rungs = Array.from({ length: 60 }, (_, rung) =>
    ['l', 'r'].map((side) => ({ id: `${side}${rung}`, rung })),
  );
  const steps = rungs.flat().map(({ id, rung }) => ({
    id,
    service: 'company',
    after: rung === 0 ? [] : [`l${rung - 1}`, `r${rung - 1}`],
    when: null,
  }));
  const world = aWorld({ company: services.company({ provides: [] }) }, steps);
  expect(standingOf(aDossier(), getJourneyStep(world, 'l59'), world)).toEqual({
    state: 'waits',
    for: ['l58', 'r58'],
  });
});
