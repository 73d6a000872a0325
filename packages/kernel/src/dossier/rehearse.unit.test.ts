import { clause } from '@twinpark/testkit/citation.ts';
import { allAnswers, aScript, atLeast, aWorld, services, stories, tell } from '@twinpark/testkit/journey.ts';
import { limit, need, text } from '@twinpark/testkit/service.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Criterion, ServiceDefinition } from '../case/definition.ts';
import { rehearse } from './rehearse.ts';
import type { DossierScript } from './script.ts';
import type { SimulationWorld } from './simulate.ts';

const granted = aScript(stories.whole());

/** The laboratory is too small, so the grant that the officer tries is refused and the case is refused after all. */
const refused = aScript(
  [
    ...stories.companyGranted(),
    ...stories.laboratoryAccepted(),
    ...stories.biosafetyAccepted(),
    ...stories.panelAgreed(),
    tell('2026-03-11', 'decideCase', 'laboratory', { outcome: 'refused', reasons: ['too small'] }),
  ],
  { answers: { ...allAnswers, 'laboratory.area': 40 } },
);

function change(script: DossierScript, after: SimulationWorld, before: SimulationWorld = aWorld()) {
  return rehearse(
    [script],
    () => before,
    () => after,
  );
}

function laboratory(overrides: Partial<ServiceDefinition>): SimulationWorld {
  return aWorld({ laboratory: services.laboratory({ hash: 'laboratory-2', ...overrides }) });
}

function areaOf(squareMetres: number): readonly Criterion[] {
  const name = text(`At least ${squareMetres} square metres`);
  return [
    {
      id: 'big-enough',
      name,
      test: atLeast('laboratory.area', squareMetres),
      citation: clause(`Art. ${squareMetres}`),
    },
  ];
}

