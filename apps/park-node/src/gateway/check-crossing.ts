import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { wrongFacts } from '../dossier/check-answers.ts';
import { cleanFileName } from '../evidence/file-name.ts';
import { type Refused, refuseMessage } from './take.ts';

interface CrossingPaper {
  readonly type: string;
  readonly name: string;
}

/**
 * Whether what the other park sends for a service is no more than the service declares, and of the kinds that the zone
 * gives it; null if so. What is undeclared is named, and its value is kept nowhere.
 *
 * Refuses: `fieldNotDeclared`, `paperNotDeclared`, `factValueInvalid`, `messageMalformed` for a paper's name that none
 * of our uploads could have.
 */
export function undeclaredIn(
  zone: Zone,
  { needs, evidence }: ServiceDefinition,
  answers: Facts,
  papers: readonly CrossingPaper[],
): Refused | null {
  const types = papers.map(({ type }) => type).filter((type) => !evidence.some((kind) => kind.type === type));
  if (types.length > 0) return refuseMessage('paperNotDeclared', { type: types.join(', ') });
  const misnamed = papers.findIndex(({ name }) => cleanFileName(name) !== name);
  if (misnamed >= 0) return refuseMessage('messageMalformed', { pointer: `/data/papers/${misnamed}/name` });
  return (
    undeclaredFacts(
      answers,
      needs.map(({ fact }) => fact),
    ) ?? invalidFacts(zone, answers)
  );
}

/** Refuses: `fieldNotDeclared`. */
export function undeclaredFacts(facts: Facts, declared: readonly string[]): Refused | null {
  const fields = Object.keys(facts).filter((fact) => !declared.includes(fact));
  return fields.length > 0 ? refuseMessage('fieldNotDeclared', { field: fields.join(', ') }) : null;
}

/** Refuses: `factValueInvalid`. */
export function invalidFacts(zone: Zone, facts: Facts): Refused | null {
  const wrong = wrongFacts(zone, facts);
  return wrong.length > 0 ? refuseMessage('factValueInvalid', { field: wrong.join(', ') }) : null;
}
