import { evaluate } from '../policy/evaluate.ts';
import type { Expression, FactId, Facts } from '../policy/expression.ts';
import type { IsoDate } from '../shared/date.ts';
import { type Refusal, refuse } from '../shared/refusal.ts';
import type { CaseContext } from './context.ts';
import type { EvidenceRequirement, ServiceDefinition } from './definition.ts';
import { accept, always, decline, event, type Handler } from './handler.ts';
import type { EvidenceItem } from './state.ts';

/** Opening, amending, filing and withdrawing: the applicant's own acts. */

interface Filling {
  readonly answers?: Facts;
  readonly evidence?: readonly EvidenceItem[];
}

export const openCase: Handler<'openCase'> = {
  ready: (_, context) => inForce(context.service, context.today),
  decide(command, _, context) {
    const { service, actor } = context;
    const refusal = undeclared(command, service);
    if (refusal) return decline(refusal);
    return accept(
      event(context, 'caseOpened', {
        caseId: command.caseId,
        dossier: command.dossier ?? null,
        applicant: actor.organization,
        definition: { service: service.id, hash: service.hash },
        ...given(command),
      }),
    );
  },
};

export const amendCase: Handler<'amendCase'> = {
  ready: always,
  decide(command, _, context) {
    const refusal = nothingGiven(command, context) ?? undeclared(command, context.service);
    return refusal ? decline(refusal) : accept(event(context, 'caseAmended', given(command)));
  },
};

export const fileCase: Handler<'fileCase'> = {
  ready(state, { service, today }) {
    return (
      inForce(service, today) ??
      lacking('factsMissing', 'facts', missingFacts(service, state.answers), service) ??
      lacking(
        'evidenceMissing',
        'evidence',
        missingEvidence(service, state.answers, state.evidence)
          .filter((requirement) => requirement.debt === null)
          .map((requirement) => requirement.type),
        service,
      )
    );
  },
  decide: (_, __, context) => accept(event(context, 'caseFiled', {})),
};

export const withdrawCase: Handler<'withdrawCase'> = {
  ready: always,
  decide: (_, __, context) => accept(event(context, 'caseWithdrawn', {})),
};

/** Facts that the service needs from these answers and that are not there. An unsettled `when` asks for them too. */
export function missingFacts(service: ServiceDefinition, answers: Facts): readonly FactId[] {
  return service.needs
    .filter((need) => !need.optional && applies(need.when, answers) && !(need.fact in answers))
    .map((need) => need.fact);
}

/** Papers that the service requires for these answers and that are not there. */
export function missingEvidence(
  service: ServiceDefinition,
  answers: Facts,
  evidence: Readonly<Record<string, unknown>>,
): readonly EvidenceRequirement[] {
  return service.evidence.filter(
    (requirement) => applies(requirement.when, answers) && !(requirement.type in evidence),
  );
}

/** Whether a condition holds or may hold: nobody loses a step or a paper through a fact that is missing. */
export function applies(when: Expression | null, facts: Facts): boolean {
  return when === null || evaluate(when, facts).value !== 'no';
}

export function given(filling: Filling): { answers: Facts; evidence: readonly EvidenceItem[] } {
  return { answers: filling.answers ?? {}, evidence: filling.evidence ?? [] };
}

export function nothingGiven(filling: Filling, { service }: CaseContext): Refusal | null {
  const { answers, evidence } = given(filling);
  const empty = Object.keys(answers).length === 0 && evidence.length === 0;
  return empty ? refuse('nothingGiven', service.citation) : null;
}

/** A filing holds only what its service declares: what nobody needs is never collected. */
export function undeclared(filling: Filling, service: ServiceDefinition): Refusal | null {
  const { answers, evidence } = given(filling);
  const facts = Object.keys(answers).filter((fact) => !service.needs.some((need) => need.fact === fact));
  const types = evidence
    .map((item) => item.type)
    .filter((type) => !service.evidence.some((requirement) => requirement.type === type));
  const fields = [...facts, ...types];
  return fields.length > 0 ? refuse('fieldNotDeclared', service.citation, { fields }) : null;
}

function inForce({ effective, citation, id }: ServiceDefinition, today: IsoDate): Refusal | null {
  const begun = effective.from === null || effective.from <= today;
  const ended = effective.to !== null && effective.to < today;
  return begun && !ended ? null : refuse('serviceNotInForce', citation, { service: id, on: today });
}

function lacking(
  code: 'factsMissing' | 'evidenceMissing',
  name: string,
  missing: readonly string[],
  service: ServiceDefinition,
): Refusal | null {
  return missing.length > 0 ? refuse(code, service.citation, { [name]: missing }) : null;
}
