import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { EvidenceItem } from '@twinpark/kernel/case/state.ts';
import {
  addEvidence,
  answer,
  type Dossier,
  type FilingRecord,
  type JourneyWorld,
} from '@twinpark/kernel/dossier/dossier.ts';
import type { JourneyStep } from '@twinpark/kernel/dossier/journey.ts';
import type { CaseAct, DossierScript, StoryEntry } from '@twinpark/kernel/dossier/script.ts';
import type { SimulationWorld } from '@twinpark/kernel/dossier/simulate.ts';
import type { Expression, Facts, FactValue } from '@twinpark/kernel/policy/expression.ts';
import {
  compileCalendar,
  intersectCalendars,
  type WorkingCalendar,
} from '@twinpark/kernel/shared/calendar.ts';
import type { CaseAction, Role } from '@twinpark/kernel/vocabulary.ts';
import { clause } from './citation.ts';
import { aService, jointStep, limit, need, step, text } from './service.ts';

/**
 * An invented journey over two parks, in five steps:
 *
 *     north   company ──► laboratory ──┐   (joint panel with biosafety)
 *     south   biosafety ──► import ────┴──► subsidy
 *
 * `company` provides a number that `laboratory` needs, `import` is needed only for human samples, and four eyes decide
 * on the subsidy. The north works Monday to Friday; the south on Saturdays too, with two days of rest in March 2026.
 */

export function has(fact: string): Expression {
  return { op: 'fact', fact };
}

export function atLeast(fact: string, value: number): Expression {
  return { op: 'compare', operator: '>=', left: has(fact), right: { op: 'literal', value } };
}

export function paperOf(type: string, version = 1): EvidenceItem {
  return { type, name: `${type}-${version}.pdf`, digest: `${type}-${version}` };
}

const weeks: Readonly<Record<string, WorkingCalendar>> = {
  plain: aCalendar('plain', [1, 2, 3, 4, 5]),
  north: aCalendar('north', [1, 2, 3, 4, 5]),
  south: aCalendar('south', [1, 2, 3, 4, 5, 6], { from: '2026-03-12', to: '2026-03-13' }),
};

export function calendarFor(ids: readonly string[]): WorkingCalendar {
  return intersectCalendars(
    ids.map((id) => {
      const calendar = weeks[id];
      if (!calendar) throw new Error(`The invented zone has no calendar ${id}`);
      return calendar;
    }),
  );
}

const northern = {
  park: 'north',
  authority: 'north-authority',
  evidence: [],
  acceptanceLimit: null,
} as const;
const southern = {
  park: 'south',
  authority: 'south-authority',
  evidence: [],
  acceptanceLimit: null,
} as const;

/** The panel that both sides adopt, as one side's service declares it. */
function panelOf(by: 'north' | 'south') {
  const other = by === 'north' ? 'south' : 'north';
  const panel = jointStep('panel', {
    id: 'biosafety-panel',
    otherPark: other,
    otherAuthority: `${other}-authority`,
  });
  return { ...panel, by: `${by}-authority` };
}

/** The services of the journey; a test changes only what it speaks of. */
export const services = {
  company: (overrides: Partial<ServiceDefinition> = {}) =>
    aService({
      ...northern,
      id: 'company',
      hash: 'company-1',
      needs: [need('company.name'), need('company.capital')],
      provides: ['company.number'],
      evidence: [{ type: 'charter', when: null, debt: null }],
      decisionLimit: limit({ amount: 5, from: 'filing', calendars: ['north'] }),
      steps: [],
      ...overrides,
    }),
  laboratory: (overrides: Partial<ServiceDefinition> = {}) =>
    aService({
      ...northern,
      id: 'laboratory',
      hash: 'laboratory-1',
      needs: [
        need('company.number'),
        need('laboratory.area'),
        need('laboratory.gas'),
        need('laboratory.gasVolume', { when: has('laboratory.gas') }),
      ],
      evidence: [
        { type: 'floor-plan', when: null, debt: null },
        { type: 'gas-plan', when: has('laboratory.gas'), debt: null },
        {
          type: 'insurance-slip',
          when: null,
          debt: limit({ amount: 5, calendars: ['north'], citation: clause('Art. 5') }),
        },
      ],
      criteria: [
        {
          id: 'big-enough',
          name: text('At least 50 square metres'),
          test: atLeast('laboratory.area', 50),
          citation: clause('Art. area'),
        },
      ],
      acceptanceLimit: limit({ amount: 3, from: 'filing', calendars: ['north'], citation: clause('Art. 4') }),
      decisionLimit: limit({ amount: 10, calendars: ['north'], citation: clause('Art. 10') }),
      steps: [{ ...step('examination'), by: 'north-authority' }, panelOf('north')],
      ...overrides,
    }),
  biosafety: (overrides: Partial<ServiceDefinition> = {}) =>
    aService({
      ...southern,
      id: 'biosafety',
      hash: 'biosafety-1',
      needs: [need('laboratory.area'), need('samples.human')],
      decisionLimit: limit({
        amount: 6,
        from: 'filing',
        calendars: ['south'],
        citation: clause('Art. south 6'),
      }),
      steps: [panelOf('south')],
      ...overrides,
    }),
  import: (overrides: Partial<ServiceDefinition> = {}) =>
    aService({
      ...southern,
      id: 'import',
      hash: 'import-1',
      needs: [need('samples.human'), need('samples.count', { when: has('samples.human') })],
      decisionLimit: null,
      steps: [],
      ...overrides,
    }),
  subsidy: (overrides: Partial<ServiceDefinition> = {}) =>
    aService({
      ...southern,
      id: 'subsidy',
      hash: 'subsidy-1',
      needs: [need('company.number'), need('subsidy.amount')],
      decisionLimit: limit({ amount: 20, unit: 'calendarDays', from: 'filing', calendars: ['south'] }),
      fourEyes: clause('Art. four eyes'),
      steps: [],
      ...overrides,
    }),
};

