import { refuse } from '../shared/refusal.ts';
import { limitFrom } from './clock.ts';
import type { CaseContext } from './context.ts';
import { given, nothingGiven, undeclared } from './filing.ts';
import { accept, decline, event, type Handler } from './handler.ts';
import { type AwaitingEvidenceCase, stillAsked } from './state.ts';

/** Asking the applicant for what is missing (补正). The authority's clock stands until everything is there. */

export const requestEvidence: Handler<'requestEvidence'> = {
  ready(state, { service }) {
    const { rounds, limit } = service.supplement;
    if (rounds === null || state.evidenceRounds < rounds) return null;
    return refuse('roundsUsedUp', limit?.citation ?? service.citation, { rounds });
  },
  decide(command, _, context) {
    const { service, today } = context;
    const evidence = command.evidence ?? [];
    const facts = command.facts ?? [];
    if (evidence.length + facts.length === 0) return decline(refuse('nothingGiven', service.citation));
    const fields = [
      ...evidence.filter((type) => !service.evidence.some((requirement) => requirement.type === type)),
      ...facts.filter((fact) => !service.needs.some((need) => need.fact === fact)),
    ];
    if (fields.length > 0) return decline(refuse('fieldNotDeclared', service.citation, { fields }));
    const { limit } = service.supplement;
    const dueOn = limit === null ? null : limitFrom(limit, today, context).dueOn;
    const request = { evidence, facts, requestedOn: today, dueOn };
    return accept(event(context, 'evidenceRequested', { request }));
  },
};

export const supplyEvidence: Handler<'supplyEvidence'> = {
  ready(state, context) {
    if (state.status === 'awaitingEvidence') return hasLapsed(state, context);
    const owed = Object.keys(state.debts).length > 0;
    return owed ? null : refuse('nothingGiven', context.service.citation, { owed: 0 });
  },
  decide(command, state, context) {
    const refusal = nothingGiven(command, context) ?? undeclared(command, context.service);
    if (refusal) return decline(refusal);
    const filling = given(command);
    const asked = state.status === 'awaitingEvidence' ? stillAsked(state.request, filling) : null;
    const complete = asked !== null && asked.evidence.length + asked.facts.length === 0;
    return accept(event(context, 'evidenceSupplied', { ...filling, complete }));
  },
};

export const declareLapse: Handler<'declareLapse'> = {
  ready(state, context) {
    const { supplement, citation } = context.service;
    if (supplement.silence === 'nothing') {
      return refuse('silenceHasNoEffect', supplement.limit?.citation ?? citation);
    }
    if (state.request.dueOn === null) return refuse('noTimeLimit', citation);
    if (context.today > state.request.dueOn) return null;
    return refuse('timeLimitRunning', supplement.limit?.citation ?? citation, { dueOn: state.request.dueOn });
  },
  decide: (_, __, context) => accept(event(context, 'caseLapsed', {})),
};

function hasLapsed({ request }: AwaitingEvidenceCase, { service, today }: CaseContext) {
  const late = request.dueOn !== null && today > request.dueOn;
  if (!late || service.supplement.silence === 'nothing') return null;
  return refuse('timeLimitPassed', service.supplement.limit?.citation ?? service.citation, {
    dueOn: request.dueOn ?? '',
  });
}
