import type { CitedLaw, Limit, Named } from '@twinpark/contract/catalogue/law.ts';
import type { ServiceDefinition, Unestablished } from '@twinpark/kernel/case/definition.ts';
import type { Citation } from '@twinpark/kernel/shared/citation.ts';
import type { TimeLimit } from '@twinpark/kernel/shared/time-limit.ts';
import type { Zone } from '@twinpark/pack/zone.ts';

/** A citation with what its instrument and the texts in which it was seen are called. */
export function citeLaw(zone: Zone, citation: Citation): CitedLaw {
  const { instrument, clause, date, seen, status, note } = citation;
  const law = instrument === null ? undefined : zone.instruments.get(instrument);
  return {
    instrument,
    clause,
    date,
    seen: [...seen],
    status,
    ...(note && { note }),
    title: law?.title ?? null,
    number: law?.number ?? null,
    sources: seen.map((id) => {
      const source = zone.sources.get(id);
      return { id, title: source?.title ?? id, addresses: source?.addresses ?? [] };
    }),
  };
}

/** A limit as the law sets it; one that the sources do not settle says so. */
export function presentLimit(
  zone: Zone,
  limit: TimeLimit | null,
  unestablished: Unestablished | undefined = undefined,
): Limit | null {
  if (limit === null) {
    return unestablished ? { established: false, law: citeLaw(zone, unestablished.citation) } : null;
  }
  const { citation, extension, calendars, ...rest } = limit;
  return {
    established: true,
    ...rest,
    calendars: [...calendars],
    extension: extension && {
      amount: extension.amount,
      times: extension.times,
      law: citeLaw(zone, extension.citation),
    },
    law: citeLaw(zone, citation),
  };
}

/** What is known of a limit that a service leaves open. */
export function unestablishedIn(
  { unestablished }: ServiceDefinition,
  limit: Unestablished['limit'],
  of: string | null = null,
): Unestablished | undefined {
  return unestablished.find((candidate) => candidate.limit === limit && candidate.of === of);
}

export function namedOrganization(zone: Zone, id: string): Named {
  return { id, name: zone.organizations.get(id)?.name ?? {} };
}
