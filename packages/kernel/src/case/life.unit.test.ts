import { contextOf, paper, people } from '@twinpark/testkit/case-spec.ts';
import { clause } from '@twinpark/testkit/citation.ts';
import { aService, jointStep, limit, step, text } from '@twinpark/testkit/service.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaseAction, caseActions, jointAnswers, jointConsequences } from '../vocabulary.ts';
import { authorityClock, authorityLimit, explainAuthorityClock, isPending, runningClocks } from './clock.ts';
import type { CaseCommand } from './commands.ts';
import { availableActions, decide } from './decide.ts';
import type { ServiceDefinition } from './definition.ts';
import type { CaseEvent } from './events.ts';
import { evolve, replay } from './evolve.ts';
import { silentLimit } from './silence.ts';
import { type Actor, type CaseState, noCase } from './state.ts';

/** Services that mix everything a definition can ask for. */
const services = fc
  .record({
    fourEyes: fc.boolean(),
    tacit: fc.constantFrom('granted', 'refused', null),
    acceptanceTacit: fc.constantFrom('granted', 'refused', null),
    silence: fc.constantFrom('lapses', 'nothing'),
    rounds: fc.constantFrom(1, 2, null),
    joint: fc.boolean(),
    split: fc.constantFrom(...jointConsequences),
    from: fc.constantFrom('filing', 'acceptance'),
    amount: fc.integer({ min: 1, max: 20 }),
    criterion: fc.boolean(),
  })
  .map((choice): ServiceDefinition => {
    const panel = jointStep('panel');
    const outcome = { consequence: choice.split, explanation: text('split') };
    const joint = panel.joint && { ...panel.joint, outcomes: { ...panel.joint.outcomes, yesNo: outcome } };
    return aService({
      fourEyes: choice.fourEyes ? clause('Art. 4 eyes') : null,
      acceptanceLimit: limit({ amount: 3, from: 'filing', tacit: choice.acceptanceTacit }),
      decisionLimit: limit({
        amount: choice.amount,
        from: choice.from,
        tacit: choice.tacit,
        extension: { amount: 5, times: 1, citation: clause('Art. extension') },
      }),
      supplement: { limit: limit({ amount: 4 }), rounds: choice.rounds, silence: choice.silence },
      specialProcedures: [
        { id: 'hearing', name: text('Hearing'), by: 'board', citation: clause('Art. hearing') },
      ],
      steps: [
        step('examination'),
        step('inspection', { after: ['examination'] }),
        ...(choice.joint ? [{ ...panel, joint }] : []),
      ],
      criteria: choice.criterion
        ? [
            {
              id: 'big-enough',
              name: text('At least five people'),
              citation: clause('Art. criterion'),
              test: {
                op: 'compare',
                operator: '>=',
                left: { op: 'fact', fact: 'team.headcount' },
                right: { op: 'literal', value: 5 },
              },
            },
          ]
        : [],
    });
  });

/** One move: mostly something that is open to somebody, sometimes anything at all. */
const moves = fc.array(
  fc.record({
    guided: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
    pick: fc.nat(),
    detail: fc.nat(),
    // Most acts come soon after each other; some come when a limit has passed; a few are dated too early.
    days: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0, max: 2 }) },
      { weight: 3, arbitrary: fc.integer({ min: 5, max: 40 }) },
      { weight: 1, arbitrary: fc.constant(-3) },
    ),
  }),
  { maxLength: 60 },
);

const actors: readonly Actor[] = Object.values(people);

function commandFor(action: CaseAction, detail: number): CaseCommand {
  const pick = <Item>(items: readonly Item[]): Item => items[detail % items.length] as Item;
  const filling = {
    answers: { 'team.name': `Reed ${detail % 3}`, 'team.headcount': detail % 9 },
    evidence: [paper('floor-plan', detail % 4), ...(detail % 2 ? [paper('insurance-slip')] : [])],
  };
  const answer = pick(jointAnswers);
  const conditions = answer === 'conditionalYes' ? ['report yearly'] : [];
  const outcome = pick(['granted', 'grantedWithConditions', 'refused'] as const);
  const fields: Partial<Record<CaseAction, object>> = {
    openCase: { caseId: 'case-1', ...filling },
    amendCase: filling,
    supplyEvidence: filling,
    declineAcceptance: { reasons: ['no competence'] },
    requestEvidence: pick([
      { evidence: ['floor-plan'] },
      { facts: ['team.name'], evidence: ['insurance-slip'] },
    ]),
    completeStep: {
      step: pick(['examination', 'inspection', 'panel']),
      result: pick(['passed', 'passed', 'failed']),
    },
    contribute: { step: 'panel', answer, conditions },
    recordContribution: { step: 'panel', answer, conditions },
    suspendCase: { procedure: 'hearing' },
    extendLimit: { reason: 'complex' },
    decideCase: {
      outcome,
      reasons: ['as examined'],
      conditions: outcome === 'grantedWithConditions' ? ['report yearly'] : [],
    },
    proposeDecision: {
      outcome,
      reasons: ['as examined'],
      conditions: outcome === 'grantedWithConditions' ? ['report yearly'] : [],
    },
    returnProposal: { reason: 'look again' },
    serveOutput: { receiptNumber: 'R-1' },
    lodgeRemedy: { remedy: 'appeal' },
    decideRemedy: { result: pick(['dismissed', 'remitted']) },
  };
  return { type: action, ...fields[action] } as CaseCommand;
}

