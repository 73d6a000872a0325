import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { FactValue } from '@twinpark/kernel/policy/expression.ts';
import type { Citation } from '@twinpark/kernel/shared/citation.ts';
import { fillIn } from '../problems.ts';
import type { Zone } from '../zone.ts';
import { listOf, localeOf, pick, type Words } from './words.ts';

/** What things of the zone are called, for one reader. An id without a name stands for itself. */
export interface Names {
  readonly fact: (id: string) => string;
  /** A fact's value as a reader would write it. */
  readonly value: (fact: string, value: FactValue) => string;
  readonly evidence: (id: string) => string;
  readonly organization: (id: string) => string;
  readonly service: (id: string) => string;
  readonly park: (id: string) => string;
  readonly mark: (park: string) => string;
  readonly citation: (citation: Citation) => string;
}

export function namesOf(zone: Zone, m: Words): Names {
  const named = <Of>(
    records: ReadonlyMap<string, Of>,
    name: (record: Of) => Readonly<Record<string, string>>,
  ) => {
    return (id: string): string => {
      const record = records.get(id);
      return record === undefined ? id : pick(name(record), m);
    };
  };
  const instrument = named(zone.instruments, ({ title }) => title);
  const source = (id: string) => fillIn(m.law.citation.source, { title: zone.sources.get(id)?.title ?? id });
  return {
    fact: named(zone.facts, ({ label }) => label),
    value: (fact, value) => valueInWords(zone, m, fact, value),
    evidence: named(zone.evidenceTypes, ({ name }) => name),
    organization: named(zone.organizations, ({ name }) => name),
    service: named(zone.services, ({ name }) => name),
    park: named(zone.parks, ({ shortName }) => shortName),
    mark: (park) => zone.parks.get(park)?.mark ?? '',
    citation: (citation) => citationInWords(citation, instrument, source, m),
  };
}

/** Name of one of a service's parts: a step, a criterion, a procedure, a remedy. */
export function partName(
  service: ServiceDefinition,
  kind: 'steps' | 'criteria' | 'specialProcedures' | 'remedies',
  id: string,
  m: Words,
): string {
  const parts: readonly { readonly id: string; readonly name: Readonly<Record<string, string>> }[] =
    service[kind];
  const part = parts.find((candidate) => candidate.id === id);
  return part ? pick(part.name, m) : id;
}

function valueInWords({ facts }: Zone, m: Words, id: string, value: FactValue): string {
  const fact = facts.get(id);
  const locale = localeOf[m.language];
  const option = (chosen: string) => {
    const name = fact?.options?.find((candidate) => candidate.id === chosen)?.name;
    return name ? pick(name, m) : chosen;
  };
  if (typeof value === 'boolean') return value ? m.law.values.yes : m.law.values.no;
  if (typeof value === 'object') return listOf(m, value.map(option));
  if (typeof value === 'string') return option(value);
  if (fact?.type !== 'money' || !fact.currency) return value.toLocaleString(locale);
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: fact.currency });
  return format.format(value / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

function citationInWords(
  citation: Citation,
  instrument: (id: string) => string,
  source: (id: string) => string,
  m: Words,
): string {
  const words = m.law.citation;
  const { clause, seen } = citation;
  // What is verified needs no remark; anything less says so beside the clause.
  const status = citation.status === 'verified' ? '' : m.law.reviewStatuses[citation.status];
  if (citation.instrument === null) {
    return fillIn(seen.length > 0 ? words.seenOnly : words.none, {
      seen: listOf(m, seen.map(source)),
      status,
    });
  }
  const parameters = {
    instrument: instrument(citation.instrument),
    clause: clauseInWords(clause ?? '', m),
    status,
  };
  return fillIn(clause === null ? words.instrumentOnly : words.full, parameters);
}

/** A clause of the usual forms, `Article 12` or `Order 53`, as the reader's language cites it; others as they stand. */
export function clauseInWords(clause: string, m: Words): string {
  const { clauses, otherClause } = m.law.citation;
  const [, kind = '', number = ''] = /^(?:([a-z]+) )?(\d\S*(?: to \d\S*)?)$/i.exec(clause) ?? [];
  const form = clauses[(kind.toLowerCase() || 'plain') as keyof typeof clauses];
  if (number === '' || form === undefined) return fillIn(otherClause, { clause });
  return fillIn(form, { number: number.replace(' to ', clauses.to) });
}
