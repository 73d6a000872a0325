import {
  allAnswers,
  aScript,
  aWorld,
  getJourneyStep,
  paperOf,
  services,
  startOn,
  stories,
  tell,
  tellAnswers,
} from '@twinpark/testkit/journey.ts';
import { text } from '@twinpark/testkit/service.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPending } from '../case/clock.ts';
import type { ServiceDefinition } from '../case/definition.ts';
import { replay } from '../case/evolve.ts';
import { type CaseAction, caseActions, type JointConsequence, jointAnswers, roles } from '../vocabulary.ts';
import { factsOf } from './dossier.ts';
import { findDrift } from './render.ts';
import type { StoryEntry } from './script.ts';
import { type LogEntry, type Simulation, type SimulationWorld, simulate } from './simulate.ts';
import { standingOf } from './standing.ts';

const world = aWorld();

function run(story: readonly StoryEntry[], within: SimulationWorld = world): Simulation {
  return simulate(aScript(story), within);
}

function eventsOf({ events }: LogEntry | undefined = { events: [] } as never): readonly string[] {
  return events.map(({ step, event }) => `${step} ${event.type}`);
}

function refusals({ log }: Simulation): readonly (string | undefined)[] {
  return log.flatMap(({ refusal }) => (refusal ? [refusal.code] : []));
}

/** Both sides accepted and examined, before anybody has spoken in the panel. */
const beforePanel = [
  ...stories.companyGranted(),
  ...stories.laboratoryAccepted(),
  ...stories.biosafetyAccepted(),
];

describe('a scripted dossier', () => {
  const whole = run(stories.whole());

  it('runs a whole life over both parks, each case under its own law', () => {
    expect(refusals(whole)).toEqual([]);
    expect(Object.fromEntries([...whole.cases].map(([step, { status }]) => [step, status]))).toEqual({
      company: 'served',
      laboratory: 'served',
      biosafety: 'served',
      import: 'decided',
      subsidy: 'closed',
    });
    expect(Object.values(whole.dossier.filings).map(({ outcome }) => outcome)).toEqual(
      world.journey.steps.map(() => 'granted'),
    );
    expect(whole.dossier.filings['laboratory']).toMatchObject({
      caseId: 'north-laboratory',
      service: 'laboratory',
      filedOn: '2026-03-05',
    });
  });

  it('puts into each case the facts its service needs, among them the output of an earlier one', () => {
    expect(whole.cases.get('laboratory')).toMatchObject({
      dossier: 'dossier',
      applicant: 'applicant',
      answers: { 'company.number': 'C-77', 'laboratory.area': 80, 'laboratory.gas': false },
    });
    expect(Object.keys(whole.dossier.filings['biosafety']?.answers ?? {})).toEqual([
      'laboratory.area',
      'samples.human',
    ]);
  });

  it('leaves no gap, no drift and nothing to file', () => {
    expect(findDrift(whole.dossier, world)).toEqual([]);
    const states = world.journey.steps.map((step) => standingOf(whole.dossier, step, world).state);
    expect(new Set(states)).toEqual(new Set(['filed']));
  });

  it('shows the authority’s clock as it stood when an act was asked for', () => {
    const clocks = whole.log.slice(4, 7).map(({ clock }) => clock && [clock.of, clock.dueOn]);
    expect(clocks).toEqual([null, ['acceptance', '2026-03-10'], ['decision', '2026-03-20']]);
  });
});