interface Life {
  readonly service: ServiceDefinition;
  readonly events: readonly CaseEvent[];
  readonly states: readonly CaseState[];
}

/** Plays the moves and calls back for each with the state before and what came of it. */
function live(
  service: ServiceDefinition,
  played: readonly { guided: boolean; pick: number; detail: number; days: number }[],
  watch: (
    state: CaseState,
    command: CaseCommand,
    actor: Actor,
    today: string,
    after: CaseState | null,
  ) => void = () => {},
): Life {
  let state: CaseState = noCase;
  let today = Temporal.PlainDate.from('2026-03-02');
  const events: CaseEvent[] = [];
  const states: CaseState[] = [state];
  for (const move of played) {
    const day = today.add({ days: move.days });
    if (move.days > 0) today = day;
    const open = actors.flatMap((actor) =>
      availableActions(state, contextOf(service, actor, day.toString()))
        .filter(({ refusal }) => refusal === null)
        .map(({ action }) => ({ actor, action })),
    );
    const anything = {
      actor: actors[move.pick % actors.length] as Actor,
      action: caseActions[move.detail % caseActions.length] as CaseAction,
    };
    const { actor, action } = (move.guided ? open[move.pick % open.length] : undefined) ?? anything;
    const command = commandFor(action, move.detail);
    const outcome = decide(command, freeze(state), contextOf(service, actor, day.toString()));
    const after: CaseState | null = 'refusal' in outcome ? null : outcome.events.reduce(evolve, state);
    watch(state, command, actor, day.toString(), after);
    if ('refusal' in outcome) continue;
    events.push(...outcome.events);
    state = after ?? state;
    states.push(state);
  }
  return { service, events, states };
}

function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

function everyLife(check: (life: Life) => void): void {
  fc.assert(
    fc.property(services, moves, (service, played) => check(live(service, played))),
    { numRuns: 400 },
  );
}

