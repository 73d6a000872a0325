import type { JointPart, Need, ServiceDefinition, StepDefinition } from '@twinpark/kernel/case/definition.ts';
import type { Text } from '@twinpark/kernel/shared/text.ts';
import type { TimeLimit } from '@twinpark/kernel/shared/time-limit.ts';
import { clause } from './citation.ts';

/** Definitions of an invented service, complete and small; a test changes only what it speaks of. */

export function text(words: string): Text {
  return { en: words };
}

export function limit(overrides: Partial<TimeLimit> = {}): TimeLimit {
  return {
    amount: 10,
    unit: 'workingDays',
    starts: 'dayAfter',
    from: 'acceptance',
    calendars: ['plain'],
    rollsForward: false,
    tacit: null,
    extension: null,
    citation: clause('Art. 10'),
    ...overrides,
  };
}

export function need(fact: string, overrides: Partial<Need> = {}): Need {
  return { fact, when: null, optional: false, ...overrides };
}

export function step(id: string, overrides: Partial<StepDefinition> = {}): StepDefinition {
  return {
    id,
    name: text(id),
    by: 'authority',
    after: [],
    when: null,
    limit: null,
    joint: null,
    citation: clause(`Art. step ${id}`),
    ...overrides,
  };
}

/** A panel with the other side: conditions bind, a split lets each side go on alone, two noes refuse. */
export function jointStep(id: string, overrides: Partial<JointPart> = {}): StepDefinition {
  const joint: JointPart = {
    id: 'panel',
    otherPark: 'other-park',
    otherAuthority: 'other-authority',
    shares: [],
    outcomes: {
      yesYes: { consequence: 'adopt', explanation: text('both adopt') },
      yesNo: { consequence: 'ownPartOnly', explanation: text('own part only') },
      noYes: { consequence: 'refuse', explanation: text('own side refuses') },
      noNo: { consequence: 'refuse', explanation: text('both refuse') },
      conditionalYes: { consequence: 'adoptWithConditions', explanation: text('with conditions') },
    },
    ...overrides,
  };
  return step(id, { joint });
}

/** One authority, two facts, one paper and one that may follow, one step, ten working days, one remedy. */
export function aService(overrides: Partial<ServiceDefinition> = {}): ServiceDefinition {
  return {
    id: 'laboratory-permit',
    hash: 'hash-1',
    park: 'park',
    authority: 'authority',
    name: text('Laboratory permit'),
    citation: clause('Art. 1'),
    effective: { from: '2025-01-01', to: null },
    needs: [need('team.name'), need('team.headcount')],
    provides: [],
    evidence: [
      { type: 'floor-plan', when: null, debt: null },
      { type: 'insurance-slip', when: null, debt: limit({ amount: 5, citation: clause('Art. 5') }) },
    ],
    criteria: [],
    acceptanceLimit: limit({ amount: 5, from: 'filing', citation: clause('Art. 4') }),
    decisionLimit: limit(),
    supplement: { limit: limit({ citation: clause('Art. 6') }), rounds: null, silence: 'nothing' },
    steps: [step('examination')],
    specialProcedures: [],
    fourEyes: null,
    fees: [],
    unestablished: [],
    output: { id: 'permit', name: text('Permit'), languages: ['en'], validityMonths: null },
    remedies: [
      {
        id: 'appeal',
        name: text('Appeal'),
        body: 'appeal-board',
        limit: limit({ amount: 60, unit: 'calendarDays', citation: clause('Art. 60') }),
        languages: ['en'],
        citation: clause('Art. 60'),
      },
    ],
    ...overrides,
  };
}
