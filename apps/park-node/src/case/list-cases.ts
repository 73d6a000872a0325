import type { listCases as endpoint } from '@twinpark/contract/case/list-cases.ts';
import { listedStatuses } from '@twinpark/contract/case/list-cases.ts';
import type { QueryOf } from '@twinpark/contract/endpoint.ts';
import type { CaseStatus } from '@twinpark/kernel/vocabulary.ts';
import { dateIn } from '../platform/clock.ts';
import { readableDate } from '../platform/database/sql.ts';
import type { Reader, Tx } from '../platform/database/store.ts';
import { cursorAt, readCursor } from '../platform/http/cursor.ts';
import type { Services } from '../services.ts';
import { caseSources } from './case-sources.ts';
import { dueRange } from './due-range.ts';
import { waitingForIn } from './project-case.ts';
import {
  type CaseFilter,
  type CaseKey,
  type CaseSort,
  type CaseSource,
  countCases,
  listCaseKeys,
} from './queries/list-case-keys.ts';

type Query = QueryOf<typeof endpoint>;
type ListedStatus = (typeof listedStatuses)[number];

/** The page of a list of cases, by their keys. */
export interface CasePage {
  readonly caseIds: readonly string[];
  readonly nextCursor: string | null;
  readonly total: { readonly number: number; readonly exact: boolean } | null;
}

/** Lists are counted exactly up to here. */
const mostCounted = 10_000;

/**
 * A page of the cases that a reader finds under its filters. Null for a cursor of another list.
 */
export async function listCases(
  tx: Tx,
  reader: Reader,
  query: Query,
  { zone, park, clock, calendarFor }: Pick<Services, 'zone' | 'park' | 'clock' | 'calendarFor'>,
): Promise<CasePage | null> {
  const list = listName(reader, query);
  const after = query.cursor === undefined ? null : positionOf(readCursor(list, query.cursor), query);
  if (query.cursor !== undefined && after === null) return null;
  const today = dateIn(park.timeZone, clock.now());
  const filter = filterOf(reader, query, (name) => dueRange(name, today, calendarFor([park.calendar])));
  const search = { q: query.q, service: query.service, assignee: filter.assignee };
  const sources = await caseSources(tx, reader, search, zone);
  const keys = await keysFrom(tx, sources, filter, query, after);
  const page = keys.slice(0, query.limit);
  const last = keys.length > query.limit ? page.at(-1) : undefined;
  const counted = query.count === 'true' ? await countCases(tx, sources, filter, mostCounted + 1) : null;
  return {
    caseIds: page.map(({ caseId }) => caseId),
    nextCursor: last ? cursorAt(list, [last.key, last.caseId]) : null,
    total:
      counted === null ? null : { number: Math.min(counted, mostCounted), exact: counted <= mostCounted },
  };
}

/** One row more than the page, so that it tells whether another page follows. */
async function keysFrom(
  tx: Tx,
  sources: readonly CaseSource[],
  filter: CaseFilter,
  query: Query,
  after: CaseKey | null,
): Promise<readonly CaseKey[]> {
  const sort = sortOf(query);
  const wanted = query.limit + 1;
  const read = (dated: boolean, from: CaseKey | null, limit: number) =>
    listCaseKeys(tx, sources, filter, sort, { dated, after: from, limit });
  const dated = after !== null && after.key === null ? [] : await read(true, after, wanted);
  if (sort.by === 'changed' || dated.length === wanted) return dated;
  const undated = await read(false, after?.key === null ? after : null, wanted - dated.length);
  return [...dated, ...undated];
}

function filterOf(
  reader: Reader,
  query: Query,
  rangeOf: (name: Parameters<typeof dueRange>[0]) => ReturnType<typeof dueRange>,
): CaseFilter {
  const { due, assignee, outcome, filedFrom, filedTo } = query;
  return {
    statuses: listedStatuses.filter((status) => mayShow(status, reader, query)),
    due: due === undefined ? null : due === 'none' ? 'none' : rangeOf(due),
    assignee: reader.kind === 'applicant' ? null : assigneeOf(assignee, reader),
    filedFrom: dateOf(filedFrom),
    filedTo: dateOf(filedTo),
    outcome: outcome ?? null,
  };
}

function dateOf(date: string | undefined): string | null {
  return date === undefined ? null : readableDate(Temporal.PlainDate.from(date));
}

function mayShow(status: ListedStatus, { kind }: Reader, query: Query): boolean {
  const { waitingFor, due } = query;
  // A draft is the applicant's own until it is filed.
  if (status === 'draft' && kind !== 'applicant') return false;
  if (query.status !== undefined && !query.status.includes(status)) return false;
  if (waitingFor !== undefined && waitingForIn[status] !== waitingFor) return false;
  return due === undefined || due === 'none' || kind === 'applicant' || limitRunsIn.includes(status);
}

/** Where the authority's clock can run; it has no last day in any other status. */
const limitRunsIn: readonly CaseStatus[] = ['filed', 'inExamination'];

function assigneeOf(assignee: string | undefined, { person }: Reader): CaseFilter['assignee'] {
  if (assignee === undefined) return null;
  if (assignee === 'nobody') return { person: null };
  return { person: assignee === 'me' ? person : assignee };
}

function sortOf({ sort }: Query): CaseSort {
  const by = sort.replace('-', '') as CaseSort['by'];
  return { by, descending: sort.startsWith('-') };
}

/** A list is told apart by its reader, its filters and its order. */
function listName({ kind, organization, person }: Reader, query: Query): string {
  const { limit: _limit, cursor: _cursor, count: _count, ...list } = query;
  const entries = Object.entries(list).filter(([, value]) => value !== undefined);
  return JSON.stringify(['cases', kind, organization, person, entries.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** A position in the form that this list's cursors have; anybody can write a cursor. */
function positionOf(position: readonly unknown[] | null, query: Query): CaseKey | null {
  const [key, caseId] = position ?? [];
  if (position?.length !== 2 || typeof caseId !== 'string' || !uuid.test(caseId)) return null;
  const { by } = sortOf(query);
  if (key === null) return by === 'changed' ? null : { key, caseId };
  if (typeof key !== 'string' || !(by === 'changed' ? isInstant(key) : isDate(key))) return null;
  return { key, caseId };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isDate(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    isReadable(() => Temporal.PlainDate.from(text)) &&
    !text.startsWith('0000')
  );
}

/** As PostgreSQL writes one. */
function isInstant(text: string): boolean {
  const form = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2})?$/;
  return form.test(text) && isReadable(() => Temporal.Instant.from(text)) && !text.startsWith('0000');
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
