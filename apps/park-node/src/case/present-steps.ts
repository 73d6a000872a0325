import type { CaseView } from '@twinpark/contract/case/case-view.ts';
import type { JointPart, ServiceDefinition, StepDefinition } from '@twinpark/kernel/case/definition.ts';
import { combine } from '@twinpark/kernel/case/joint.ts';
import type { JointState } from '@twinpark/kernel/case/state.ts';
import { viewStep } from '@twinpark/kernel/case/steps.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { citeLaw, namedOrganization } from '../catalogue/present-law.ts';
import type { OpenedCase } from './project-case.ts';

type StepOfView = CaseView['steps'][number];

/** The steps of the examination: how each stands, and in joint ones what both sides have said. */
export function presentSteps(zone: Zone, service: ServiceDefinition, state: OpenedCase): StepOfView[] {
  return service.steps.map((step) => ({
    id: step.id,
    name: step.name,
    by: namedOrganization(zone, step.by),
    after: [...step.after],
    ...standingOf(step, service, state),
    joint: step.joint && presentJoint(zone, step.joint, jointStateOf(step, state)),
    law: citeLaw(zone, step.citation),
  }));
}

function standingOf(
  step: StepDefinition,
  service: ServiceDefinition,
  state: OpenedCase,
): Pick<StepOfView, 'state' | 'waitingFor' | 'result'> {
  if (!('steps' in state)) return { state: 'notBegun', waitingFor: [], result: null };
  const view = viewStep(step, service, state);
  return {
    state: view.state,
    waitingFor: view.state === 'waiting' ? [...view.for] : [],
    result: view.state === 'done' ? { ...view.result, conditions: [...view.result.conditions] } : null,
  };
}

function jointStateOf({ id }: StepDefinition, state: OpenedCase): JointState {
  const joint = 'joint' in state ? state.joint[id] : undefined;
  return joint ?? { round: 1, own: null, other: null, consequence: null };
}

function presentJoint(
  zone: Zone,
  part: JointPart,
  { round, own, other, consequence }: JointState,
): StepOfView['joint'] {
  const outcome = own && other ? part.outcomes[combine(own.answer, other.answer)] : null;
  return {
    id: part.id,
    otherPark: part.otherPark,
    otherAuthority: namedOrganization(zone, part.otherAuthority),
    round,
    own: own && { ...own, conditions: [...own.conditions] },
    other: other && { ...other, conditions: [...other.conditions] },
    consequence,
    explanation: outcome?.explanation ?? null,
  };
}
