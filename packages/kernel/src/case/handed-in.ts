import type { Facts } from '../policy/expression.ts';
import { type Refusal, refuse } from '../shared/refusal.ts';
import type { CaseContext } from './context.ts';
import type { ServiceDefinition } from './definition.ts';
import type { EvidenceItem } from './state.ts';

/** Answers and papers as the applicant hands them in, by whichever action. */
export interface Filling {
  readonly answers?: Facts;
  readonly evidence?: readonly EvidenceItem[];
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
  const types = evidence.map((item) => item.type);
  return notDeclared(Object.keys(answers), types, service);
}

/** Refuses facts and papers that the service does not declare, whoever names them. */
export function notDeclared(
  facts: readonly string[],
  types: readonly string[],
  service: ServiceDefinition,
): Refusal | null {
  const fields = [
    ...facts.filter((fact) => !service.needs.some((need) => need.fact === fact)),
    ...types.filter((type) => !service.evidence.some((requirement) => requirement.type === type)),
  ];
  return fields.length > 0 ? refuse('fieldNotDeclared', service.citation, { fields }) : null;
}
