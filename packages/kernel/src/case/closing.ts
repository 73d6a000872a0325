import { refuse } from '../shared/refusal.ts';
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
    const refusals = remedies.map((remedy) => tooLate(remedy, state, context));
    if (refusals.includes(null)) return null;
    return refusals[0] ?? refuse('remedyUnknown', citation);
  },
  decide(command, state, context) {
    const { service } = context;
    const remedy = service.remedies.find((candidate) => candidate.id === command.remedy);
    if (!remedy) {
      const known = service.remedies.map((candidate) => candidate.id);
      return decline(refuse('remedyUnknown', service.citation, { remedy: command.remedy, known }));
    }
    const refusal = tooLate(remedy, state, context);
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

function tooLate(remedy: Remedy, state: ChallengeableCase, context: CaseContext) {
  if (remedy.limit === null) return null;
  const { dueOn } = limitFrom(remedy.limit, state.servedOn, context);
  return context.today > dueOn
    ? refuse('timeLimitPassed', remedy.citation, { dueOn, remedy: remedy.id })
    : null;
}
