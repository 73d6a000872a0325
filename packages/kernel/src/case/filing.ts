import { evaluate } from '../policy/evaluate.ts';
import type { Expression, FactId, Facts } from '../policy/expression.ts';
import type { IsoDate } from '../shared/date.ts';
import { type Refusal, refuse } from '../shared/refusal.ts';
import type { EvidenceRequirement, ServiceDefinition } from './definition.ts';
import { given, undeclared } from './handed-in.ts';
import { accept, always, decline, event, type Handler } from './handler.ts';
import { type DraftCase, isAnswered } from './state.ts';

/** Opening, filing and withdrawing: the applicant's own acts; what is amended later stands with the evidence. */

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

export const fileCase: Handler<'fileCase'> = {
  ready(state, { service, today }) {
    return inForce(service, today) ?? incomplete(state, service, ({ debt }) => debt !== null);
  },
  decide: (_, __, context) => accept(event(context, 'caseFiled', {})),
};

export const withdrawCase: Handler<'withdrawCase'> = {
  ready: always,
  decide: (_, __, context) => accept(event(context, 'caseWithdrawn', {})),
};

/**
 * What a case lacks as it stands: an amendment may have made needed what nobody asked for before.
 * `mayFollow` picks the papers without which it is whole enough for now.
 */
export function incomplete(
  { answers, evidence }: Pick<DraftCase, 'answers' | 'evidence'>,
  service: ServiceDefinition,
  mayFollow: (requirement: EvidenceRequirement) => boolean,
): Refusal | null {
  const papers = missingEvidence(service, answers, evidence).filter((paper) => !mayFollow(paper));
  return (
    lacking('factsMissing', 'facts', missingFacts(service, answers), service) ??
    lacking(
      'evidenceMissing',
      'evidence',
      papers.map(({ type }) => type),
      service,
    )
  );
}

/** Facts that the service needs from these answers and that are not there. An unsettled `when` asks for them too. */
export function missingFacts(service: ServiceDefinition, answers: Facts): readonly FactId[] {
  return service.needs
    .filter((need) => !need.optional && applies(need.when, answers) && !isAnswered(need.fact, answers))
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
