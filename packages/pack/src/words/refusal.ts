import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { Refusal } from '@twinpark/kernel/shared/refusal.ts';
import type { CaseAction, CaseStatus, Role } from '@twinpark/kernel/vocabulary.ts';
import { fillIn } from '../problems.ts';
import { type Names, partName } from './names.ts';
import { listOf, type Words } from './words.ts';

/** Why an act changed nothing and what to do instead, with the names the reader knows in place of ids. */
export function refusalInWords(
  { code, facts }: Refusal,
  service: ServiceDefinition,
  names: Names,
  m: Words,
): string {
  const parameters = Object.entries(facts).map(([name, value]) => {
    const values = typeof value === 'object' ? value : [String(value)];
    const words = values.map((word) => wordFor(name, word, service, names, m));
    return [parameterNames[name] ?? name, listOf(m, words)];
  });
  return fillIn(m.law.refusals[code], Object.fromEntries(parameters));
}

/** A refusal names one desk or several; its words name them alike. */
const parameterNames: Readonly<Record<string, string>> = { desks: 'desk' };

function wordFor(name: string, word: string, service: ServiceDefinition, names: Names, m: Words): string {
  const { law } = m;
  switch (name) {
    case 'action':
      return law.actions[word as CaseAction];
    case 'status':
    case 'statuses':
      return law.statuses[word as CaseStatus];
    case 'role':
    case 'roles':
      return law.roles[word as Role];
    case 'answer':
      return law.answers[word as keyof typeof law.answers];
    case 'desk':
    case 'desks':
      return names.organization(word);
    case 'service':
    case 'services':
      return names.service(word);
    case 'facts':
      return names.fact(word);
    case 'evidence':
      return names.evidence(word);
    case 'fields':
      return names.fact(word) === word ? names.evidence(word) : names.fact(word);
    case 'step':
    case 'steps':
    case 'waitingFor':
      return partName(service, 'steps', word, m);
    case 'criterion':
      return partName(service, 'criteria', word, m);
    case 'procedure':
      return partName(service, 'specialProcedures', word, m);
    case 'remedy':
      return partName(service, 'remedies', word, m);
    case 'known':
      return knownName(word, service, m);
    default:
      return word;
  }
}

/** What could have been named instead: a procedure or a remedy of the service. */
function knownName(word: string, service: ServiceDefinition, m: Words): string {
  const isRemedy = service.remedies.some(({ id }) => id === word);
  return partName(service, isRemedy ? 'remedies' : 'specialProcedures', word, m);
}
