import type { CaseCommand } from '@twinpark/kernel/case/commands.ts';
import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import { decide } from '@twinpark/kernel/case/decide.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import { replay } from '@twinpark/kernel/case/evolve.ts';
import { type Actor, type CaseState, noCase } from '@twinpark/kernel/case/state.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import { calendarFor, paperOf, services } from '@twinpark/testkit/journey.ts';
import { limit } from '@twinpark/testkit/service.ts';
import { assign, createMachine, transition } from 'xstate';
import type { BenchPart, Contender } from '../harness.ts';

const journeyCount = 100;

/** One command of the script, with all that the caller of the kernel hands in, made before anything is timed. */
interface ScriptedCommand {
  readonly step: number;
  readonly command: CaseCommand;
  readonly context: CaseContext;
}

/**
 * A journey of six cases over both parks, each from filing to closing, through `decide` and `evolve`; one panel hears
 * both sides. The peer is a state machine with the same statuses and data that takes the same commands: it knows who
 * may follow whom, but no law, no refusal with a clause, no clock and no record of what happened.
 *
 * Throws: an `Error` where a command is refused or a case ends otherwise in the machine than in the kernel.
 */
export function casesPart(): BenchPart {
  const script = journeyScript();
  const { states, events } = runKernel(script);
  const statuses = states.map(({ status }) => status);
  requireSame(
    statuses,
    states.map(() => 'closed'),
  );
  requireSame(
    runMachine(script).map(({ value }) => String(value)),
    statuses,
  );
  const repeated = (run: () => unknown) => () => {
    for (let journey = 0; journey < journeyCount; journey += 1) run();
  };
  return {
    title: 'Cases: a journey of six services over both parks, from filing to closing',
    unit: 'commands',
    operations: journeyCount * script.length,
    also: [
      { unit: 'journeys', operations: journeyCount },
      { unit: 'cases', operations: journeyCount * states.length },
      { unit: 'events', operations: journeyCount * events },
    ],
    contenders: [
      { name: 'kernel decide and evolve', run: repeated(() => runKernel(script)) },
      { name: 'xstate transition, no law and no events', run: repeated(() => runMachine(script)) },
    ],
    notes: [
      `one journey: ${states.length} cases, ${script.length} commands, ${events} events`,
      'the machine takes the same commands, keeps the main fields and ends in the same statuses; it leaves no events',
    ],
  };
}

/** Whether a command costs more on a case that has seen much. */
export function casesGrowthPart(): BenchPart {
  const histories = [10, 100, 1_000, 10_000].map((length) => ({ length, state: longCase(length) }));
  const perRun = 100;
  return {
    title: 'Cases: the kernel with longer histories',
    unit: 'commands',
    operations: perRun * nextCommands.length,
    contenders: histories.map(({ length, state }): Contender => {
      // A refusal would be quicker than a decision; it throws here, before anything is timed.
      actOn(state);
      return {
        name: `${length.toLocaleString('en')} earlier events`,
        run: () => {
          for (let round = 0; round < perRun; round += 1) actOn(state);
        },
      };
    }),
    notes: [
      'a case in examination after rounds of asking for evidence, amending and supplying it, one event a day',
      `each command is decided and its events evolved: ${nextCommands.map(({ command }) => command.type).join(', ')}`,
    ],
  };
}

/** The laboratory of the invented journey, without a bound on rounds and with a silence that decides. */
const patient: ServiceDefinition = services.laboratory({
  decisionLimit: limit({
    amount: 20,
    calendars: ['north'],
    tacit: 'granted',
    extension: { amount: 10, times: 100, citation: limit().citation },
  }),
  steps: [],
});

const answers: Facts = { 'company.number': 'C-77', 'laboratory.area': 80, 'laboratory.gas': false };
const papers = [paperOf('floor-plan'), paperOf('insurance-slip')];

