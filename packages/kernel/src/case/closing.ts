import { type Refusal, refuse } from '../shared/refusal.ts';
import { limitFrom } from './clock.ts';
import type { CaseContext } from './context.ts';
import type { Remedy } from './definition.ts';
import { accept, always, decline, event, type Handler } from './handler.ts';
import type { ChallengeableCase } from './state.ts';

/** After the decision: serving the output with its remedy, closing, and challenging. */

export const serveOutput: Handler<'serveOutput'> = {
  ready: always,
  decide: ({ receiptNumber }, _, context) => accept(event(context, 'outputServed', { receiptNumber })),
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

/** A remedy is used once against a decision; what is left are the others. */
function usedUp(remedy: Remedy, { dismissed }: ChallengeableCase, { service }: CaseContext): Refusal | null {
  const used = dismissed.map((earlier) => earlier.remedy);
  if (!used.includes(remedy.id)) return null;
  const known = service.remedies.map(({ id }) => id).filter((id) => !used.includes(id));
  return refuse('remedyUsedUp', remedy.citation, { remedy: remedy.id, known });
}

/** The limit runs from the service, leaves out the days that an earlier remedy took, and binds only once certain. */
function tooLate(remedy: Remedy, state: ChallengeableCase, context: CaseContext): Refusal | null {
  if (remedy.limit === null || state.status === 'decided') return null;
  const pauses = state.dismissed.map(({ remedy: procedure, from, to }) => ({
    from,
    to,
    cause: { kind: 'specialProcedure', procedure } as const,
  }));
  const { dueOn, provisional } = limitFrom(remedy.limit, state.servedOn, context, pauses);
  if (context.today <= dueOn || provisional) return null;
  return refuse('timeLimitPassed', remedy.citation, { dueOn, remedy: remedy.id });
}
