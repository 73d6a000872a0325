import { actionTable } from '../case/action-table.ts';
import type { ServiceDefinition } from '../case/definition.ts';
import { applies } from '../case/filing.ts';
import type { EvidenceItem } from '../case/state.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { Expression, FactId, Facts, FactValue } from '../policy/expression.ts';
import type { IsoDate } from '../shared/date.ts';
import {
  type Dossier,
  endedWithoutGrant,
  type FilingRecord,
  factsOf,
  getService,
  type JourneyWorld,
  sameValue,
} from './dossier.ts';
import type { JourneyStep } from './journey.ts';
import { factsFor, type Lack, lackingFor } from './needs.ts';
import { listProviders } from './standing.ts';

/** From one dossier to lawful filings on two sides, and back to what keeps them apart. */

/** What one service gets: the fields and papers it needs for these answers, and nothing else. */
export interface Filing {
  readonly step: string;
  readonly service: string;
  readonly park: string;
  readonly authority: string;
  readonly answers: Facts;
  readonly evidence: readonly EvidenceItem[];
}

/** What a service still lacks; `facts` are those that the applicant has to give. */
export interface Gap extends Lack {
  readonly step: string;
  readonly service: string;
  readonly park: string;
  /** Facts that another service of the journey will establish, with the steps that may. */
  readonly awaited: readonly { readonly fact: FactId; readonly from: readonly string[] }[];
}

/** A filed case that no longer says what the dossier says. */
export interface Drift {
  readonly step: string;
  readonly caseId: string;
  readonly service: string;
  readonly park: string;
  readonly field: string;
  readonly kind: 'fact' | 'evidence';
  /** Value or paper name as filed; null where the filing lacks what the dossier now has. */
  readonly filed: FactValue | null;
  readonly current: FactValue;
  /** Day since which the two differ. */
  readonly since: IsoDate;
}

export function renderFiling(
  dossier: Pick<Dossier, 'answers' | 'evidence'>,
  step: string,
  service: ServiceDefinition,
): Filing {
  const answers = factsFor(service, factsOf(dossier));
  const evidence = service.evidence
    .filter((requirement) => applies(requirement.when, answers))
    .flatMap((requirement) => dossier.evidence[requirement.type]?.value ?? []);
  return { step, service: service.id, park: service.park, authority: service.authority, answers, evidence };
}

/**
 * What is missing on each side, step by step: for the steps that are or may be needed and are not filed yet, and for
 * filed cases that can still be amended, whose debts and newly needed facts are owed.
 */
export function listGaps(dossier: Dossier, world: JourneyWorld): readonly Gap[] {
  return world.journey.steps
    .filter((step) => canStillTake(dossier, step))
    .map((step) => gapOf(dossier, step, world))
    .filter((gap) => gap.facts.length + gap.awaited.length + gap.evidence.length + gap.mayFollow.length > 0);
}

/** What a case must be given to say what the dossier says: the fields of a filing made now that it holds otherwise. */
export function amendmentFor(
  dossier: Pick<Dossier, 'answers' | 'evidence'>,
  service: ServiceDefinition,
  held: Pick<FilingRecord, 'answers' | 'evidence'>,
): { readonly answers: Facts; readonly evidence: readonly EvidenceItem[] } {
  const now = renderFiling(dossier, service.id, service);
  const changed = Object.entries(now.answers).filter(([field, current]) => {
    const filed = held.answers[field];
    return filed === undefined || !sameValue(filed, current);
  });
  return {
    answers: Object.fromEntries(changed),
    evidence: now.evidence.filter((item) => held.evidence[item.type]?.digest !== item.digest),
  };
}

/**
 * After an amendment: which case no longer matches the dossier, in which field, since when.
 * What was filed and is no longer needed is no drift: an authority keeps what it was given, no amendment takes it
 * back, and a later change of it concerns that authority no more.
 */
export function findDrift(dossier: Dossier, world: JourneyWorld): readonly Drift[] {
  return world.journey.steps.flatMap((step) => {
    const filing = dossier.filings[step.id];
    return !filing || filing.status === 'closed' || endedWithoutGrant(filing)
      ? []
      : driftOf(dossier, step, filing, getService(world, step));
  });
}

function driftOf(
  dossier: Dossier,
  step: JourneyStep,
  filing: FilingRecord,
  service: ServiceDefinition,
): readonly Drift[] {
  const { answers, evidence } = amendmentFor(dossier, service, filing);
  const common = { step: step.id, caseId: filing.caseId, service: service.id, park: service.park };
  const facts = Object.entries(answers).map(([field, current]): Drift => {
    const filed = filing.answers[field] ?? null;
    const when = service.needs.find((need) => need.fact === field)?.when ?? null;
    const since = apartSince(dossier, dossier.answers[field]?.since ?? '', filed === null ? when : null);
    return { ...common, field, kind: 'fact', filed, current, since };
  });
  const papers = evidence.map(({ type, name }): Drift => {
    const filed = filing.evidence[type]?.name ?? null;
    const when = service.evidence.find((requirement) => requirement.type === type)?.when ?? null;
    const since = apartSince(dossier, dossier.evidence[type]?.since ?? '', filed === null ? when : null);
    return { ...common, field: type, kind: 'evidence', filed, current: name, since };
  });
  return [...facts, ...papers];
}

/** A field that the filing lacks may have stood in the dossier long before another answer made it needed. */
function apartSince({ answers }: Dossier, since: IsoDate, when: Expression | null): IsoDate {
  // With no fact known, a condition misses every fact it reads.
  const reads = when === null ? [] : evaluate(when, {}).missing;
  return reads
    .map((fact) => answers[fact]?.since ?? '')
    .reduce((last, day) => (day > last ? day : last), since);
}

function canStillTake(dossier: Dossier, step: JourneyStep): boolean {
  const filing = dossier.filings[step.id];
  if (filing && !endedWithoutGrant(filing))
    return (actionTable.amendCase.in as readonly string[]).includes(filing.status);
  return applies(step.when, factsOf(dossier));
}

function gapOf(dossier: Dossier, step: JourneyStep, world: JourneyWorld): Gap {
  const service = getService(world, step);
  const { facts, ...papers } = lackingFor(service, dossier);
  const awaited = facts
    .map((fact) => ({ fact, from: listProviders(fact, dossier, step, world) }))
    .filter(({ from }) => from.length > 0);
  return {
    step: step.id,
    service: service.id,
    park: service.park,
    facts: facts.filter((fact) => !awaited.some((other) => other.fact === fact)),
    awaited,
    ...papers,
  };
}
