import {
  aDossier,
  aFiling,
  allAnswers,
  allPapers,
  aWorld,
  has,
  journeySteps,
  paperOf,
  services,
} from '@twinpark/testkit/journey.ts';
import { aService, limit, need } from '@twinpark/testkit/service.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Need, ServiceDefinition } from '../case/definition.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { Expression, Facts } from '../policy/expression.ts';
import { addEvidence, answer, type Dossier, type FilingRecord, factsOf, recordFiling } from './dossier.ts';
import { findDrift, listGaps, renderFiling } from './render.ts';

const pool = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((letter) => `fact.${letter}`);
const paperPool = ['plan', 'slip', 'deed', 'list'];

function conditionOn(facts: readonly string[]): fc.Arbitrary<Expression | null> {
  if (facts.length === 0) return fc.constant(null);
  const leaf = fc.constantFrom(...facts).map(has);
  const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      leaf,
      tie('tree').map((of): Expression => ({ op: 'not', of })),
      fc
        .record({
          op: fc.constantFrom('and' as const, 'or' as const),
          of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
        })
        .map((node): Expression => node),
    ),
  }));
  return fc.option(tree);
}

/** Services that need some facts of the pool, each perhaps under a condition on facts named before it. */
const needy: fc.Arbitrary<{ inOrder: readonly Need[]; service: ServiceDefinition }> = fc
  .shuffledSubarray(pool)
  .chain((facts) =>
    fc.tuple(
      ...facts.map((fact, place) =>
        fc.record({
          fact: fc.constant(fact),
          when: conditionOn(facts.slice(0, place)),
          optional: fc.boolean(),
        }),
      ),
    ),
  )
  .chain((inOrder) =>
    fc.record({
      inOrder: fc.constant(inOrder),
      needs: fc.shuffledSubarray(inOrder, { minLength: inOrder.length }),
      evidence: fc
        .subarray(paperPool)
        .chain((types) =>
          fc.tuple(
            ...types.map((type) =>
              fc.record({ type: fc.constant(type), when: conditionOn(inOrder.map(({ fact }) => fact)) }),
            ),
          ),
        ),
    }),
  )
  .map(({ inOrder, needs, evidence }) => ({
    inOrder,
    service: aService({ needs, evidence: evidence.map((paper) => ({ ...paper, debt: null })), criteria: [] }),
  }));

/** Answers of which each is a truth value or a secret that names its fact. */
const answered: fc.Arbitrary<Facts> = fc
  .tuple(...pool.map((fact) => fc.constantFrom(true, false, `secret-${fact}`, null)))
  .map((values) =>
    Object.fromEntries(
      pool.flatMap((fact, place) =>
        values[place] === null ? [] : [[fact, values[place] as boolean | string]],
      ),
    ),
  );

/** Facts a service gets, settled one after another in the order in which their conditions name them. */
function expectedAnswers(inOrder: readonly Need[], known: Facts): Facts {
  const seen: Record<string, Facts[string]> = {};
  for (const { fact, when } of inOrder) {
    const value = known[fact];
    if (value !== undefined && (when === null || evaluate(when, seen).value !== 'no')) seen[fact] = value;
  }
  return seen;
}