export const journeySteps: readonly JourneyStep[] = [
  { id: 'company', service: 'company', after: [], when: null },
  { id: 'biosafety', service: 'biosafety', after: [], when: null },
  { id: 'laboratory', service: 'laboratory', after: ['company'], when: null },
  { id: 'import', service: 'import', after: ['biosafety'], when: has('samples.human') },
  { id: 'subsidy', service: 'subsidy', after: ['laboratory', 'import'], when: null },
];

/** The journey in its zone; the overrides replace services by id. */
export function aWorld(
  overrides: Partial<Record<keyof typeof services, ServiceDefinition>> = {},
  steps: readonly JourneyStep[] = journeySteps,
): SimulationWorld {
  const definitions = Object.entries(services).map(([id, build]) => [id, build()] as const);
  return {
    journey: { id: 'set-up', hash: 'set-up-1', name: text('Set up'), summary: text(''), steps, form: [] },
    services: new Map([...definitions, ...Object.entries(overrides)]),
    calendarFor,
    timeZoneOf: () => 'UTC',
  };
}

export function getJourneyStep({ journey }: JourneyWorld, id: string): JourneyStep {
  const found = journey.steps.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`No such step: ${id}`);
  return found;
}

/** All that an applicant can tell at the start; the company's number comes with the company. */
export const allAnswers = {
  'company.name': 'Reed',
  'company.capital': 500_000,
  'laboratory.area': 80,
  'laboratory.gas': false,
  'samples.human': true,
  'samples.count': 12,
  'subsidy.amount': 90_000,
} as const satisfies Facts;

export const allPapers: readonly EvidenceItem[] = ['charter', 'floor-plan', 'insurance-slip'].map((type) =>
  paperOf(type),
);

export const startOn = '2026-03-02';

export function aDossier(
  answers: Readonly<Record<string, FactValue>> = allAnswers,
  evidence: readonly EvidenceItem[] = allPapers,
): Dossier {
  const empty = {
    id: 'dossier',
    journey: 'set-up',
    applicant: 'applicant',
    answers: {},
    evidence: {},
    filings: {},
  };
  return addEvidence(answer(empty, answers, startOn), evidence, startOn);
}

/** What the dossier knows of a case that was filed with everything it now holds for that step. */
export function aFiling(overrides: Partial<FilingRecord> = {}): FilingRecord {
  return {
    caseId: 'case-1',
    service: 'company',
    filedOn: '2026-03-03',
    answers: {},
    evidence: {},
    status: 'inExamination',
    outcome: null,
    ...overrides,
  };
}

const usualRole: Partial<Record<CaseAction, Role>> = {
  openCase: 'applicant',
  amendCase: 'applicant',
  fileCase: 'applicant',
  withdrawCase: 'applicant',
  supplyEvidence: 'applicant',
  lodgeRemedy: 'applicant',
  declareLapse: 'timer',
  declareTacitEffect: 'timer',
  recordContribution: 'peer',
  decideRemedy: 'remedyBody',
};