describe('a joint step', () => {
  it('brings what each side says to the other side’s case, and both cases to an outcome', () => {
    const { log } = run([...beforePanel, ...stories.panelAgreed()]);
    expect(eventsOf(log.at(-2))).toEqual([
      'laboratory contributionRecorded',
      'biosafety contributionRecorded',
    ]);
    expect(eventsOf(log.at(-1))).toEqual([
      'biosafety contributionRecorded',
      'biosafety jointOutcomeReached',
      'laboratory contributionRecorded',
      'laboratory jointOutcomeReached',
    ]);
  });

  it('holds back what one side says until the other side’s case is there to hear it', () => {
    const early = [
      ...stories.companyGranted(),
      ...stories.laboratoryAccepted(),
      tell('2026-03-09', 'contribute', 'laboratory', {
        step: 'panel',
        answer: 'conditionalYes',
        conditions: ['report yearly'],
      }),
      tell('2026-03-10', 'openCase', 'biosafety', {}),
      tell('2026-03-11', 'fileCase', 'biosafety', {}),
    ];
    const { log, cases } = run(early);
    expect(log.slice(-3).map(eventsOf)).toEqual([
      ['laboratory contributionRecorded'],
      ['biosafety caseOpened'],
      ['biosafety caseFiled', 'biosafety contributionRecorded'],
    ]);
    const contribution = { answer: 'conditionalYes', conditions: ['report yearly'], on: '2026-03-11' };
    expect(cases.get('biosafety')).toMatchObject({ joint: { panel: { own: null, other: contribution } } });
  });

  it('ends on each side as that side’s own table says', () => {
    const split = [
      ...beforePanel,
      tell('2026-03-10', 'contribute', 'laboratory', { step: 'panel', answer: 'yes' }),
      tell('2026-03-10', 'contribute', 'biosafety', { step: 'panel', answer: 'no' }),
    ];
    const { cases } = run(split);
    expect(cases.get('laboratory')).toMatchObject({
      steps: { panel: { result: 'passed' } },
      joint: { panel: { consequence: 'ownPartOnly' } },
    });
    expect(cases.get('biosafety')).toMatchObject({
      steps: { panel: { result: 'failed' } },
      joint: { panel: { consequence: 'refuse' } },
    });

    const strict = aWorld({ laboratory: withOutcome(services.laboratory(), 'yesNo', 'refuse') });
    expect(run(split, strict).cases.get('laboratory')).toMatchObject({
      steps: { panel: { result: 'failed' } },
    });
    expect(run(split, strict).cases.get('biosafety')).toEqual(cases.get('biosafety'));
  });

  it('may meet again on both sides, and then count only what is said anew', () => {
    const again = aWorld({
      laboratory: withOutcome(services.laboratory(), 'yesNo', 'deliberateAgain'),
      biosafety: withOutcome(services.biosafety(), 'noYes', 'deliberateAgain'),
    });
    const story = [
      ...beforePanel,
      tell('2026-03-10', 'contribute', 'laboratory', { step: 'panel', answer: 'yes' }),
      tell('2026-03-10', 'contribute', 'biosafety', { step: 'panel', answer: 'no' }),
      tell('2026-03-11', 'contribute', 'biosafety', { step: 'panel', answer: 'yes' }),
      tell('2026-03-11', 'contribute', 'laboratory', { step: 'panel', answer: 'yes' }),
    ];
    const { cases, log } = run(story, again);
    expect(log.every(({ refusal }) => refusal === null)).toBe(true);
    for (const step of ['laboratory', 'biosafety']) {
      expect(cases.get(step)).toMatchObject({
        joint: { panel: { round: 2, consequence: 'adopt' } },
        steps: { panel: { result: 'passed' } },
      });
    }
  });
});

