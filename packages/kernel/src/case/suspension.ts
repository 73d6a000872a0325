import { refuse } from '../shared/refusal.ts';
import { authorityClock } from './clock.ts';
import { accept, always, decline, event, type Handler } from './handler.ts';

/** Special procedures, whose days the limit leaves out, and extensions of the limit itself. */

export const suspendCase: Handler<'suspendCase'> = {
  ready(_, { service }) {
    return service.specialProcedures.length > 0 ? null : refuse('procedureUnknown', service.citation);
  },
  decide(command, _, context) {
    const { service } = context;
    const procedure = service.specialProcedures.find((candidate) => candidate.id === command.procedure);
    if (!procedure) {
      const known = service.specialProcedures.map((candidate) => candidate.id);
      return decline(refuse('procedureUnknown', service.citation, { procedure: command.procedure, known }));
    }
    return accept(event(context, 'caseSuspended', { procedure: procedure.id }));
  },
};

export const resumeCase: Handler<'resumeCase'> = {
  ready: always,
  decide: (_, __, context) => accept(event(context, 'caseResumed', {})),
};

export const extendLimit: Handler<'extendLimit'> = {
  ready(state, context) {
    const limit = context.service.decisionLimit;
    if (limit === null) return refuse('noTimeLimit', context.service.citation);
    const { extension } = limit;
    if (extension === null) return refuse('noExtension', limit.citation);
    if (state.extensions >= extension.times) {
      return refuse('extensionsUsedUp', extension.citation, { times: extension.times });
    }
    const { dueOn } = authorityClock(state, limit, context);
    return context.today > dueOn ? refuse('timeLimitPassed', extension.citation, { dueOn }) : null;
  },
  decide(command, _, context) {
    if (command.reason === '') return decline(refuse('reasonMissing', context.service.citation));
    return accept(event(context, 'limitExtended', { reason: command.reason }));
  },
};
