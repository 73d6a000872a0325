import { languages } from '@twinpark/contract/common.ts';
import type { OutputContent } from '@twinpark/contract/output/output.ts';
import { limitFrom } from '@twinpark/kernel/case/clock.ts';
import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import type { Remedy, ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { DecidedCase } from '@twinpark/kernel/case/state.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import type { Citation } from '@twinpark/kernel/shared/citation.ts';
import { dueOn } from '@twinpark/kernel/shared/deadline.ts';
import type { Text } from '@twinpark/kernel/shared/text.ts';
import { type Names, namesOf } from '@twinpark/pack/words/names.ts';
import { wordsIn } from '@twinpark/pack/words/words.ts';
import type { Park, Zone } from '@twinpark/pack/zone.ts';
import type { CaseRow } from '../case/case-order.ts';

export interface Issue {
  readonly zone: Zone;
  readonly park: Park;
  readonly calendarFor: CaseContext['calendarFor'];
  readonly demo: boolean;
  readonly row: Pick<CaseRow, 'caseNumber' | 'applicantName' | 'language'>;
  readonly state: DecidedCase;
  /** The law the case was filed under. */
  readonly service: ServiceDefinition;
  /** Facts that the document establishes for later services. */
  readonly establishes: Facts;
  readonly receiptNumber: string;
  readonly replaces: string | null;
  /** Calendar date in the park, from which validity and remedies count. */
  readonly issuedOn: string;
}

/** What a decided case hands out, complete in itself: it can be read when zone pack and node are long gone. */
export function outputContent(issue: Issue): OutputContent {
  const { zone, park, row, state, service } = issue;
  const { outcome, tacit, conditions, reasons } = state.decision;
  const names = Object.fromEntries(languages.map((language) => [language, namesOf(zone, wordsIn[language])]));
  const inWords = (word: (names: Names) => string): Text =>
    Object.fromEntries(Object.entries(names).map(([language, known]) => [language, word(known)]));
  const provision = (citation: Citation) => ({
    citation: { ...citation, seen: [...citation.seen] },
    words: inWords((known) => known.citation(citation)),
  });
  return {
    zone: { id: zone.id, name: zone.name },
    park: { id: park.id, name: park.name },
    authority: named(zone, service.authority),
    demo: issue.demo,
    receiptNumber: issue.receiptNumber,
    replaces: issue.replaces,
    caseNumber: row.caseNumber,
    service: { id: service.id, name: service.name, definitionHash: service.hash },
    output: { id: service.output.id, name: service.output.name },
    applicant: row.applicantName,
    outcome,
    tacit,
    writtenIn: row.language,
    conditions: [...conditions],
    reasons: [...reasons],
    establishes: Object.entries(issue.establishes).map(([fact, value]) => ({
      fact,
      label: zone.facts.get(fact)?.label ?? inWords((known) => known.fact(fact)),
      value: typeof value === 'object' ? [...value] : value,
      words: inWords((known) => known.value(fact, value)),
    })),
    filedOn: state.filedOn,
    decidedOn: state.decision.on,
    issuedOn: issue.issuedOn,
    validUntil: outcome === 'refused' ? null : validUntil(issue),
    legalBasis: legalBasis(issue).map(provision),
    remedies: service.remedies.map((remedy) => ({
      id: remedy.id,
      name: remedy.name,
      body: named(zone, remedy.body),
      languages: [...remedy.languages],
      limit: remedyLimit(remedy, issue),
      provision: provision(remedy.citation),
      limitProvision: provision(limitCitation(remedy, service)),
    })),
  };
}

function named(zone: Zone, organization: string): { id: string; name: Text } {
  return { id: organization, name: zone.organizations.get(organization)?.name ?? { en: organization } };
}

/** The rule that sets up the service, the conditions of a grant, and the clause by which silence decided. */
function legalBasis({ service, state }: Issue): readonly Citation[] {
  const { decision } = state;
  const silence = decision.tacit ? service.decisionLimit?.citation : undefined;
  const all = [service.citation, ...service.criteria.map(({ citation }) => citation)];
  const seen = new Set<string>();
  return [...all, ...(silence ? [silence] : [])].filter((citation) => {
    const key = JSON.stringify([citation.instrument, citation.clause, citation.status]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The day of issue is the first of the months, so that three months from the 1st are three whole months. */
function validUntil({ service, park, issuedOn, calendarFor }: Issue): string | null {
  const { validityMonths } = service.output;
  if (validityMonths === null) return null;
  const months = { amount: validityMonths, unit: 'months', starts: 'sameDay', rollsForward: false } as const;
  const issued = Temporal.PlainDate.from(issuedOn);
  return dueOn(months, issued, [], 0, calendarFor([park.calendar])).dueOn.toString();
}

/** What the kernel will hold a remedy to once the document is served today. */
function remedyLimit(
  { limit }: Remedy,
  { state, issuedOn, calendarFor }: Issue,
): OutputContent['remedies'][number]['limit'] {
  if (limit === null) return null;
  const pauses = state.dismissed.map(({ remedy: procedure, from, to }) => ({
    from,
    to,
    cause: { kind: 'specialProcedure', procedure } as const,
  }));
  const { dueOn: lastDay, provisional } = limitFrom(limit, issuedOn, { calendarFor }, pauses);
  return { amount: limit.amount, unit: limit.unit, lastDay, provisional };
}

/** The clause that sets the limit; where none is established, what is known of one. */
function limitCitation({ id, limit, citation }: Remedy, { unestablished }: ServiceDefinition): Citation {
  const known = unestablished.find((unknown) => unknown.limit === 'remedy' && unknown.of === id);
  return limit?.citation ?? known?.citation ?? citation;
}
