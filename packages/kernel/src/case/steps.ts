import { type Refusal, refuse } from '../shared/refusal.ts';
import type { CaseContext } from './context.ts';
import type { ServiceDefinition, StepDefinition } from './definition.ts';
import { applies } from './filing.ts';
import { accept, decline, event, type Handler } from './handler.ts';
import type { InExaminationCase, StepResult, SuspendedCase } from './state.ts';

/** The examination's steps: parallel wherever `after` allows. */

export type Examined = Pick<InExaminationCase | SuspendedCase, 'answers' | 'steps'>;

export type StepView =
  | { readonly state: 'notApplicable' }
  | { readonly state: 'waiting'; readonly for: readonly string[] }
  | { readonly state: 'open' }
  | { readonly state: 'done'; readonly result: StepResult };

/** How a step stands: not needed for these answers, waiting for others, open, or done. */
export function viewStep(step: StepDefinition, service: ServiceDefinition, examined: Examined): StepView {
  const result = examined.steps[step.id];
  if (result) return { state: 'done', result };
  if (!applies(step.when, examined.answers)) return { state: 'notApplicable' };
  const waitingFor = step.after.filter((id) => {
    const earlier = service.steps.find((candidate) => candidate.id === id);
    return earlier !== undefined && isOutstanding(earlier, examined);
  });
  return waitingFor.length > 0 ? { state: 'waiting', for: waitingFor } : { state: 'open' };
}

export function outstandingSteps(service: ServiceDefinition, examined: Examined): readonly StepDefinition[] {
  return service.steps.filter((step) => isOutstanding(step, examined));
}

export function failedSteps(service: ServiceDefinition, examined: Examined): readonly StepDefinition[] {
  return neededSteps(service, examined).filter((step) => examined.steps[step.id]?.result === 'failed');
}

/** Conditions that steps set and that bind the decision. */
export function boundConditions(service: ServiceDefinition, examined: Examined): readonly string[] {
  return neededSteps(service, examined).flatMap((step) => examined.steps[step.id]?.conditions ?? []);
}

/** The result of a step that an amendment made unneeded stays on record and binds nobody. */
function neededSteps(service: ServiceDefinition, { answers }: Examined): readonly StepDefinition[] {
  return service.steps.filter((step) => applies(step.when, answers));
}

export const completeStep: Handler<'completeStep'> = {
  ready: (state, context) => noneOpen(state, context, (step) => step.joint === null),
  decide(command, state, context) {
    const step = openStep(command.step, state, context);
    if ('code' in step) return decline(step);
    if (step.joint) return decline(refuse('stepIsJoint', step.citation, { step: step.id }));
    const { result, conditions = [] } = command;
    if (result === 'failed' && conditions.length > 0) {
      return decline(refuse('conditionsNotExpected', step.citation, { step: step.id }));
    }
    return accept(event(context, 'stepCompleted', { step: step.id, result, conditions }));
  },
};

/** The step by that id if the actor may act on it now, or the reason why not. */
export function openStep(
  id: string,
  state: InExaminationCase,
  context: CaseContext,
): StepDefinition | Refusal {
  const { service, actor } = context;
  const step = service.steps.find((candidate) => candidate.id === id);
  if (!step) return refuse('stepUnknown', service.citation, { step: id });
  if (step.by !== actor.organization)
    return refuse('notYourDesk', step.citation, { step: id, desk: step.by });
  const view = viewStep(step, service, state);
  if (view.state === 'open') return step;
  const waitingFor = view.state === 'waiting' ? view.for : [];
  return refuse('stepNotOpen', step.citation, { step: id, state: view.state, waitingFor });
}

/** Refuses when no step of a kind is open on the actor's desk. */
export function noneOpen(
  state: InExaminationCase,
  { service, actor }: CaseContext,
  kind: (step: StepDefinition) => boolean,
): Refusal | null {
  const steps = service.steps.filter(kind);
  const own = steps.filter((step) => step.by === actor.organization);
  const open = steps.filter((step) => viewStep(step, service, state).state === 'open');
  if (open.some((step) => own.includes(step))) return null;
  const elsewhere = own.length === 0 ? steps : open;
  if (elsewhere.length > 0) {
    return refuse('notYourDesk', service.citation, { desks: [...new Set(elsewhere.map((step) => step.by))] });
  }
  return refuse('stepNotOpen', service.citation, { steps: own.map((step) => step.id) });
}

function isOutstanding(step: StepDefinition, examined: Examined): boolean {
  return examined.steps[step.id] === undefined && applies(step.when, examined.answers);
}