describe('a step whose case ended without a grant', () => {
  const refiled = [
    tell('2026-03-09', 'withdrawCase', 'laboratory', {}),
    tell('2026-03-10', 'fileCase', 'laboratory', {}),
    tell('2026-03-10', 'acceptCase', 'laboratory', {}),
  ];

  it('is filed anew as a case of its own, and the journey goes on from there', () => {
    const { cases, dossier } = run([
      ...stories.companyGranted(),
      ...stories.laboratoryAccepted(),
      ...refiled,
    ]);
    expect(cases.get('laboratory')).toMatchObject({
      status: 'inExamination',
      caseId: 'north-laboratory-2',
      filedOn: '2026-03-10',
    });
    expect(dossier.filings['laboratory']).toMatchObject({
      caseId: 'north-laboratory-2',
      status: 'inExamination',
    });
  });

  it('hears in its new case what the other side had said', () => {
    const { cases } = run([
      ...stories.companyGranted(),
      ...stories.laboratoryAccepted(),
      ...stories.biosafetyAccepted(),
      tell('2026-03-09', 'contribute', 'biosafety', { step: 'panel', answer: 'yes' }),
      ...refiled,
    ]);
    expect(cases.get('laboratory')).toMatchObject({ joint: { panel: { other: { answer: 'yes' } } } });
  });

  it('does not hear in its new case what an ended case of the other side had said', () => {
    const { cases } = run([
      ...stories.companyGranted(),
      ...stories.laboratoryAccepted(),
      ...stories.biosafetyAccepted(),
      tell('2026-03-09', 'contribute', 'biosafety', { step: 'panel', answer: 'no' }),
      tell('2026-03-09', 'withdrawCase', 'biosafety', {}),
      ...refiled,
    ]);
    expect(cases.get('laboratory')).toMatchObject({ caseId: 'north-laboratory-2', joint: {} });
    expect(cases.get('laboratory')).not.toHaveProperty('joint.panel');
  });

  it('is not filed twice while its case is alive', () => {
    const { log } = run([...stories.companyGranted(), tell('2026-03-06', 'fileCase', 'company', {})]);
    expect(log.at(-1)).toMatchObject({ refusal: { code: 'actionNotInStatus' } });
  });
});

describe('a refused act', () => {
  it('is logged with its reason and changes nothing', () => {
    const before = run(stories.companyGranted());
    const after = run([...stories.companyGranted(), tell('2026-03-06', 'acceptCase', 'company', {})]);
    expect(after.log.at(-1)).toMatchObject({ events: [], refusal: { code: 'actionNotInStatus' } });
    expect(after.cases).toEqual(before.cases);
    expect(after.dossier).toEqual(before.dossier);
  });

  it('opens no case when only the filing is refused', () => {
    const { 'company.capital': _, ...answers } = allAnswers;
    const { log, cases } = simulate(
      aScript([tell('2026-03-02', 'fileCase', 'company', {})], { answers }),
      world,
    );
    expect(log[0]).toMatchObject({
      events: [],
      refusal: { code: 'factsMissing', facts: { facts: ['company.capital'] } },
    });
    expect(cases.size).toBe(0);
  });

  it('is a filing before the services it follows, and names them', () => {
    const { log, cases } = run([tell('2026-03-02', 'fileCase', 'laboratory', {})]);
    expect(log[0]).toMatchObject({
      refusal: { code: 'earlierServicesOutstanding', facts: { services: ['company'] } },
    });
    expect(cases.size).toBe(0);
  });

  it('is a filing after an earlier service was refused, and of a service that is not needed', () => {
    const refused = tell('2026-03-04', 'decideCase', 'company', {
      outcome: 'refused',
      reasons: ['no capital'],
    });
    const { log } = run([
      ...stories.companyGranted().slice(0, 2),
      refused,
      tell('2026-03-05', 'fileCase', 'laboratory', {}),
    ]);
    expect(log.at(-1)).toMatchObject({
      refusal: { code: 'earlierServicesFailed', facts: { services: ['company'] } },
    });
  });

  it('leaves in the dossier what it was before, also when it carried a fact', () => {
    const late = tell('2026-03-06', 'amendCase', 'company', { answers: { 'company.name': 'Rush' } });
    expect(factsOf(run([...stories.companyGranted(), late]).dossier)['company.name']).toBe('Reed');
  });
});

