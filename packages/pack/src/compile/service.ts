import type {
  Criterion,
  EvidenceRequirement,
  Fee,
  JointOutcomeTable,
  JointPart,
  Need,
  Output,
  Remedy,
  ServiceDefinition,
  SpecialProcedure,
  StepDefinition,
  Unestablished,
} from '@twinpark/kernel/case/definition.ts';
import { jointCombinations } from '@twinpark/kernel/vocabulary.ts';
import type { FactDictionary } from '../expression.ts';
import { hashOf } from '../hash.ts';
import type { Records } from '../pack.ts';
import { citationOf, conditionOf, type LimitDefaults, limitOf, type PackLimit, periodOf } from './rules.ts';

type Service = Records['services'];

/** What a service's own record leaves to the zone around it. */
export interface ServiceSurroundings {
  readonly facts: FactDictionary;
  /** Calendar of the park's working days. */
  readonly calendar: string;
}

/** A service of the pack as the law a case is filed under, with every default written out. */
export function compileService(
  service: Service,
  { facts, calendar }: ServiceSurroundings,
): ServiceDefinition {
  const whenFiled: LimitDefaults = { from: 'filing', calendars: [calendar] };
  const whenAccepted: LimitDefaults = { from: 'acceptance', calendars: [calendar] };
  const definition: Omit<ServiceDefinition, 'hash'> = {
    id: service.id,
    park: service.park,
    authority: service.authority,
    name: service.name,
    citation: citationOf(service),
    effective: periodOf(service),
    needs: service.needs.map((need) => compileNeed(need, facts)),
    provides: service.provides ?? [],
    evidence: service.evidence.map((requirement) => compileEvidence(requirement, facts, whenAccepted)),
    criteria: (service.criteria ?? []).map((criterion) => compileCriterion(criterion, facts)),
    acceptanceLimit: limitOf(service.acceptance?.limit, whenFiled),
    decisionLimit: limitOf(service.limit, whenAccepted),
    supplement: {
      limit: limitOf(service.supplement?.limit, whenAccepted),
      rounds: service.supplement?.rounds ?? null,
      silence: service.supplement?.silence ?? 'nothing',
    },
    steps: service.steps.map((step) => compileStep(step, facts, whenAccepted)),
    specialProcedures: (service.specialProcedures ?? []).map(compileProcedure),
    fourEyes: service.fourEyes ? citationOf(service.fourEyes) : null,
    fees: (service.fees ?? []).map(compileFee),
    output: compileOutput(service.output),
    remedies: (service.remedies ?? []).map((remedy) => compileRemedy(remedy, whenAccepted)),
    unestablished: unestablishedIn(service),
  };
  return { ...definition, hash: hashOf(definition) };
}

function compileNeed(need: Service['needs'][number], facts: FactDictionary): Need {
  if (typeof need === 'string') return { fact: need, when: null, optional: false };
  return { fact: need.fact, when: conditionOf(need.when, facts), optional: need.optional ?? false };
}

function compileEvidence(
  { type, when, debt }: Service['evidence'][number],
  facts: FactDictionary,
  defaults: LimitDefaults,
): EvidenceRequirement {
  return {
    type,
    when: conditionOf(when, facts),
    debt: limitOf(debt && { ...debt, amount: debt.workingDays, unit: 'workingDays' }, defaults),
  };
}

type Entry<Key extends keyof Service> = Extract<Service[Key], readonly unknown[]>[number];

function compileCriterion(criterion: Entry<'criteria'>, facts: FactDictionary): Criterion {
  const { id, name, test } = criterion;
  return { id, name, test: conditionOf(test, facts), citation: citationOf(criterion) };
}

function compileStep(step: Entry<'steps'>, facts: FactDictionary, defaults: LimitDefaults): StepDefinition {
  return {
    id: step.id,
    name: step.name,
    by: step.by,
    after: step.after ?? [],
    when: conditionOf(step.when, facts),
    limit: limitOf(step.limit, defaults),
    joint: step.joint ? compileJoint(step.joint) : null,
    citation: citationOf(step),
  };
}

function compileJoint(joint: NonNullable<Entry<'steps'>['joint']>): JointPart {
  return {
    id: joint.id,
    otherPark: joint.with.park,
    otherAuthority: joint.with.authority,
    shares: joint.shares,
    outcomes: Object.fromEntries(
      jointCombinations.map((combination) => {
        const outcome = joint.outcomes?.[combination];
        if (!outcome) throw new Error(`A checked pack lacks what follows from ${combination} in ${joint.id}`);
        return [combination, { consequence: outcome.then, explanation: outcome.explanation }];
      }),
    ) as JointOutcomeTable,
  };
}

function compileProcedure(procedure: Entry<'specialProcedures'>): SpecialProcedure {
  const { id, name, by } = procedure;
  return { id, name, by, citation: citationOf(procedure) };
}

function compileFee(fee: Entry<'fees'>): Fee {
  const { id, name, amountMinorUnits, currency } = fee;
  return { id, name, amountMinorUnits: amountMinorUnits ?? null, currency, citation: citationOf(fee) };
}

function compileOutput({ id, name, languages, validityMonths }: Service['output']): Output {
  return { id, name, languages, validityMonths: validityMonths ?? null };
}

function compileRemedy(remedy: Entry<'remedies'>, defaults: LimitDefaults): Remedy {
  const { id, name, body, limit, languages } = remedy;
  return { id, name, body, limit: limitOf(limit, defaults), languages, citation: citationOf(remedy) };
}

function unestablishedIn(service: Service): readonly Unestablished[] {
  const noted = (limit: Unestablished['limit'], of: string | null, stated: PackLimit | undefined) =>
    stated && 'notEstablished' in stated ? [{ limit, of, citation: citationOf(stated) }] : [];
  return [
    ...noted('acceptance', null, service.acceptance?.limit),
    ...noted('decision', null, service.limit),
    ...noted('supplement', null, service.supplement?.limit),
    ...service.steps.flatMap((step) => noted('step', step.id, step.limit)),
    ...(service.remedies ?? []).flatMap((remedy) => noted('remedy', remedy.id, remedy.limit)),
  ];
}
