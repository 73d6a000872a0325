import type { ServiceSummary, ServiceView } from '@twinpark/contract/catalogue/services.ts';
import type { ServiceDefinition, StepDefinition } from '@twinpark/kernel/case/definition.ts';
import { evaluate } from '@twinpark/kernel/policy/evaluate.ts';
import type { Expression } from '@twinpark/kernel/policy/expression.ts';
import type { ServiceListing, Zone } from '@twinpark/pack/zone.ts';
import { presentEvidenceType, presentFacts } from './present-facts.ts';
import { citeLaw, namedOrganization, presentLimit, unestablishedIn } from './present-law.ts';

/** A service as a list shows it. */
export function presentServiceSummary(
  zone: Zone,
  service: ServiceDefinition,
  { summary, flow }: ServiceListing,
): ServiceSummary {
  return {
    id: service.id,
    name: service.name,
    summary,
    park: service.park,
    authority: namedOrganization(zone, service.authority),
    flow,
    effective: service.effective,
    decisionLimit: presentLimit(zone, service.decisionLimit, unestablishedIn(service, 'decision')),
    journeys: [...zone.journeys.values()]
      .filter(({ steps }) => steps.some((step) => step.service === service.id))
      .map(({ id, name }) => ({ id, name })),
    law: citeLaw(zone, service.citation),
  };
}

/** A service with its whole law. */
export function presentService(zone: Zone, service: ServiceDefinition, listing: ServiceListing): ServiceView {
  const { needs, provides, evidence, supplement } = service;
  return {
    ...presentServiceSummary(zone, service, listing),
    hash: service.hash,
    needs: needs.map((need) => ({ ...need })),
    provides: [...provides],
    facts: presentFacts(zone, factsNamedBy(service)),
    evidence: evidence.map(({ type, when, debt }) => {
      const { id: _, ...known } = presentEvidenceType(zone, type);
      return { type, ...known, when, debt: presentLimit(zone, debt) };
    }),
    criteria: service.criteria.map(({ citation, ...criterion }) => ({
      ...criterion,
      law: citeLaw(zone, citation),
    })),
    acceptanceLimit: presentLimit(zone, service.acceptanceLimit, unestablishedIn(service, 'acceptance')),
    supplement: {
      limit: presentLimit(zone, supplement.limit, unestablishedIn(service, 'supplement')),
      rounds: supplement.rounds,
      silence: supplement.silence,
    },
    steps: service.steps.map((step) => presentStep(zone, service, step)),
    specialProcedures: service.specialProcedures.map(({ id, name, by, citation }) => ({
      id,
      name,
      by: namedOrganization(zone, by),
      law: citeLaw(zone, citation),
    })),
    fourEyes: service.fourEyes && citeLaw(zone, service.fourEyes),
    fees: service.fees.map(({ citation, ...fee }) => ({ ...fee, law: citeLaw(zone, citation) })),
    output: { ...service.output, languages: [...service.output.languages] },
    remedies: service.remedies.map(({ id, name, body, limit, languages, citation }) => ({
      id,
      name,
      body: namedOrganization(zone, body),
      limit: presentLimit(zone, limit, unestablishedIn(service, 'remedy', id)),
      languages: [...languages],
      law: citeLaw(zone, citation),
    })),
  };
}

function presentStep(
  zone: Zone,
  service: ServiceDefinition,
  { id, name, by, after, when, limit, joint, citation }: StepDefinition,
): ServiceView['steps'][number] {
  return {
    id,
    name,
    by: namedOrganization(zone, by),
    after: [...after],
    when,
    limit: presentLimit(zone, limit, unestablishedIn(service, 'step', id)),
    joint: joint && {
      id: joint.id,
      otherPark: joint.otherPark,
      otherAuthority: namedOrganization(zone, joint.otherAuthority),
      shares: [...joint.shares],
      outcomes: joint.outcomes,
    },
    law: citeLaw(zone, citation),
  };
}

function factsNamedBy({ needs, provides, evidence, criteria, steps }: ServiceDefinition): readonly string[] {
  const conditions = [
    ...needs.map(({ when }) => when),
    ...evidence.map(({ when }) => when),
    ...criteria.map(({ test }) => test),
    ...steps.map(({ when }) => when),
  ];
  return [...needs.map(({ fact }) => fact), ...conditions.flatMap(factsReadBy), ...provides];
}

/** With no fact known, a condition misses every fact it reads. */
function factsReadBy(condition: Expression | null): readonly string[] {
  return condition === null ? [] : evaluate(condition, {}).missing;
}