const rounds: readonly { command: CaseCommand; by: Actor['role'] }[] = [
  { command: { type: 'requestEvidence', evidence: ['floor-plan'] }, by: 'officer' },
  { command: { type: 'amendCase', answers: { 'laboratory.area': 81 } }, by: 'applicant' },
  { command: { type: 'supplyEvidence', evidence: [paperOf('floor-plan', 2)] }, by: 'applicant' },
];

const lastDay = Temporal.PlainDate.from('2090-01-01');

/** What follows on the case in examination, each from the same state. */
const nextCommands: readonly Omit<ScriptedCommand, 'step'>[] = (
  [
    [{ type: 'amendCase', answers: { 'laboratory.area': 90 } }, 'applicant'],
    [{ type: 'requestEvidence', facts: ['laboratory.area'] }, 'officer'],
    [{ type: 'extendLimit', reason: 'complex' }, 'officer'],
    [{ type: 'decideCase', outcome: 'granted' }, 'officer'],
  ] as const
).map(([command, by]) => ({
  command,
  context: contextOf(patient, by, lastDay.add({ days: 3 }).toString()),
}));

function longCase(length: number): CaseState {
  const start = lastDay.subtract({ days: length });
  const opening = [
    { command: { type: 'openCase', caseId: 'case', answers, evidence: papers }, by: 'applicant' },
    { command: { type: 'fileCase' }, by: 'applicant' },
    { command: { type: 'acceptCase' }, by: 'officer' },
  ] as const;
  // Whole rounds, so that the case is left in examination.
  const roundCount = Math.ceil((length - opening.length) / rounds.length);
  const acts = [...opening, ...Array.from({ length: roundCount }, () => rounds).flat()];
  let state: CaseState = noCase;
  acts.forEach(({ command, by }, place) => {
    const on = start.add({ days: place }).toString();
    state = replay(eventsOf(command, state, contextOf(patient, by, on)), state);
  });
  return state;
}

function actOn(state: CaseState): void {
  for (const { command, context } of nextCommands) replay(eventsOf(command, state, context), state);
}

function runKernel(script: readonly ScriptedCommand[]): { states: readonly CaseState[]; events: number } {
  const states: CaseState[] = Array.from({ length: 6 }, () => noCase);
  let events = 0;
  for (const { step, command, context } of script) {
    const state = states[step] ?? noCase;
    const happened = eventsOf(command, state, context);
    states[step] = replay(happened, state);
    events += happened.length;
  }
  return { states, events };
}

function eventsOf(command: CaseCommand, state: CaseState, context: CaseContext): readonly CaseEvent[] {
  const outcome = decide(command, state, context);
  if ('refusal' in outcome) throw new Error(`${command.type} was refused: ${outcome.refusal.code}`);
  return outcome.events;
}

function journeyScript(): readonly ScriptedCommand[] {
  const company = services.company();
  const laboratory = services.laboratory();
  const biosafety = services.biosafety();
  const filings: readonly (readonly [ServiceDefinition, Facts])[] = [
    [company, { 'company.name': 'Reed', 'company.capital': 500_000 }],
    [laboratory, answers],
    [biosafety, { 'laboratory.area': 80, 'samples.human': true }],
    [services.import(), { 'samples.human': true, 'samples.count': 12 }],
    [services.subsidy(), { 'company.number': 'C-77', 'subsidy.amount': 90_000 }],
    [company, { 'company.name': 'Reed Branch', 'company.capital': 200_000 }],
  ];
  const script: ScriptedCommand[] = [];
  const act = (step: number, command: CaseCommand, by: Actor['role'] = 'officer', person = 'officer-1') => {
    const service = filings[step]?.[0];
    if (!service) throw new Error(`No service ${step}`);
    script.push({ step, command, context: contextOf(service, by, '2026-03-02', person) });
  };
  filings.forEach(([service, given], step) => {
    const evidence = service.evidence.filter(({ when }) => when === null).map(({ type }) => paperOf(type));
    act(step, { type: 'openCase', caseId: `case-${step}`, answers: given, evidence }, 'applicant');
    act(step, { type: 'fileCase' }, 'applicant');
    act(step, { type: 'acceptCase' });
  });
  act(1, { type: 'completeStep', step: 'examination', result: 'passed' });
  for (const [here, there] of [
    [1, 2],
    [2, 1],
  ] as const) {
    act(here, { type: 'contribute', step: 'panel', answer: 'yes' });
    act(there, { type: 'recordContribution', step: 'panel', answer: 'yes' }, 'peer');
  }
  filings.forEach(([service], step) => {
    if (service.fourEyes) {
      act(step, { type: 'proposeDecision', outcome: 'granted' });
      act(step, { type: 'approveDecision' }, 'officer', 'officer-2');
    } else {
      act(step, { type: 'decideCase', outcome: 'granted' });
    }
    act(step, { type: 'serveOutput', receiptNumber: `R-${step}` });
    act(step, { type: 'closeCase' });
  });
  return script;
}

