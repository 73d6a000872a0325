import type { CaseView } from '@twinpark/contract/case/case-view.ts';
import type { JointPart, ServiceDefinition, StepDefinition } from '@twinpark/kernel/case/definition.ts';
import { combine } from '@twinpark/kernel/case/joint.ts';
import type { Contribution, JointState } from '@twinpark/kernel/case/state.ts';
import { viewStep } from '@twinpark/kernel/case/steps.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { citeLaw, namedOrganization } from '../catalogue/present-law.ts';
import type { Reader } from '../platform/database/store.ts';
import type { JointWord } from './case-notes.ts';
import { presentCaseFacts } from './present-case-fields.ts';
import type { OpenedCase } from './project-case.ts';

type StepOfView = CaseView['steps'][number];

interface ExaminedCase {
  readonly caseId: string;
  readonly service: ServiceDefinition;
  readonly state: OpenedCase;
  readonly words: readonly JointWord[];
}

/** The steps of the examination: how each stands, and in joint ones what both sides have said. */
export function presentSteps(zone: Zone, examined: ExaminedCase, reader: Reader): StepOfView[] {
  const { service, state } = examined;
  return service.steps.map((step) => ({
    id: step.id,
    name: step.name,
    by: namedOrganization(zone, step.by),
    after: [...step.after],
    ...standingOf(step, service, state),
    joint: step.joint && presentJoint(zone, step.joint, jointStateOf(step, state), examined, reader),
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
  joint: JointState,
  { caseId, service, words }: ExaminedCase,
  reader: Reader,
): StepOfView['joint'] {
  const { round, own, other, consequence } = joint;
  const outcome = own && other ? part.outcomes[combine(own.answer, other.answer)] : null;
  const word = words.find(({ panel }) => panel === part.id);
  // The applicant knows what it shares from the filing over there, and any other desk of the case has no part in it.
  const maySee = reader.kind === 'oversight' || (word && word.toAuthority === reader.organization);
  return {
    id: part.id,
    otherPark: part.otherPark,
    otherAuthority: namedOrganization(zone, part.otherAuthority),
    round,
    own: own && presentContribution(own),
    other: other && presentContribution(other),
    consequence,
    explanation: outcome?.explanation ?? null,
    otherSide: word && maySee ? presentOtherSide(zone, word, caseId, service, joint) : null,
  };
}

function presentContribution({ answer, conditions, on, reason }: Contribution) {
  return { answer, conditions: [...conditions], on, reason: reason ?? null };
}

function presentOtherSide(
  zone: Zone,
  word: JointWord,
  caseId: string,
  service: ServiceDefinition,
  { other }: JointState,
): NonNullable<StepOfView['joint']>['otherSide'] {
  const { facts, ended, answer, conditions, saidOn, heardBy } = word;
  const standing = () => {
    if (heardBy === caseId) return 'recorded';
    if (other?.reason === undefined) return 'noted';
    const isSame = other.answer === answer && sameSentences(other.conditions, conditions);
    return isSame ? 'confirms' : 'conflicts';
  };
  return {
    facts: presentCaseFacts(zone, facts, service),
    ended,
    word:
      answer === null || saidOn === null
        ? null
        : { answer, conditions: [...conditions], on: saidOn, standing: standing() },
  };
}

function sameSentences(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((sentence) => other.includes(sentence));
}
