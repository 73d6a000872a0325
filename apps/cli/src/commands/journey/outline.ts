import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import { applies } from '@twinpark/kernel/case/filing.ts';
import { addEvidence, answer, type Dossier } from '@twinpark/kernel/dossier/dossier.ts';
import type { FormSection, JourneyDefinition } from '@twinpark/kernel/dossier/journey.ts';
import { type PlannedStep, planJourney } from '@twinpark/kernel/dossier/plan.ts';
import { type Gap, listGaps } from '@twinpark/kernel/dossier/render.ts';
import type { SimulationWorld } from '@twinpark/kernel/dossier/simulate.ts';
import { evaluate } from '@twinpark/kernel/policy/evaluate.ts';
import type { Expression, FactId, Facts, FactValue } from '@twinpark/kernel/policy/expression.ts';
import type { Text } from '@twinpark/kernel/shared/text.ts';

/** A journey as somebody meets it who is about to begin: what it asks, and what follows in which order. */
export interface Outline {
  readonly journey: JourneyDefinition;
  readonly from: Temporal.PlainDate;
  readonly known: Facts;
  /** Steps that are or may be needed, in an order in which each comes after all it follows. */
  readonly steps: readonly OutlinedStep[];
  readonly notNeeded: readonly { readonly step: PlannedStep; readonly because: readonly FactId[] }[];
  readonly form: readonly { readonly section: FormSection; readonly facts: readonly AskedFact[] }[];
  readonly papers: readonly AskedPaper[];
  readonly gaps: readonly Gap[];
}

export interface OutlinedStep extends PlannedStep {
  /** Counts from 1, for short references. */
  readonly number: number;
  /** Steps of one stage can run side by side; counts from 1. */
  readonly stage: number;
  /** Steps of the other park that answer in the same panel. */
  readonly jointly: readonly { readonly with: string; readonly panel: Text }[];
}

export interface AskedFact {
  readonly fact: FactId;
  /** Steps whose service needs it. */
  readonly for: readonly string[];
  /** Whether it decides which steps are needed. */
  readonly decides: boolean;
  /** Whether every service that needs it does so for certain, as far as is known. */
  readonly certain: boolean;
  readonly optional: boolean;
  readonly value: FactValue | null;
}

export interface AskedPaper {
  readonly type: string;
  readonly for: readonly string[];
  readonly certain: boolean;
  /** Steps that accept the filing while this paper is still owed. */
  readonly mayFollow: readonly string[];
}

export function outlineOf(world: SimulationWorld, known: Facts, from: Temporal.PlainDate): Outline {
  const { journey } = world;
  const planned = planJourney(world, known, from.toString(), world);
  const uses = planned
    .filter(({ needed }) => needed !== 'no')
    .map((step): Use => ({ step, service: serviceOf(world, step.service) }));
  const stages = stagesOf(planned);
  return {
    journey,
    from,
    known,
    steps: uses.map(({ step, service }, index) => ({
      ...step,
      number: index + 1,
      stage: stages.get(step.step) ?? 1,
      jointly: jointlyWith(service, uses),
    })),
    notNeeded: planned
      .filter(({ needed }) => needed === 'no')
      .map((step) => ({ step, because: factsOfStep(journey, step.step) })),
    form: journey.form
      .map((section) => ({
        section,
        facts: section.facts.flatMap((fact) => askedFact(fact, uses, journey, known)),
      }))
      .filter(({ facts }) => facts.length > 0),
    papers: askedPapers(uses, known),
    gaps: listGaps(dossierOf(journey, known, from), world),
  };
}

interface Use {
  readonly step: PlannedStep;
  readonly service: ServiceDefinition;
}

function askedFact(
  fact: FactId,
  uses: readonly Use[],
  journey: JourneyDefinition,
  known: Facts,
): AskedFact[] {
  const needs = uses.flatMap(({ step, service }) =>
    service.needs
      .filter((need) => need.fact === fact && applies(need.when, known))
      .map((need) => ({ need, step, certain: step.needed === 'yes' && holds(need.when, known) })),
  );
  const decides = journey.steps.some(({ when }) => factsIn(when).includes(fact));
  if (needs.length === 0 && !decides) return [];
  return [
    {
      fact,
      for: needs.map(({ step }) => step.step),
      decides,
      certain: decides || needs.some(({ certain }) => certain),
      optional: !decides && needs.every(({ need }) => need.optional),
      value: known[fact] ?? null,
    },
  ];
}

function askedPapers(uses: readonly Use[], known: Facts): AskedPaper[] {
  const papers = new Map<string, AskedPaper>();
  for (const { step, service } of uses) {
    for (const { type, when, debt } of service.evidence) {
      if (!applies(when, known)) continue;
      const {
        for: steps,
        certain,
        mayFollow,
      } = papers.get(type) ?? { for: [], certain: false, mayFollow: [] };
      papers.set(type, {
        type,
        for: [...steps, step.step],
        certain: certain || (step.needed === 'yes' && holds(when, known)),
        mayFollow: debt === null ? mayFollow : [...mayFollow, step.step],
      });
    }
  }
  return [...papers.values()];
}

function jointlyWith(service: ServiceDefinition, uses: readonly Use[]): OutlinedStep['jointly'] {
  return service.steps.flatMap(({ joint, name }) => {
    if (joint === null) return [];
    return uses
      .filter((other) => other.service.park === joint.otherPark)
      .filter((other) => other.service.steps.some((step) => step.joint?.id === joint.id))
      .map(({ step }) => ({ with: step.step, panel: name }));
  });
}

/** The stage of each step: one after the last stage it waits for. What is not needed holds nothing back. */
function stagesOf(planned: readonly PlannedStep[]): ReadonlyMap<string, number> {
  const stages = new Map<string, number>();
  for (const { step, after, needed } of planned) {
    const before = Math.max(0, ...after.map((id) => stages.get(id) ?? 0));
    stages.set(step, needed === 'no' ? before : before + 1);
  }
  return stages;
}

function factsOfStep({ steps }: JourneyDefinition, id: string): readonly FactId[] {
  return factsIn(steps.find((step) => step.id === id)?.when ?? null);
}

/** With no fact known, a condition misses every fact it reads. */
function factsIn(when: Expression | null): readonly FactId[] {
  return when === null ? [] : evaluate(when, {}).missing;
}

function holds(when: Expression | null, known: Facts): boolean {
  return when === null || evaluate(when, known).value === 'yes';
}

function dossierOf({ id }: JourneyDefinition, known: Facts, from: Temporal.PlainDate): Dossier {
  const empty = {
    id: 'dossier',
    journey: id,
    applicant: 'applicant',
    answers: {},
    evidence: {},
    filings: {},
  };
  return addEvidence(answer(empty, known, from.toString()), [], from.toString());
}

function serviceOf({ services }: SimulationWorld, id: string): ServiceDefinition {
  const service = services.get(id);
  if (!service) throw new Error(`The journey names a service that its world lacks: ${id}`);
  return service;
}