describe('what the applicant sends to one case', () => {
  const asked = [
    ...beforePanel,
    tell('2026-03-10', 'requestEvidence', 'laboratory', {
      evidence: ['floor-plan'],
      facts: ['laboratory.area'],
    }),
    tell('2026-03-11', 'supplyEvidence', 'laboratory', {
      answers: { 'laboratory.area': 95 },
      evidence: [paperOf('floor-plan', 2)],
    }),
  ];

  it('stands in the dossier from that day on', () => {
    const { dossier } = run(asked);
    expect(dossier.answers['laboratory.area']).toEqual({ value: 95, since: '2026-03-11' });
    expect(dossier.evidence['floor-plan']).toEqual({ value: paperOf('floor-plan', 2), since: '2026-03-11' });
  });

  it('raises an alarm for the other side’s case, until an amendment brings that in step', () => {
    const { dossier } = run(asked);
    expect(findDrift(dossier, world)).toEqual([
      expect.objectContaining({
        step: 'biosafety',
        field: 'laboratory.area',
        filed: 80,
        current: 95,
        since: '2026-03-11',
      }),
    ]);
    const amended = run([...asked, tell('2026-03-12', 'amendCase', 'biosafety', {})]);
    expect(amended.log.at(-1)?.events.map(({ event }) => event)).toEqual([
      expect.objectContaining({ type: 'caseAmended', answers: { 'laboratory.area': 95 }, evidence: [] }),
    ]);
    expect(findDrift(amended.dossier, world)).toEqual([]);
  });

  it('leaves nothing to amend in a case that is in step', () => {
    const { log } = run([...beforePanel, tell('2026-03-12', 'amendCase', 'biosafety', {})]);
    expect(log.at(-1)?.refusal?.code).toBe('nothingGiven');
  });
});

describe('a draft', () => {
  const opened = [
    tell('2026-03-02', 'openCase', 'company', {}),
    tellAnswers('2026-03-03', { 'company.name': 'Rush' }),
  ];

  it('is filed as the dossier stands on that day', () => {
    const { log, cases, dossier } = run([...opened, tell('2026-03-04', 'fileCase', 'company', {})]);
    expect(eventsOf(log.at(-1))).toEqual(['company caseAmended', 'company caseFiled']);
    expect(cases.get('company')).toMatchObject({
      caseId: 'north-company',
      answers: { 'company.name': 'Rush' },
    });
    expect(dossier.filings['company']?.filedOn).toBe('2026-03-04');
  });

  it('is no filing, and none when it is withdrawn', () => {
    const { dossier } = run([...opened, tell('2026-03-04', 'withdrawCase', 'company', {})]);
    expect(dossier.filings).toEqual({});
  });
});

it('a withdrawn case keeps the day on which it was filed', () => {
  const { dossier } = run([...beforePanel, tell('2026-03-12', 'withdrawCase', 'laboratory', {})]);
  expect(dossier.filings['laboratory']).toMatchObject({ status: 'withdrawn', filedOn: '2026-03-05' });
});

it('an output establishes the facts its service declares, and those of a refusal none', () => {
  const served = tell(
    '2026-03-05',
    'serveOutput',
    'company',
    { receiptNumber: 'N-1' },
    { outputs: { 'company.number': 'C-77', 'company.name': 'Rush' } },
  );
  const decided = (outcome: 'granted' | 'refused') => [
    ...stories.companyGranted().slice(0, 2),
    tell('2026-03-04', 'decideCase', 'company', { outcome, reasons: ['as examined'] }),
    served,
  ];
  expect(factsOf(run(decided('granted')).dossier)).toEqual({ ...allAnswers, 'company.number': 'C-77' });
  expect(factsOf(run(decided('refused')).dossier)).toEqual(allAnswers);
});

it('a case under remedy is known by the decision that is challenged', () => {
  const { dossier } = run([
    ...stories.whole(),
    tell('2026-03-23', 'lodgeRemedy', 'laboratory', { remedy: 'appeal' }),
  ]);
  expect(dossier.filings['laboratory']).toMatchObject({
    status: 'underRemedy',
    outcome: 'granted',
    filedOn: '2026-03-05',
  });
});

it('a remedy is decided by the body it was lodged with, which need not be the first that the service names', () => {
  const [appeal] = services.laboratory().remedies;
  const suit = { ...appeal, id: 'suit', body: 'court' } as typeof appeal & object;
  const remedies = [...services.laboratory().remedies, suit];
  const { dossier, log } = run(
    [
      ...stories.whole(),
      tell('2026-03-23', 'lodgeRemedy', 'laboratory', { remedy: 'suit' }),
      tell('2026-03-24', 'decideRemedy', 'laboratory', { result: 'dismissed' }),
    ],
    aWorld({ laboratory: services.laboratory({ remedies }) }),
  );
  expect(log.at(-1)).toMatchObject({ refusal: null });
  expect(dossier.filings['laboratory']).toMatchObject({ status: 'served', outcome: 'granted' });
});