function contextOf(
  service: ServiceDefinition,
  role: Actor['role'],
  today: string,
  person = 'officer-1',
): CaseContext {
  const other = service.steps.find(({ joint }) => joint)?.joint?.otherAuthority ?? '';
  const organization = role === 'applicant' ? 'applicant' : role === 'peer' ? other : service.authority;
  return { actor: { role, person, organization }, today, at: `${today}T01:00:00Z`, service, calendarFor };
}

interface MachineCase {
  readonly answers: Facts;
  readonly steps: Readonly<Record<string, string>>;
  readonly joint: Readonly<Record<string, string>>;
  readonly decision: string | null;
  readonly receiptNumber: string | null;
}

const machine = createMachine({
  types: {} as { context: MachineCase; events: CaseCommand },
  context: { answers: {}, steps: {}, joint: {}, decision: null, receiptNumber: null },
  initial: 'none',
  states: {
    none: {
      on: {
        openCase: { target: 'draft', actions: assign({ answers: ({ event }) => event.answers ?? {} }) },
      },
    },
    draft: { on: { fileCase: 'filed', withdrawCase: 'withdrawn' } },
    filed: {
      on: { acceptCase: 'inExamination', declineAcceptance: 'notAccepted', withdrawCase: 'withdrawn' },
    },
    inExamination: {
      on: {
        withdrawCase: 'withdrawn',
        completeStep: {
          actions: assign({
            steps: ({ context, event }) => ({ ...context.steps, [event.step]: event.result }),
          }),
        },
        contribute: {
          actions: assign({
            joint: ({ context, event }) => ({ ...context.joint, [`${event.step}/own`]: event.answer }),
          }),
        },
        recordContribution: {
          actions: assign({
            joint: ({ context, event }) => ({ ...context.joint, [`${event.step}/other`]: event.answer }),
          }),
        },
        proposeDecision: { actions: assign({ decision: ({ event }) => event.outcome }) },
        approveDecision: 'decided',
        decideCase: { target: 'decided', actions: assign({ decision: ({ event }) => event.outcome }) },
      },
    },
    decided: {
      on: {
        serveOutput: {
          target: 'served',
          actions: assign({ receiptNumber: ({ event }) => event.receiptNumber }),
        },
      },
    },
    served: { on: { closeCase: 'closed' } },
    closed: {},
    notAccepted: {},
    withdrawn: {},
  },
});

const unopened = machine.resolveState({
  value: 'none',
  context: { answers: {}, steps: {}, joint: {}, decision: null, receiptNumber: null },
});

function runMachine(script: readonly ScriptedCommand[]) {
  const cases = Array.from({ length: 6 }, () => unopened);
  for (const { step, command } of script) {
    [cases[step] = unopened] = transition(machine, cases[step] ?? unopened, command);
  }
  return cases;
}

function requireSame(found: readonly string[], expected: readonly string[]): void {
  if (found.join() === expected.join()) return;
  throw new Error(`The cases end as ${found.join(', ')}, not as ${expected.join(', ')}`);
}