describe('the rehearsal of a change of law', () => {
  it('shows who loses by a tightened criterion, with its clause', () => {
    const { dossiers, wins, loses } = change(granted, laboratory({ criteria: areaOf(100) }));
    expect({ wins, loses }).toEqual({ wins: 0, loses: 2 });
    expect(dossiers[0]?.steps).toEqual([
      {
        step: 'laboratory',
        verdict: 'loses',
        before: 'granted',
        after: null,
        because: expect.objectContaining({ code: 'criterionNotMet', clause: clause('Art. 100') }),
      },
      {
        step: 'subsidy',
        verdict: 'loses',
        before: 'granted',
        after: null,
        because: expect.objectContaining({ code: 'earlierServicesOutstanding' }),
      },
    ]);
  });

  it('shows who wins by a loosened criterion, though the refusal on record stays', () => {
    const { dossiers, wins, loses } = change(refused, laboratory({ criteria: areaOf(30) }));
    expect({ wins, loses }).toEqual({ wins: 1, loses: 0 });
    expect(dossiers[0]?.steps).toEqual([
      {
        step: 'laboratory',
        verdict: 'wins',
        before: 'refused',
        after: 'refused',
        because: expect.objectContaining({ code: 'criterionNotMet', clause: clause('Art. area') }),
      },
    ]);
  });

  it('shows who wins where an attempted grant was refused and now stands', () => {
    const attempt = aScript(
      [...refused.story.slice(0, -1), tell('2026-03-11', 'decideCase', 'laboratory', { outcome: 'granted' })],
      { answers: refused.answers },
    );
    const { dossiers } = change(attempt, laboratory({ criteria: areaOf(30) }));
    expect(dossiers[0]?.steps).toMatchObject([
      {
        step: 'laboratory',
        verdict: 'wins',
        before: null,
        after: 'granted',
        because: { clause: clause('Art. area') },
      },
    ]);
  });

  it('lets nobody win whose filing would now fail', () => {
    const { dossiers } = change(refused, laboratory({ criteria: [], needs: [need('laboratory.floor')] }));
    expect(dossiers[0]?.steps).toEqual([]);
  });

  it('names the new fact without which a filing fails, and the other side’s step that then hears nothing', () => {
    const needs = [...services.laboratory().needs, need('laboratory.floor')];
    const { dossiers } = change(granted, laboratory({ needs }));
    expect(dossiers[0]?.steps).toMatchObject([
      {
        step: 'laboratory',
        verdict: 'loses',
        after: null,
        because: { code: 'factsMissing', facts: { facts: ['laboratory.floor'] } },
      },
      {
        step: 'biosafety',
        verdict: 'loses',
        after: null,
        because: { code: 'stepsOutstanding', facts: { steps: ['panel'] } },
      },
      { step: 'import', verdict: 'loses', because: { code: 'earlierServicesOutstanding' } },
      { step: 'subsidy', verdict: 'loses', because: { code: 'earlierServicesOutstanding' } },
    ]);
  });

  it('gives as the reason what the changed law refuses, not what was refused all along', () => {
    const hasty = tell('2026-03-06', 'decideCase', 'laboratory', { outcome: 'granted' });
    const [head, tail] = [granted.story.slice(0, 6), granted.story.slice(6)];
    const { dossiers } = change(aScript([...head, hasty, ...tail]), laboratory({ criteria: areaOf(100) }));
    expect(dossiers[0]?.steps[0]).toMatchObject({ because: { code: 'criterionNotMet' } });
  });

  it('shows a clock that a shortened limit breaks, with both due dates', () => {
    const decisionLimit = limit({ amount: 2, calendars: ['north'], citation: clause('Art. 10') });
    const { dossiers, brokenClocks, loses } = change(granted, laboratory({ decisionLimit }));
    expect({ brokenClocks, loses }).toEqual({ brokenClocks: 1, loses: 0 });
    expect(dossiers[0]?.brokenClocks).toEqual([
      {
        step: 'laboratory',
        action: 'decideCase',
        actedOn: '2026-03-11',
        dueBefore: '2026-03-20',
        dueAfter: '2026-03-10',
        provisional: false,
      },
    ]);
  });

  it('shows the applicant’s clock that a shortened time to supply evidence breaks', () => {
    const supplement = (amount: number) => ({
      limit: limit({ amount, calendars: ['north'] }),
      rounds: null,
      silence: 'nothing' as const,
    });
    const asked = aScript([
      ...stories.companyGranted(),
      ...stories.laboratoryAccepted(),
      tell('2026-03-09', 'requestEvidence', 'laboratory', { facts: ['laboratory.area'] }),
      tell('2026-03-12', 'supplyEvidence', 'laboratory', { answers: { 'laboratory.area': 80 } }),
    ]);
    const before = laboratory({ supplement: supplement(5) });
    const { dossiers } = change(asked, laboratory({ supplement: supplement(2) }), before);
    expect(dossiers[0]?.brokenClocks).toEqual([
      {
        step: 'laboratory',
        action: 'supplyEvidence',
        actedOn: '2026-03-12',
        dueBefore: '2026-03-16',
        dueAfter: '2026-03-11',
        provisional: false,
      },
    ]);
  });

  it('breaks no clock on the last day of a limit, nor one that was late before', () => {
    const exact = limit({ amount: 3, calendars: ['north'] });
    expect(change(granted, laboratory({ decisionLimit: exact })).brokenClocks).toBe(0);
    const short = limit({ amount: 2, calendars: ['north'] });
    const shorter = limit({ amount: 1, calendars: ['north'] });
    expect(
      change(granted, laboratory({ decisionLimit: shorter }), laboratory({ decisionLimit: short }))
        .brokenClocks,
    ).toBe(0);
  });

  it('shows a grant lost to silence where the shortened limit decides by itself', () => {
    const decisionLimit = limit({
      amount: 2,
      calendars: ['north'],
      tacit: 'refused',
      citation: clause('Art. silence'),
    });
    const { dossiers, brokenClocks } = change(granted, laboratory({ decisionLimit }));
    expect(brokenClocks).toBe(1);
    expect(dossiers[0]?.steps[0]).toMatchObject({
      verdict: 'loses',
      because: { code: 'timeLimitPassed', clause: clause('Art. silence') },
    });
  });

  it('carries a loss on to all that was to follow', () => {
    const after = aWorld({ company: services.company({ hash: 'company-2', needs: [need('company.seal')] }) });
    const { dossiers } = change(granted, after);
    expect(dossiers[0]?.steps.map(({ step, verdict, because }) => [step, verdict, because?.facts])).toEqual([
      ['company', 'loses', { facts: ['company.seal'] }],
      ['laboratory', 'loses', { services: ['company'] }],
      ['biosafety', 'loses', { steps: ['panel'] }],
      ['import', 'loses', { services: ['biosafety'] }],
      ['subsidy', 'loses', { services: ['laboratory', 'import'] }],
    ]);
  });

  it('counts over all dossiers', () => {
    const result = rehearse(
      [granted, refused, granted],
      () => aWorld(),
      () => laboratory({ criteria: areaOf(100) }),
    );
    expect(result).toMatchObject({ wins: 0, loses: 4, brokenClocks: 0 });
    expect(result.dossiers).toHaveLength(3);
  });
});

it('an unchanged law changes nothing, whatever part of a story is run', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(granted, refused),
      fc.infiniteStream(fc.boolean()),
      fc.integer({ min: 10, max: 100 }),
      (script, keep, area) => {
        const kept = script.story.filter(() => keep.next().value || keep.next().value);
        const world = () => laboratory({ criteria: areaOf(area) });
        const { wins, loses, brokenClocks, dossiers } = rehearse([{ ...script, story: kept }], world, world);
        expect({ wins, loses, brokenClocks }).toEqual({ wins: 0, loses: 0, brokenClocks: 0 });
        expect(dossiers[0]).toMatchObject({ steps: [], brokenClocks: [] });
      },
    ),
    { numRuns: 200 },
  );
});

it('a change and its reverse show the same steps with the opposite verdict', () => {
  const opposite = { wins: 'loses', loses: 'wins' } as const;
  fc.assert(
    fc.property(
      fc.constantFrom(granted, refused),
      fc.integer({ min: 20, max: 120 }),
      fc.integer({ min: 20, max: 120 }),
      (script, one, other) => {
        const [from, to] = [laboratory({ criteria: areaOf(one) }), laboratory({ criteria: areaOf(other) })];
        const there = change(script, to, from);
        const back = change(script, from, to);
        const area = Number(script.answers['laboratory.area']);
        expect(there.wins > 0).toBe(one > area && area >= other);
        expect(back.dossiers[0]?.steps.map(({ verdict }) => verdict)).toEqual(
          there.dossiers[0]?.steps.map(({ verdict }) => opposite[verdict]),
        );
      },
    ),
  );
});
