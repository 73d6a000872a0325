import type { Facts } from '../policy/expression.ts';
import { type Refusal, refuse } from '../shared/refusal.ts';
import { type LastDay, limitFrom } from './clock.ts';
import type { CaseContext } from './context.ts';
import type { Remedy, ServiceDefinition } from './definition.ts';
import { accept, always, decline, event, type Handler } from './handler.ts';
import { type ChallengeableCase, type DecidedCase, isAnswered } from './state.ts';

/** After the decision: serving the output with its remedy, closing, and challenging. */

export const serveOutput: Handler<'serveOutput'> = {
  ready: always,
  decide({ receiptNumber, establishes = {} }, state, context) {
    const refusal = wronglyEstablished(establishes, state, context.service);
    if (refusal) return decline(refusal);
    return accept(event(context, 'outputServed', { receiptNumber, establishes }));
  },
};

export const closeCase: Handler<'closeCase'> = {
  ready: always,
  decide: (_, __, context) => accept(event(context, 'caseClosed', {})),
};

export const lodgeRemedy: Handler<'lodgeRemedy'> = {
  ready(state, context) {
    const { remedies, citation } = context.service;
    const unused = remedies.filter((remedy) => usedUp(remedy, state, context) === null);
    const [first] = remedies;
    if (unused.length === 0) return first ? usedUp(first, state, context) : refuse('remedyUnknown', citation);
    const refusals = unused.map((remedy) => tooLate(remedy, state, context));
    return refusals.includes(null) ? null : (refusals[0] ?? null);
  },
  decide(command, state, context) {
    const { service } = context;
    const remedy = service.remedies.find((candidate) => candidate.id === command.remedy);
    if (!remedy) {
      const known = service.remedies.map((candidate) => candidate.id);
      return decline(refuse('remedyUnknown', service.citation, { remedy: command.remedy, known }));
    }
    const refusal = usedUp(remedy, state, context) ?? tooLate(remedy, state, context);
    return refusal ? decline(refusal) : accept(event(context, 'remedyLodged', { remedy: remedy.id }));
  },
};

export const decideRemedy: Handler<'decideRemedy'> = {
  ready(state, { service, actor }) {
    const remedy = service.remedies.find((candidate) => candidate.id === state.remedy);
    if (!remedy || remedy.body === actor.organization) return null;
    return refuse('notYourDesk', remedy.citation, { desk: remedy.body });
  },
  decide: ({ result }, _, context) =>
    accept(event(context, result === 'dismissed' ? 'remedyDismissed' : 'caseReopened', {})),
};

/** Later services of a journey wait for what a grant establishes: none of it may be left out, and nothing added. */
function wronglyEstablished(
  establishes: Facts,
  { decision }: DecidedCase,
  { provides, citation }: ServiceDefinition,
): Refusal | null {
  const expected = decision.outcome === 'refused' ? [] : provides;
  const fields = Object.keys(establishes).filter((fact) => !expected.includes(fact));
  if (fields.length > 0) return refuse('fieldNotDeclared', citation, { fields });
  const facts = expected.filter((fact) => !isAnswered(fact, establishes));
  return facts.length > 0 ? refuse('factsMissing', citation, { facts }) : null;
}

/** A remedy is used once against a decision; what is left are the others. */
function usedUp(remedy: Remedy, { dismissed }: ChallengeableCase, { service }: CaseContext): Refusal | null {
  const used = dismissed.map((earlier) => earlier.remedy);
  if (!used.includes(remedy.id)) return null;
  const known = service.remedies.map(({ id }) => id).filter((id) => !used.includes(id));
  return refuse('remedyUsedUp', remedy.citation, { remedy: remedy.id, known });
}

/**
 * The last day to lodge a remedy: the limit runs from the service and leaves out the days that an earlier remedy took.
 * Null before the service and where no limit is established.
 */
export function remedyDeadline(
  remedy: Remedy,
  state: ChallengeableCase,
  context: Pick<CaseContext, 'calendarFor'>,
): LastDay | null {
  if (remedy.limit === null || state.status === 'decided') return null;
  const pauses = state.dismissed.map(({ remedy: procedure, from, to }) => ({
    from,
    to,
    cause: { kind: 'specialProcedure', procedure } as const,
  }));
  return limitFrom(remedy.limit, state.servedOn, context, pauses);
}

/** The limit binds only once it is certain. */
function tooLate(remedy: Remedy, state: ChallengeableCase, context: CaseContext): Refusal | null {
  const deadline = remedyDeadline(remedy, state, context);
  if (deadline === null) return null;
  const { dueOn, provisional } = deadline;
  if (context.today <= dueOn || provisional) return null;
  return refuse('timeLimitPassed', remedy.citation, { dueOn, remedy: remedy.id });
}