it('a story that acts on a step the journey lacks is a mistake of its author', () => {
  expect(() => run([tell(startOn, 'fileCase', 'castle', {})])).toThrow('castle');
});

/** A step's commands with details of every kind, sound and unsound. */
function commandFor(action: CaseAction, detail: number): object {
  const pick = <Item>(items: readonly Item[]): Item => items[detail % items.length] as Item;
  const filling = pick<object>([
    {},
    { answers: { 'laboratory.area': detail } },
    { answers: { 'company.name': 'Rush' }, evidence: [paperOf('charter', detail)] },
  ]);
  const answer = pick(jointAnswers);
  const joint = { step: 'panel', answer, conditions: answer === 'conditionalYes' ? ['report yearly'] : [] };
  const deciding = {
    outcome: pick(['granted', 'refused', 'grantedWithConditions'] as const),
    reasons: ['as examined'],
  };
  const fields: Partial<Record<CaseAction, object>> = {
    amendCase: filling,
    openCase: filling,
    supplyEvidence: filling,
    declineAcceptance: { reasons: ['no competence'] },
    requestEvidence: pick<object>([{ facts: ['laboratory.area'] }, { evidence: ['charter'] }, {}]),
    completeStep: { step: pick(['examination', 'panel', 'nowhere']), result: pick(['passed', 'failed']) },
    contribute: joint,
    recordContribution: joint,
    suspendCase: { procedure: 'hearing' },
    extendLimit: { reason: 'complex' },
    decideCase: deciding,
    proposeDecision: deciding,
    returnProposal: { reason: 'look again' },
    serveOutput: { receiptNumber: 'R' },
    lodgeRemedy: { remedy: 'appeal' },
    decideRemedy: { result: pick(['dismissed', 'remitted']) },
  };
  return fields[action] ?? {};
}

const panelAnswer = fc.constantFrom('yes', 'yes', 'yes', 'no', 'conditionalYes');

/** The whole story, in which one side may speak before the other has filed, with any answers of the panel. */
const wholeStory = fc
  .record({ late: fc.boolean(), north: panelAnswer, south: panelAnswer })
  .map(({ late, north, south }) => {
    const said = { laboratory: north, biosafety: south };
    const story = stories.whole().map((entry) => {
      if (entry.act.do !== 'contribute') return entry;
      const answer = said[entry.act.step as keyof typeof said];
      const conditions = answer === 'conditionalYes' ? [`as ${entry.act.step} says`] : [];
      return { ...entry, act: { ...entry.act, command: { ...entry.act.command, answer, conditions } } };
    });
    if (!late) return story;
    const first = story.filter(({ act }) => act.do === 'contribute' && act.step === 'laboratory');
    const before = story.findIndex(({ act }) => act.do === 'fileCase' && act.step === 'biosafety');
    const rest = story.filter((entry) => !first.includes(entry));
    return [...rest.slice(0, before), ...first, ...rest.slice(before)];
  });

/** The whole story with some of its acts left out, and others, mostly out of place, put in. */
const anyStory: fc.Arbitrary<readonly StoryEntry[]> = fc
  .record({
    story: wholeStory,
    kept: fc.infiniteStream(fc.integer({ min: 0, max: 11 }).map((n) => n > 0)),
    added: fc.array(
      fc.record({
        at: fc.nat({ max: 30 }),
        step: fc.constantFrom(...world.journey.steps.map(({ id }) => id)),
        action: fc.constantFrom(...caseActions),
        by: fc.option(fc.constantFrom(...roles), { freq: 6 }),
        detail: fc.nat({ max: 99 }),
        answers: fc.boolean(),
        early: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      }),
      { maxLength: 14 },
    ),
  })
  .map(({ story, kept, added }) =>
    story.flatMap((entry, place) => {
      const more = added
        .filter(({ at }) => at % story.length === place)
        .map(({ step, action, by, detail, answers, early }) => {
          const on = early ? startOn : entry.on;
          if (answers) {
            const facts = { 'laboratory.gas': detail % 2 === 0, 'laboratory.gasVolume': detail };
            return tellAnswers(on, facts, [paperOf('gas-plan')]);
          }
          return tell(on, action, step, commandFor(action, detail) as never, by ? { by } : {});
        });
      return kept.next().value ? [entry, ...more] : more;
    }),
  );