describe('a filing', () => {
  it('carries nothing but what its service needs, whatever else the dossier knows', () => {
    let leftOut = 0;
    fc.assert(
      fc.property(needy, answered, fc.subarray(paperPool), ({ inOrder, service }, facts, held) => {
        const dossier = aDossier(
          facts,
          held.map((type) => ({ type, name: `secret-${type}.pdf`, digest: `secret-${type}` })),
        );
        const filing = renderFiling(dossier, 'step', service);
        const expected = expectedAnswers(inOrder, facts);
        expect(filing.answers).toEqual(expected);
        const wire = JSON.stringify(filing);
        for (const fact of pool) if (!(fact in expected)) expect(wire).not.toContain(`secret-${fact}`);
        for (const type of paperPool) {
          const requirement = service.evidence.find((each) => each.type === type);
          const wanted =
            requirement && (requirement.when === null || evaluate(requirement.when, expected).value !== 'no');
          if (!wanted) expect(wire).not.toContain(`secret-${type}`);
          else if (held.includes(type)) expect(wire).toContain(`secret-${type}.pdf`);
        }
        leftOut += inOrder.filter(({ fact }) => fact in facts && !(fact in expected)).length;
      }),
      { numRuns: 500, seed: 3 },
    );
    expect(leftOut).toBeGreaterThan(50);
  });

  it('leaves out a need whose condition is no, and the paper with it', () => {
    const dossier = aDossier({ ...allAnswers, 'laboratory.gasVolume': 40 }, [
      ...allPapers,
      paperOf('gas-plan'),
    ]);
    const filing = renderFiling(dossier, 'laboratory', services.laboratory());
    expect(filing.answers).toEqual({ 'laboratory.area': 80, 'laboratory.gas': false });
    expect(filing.evidence.map(({ type }) => type)).toEqual(['floor-plan', 'insurance-slip']);
  });

  it('asks for what a condition may need as long as nobody knows', () => {
    const { 'laboratory.gas': _, ...unknown } = allAnswers;
    const filing = renderFiling(
      aDossier({ ...unknown, 'laboratory.gasVolume': 40 }),
      'laboratory',
      services.laboratory(),
    );
    expect(filing.answers).toHaveProperty('laboratory.gasVolume', 40);
  });

  it('settles no condition by a fact that the service itself is not given', () => {
    const chained = aService({
      needs: [need('c', { when: has('b') }), need('b', { when: has('a') }), need('a')],
      evidence: [],
    });
    const known = { a: false, b: false, c: 1 };
    expect(renderFiling(aDossier(known), 'step', chained).answers).toEqual({ a: false, c: 1 });
  });
});

describe('the gaps of a dossier', () => {
  it('are named side by side, with the facts that an earlier step will bring', () => {
    const { 'samples.human': _, 'subsidy.amount': __, ...rest } = allAnswers;
    expect(listGaps(aDossier(rest, []), aWorld())).toEqual([
      {
        step: 'company',
        service: 'company',
        park: 'north',
        facts: [],
        awaited: [],
        evidence: ['charter'],
        mayFollow: [],
      },
      {
        step: 'biosafety',
        service: 'biosafety',
        park: 'south',
        facts: ['samples.human'],
        awaited: [],
        evidence: [],
        mayFollow: [],
      },
      {
        step: 'laboratory',
        service: 'laboratory',
        park: 'north',
        facts: [],
        awaited: [{ fact: 'company.number', from: ['company'] }],
        evidence: ['floor-plan'],
        mayFollow: ['insurance-slip'],
      },
      {
        step: 'import',
        service: 'import',
        park: 'south',
        facts: ['samples.human'],
        awaited: [],
        evidence: [],
        mayFollow: [],
      },
      {
        step: 'subsidy',
        service: 'subsidy',
        park: 'south',
        facts: ['subsidy.amount'],
        awaited: [{ fact: 'company.number', from: ['company'] }],
        evidence: [],
        mayFollow: [],
      },
    ]);
  });

  it('leave out a step that is not needed', () => {
    const dossier = aDossier({ ...allAnswers, 'samples.human': false });
    expect(listGaps(dossier, aWorld()).map(({ step }) => step)).not.toContain('import');
  });

  it.each([
    ['was refused', aFiling({ status: 'served', outcome: 'refused' })],
    ['was withdrawn', aFiling({ status: 'withdrawn' })],
    ['served an output without it', aFiling({ status: 'closed', outcome: 'granted' })],
  ])('ask the applicant for a fact when the step that was to bring it %s', (_, filing) => {
    const dossier = recordFiling(aDossier(), 'company', filing);
    expect(listGaps(dossier, aWorld()).find(({ step }) => step === 'laboratory')).toMatchObject({
      facts: ['company.number'],
      awaited: [],
    });
  });

  it('await a fact from no step that is itself not needed, or that comes later', () => {
    const notNeeded = journeySteps.map((step) =>
      step.id === 'company' ? { ...step, when: has('laboratory.gas') } : step,
    );
    const skipped = listGaps(aDossier(), aWorld({}, notNeeded)).find(({ step }) => step === 'laboratory');
    expect(skipped).toMatchObject({ facts: ['company.number'], awaited: [] });
    const reversed = journeySteps.map((step) => ({
      ...step,
      after: step.id === 'company' ? ['laboratory'] : [],
    }));
    const gap = listGaps(aDossier(), aWorld({}, reversed)).find(({ step }) => step === 'laboratory');
    expect(gap).toMatchObject({ facts: ['company.number'], awaited: [] });
  });

  it('name what a filed case owes, and what an amendment made it need', () => {
    const filed = { ...aFiling({ service: 'laboratory' }) };
    const dossier = recordFiling(
      aDossier({ ...allAnswers, 'company.number': 'C-77' }, [paperOf('floor-plan')]),
      'laboratory',
      filed,
    );
    const owed = (gaps: ReturnType<typeof listGaps>) => gaps.find(({ step }) => step === 'laboratory');
    expect(owed(listGaps(dossier, aWorld()))).toMatchObject({
      facts: [],
      evidence: [],
      mayFollow: ['insurance-slip'],
    });
    const amended = answer(dossier, { 'laboratory.gas': true }, '2026-03-09');
    expect(owed(listGaps(amended, aWorld()))).toMatchObject({
      facts: ['laboratory.gasVolume'],
      evidence: ['gas-plan'],
    });
    const decided = recordFiling(amended, 'laboratory', { ...filed, status: 'decided', outcome: 'granted' });
    expect(owed(listGaps(decided, aWorld()))).toBeUndefined();
  });
});

