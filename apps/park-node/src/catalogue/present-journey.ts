import type { JourneyForm, JourneyView, PlannedStepView } from '@twinpark/contract/catalogue/journeys.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import { getService, type JourneyWorld } from '@twinpark/kernel/dossier/dossier.ts';
import type { JourneyStep } from '@twinpark/kernel/dossier/journey.ts';
import type { PlannedStep } from '@twinpark/kernel/dossier/plan.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { presentEvidenceType, presentFacts } from './present-facts.ts';
import { namedOrganization } from './present-law.ts';

export function presentJourney(zone: Zone, world: JourneyWorld): JourneyView {
  const { id, hash, name, summary, steps } = world.journey;
  return {
    id,
    hash,
    name,
    summary,
    steps: steps.map((step) => {
      const service = getService(world, step);
      return {
        id: step.id,
        service: { id: service.id, name: service.name },
        park: service.park,
        authority: namedOrganization(zone, service.authority),
        after: [...step.after],
        when: step.when,
      };
    }),
    form: presentForm(zone, world),
  };
}

/** The journey's one form, with what each fact and paper is needed for. */
export function presentForm(zone: Zone, world: JourneyWorld): JourneyForm {
  const { form, steps } = world.journey;
  const served = steps.map((step) => ({ step, service: getService(world, step) }));
  const established = served.flatMap(({ service }) => service.provides);
  const asked = form.flatMap(({ facts }) => facts);
  return {
    sections: form.map(({ id, title, facts }) => ({
      id,
      title,
      facts: facts.filter((fact) => zone.facts.has(fact)),
    })),
    facts: presentFacts(zone, [...asked, ...established]).map((fact) => ({
      ...fact,
      steps: stepsThat(served, ({ needs }) => needs.some((need) => need.fact === fact.id)),
    })),
    evidenceTypes: evidenceTypesOf(world).map((type) => ({
      ...presentEvidenceType(zone, type),
      steps: stepsThat(served, ({ evidence }) => evidence.some((requirement) => requirement.type === type)),
    })),
  };
}

/** Types of papers that a step of the journey may ask for. */
export function evidenceTypesOf(world: JourneyWorld): readonly string[] {
  return [
    ...new Set(
      world.journey.steps.flatMap((step) => getService(world, step).evidence.map(({ type }) => type)),
    ),
  ];
}

export function presentPlannedStep(zone: Zone, world: JourneyWorld, planned: PlannedStep): PlannedStepView {
  const { settledBy, after, authority, service, ...rest } = planned;
  return {
    ...rest,
    service: { id: service, name: world.services.get(service)?.name ?? {} },
    authority: namedOrganization(zone, authority),
    settledBy: [...settledBy],
    after: [...after],
  };
}

interface ServedStep {
  readonly step: JourneyStep;
  readonly service: ServiceDefinition;
}

function stepsThat(steps: readonly ServedStep[], use: (service: ServiceDefinition) => boolean): string[] {
  return steps.filter(({ service }) => use(service)).map(({ step }) => step.id);
}
