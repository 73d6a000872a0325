import type { ServiceDefinition } from '../case/definition.ts';
import { applies, missingEvidence, missingFacts } from '../case/filing.ts';
import type { FactId, Facts, FactValue } from '../policy/expression.ts';
import { type Dossier, factsOf } from './dossier.ts';

/** What a service still lacks before it can be filed. */
export interface Lack {
  readonly facts: readonly FactId[];
  readonly evidence: readonly string[];
  /** Papers that may follow after acceptance. */
  readonly mayFollow: readonly string[];
}

/**
 * Of all that is known, the facts that a service gets: those it needs for these answers.
 * A condition reads only what its own service is given, as it will in the case, so a fact that is itself left out
 * settles nothing.
 */
export function factsFor(service: ServiceDefinition, known: Facts): Facts {
  let seen = pickNeeds(service, known, known);
  // Each round settles the conditions that hang on the round before; more rounds than needs would run in a circle.
  for (let round = 0; round < service.needs.length; round += 1) {
    const next = pickNeeds(service, known, seen);
    if (sameKeys(next, seen)) break;
    seen = next;
  }
  return seen;
}

/** What the dossier must still hold for the case to be filed; exactly what the case itself would refuse for. */
export function lackingFor(service: ServiceDefinition, dossier: Pick<Dossier, 'answers' | 'evidence'>): Lack {
  const seen = factsFor(service, factsOf(dossier));
  const papers = missingEvidence(service, seen, dossier.evidence);
  return {
    facts: missingFacts(service, seen),
    evidence: papers.filter((paper) => paper.debt === null).map((paper) => paper.type),
    mayFollow: papers.filter((paper) => paper.debt !== null).map((paper) => paper.type),
  };
}

function pickNeeds(service: ServiceDefinition, known: Facts, seen: Facts): Facts {
  const picked: Record<FactId, FactValue> = {};
  for (const { fact, when } of service.needs) {
    const value = known[fact];
    if (value !== undefined && applies(when, seen)) picked[fact] = value;
  }
  return picked;
}

function sameKeys(one: Facts, other: Facts): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other);
}