describe('any story', () => {
  it('runs to its end, and without its refused acts ends the same', () => {
    const codes = new Set<string | undefined>();
    fc.assert(
      fc.property(anyStory, (story) => {
        const all = run(story);
        expect(all.log).toHaveLength(story.length);
        for (const { refusal, events } of all.log) if (refusal) expect(events).toEqual([]);
        for (const code of refusals(all)) codes.add(code);
        const accepted = run(story.filter((_, place) => all.log[place]?.refusal === null));
        expect(refusals(accepted)).toEqual([]);
        expect(accepted.cases).toEqual(all.cases);
        expect(accepted.dossier).toEqual(all.dossier);
      }),
      { numRuns: 300, seed: 17 },
    );
    expect(codes.size).toBeGreaterThan(10);
  });

  it('leaves events whose replay, step by step, is the cases', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const { log, cases } = run(story);
        const events = log.flatMap((entry) => entry.events);
        expect(new Set(events.map(({ step }) => step))).toEqual(new Set(cases.keys()));
        for (const [step, state] of cases) {
          expect(replay(events.filter((logged) => logged.step === step).map(({ event }) => event))).toEqual(
            state,
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('tells the dossier of every filed case what the case itself holds, and no case more than its service needs', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const { dossier, cases } = run(story);
        for (const [step, state] of cases) {
          if (state.status === 'none') continue;
          const { needs } = world.services.get(getJourneyStep(world, step).service) as ServiceDefinition;
          expect(needs.map(({ fact }) => fact)).toEqual(expect.arrayContaining(Object.keys(state.answers)));
          const filing = dossier.filings[step];
          if (filing)
            expect(state).toMatchObject({
              status: filing.status,
              answers: filing.answers,
              evidence: filing.evidence,
            });
        }
      }),
      { numRuns: 200 },
    );
  });

  it('brings to each side what the other side said, in its words, once, and as soon as its case can hear it', () => {
    let heard = 0;
    fc.assert(
      fc.property(anyStory, (drawn) => {
        // What the gateway brings is asked about, so nobody forges it, and no remedy starts the panel afresh.
        const apart = new Set<string>(['recordContribution', 'decideRemedy']);
        const { log, cases } = run(drawn.filter(({ act }) => !apart.has(act.do)));
        const said = (step: string, side: 'own' | 'other') =>
          log.flatMap(({ events }) =>
            events.flatMap(({ step: at, event }) => {
              if (at !== step || event.type !== 'contributionRecorded' || event.side !== side) return [];
              return [[event.contribution.answer, event.contribution.conditions]];
            }),
          );
        for (const [here, there] of [
          ['laboratory', 'biosafety'],
          ['biosafety', 'laboratory'],
        ] as const) {
          const spoken = said(there, 'own');
          const arrived = said(here, 'other');
          const state = cases.get(here);
          if (state && isPending(state)) expect(arrived).toEqual(spoken);
          else expect(spoken.slice(0, arrived.length)).toEqual(arrived);
          heard += arrived.length;
        }
      }),
      { numRuns: 200, seed: 23 },
    );
    expect(heard).toBeGreaterThan(50);
  });
});

function withOutcome(
  service: ServiceDefinition,
  combination: 'yesNo' | 'noYes',
  consequence: JointConsequence,
): ServiceDefinition {
  const steps = service.steps.map((step) => {
    if (!step.joint) return step;
    const outcomes = {
      ...step.joint.outcomes,
      [combination]: { consequence, explanation: text(consequence) },
    };
    return { ...step, joint: { ...step.joint, outcomes } };
  });
  return { ...service, steps };
}
