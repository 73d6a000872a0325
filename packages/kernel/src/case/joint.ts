import { type Refusal, refuse } from '../shared/refusal.ts';
import type { JointAnswer, JointCombination } from '../vocabulary.ts';
import type { CommandOf } from './commands.ts';
import type { CaseContext } from './context.ts';
import type { JointPart, StepDefinition } from './definition.ts';
import { decline, event, type Handler, type Outcome } from './handler.ts';
import { type Contribution, jointOf, type PendingCase } from './state.ts';
import { noneOpen, openStep } from './steps.ts';

/**
 * Joint steps. Each side records its own answer and what the other side said; once both are there, the step's table
 * says what follows for this side's case. The other side may answer first, even before this case is accepted. Where its
 * node cannot or does not report, an officer of the deciding authority records its word by hand, with the reason.
 */

export const contribute: Handler<'contribute'> = {
  ready(state, context) {
    const isJoint = (step: StepDefinition) => step.joint !== null;
    const refusal = noneOpen(state, context, isJoint);
    if (refusal) return refusal;
    const isUnsaid = (step: StepDefinition) => isJoint(step) && standing('own', state, step.id) === null;
    if (noneOpen(state, context, isUnsaid) === null) return null;
    const own = context.service.steps.filter((step) => step.by === context.actor.organization);
    return allSaid('own', own.filter(isJoint), state, context);
  },
  decide(command, state, context) {
    const step = openStep(command.step, state, context);
    if ('code' in step) return decline(step);
    return record('own', step, command, state, context);
  },
};

export const recordContribution: Handler<'recordContribution'> = {
  ready(state, context) {
    const { service, actor } = context;
    const byHand = actor.role === 'officer';
    if (byHand && actor.organization !== service.authority) {
      return refuse('notYourDesk', service.citation, { desk: service.authority });
    }
    const theirs = service.steps.filter(
      ({ joint }) => joint && (byHand || joint.otherAuthority === actor.organization),
    );
    if (theirs.length === 0) {
      return byHand
        ? refuse('stepNotOpen', service.citation, { steps: [] })
        : refuse('notYourDesk', service.citation);
    }
    const awaited = theirs.some((step) => standing('other', state, step.id) === null);
    return awaited ? null : allSaid('other', theirs, state, context);
  },
  decide(command, state, context) {
    const step = context.service.steps.find((candidate) => candidate.id === command.step);
    if (!step) return decline(refuse('stepUnknown', context.service.citation, { step: command.step }));
    if (context.actor.role === 'officer') {
      if (!command.reason) return decline(refuse('reasonMissing', step.citation, { step: step.id }));
      return record('other', step, command, state, context);
    }
    if (step.joint && step.joint.otherAuthority !== context.actor.organization) {
      const desk = step.joint.otherAuthority;
      return decline(refuse('notYourDesk', step.citation, { step: step.id, desk }));
    }
    return record('other', step, command, state, context);
  },
};

/** Which row of the outcome table two answers select, own answer first. */
export function combine(own: JointAnswer, other: JointAnswer): JointCombination {
  if (own === 'no') return other === 'no' ? 'noNo' : 'noYes';
  if (other === 'no') return 'yesNo';
  return own === 'yes' && other === 'yes' ? 'yesYes' : 'conditionalYes';
}

function record(
  side: 'own' | 'other',
  step: StepDefinition,
  command: CommandOf<'contribute' | 'recordContribution'>,
  state: PendingCase,
  context: CaseContext,
): Outcome {
  const { answer, conditions = [] } = command;
  const joint = jointOf(state, step.id);
  const refusal = unfit(side, step, standing(side, state, step.id), answer, conditions);
  if (refusal) return decline(refusal);
  const { reason } = command as CommandOf<'recordContribution'>;
  const byHand = context.actor.role === 'officer' && side === 'other' && reason !== undefined;
  const contribution: Contribution = { answer, conditions, on: context.today, ...(byHand && { reason }) };
  const recorded = event(context, 'contributionRecorded', { step: step.id, side, contribution });
  const both = { ...joint, [side]: contribution };
  if (!step.joint || !both.own || !both.other) return { events: [recorded] };
  const fields = concluded(step.id, step.joint, both.own, both.other);
  return { events: [recorded, event(context, 'jointOutcomeReached', fields)] };
}

/**
 * What a side has said in this examination; null where it may speak. What the other side said before a remedy reopened
 * the case still counts, but may be replaced.
 */
function standing(side: 'own' | 'other', state: PendingCase, step: string): Contribution | null {
  const joint = jointOf(state, step);
  const said = joint[side];
  return said !== null && joint.consequence === null && said.on < state.runsFrom ? null : said;
}

/** The refusal where a side has nothing left to say: the last of its answers that stands. */
function allSaid(
  side: 'own' | 'other',
  steps: readonly StepDefinition[],
  state: PendingCase,
  { service }: CaseContext,
): Refusal {
  for (const step of steps.toReversed()) {
    const said = standing(side, state, step.id);
    if (said === null) continue;
    return refuse('alreadyContributed', step.citation, { step: step.id, side, answer: said.answer });
  }
  return refuse('alreadyContributed', service.citation, { side });
}

function unfit(
  side: 'own' | 'other',
  step: StepDefinition,
  earlier: Contribution | null,
  answer: JointAnswer,
  conditions: readonly string[],
): Refusal | null {
  const facts = { step: step.id, side };
  if (!step.joint) return refuse('stepIsNotJoint', step.citation, facts);
  if (earlier) return refuse('alreadyContributed', step.citation, { ...facts, answer: earlier.answer });
  const conditional = answer === 'conditionalYes';
  if (conditional && conditions.length === 0) return refuse('conditionsMissing', step.citation, facts);
  if (!conditional && conditions.length > 0) return refuse('conditionsNotExpected', step.citation, facts);
  return null;
}

function concluded(step: string, joint: JointPart, own: Contribution, other: Contribution) {
  const { consequence } = joint.outcomes[combine(own.answer, other.answer)];
  // Where this side goes on alone or the panel meets again, the other side's conditions bind nobody here.
  const conditions =
    consequence === 'adoptWithConditions'
      ? [...own.conditions, ...other.conditions]
      : consequence === 'ownPartOnly'
        ? own.conditions
        : [];
  return { step, consequence, conditions };
}