/** One entry of a story, by whoever usually does it. */
export function tell<Action extends CaseAction>(
  on: string,
  action: Action,
  at: string,
  command: Extract<CaseAct, { do: Action }>['command'],
  rest: Partial<Pick<CaseAct, 'by' | 'person' | 'outputs'>> = {},
): StoryEntry {
  const act = {
    do: action,
    step: at,
    by: usualRole[action] ?? 'officer',
    person: null,
    command,
    outputs: {},
    ...rest,
  };
  return { on, note: null, act: act as unknown as CaseAct };
}

/** The applicant changes the dossier itself. */
export function tellAnswers(on: string, answers: Facts, evidence: readonly EvidenceItem[] = []): StoryEntry {
  return { on, note: null, act: { do: 'answer', answers, evidence } };
}

export function aScript(story: readonly StoryEntry[], overrides: Partial<DossierScript> = {}): DossierScript {
  return {
    title: text('A team from the south sets up in the north'),
    journey: 'set-up',
    applicant: { id: 'applicant', name: text('Reed') },
    startOn,
    answers: allAnswers,
    evidence: allPapers,
    story,
    ...overrides,
  };
}

/** Parts of a story that runs well; days are in March 2026, which begins on a Sunday. */
export const stories = {
  companyGranted: (): StoryEntry[] => [
    tell('2026-03-02', 'fileCase', 'company', {}),
    tell('2026-03-03', 'acceptCase', 'company', {}),
    tell('2026-03-04', 'decideCase', 'company', { outcome: 'granted' }),
    tell(
      '2026-03-05',
      'serveOutput',
      'company',
      { receiptNumber: 'N-1' },
      { outputs: { 'company.number': 'C-77' } },
    ),
  ],
  laboratoryAccepted: (): StoryEntry[] => [
    tell('2026-03-05', 'fileCase', 'laboratory', {}),
    tell('2026-03-06', 'acceptCase', 'laboratory', {}),
    tell('2026-03-09', 'completeStep', 'laboratory', { step: 'examination', result: 'passed' }),
  ],
  biosafetyAccepted: (): StoryEntry[] => [
    tell('2026-03-09', 'fileCase', 'biosafety', {}),
    tell('2026-03-09', 'acceptCase', 'biosafety', {}),
  ],
  panelAgreed: (): StoryEntry[] => [
    tell('2026-03-10', 'contribute', 'laboratory', { step: 'panel', answer: 'yes' }),
    tell('2026-03-10', 'contribute', 'biosafety', { step: 'panel', answer: 'yes' }),
  ],
  bothGranted: (): StoryEntry[] => [
    tell('2026-03-11', 'decideCase', 'laboratory', { outcome: 'granted' }),
    tell('2026-03-11', 'decideCase', 'biosafety', { outcome: 'granted' }),
    tell('2026-03-12', 'serveOutput', 'laboratory', { receiptNumber: 'N-2' }),
    tell('2026-03-14', 'serveOutput', 'biosafety', { receiptNumber: 'S-1' }),
  ],
  importGranted: (): StoryEntry[] => [
    tell('2026-03-14', 'fileCase', 'import', {}),
    tell('2026-03-14', 'acceptCase', 'import', {}),
    tell('2026-03-16', 'decideCase', 'import', { outcome: 'granted' }),
  ],
  subsidyClosed: (): StoryEntry[] => [
    tell('2026-03-16', 'fileCase', 'subsidy', {}),
    tell('2026-03-17', 'acceptCase', 'subsidy', {}),
    tell('2026-03-18', 'proposeDecision', 'subsidy', { outcome: 'granted' }),
    tell('2026-03-19', 'approveDecision', 'subsidy', {}, { person: 'second-officer' }),
    tell('2026-03-20', 'serveOutput', 'subsidy', { receiptNumber: 'S-2' }),
    tell('2026-03-21', 'closeCase', 'subsidy', {}),
  ],
  whole: (): StoryEntry[] => [
    ...stories.companyGranted(),
    ...stories.laboratoryAccepted(),
    ...stories.biosafetyAccepted(),
    ...stories.panelAgreed(),
    ...stories.bothGranted(),
    ...stories.importGranted(),
    ...stories.subsidyClosed(),
  ],
};

function aCalendar(id: string, workingWeekdays: readonly number[], rest?: { from: string; to: string }) {
  const holidays = rest ? [{ holiday: 'rest', ...rest }] : [];
  return compileCalendar({
    id,
    park: id,
    workingWeekdays,
    holidayNames: { rest: text('Days of rest') },
    years: [{ year: 2026, holidays, makeUpDays: [], citation: clause('Calendar') }],
  });
}
