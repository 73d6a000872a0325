import { refuse } from '../shared/refusal.ts';
import { authorityClock } from './clock.ts';
import { hasLapsed } from './evidence.ts';
import { accept, decline, event, type Handler } from './handler.ts';
import { tooLateToAct } from './silence.ts';

/** Special procedures, whose days the limit leaves out, and extensions of the limit itself. */

export const suspendCase: Handler<'suspendCase'> = {
  ready(state, context) {
    const { specialProcedures, citation } = context.service;
    if (specialProcedures.length === 0) return refuse('procedureUnknown', citation);
    return tooLateToAct(state, context);
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

/** Ends what stops the clock: a special procedure, or waiting for evidence that the authority can do without. */
export const resumeCase: Handler<'resumeCase'> = {
  ready: (state, context) => (state.status === 'awaitingEvidence' ? hasLapsed(state, context) : null),
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
