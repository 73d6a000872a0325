import type { CaseView } from '@twinpark/contract/case/case-view.ts';
import type { Named } from '@twinpark/contract/catalogue/law.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { Facts, FactValue } from '@twinpark/kernel/policy/expression.ts';
import type { Zone } from '@twinpark/pack/zone.ts';

/** Fields of a case by the names the reader knows. What the zone no longer has is called by its id. */

export function nameFact(zone: Zone, id: string): Named {
  return { id, name: zone.facts.get(id)?.label ?? {} };
}

export function nameEvidence(zone: Zone, id: string): Named {
  return { id, name: zone.evidenceTypes.get(id)?.name ?? {} };
}

/** A step, a procedure or a remedy of a service. */
export function namePart(
  service: ServiceDefinition,
  kind: 'steps' | 'specialProcedures' | 'remedies',
  id: string,
): Named {
  const parts: readonly Named[] = service[kind];
  return { id, name: parts.find((part) => part.id === id)?.name ?? {} };
}

/** Answers in the order in which the service asks for them; those that it asks for no more come last. */
export function presentCaseFacts(
  zone: Zone,
  answers: Facts,
  { needs }: ServiceDefinition,
): CaseView['facts'] {
  const asked = needs.map(({ fact }) => fact).filter((fact) => Object.hasOwn(answers, fact));
  const others = Object.keys(answers).filter((fact) => !asked.includes(fact));
  return [...asked, ...others].flatMap((id) => {
    const value = answers[id];
    return value === undefined || value === null ? [] : [presentCaseFact(zone, id, value)];
  });
}

function presentCaseFact(zone: Zone, id: string, value: FactValue): CaseView['facts'][number] {
  const fact = zone.facts.get(id);
  return {
    id,
    label: fact?.label ?? {},
    type: fact?.type ?? 'text',
    value: typeof value === 'object' ? [...value] : value,
  };
}