/** The laboratory and the biosafety case, filed on 3 March with all that the dossier held. */
function filedOnBothSides(overrides: Partial<FilingRecord> = {}): Dossier {
  const dossier = aDossier({ ...allAnswers, 'company.number': 'C-77', 'laboratory.gasVolume': 40 }, [
    ...allPapers,
    paperOf('gas-plan'),
  ]);
  return ['laboratory', 'biosafety'].reduce((held, step) => {
    const filing = renderFiling(dossier, step, services[step as 'laboratory' | 'biosafety']());
    const evidence = Object.fromEntries(filing.evidence.map((item) => [item.type, item]));
    return recordFiling(
      held,
      step,
      aFiling({ caseId: `case-${step}`, service: step, answers: filing.answers, evidence, ...overrides }),
    );
  }, dossier);
}

describe('drift', () => {
  it('is silent as long as both sides say what the dossier says', () => {
    expect(findDrift(filedOnBothSides(), aWorld())).toEqual([]);
    expect(findDrift(answer(filedOnBothSides(), { 'company.name': 'Rush' }, '2026-03-09'), aWorld())).toEqual(
      [],
    );
  });

  it('names each case that an amended fact leaves behind, with the field, both values and the day', () => {
    const amended = answer(filedOnBothSides(), { 'laboratory.area': 95 }, '2026-03-09');
    const field = { field: 'laboratory.area', kind: 'fact', filed: 80, current: 95, since: '2026-03-09' };
    expect(findDrift(amended, aWorld())).toEqual([
      { step: 'biosafety', caseId: 'case-biosafety', service: 'biosafety', park: 'south', ...field },
      { step: 'laboratory', caseId: 'case-laboratory', service: 'laboratory', park: 'north', ...field },
    ]);
  });

  it('names a replaced paper by its old and new name', () => {
    const amended = addEvidence(filedOnBothSides(), [paperOf('floor-plan', 2)], '2026-03-09');
    expect(findDrift(amended, aWorld())).toEqual([
      expect.objectContaining({
        step: 'laboratory',
        field: 'floor-plan',
        kind: 'evidence',
        filed: 'floor-plan-1.pdf',
        current: 'floor-plan-2.pdf',
        since: '2026-03-09',
      }),
    ]);
  });

  it('shows what an amendment made needed, since the amendment and not since it stood in the dossier', () => {
    const amended = answer(filedOnBothSides(), { 'laboratory.gas': true }, '2026-03-09');
    const since = '2026-03-09';
    expect(findDrift(amended, aWorld())).toEqual([
      expect.objectContaining({ field: 'laboratory.gas', filed: false, current: true, since }),
      expect.objectContaining({ field: 'laboratory.gasVolume', filed: null, current: 40, since }),
      expect.objectContaining({
        field: 'gas-plan',
        kind: 'evidence',
        filed: null,
        current: 'gas-plan-1.pdf',
        since,
      }),
    ]);
  });

  it('does not count a field that was filed and is no longer needed, nor later changes of it', () => {
    const withGas = answer(filedOnBothSides(), { 'laboratory.gas': true }, '2026-03-02');
    const { answers } = renderFiling(withGas, 'laboratory', services.laboratory());
    const { evidence } = withGas.filings['laboratory'] ?? aFiling();
    const filed = recordFiling(
      withGas,
      'laboratory',
      aFiling({ service: 'laboratory', answers, evidence: { ...evidence, 'gas-plan': paperOf('gas-plan') } }),
    );
    const amended = answer(filed, { 'laboratory.gas': false, 'laboratory.gasVolume': 60 }, '2026-03-09');
    expect(findDrift(amended, aWorld()).map(({ field }) => field)).toEqual(['laboratory.gas']);
  });

  it.each(['withdrawn', 'lapsed', 'notAccepted', 'closed'] as const)(
    'is of no interest to a case that is %s',
    (status) => {
      const amended = answer(filedOnBothSides({ status }), { 'laboratory.area': 95 }, '2026-03-09');
      expect(findDrift(amended, aWorld())).toEqual([]);
    },
  );

  it('is of no interest to a refused case whose decision was served', () => {
    const refused = filedOnBothSides({ status: 'served', outcome: 'refused' });
    expect(findDrift(answer(refused, { 'laboratory.area': 95 }, '2026-03-09'), aWorld())).toEqual([]);
  });

  it('ends when what was filed is what a filing made now would carry, and only then', () => {
    const changes = fc.record({
      'laboratory.area': fc.integer({ min: 79, max: 81 }),
      'laboratory.gas': fc.boolean(),
      'laboratory.gasVolume': fc.constantFrom(40, 50),
    });
    fc.assert(
      fc.property(changes, fc.boolean(), (facts, newPlan) => {
        const papers = newPlan ? [paperOf('floor-plan', 2)] : [];
        const amended = addEvidence(answer(filedOnBothSides(), facts, '2026-03-09'), papers, '2026-03-09');
        const drift = findDrift(amended, aWorld());
        const filed = amended.filings['laboratory'] ?? aFiling();
        const now = renderFiling(amended, 'laboratory', services.laboratory());
        const same =
          Object.entries(now.answers).every(([fact, value]) => filed.answers[fact] === value) &&
          now.evidence.every((item) => filed.evidence[item.type]?.digest === item.digest);
        expect(drift.some(({ step }) => step === 'laboratory')).toBe(!same);
        const caughtUp = ['laboratory', 'biosafety'].reduce((dossier, step) => {
          const { answers, evidence } = renderFiling(
            dossier,
            step,
            services[step as 'laboratory' | 'biosafety'](),
          );
          const record = dossier.filings[step] ?? aFiling();
          const held = Object.fromEntries(evidence.map((item) => [item.type, item]));
          return recordFiling(dossier, step, {
            ...record,
            answers: { ...record.answers, ...answers },
            evidence: { ...record.evidence, ...held },
          });
        }, amended);
        expect(findDrift(caughtUp, aWorld())).toEqual([]);
        expect(factsOf(caughtUp)).toEqual(factsOf(amended));
      }),
    );
  });
});

it('a paper that may follow is asked for as such only while it is missing', () => {
  const owed = aService({ evidence: [{ type: 'slip', when: null, debt: limit() }], needs: [] });
  const world = aWorld({ company: { ...owed, id: 'company' } }, journeySteps.slice(0, 1));
  expect(listGaps(aDossier({}, []), world)[0]).toMatchObject({ evidence: [], mayFollow: ['slip'] });
  expect(listGaps(aDossier({}, [paperOf('slip')]), world)).toEqual([]);
});
