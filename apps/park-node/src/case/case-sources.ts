import type { Text } from '@twinpark/kernel/shared/text.ts';
import type { Reader, Tx } from '../platform/database/store.ts';
import { countCasesWithWords, estimateCasesWithWords } from './queries/count-words.ts';
import { type CaseDesk, listCaseDesks } from './queries/list-case-desks.ts';
import type { CaseSource, SearchedDesk } from './queries/list-case-keys.ts';
import { deskMark, type SearchTerm, searchTerms, serviceMark } from './search-words.ts';

export interface CaseSearch {
  /** What a person typed; undefined where nothing is searched for. */
  readonly q: string | undefined;
  readonly service: string | undefined;
  /** Null for everybody's; a person of null for nobody's. Either way only the reader's own authority knows. */
  readonly assignee: { readonly person: string | null } | null;
}

interface NamedServices {
  readonly services: ReadonlyMap<string, { readonly name: Text }>;
}

/** Up to so many hits are looked up by their words and sorted; more are met soon enough along the list's own order. */
const fewHits = 20_000;

/**
 * Where to read a reader's cases from. Words that name a service are answered by the zone pack, so that only the others
 * are searched for in its cases.
 */
export async function caseSources(
  tx: Tx,
  reader: Reader,
  search: CaseSearch,
  zone: NamedServices,
): Promise<readonly CaseSource[]> {
  const terms = search.q === undefined ? [] : searchTerms(search.q);
  // Something was asked for, and nothing of it can be searched for.
  if (search.q !== undefined && search.q.trim() !== '' && terms.length === 0) return [];
  if (reader.kind === 'applicant') {
    const own = { organizationId: reader.organization, matches: matchesOf(terms, search, zone) };
    return [
      { from: 'applicant', ...own },
      { from: 'applicantAcross', ...own },
    ];
  }
  const organization = reader.kind === 'authority' ? reader.organization : null;
  const person = search.assignee?.person ?? null;
  if (person !== null && organization !== null) {
    const matches = matchesOf(terms, search, zone);
    return [{ from: 'assignee', authority: organization, person, matches }];
  }
  const desks = (await listCaseDesks(tx, organization)).filter(
    ({ kind, service }) =>
      (search.service === undefined || service === search.service) &&
      !(search.assignee !== null && kind === 'other'),
  );
  return await sourcesOf(tx, desks, terms, search, zone, organization);
}

async function sourcesOf(
  tx: Tx,
  desks: readonly CaseDesk[],
  terms: readonly SearchTerm[],
  { assignee }: CaseSearch,
  zone: NamedServices,
  organization: string | null,
): Promise<readonly CaseSource[]> {
  const searched = desks.map((desk) => ({ desk, terms: besides(namesOf(desk.service, zone), terms) }));
  const sources: CaseSource[] = [];
  const walked: SearchedDesk[] = [];
  const authority = assignee !== null ? organization : null;
  for (const group of Map.groupBy(searched, (each) => wordsOf(each.terms)).values()) {
    const left = group[0]?.terms ?? [];
    const inGroup = group.map(({ desk }) => ({ ...desk, words: wordsOf(left) }));
    if (left.length === 0) {
      walked.push(...inGroup);
      continue;
    }
    const desk = organization === null ? [] : [deskMark(organization)];
    const hits = await countHits(tx, left, desk);
    if (hits !== 'many') {
      const services = [...new Set(inGroup.map(({ service }) => service))];
      const words = [wordsOf(left), ...desk].join(' & ');
      if (hits > 0) sources.push({ from: 'words', words, services, authority });
      continue;
    }
    // A word that is common on the whole may stand in few cases of one service, and a walk would look for it in vain.
    for (const [service, ofService] of Map.groupBy(inGroup, (each) => each.service)) {
      const marks = [...desk, serviceMark(service)];
      const hitsOfService = await countHits(tx, left, marks);
      if (hitsOfService === 'many') walked.push(...ofService);
      else if (hitsOfService > 0) {
        const words = [wordsOf(left), ...marks].join(' & ');
        sources.push({ from: 'words', words, services: [service], authority });
      }
    }
  }
  return walked.length > 0 ? [{ from: 'desks', desks: walked }, ...sources] : sources;
}

/** How many cases with these marks hold the terms, if they are few. */
async function countHits(
  tx: Tx,
  terms: readonly SearchTerm[],
  marks: readonly string[],
): Promise<number | 'many'> {
  const exact = [...terms.map((term) => term.exact), ...marks].join(' & ');
  if ((await estimateCasesWithWords(tx, exact)) > fewHits) return 'many';
  const words = [wordsOf(terms), ...marks].join(' & ');
  const counted = await countCasesWithWords(tx, words, fewHits + 1);
  return counted > fewHits ? 'many' : counted;
}

/** What somebody's own cases must hold: all words, or those that the name of their service leaves over. */
function matchesOf(
  terms: readonly SearchTerm[],
  { service }: CaseSearch,
  zone: NamedServices,
): Extract<CaseSource, { from: 'assignee' }>['matches'] {
  const wanted = service === undefined ? [...zone.services.keys()] : [service];
  const byWords = Map.groupBy(wanted, (id) => wordsOf(besides(namesOf(id, zone), terms)));
  const everywhere = { services: service === undefined ? null : [service], words: wordsOf(terms) };
  return [everywhere, ...[...byWords].map(([words, services]) => ({ services, words }))];
}

/** Terms that none of these names answers. */
function besides(names: readonly string[], terms: readonly SearchTerm[]): readonly SearchTerm[] {
  return terms.filter(({ isIn }) => !isIn(names));
}

function wordsOf(terms: readonly SearchTerm[]): string {
  return terms.map(({ query }) => query).join(' & ');
}

function namesOf(service: string, { services }: NamedServices): readonly string[] {
  return Object.values(services.get(service)?.name ?? {});
}