describe('any sequence of commands', () => {
  it('reaches every status, so that the properties below speak of whole lives', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(services, moves, (service, played) => {
        for (const { status } of live(service, played).states) reached.add(status);
      }),
      { numRuns: 600, seed: 7 },
    );
    expect([...reached].sort()).toEqual(
      'awaitingEvidence closed decided draft filed inExamination lapsed none notAccepted served suspended underRemedy withdrawn'.split(
        ' ',
      ),
    );
  });

  it('leaves events whose replay, also through JSON, is the state', () => {
    everyLife(({ events, states }) => {
      expect(replay(events)).toEqual(states.at(-1));
      expect(replay(JSON.parse(JSON.stringify(events)))).toEqual(states.at(-1));
    });
  });

  it('never decides a case that was not accepted', () => {
    everyLife(({ events }) => {
      let accepted = false;
      for (const event of events) {
        if (event.type === 'caseAccepted' || event.type === 'caseReopened') accepted = true;
        if (event.type === 'caseDecided') expect(accepted).toBe(true);
      }
    });
  });

  it('never takes from the dates of a history their order', () => {
    everyLife(({ events }) => {
      const dates = events.map((event) => event.on);
      expect(dates).toEqual(dates.toSorted());
    });
  });

  it('is refused exactly where the list of actions says so, with the same reason', () => {
    fc.assert(
      fc.property(services, moves, (service, played) => {
        live(service, played, (state, command, actor, today, after) => {
          const listed = availableActions(state, contextOf(service, actor, today)).find(
            ({ action }) => action === command.type,
          );
          if (!listed?.refusal) return;
          expect(after).toBeNull();
          expect(decide(command, state, contextOf(service, actor, today))).toEqual({
            refusal: listed.refusal,
          });
        });
      }),
      { numRuns: 200 },
    );
  });

  it('grants only when every step has passed, nothing is owed and conditions are taken over', () => {
    fc.assert(
      fc.property(services, moves, (service, played) => {
        live(service, played, (state, _, __, ___, after) => {
          if (state.status !== 'inExamination' || after?.status !== 'decided') return;
          const { decision } = after;
          if (decision.outcome === 'refused' || decision.tacit) return;
          for (const { id } of service.steps) expect(state.steps[id]?.result).toBe('passed');
          expect(state.debts).toEqual({});
          const bound = Object.values(state.steps).flatMap(({ conditions }) => conditions);
          expect(decision.conditions).toEqual(expect.arrayContaining(bound));
        });
      }),
      { numRuns: 400 },
    );
  });

  it('decides with four eyes only by two people', () => {
    everyLife(({ service, events }) => {
      let proposer: string | null = null;
      for (const event of events) {
        if (event.type === 'decisionProposed') proposer = event.by.person;
        if (event.type === 'caseDecided' && !event.tacit && service.fourEyes) {
          expect(proposer).not.toBeNull();
          expect(event.by.person).not.toBe(proposer);
        }
      }
    });
  });

  it('never counts a day on which the clock stood', () => {
    everyLife(({ service, states }) => {
      for (const state of states) {
        if (!isPending(state)) continue;
        const context = contextOf(service, people.officer, state.lastOn);
        const [clock] = runningClocks(state, context);
        const stands = state.status === 'awaitingEvidence' || state.status === 'suspended';
        expect(clock?.stoppedSince !== null).toBe(stands);
        for (let link = state.pauses; link !== null; link = link.before) {
          const { from, to } = link.pause;
          const counted = explainAuthorityClock(state, context).filter(
            ({ date, counts }) => counts && from <= date.toString() && date.toString() <= to,
          );
          expect(counted).toEqual([]);
        }
      }
    });
  });

  it('never moves the authority’s due date earlier by a stop or an extension', () => {
    const lengthening = new Set<CaseAction>([
      'supplyEvidence',
      'resumeCase',
      'extendLimit',
      'requestEvidence',
      'suspendCase',
    ]);
    fc.assert(
      fc.property(services, moves, (service, played) => {
        live(service, played, (state, command, actor, today, after) => {
          if (!lengthening.has(command.type) || !isPending(state) || !after || !isPending(after)) return;
          const context = contextOf(service, actor, today);
          const limits = [authorityLimit(state, context), authorityLimit(after, context)];
          const [before, later] = [state, after].map((each, index) => {
            const running = limits[index];
            return running ? authorityClock(each, running, context).dueOn : '';
          });
          expect((later ?? '') >= (before ?? '')).toBe(true);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('never lets an act of the authority undo what its silence has done', () => {
    let silent = 0;
    fc.assert(
      fc.property(services, moves, fc.nat(), (service, played, detail) => {
        for (const state of live(service, played).states) {
          if (state.status !== 'filed' && state.status !== 'inExamination') continue;
          const later = Temporal.PlainDate.from(state.lastOn).add({ days: 45 }).toString();
          const context = contextOf(service, people.officer, later);
          const limit = silentLimit(state, context);
          if (limit === null) continue;
          silent += 1;
          for (const action of caseActions) {
            const outcome = decide(commandFor(action, detail), state, context);
            if ('refusal' in outcome) continue;
            const after = replay(outcome.events, state);
            expect(after.status).toBe(state.status);
            expect(silentLimit(after as typeof state, context)).toEqual(limit);
          }
        }
      }),
      { numRuns: 400 },
    );
    expect(silent).toBeGreaterThan(100);
  });

  it('leaves no filed case on which nobody but the applicant can move it', () => {
    everyLife(({ service, states }) => {
      for (const state of states.filter(isPending)) {
        for (const days of [0, 90]) {
          const day = Temporal.PlainDate.from(state.lastOn).add({ days }).toString();
          const open = actors
            .filter(({ role }) => role === 'officer' || role === 'timer')
            .flatMap((actor) => availableActions(state, contextOf(service, actor, day)))
            .filter(({ refusal }) => refusal === null);
          expect(open).not.toEqual([]);
        }
      }
    });
  });

  it('neither asks for nor holds owed what has just come, by whichever action', () => {
    let came = 0;
    fc.assert(
      fc.property(services, moves, (service, played) => {
        live(service, played, (_, command, __, ___, after) => {
          if (command.type !== 'amendCase' && command.type !== 'supplyEvidence') return;
          if (after === null) return;
          came += 1;
          const wanted = [
            ...('request' in after ? after.request.evidence : []),
            ...('debts' in after ? Object.keys(after.debts) : []),
          ];
          const given = command.evidence?.map(({ type }) => type) ?? [];
          expect(wanted.filter((type) => given.includes(type))).toEqual([]);
        });
      }),
      { numRuns: 400 },
    );
    expect(came).toBeGreaterThan(100);
  });

  it('carries no field into a case that its service does not declare', () => {
    everyLife(({ service, states }) => {
      for (const state of states) {
        if (state.status === 'none') continue;
        const declared = service.needs.map(({ fact }) => fact);
        expect(declared).toEqual(expect.arrayContaining(Object.keys(state.answers)));
      }
    });
  });
});
