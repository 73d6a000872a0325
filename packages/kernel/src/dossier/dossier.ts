import type { ServiceDefinition } from '../case/definition.ts';
import type { CaseEvent } from '../case/events.ts';
import type { EvidenceItem } from '../case/state.ts';
import type { FactId, Facts, FactValue } from '../policy/expression.ts';
import type { IsoDate } from '../shared/date.ts';
import type { CaseStatus, DecisionOutcome } from '../vocabulary.ts';
import type { JourneyDefinition, JourneyStep } from './journey.ts';

/**
 * One applicant's run of a journey: the facts and papers, given once, and what was filed from them on each side.
 * The dossier stays with the applicant; only what a filing renders from it reaches an authority.
 */
export interface Dossier {
  readonly id: string;
  readonly journey: string;
  readonly applicant: string;
  readonly answers: Readonly<Record<FactId, Dated<FactValue>>>;
  /** Newest paper of each type. */
  readonly evidence: Readonly<Record<string, Dated<EvidenceItem>>>;
  /** By journey step. */
  readonly filings: Readonly<Record<string, FilingRecord>>;
}

export interface Dated<Value> {
  readonly value: Value;
  /** Day since which it stands in the dossier as it is. */
  readonly since: IsoDate;
}

/** What the dossier knows of a case: what was filed, and where its park says it stands. */
export interface FilingRecord {
  readonly caseId: string;
  readonly service: string;
  readonly filedOn: IsoDate;
  readonly answers: Facts;
  readonly evidence: Readonly<Record<string, EvidenceItem>>;
  readonly status: CaseStatus;
  readonly outcome: DecisionOutcome | null;
}

/**
 * Whether a filing came to its end without a grant, so that the step can be filed anew. `none`: its park did not take it,
 * and no case came of it.
 */
export function endedWithoutGrant({ status, outcome }: Pick<FilingRecord, 'status' | 'outcome'>): boolean {
  if (status === 'none' || status === 'withdrawn' || status === 'lapsed' || status === 'notAccepted')
    return true;
  return outcome === 'refused' && (status === 'served' || status === 'closed');
}

/** A journey with the services it orders, by id. */
export interface JourneyWorld {
  readonly journey: JourneyDefinition;
  readonly services: ReadonlyMap<string, ServiceDefinition>;
  /** By step: the law under which its case runs, where that is no longer the one in `services`. */
  readonly filedUnder?: ReadonlyMap<string, ServiceDefinition>;
}

/** Puts facts into the dossier; a value that does not change keeps its date. */
export function answer(dossier: Dossier, facts: Facts, on: IsoDate): Dossier {
  const answers = { ...dossier.answers };
  for (const [fact, value] of Object.entries(facts)) {
    const held = answers[fact];
    if (held === undefined || !sameValue(held.value, value)) answers[fact] = { value, since: on };
  }
  return { ...dossier, answers };
}

/** Puts papers into the dossier, each in place of an earlier one of its type. */
export function addEvidence(dossier: Dossier, items: readonly EvidenceItem[], on: IsoDate): Dossier {
  const evidence = { ...dossier.evidence };
  for (const item of items) {
    if (evidence[item.type]?.value.digest !== item.digest) evidence[item.type] = { value: item, since: on };
  }
  return { ...dossier, evidence };
}

/** What the dossier knows of one step's case from now on. */
export function recordFiling(dossier: Dossier, step: string, filing: FilingRecord): Dossier {
  return { ...dossier, filings: { ...dossier.filings, [step]: filing } };
}

/** What events of a case tell its dossier: what outputs establish, and what the applicant has given the case itself. */
export function toldBy(events: readonly CaseEvent[]): {
  readonly answers: Facts;
  readonly evidence: readonly EvidenceItem[];
} {
  const answers: Record<FactId, FactValue> = {};
  const evidence: EvidenceItem[] = [];
  for (const event of events) {
    if (event.type === 'outputServed') Object.assign(answers, event.establishes);
    if (event.type !== 'caseAmended' && event.type !== 'evidenceSupplied') continue;
    Object.assign(answers, event.answers);
    evidence.push(...event.evidence);
  }
  return { answers, evidence };
}

export function factsOf(dossier: Pick<Dossier, 'answers'>): Facts {
  return Object.fromEntries(Object.entries(dossier.answers).map(([fact, dated]) => [fact, dated.value]));
}

export function getService({ services, filedUnder }: JourneyWorld, step: JourneyStep): ServiceDefinition {
  const service = filedUnder?.get(step.id) ?? services.get(step.service);
  if (!service) throw new Error(`The journey names a service that its world lacks: ${step.service}`);
  return service;
}

export function getStep({ journey }: JourneyWorld, id: string): JourneyStep {
  const step = journey.steps.find((candidate) => candidate.id === id);
  if (!step) throw new Error(`The journey lacks a step that is named: ${id}`);
  return step;
}

/** Lists are choices: neither their order nor a repetition says anything. */
export function sameValue(one: FactValue, other: FactValue): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  return one.every((value) => other.includes(value)) && other.every((value) => one.includes(value));
}
