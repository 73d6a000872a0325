import type { CaseStatus, DecisionOutcome } from '@twinpark/kernel/vocabulary.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';
import type { CaseDesk } from './list-case-desks.ts';

export interface CaseFilter {
  readonly statuses: readonly CaseStatus[];
  readonly due: { readonly from: string | null; readonly to: string | null } | 'none' | null;
  /** Null for everybody's; a person of null for nobody's. */
  readonly assignee: { readonly person: string | null } | null;
  readonly filedFrom: string | null;
  readonly filedTo: string | null;
  readonly outcome: DecisionOutcome | null;
}

export interface CaseSort {
  readonly by: 'due' | 'filed' | 'changed';
  readonly descending: boolean;
}

/** Where a row stands in a sorted list; undated rows have a null and come last. */
export interface CaseKey {
  readonly caseId: string;
  readonly key: string | null;
}

/** Cases of a desk that hold the words of a `tsquery`, or all of them where it is empty. */
export interface SearchedDesk extends CaseDesk {
  readonly words: string;
}

/** Words that the cases of some services must hold; null for every service. One match of several is enough. */
export interface CaseMatch {
  readonly services: readonly string[] | null;
  readonly words: string;
}

/** Where the rows of a list come from. */
export type CaseSource =
  /** An applicant's own cases, of this park or as the other park has told of them. */
  | {
      readonly from: 'applicant' | 'applicantAcross';
      readonly organizationId: string;
      readonly matches: readonly CaseMatch[];
    }
  /** Those that somebody of an authority handles. */
  | {
      readonly from: 'assignee';
      readonly authority: string;
      readonly person: string;
      readonly matches: readonly CaseMatch[];
    }
  /** Walks along the order of each desk's cases. */
  | { readonly from: 'desks'; readonly desks: readonly SearchedDesk[] }
  /** Looks up the few cases that hold some words. */
  | {
      readonly from: 'words';
      readonly words: string;
      readonly services: readonly string[];
      readonly authority: string | null;
    };

/** Which rows of the sorted list: those with a day, or after them those without one, from a place on. */
export interface CaseStretch {
  readonly dated: boolean;
  readonly after: CaseKey | null;
  readonly limit: number;
}

/**
 * One stretch of a list of cases. Each pair of service and status is an index range of its own in the order of the
 * list, of which at most a page is read: the cost is that of the pairs, not of the cases.
 */
export async function listCaseKeys(
  tx: Tx,
  sources: readonly CaseSource[],
  filter: CaseFilter,
  sort: CaseSort,
  stretch: CaseStretch,
): Promise<readonly CaseKey[]> {
  const selects = sources.flatMap((source) => selectsOf(source, { filter, sort, stretch }));
  if (selects.length === 0 || filter.statuses.length === 0) return [];
  const { rows } = await sql<CaseKey>`
    select found.case_id, found.key::text as key
    from (${sql.join(selects, sql` union all `)}) found (case_id, key)
    order by ${sort.descending ? sql`found.key desc, found.case_id desc` : sql`found.key, found.case_id`}
    limit ${stretch.limit}`.execute(tx);
  return rows;
}

/** How many cases a list has, counted no further than `most`. */
export async function countCases(
  tx: Tx,
  sources: readonly CaseSource[],
  filter: CaseFilter,
  most: number,
): Promise<number> {
  const selects = sources.flatMap((source) => selectsOf(source, { filter, sort: null, stretch: null }));
  if (selects.length === 0 || filter.statuses.length === 0) return 0;
  const { rows } = await sql<{ number: number }>`
    select count(*) as number
    from (select from (${sql.join(selects, sql` union all `)}) found limit ${most}) counted`.execute(tx);
  return rows[0]?.number ?? 0;
}

interface Wanted {
  readonly filter: CaseFilter;
  /** Null to count. */
  readonly sort: CaseSort | null;
  readonly stretch: CaseStretch | null;
}

function selectsOf(source: CaseSource, wanted: Wanted): readonly RawBuilder<unknown>[] {
  switch (source.from) {
    case 'applicant':
      return [ownRows(wanted, 'applicant', sql`c.applicant_id = ${source.organizationId}`, source.matches)];
    case 'applicantAcross': {
      // What the other park has not taken yet is nothing but what the dossier says of it.
      const told = sql`c.applicant_id = ${source.organizationId} and c.version > 0`;
      return [ownRows(wanted, 'applicantAcross', told, source.matches)];
    }
    case 'assignee': {
      const own = sql`c.authority = ${source.authority} and c.assignee = ${source.person}`;
      return [ownRows(wanted, 'cases', own, source.matches)];
    }
    case 'words':
      return [
        sql`(${rowsOf(
          wanted,
          'cases',
          sql`c.case_id in (select cases_with_words(${source.words}::tsquery))
        and c.service = any(${[...source.services]}::text[])
        and c.status = any(${[...wanted.filter.statuses]}::text[])
        ${source.authority === null ? sql`` : sql`and c.authority = ${source.authority}`}`,
        )})`,
      ];
    case 'desks':
      return (['authority', 'other'] as const).flatMap((kind) => {
        const desks = source.desks.filter((desk) => desk.kind === kind);
        return desks.length === 0 ? [] : [walk(kind, desks, wanted)];
      });
    default:
      return source satisfies never;
  }
}

type ListedTable = 'applicant' | 'applicantAcross' | 'cases' | 'desks';

const nameOfTable: Readonly<Record<ListedTable, string>> = {
  applicant: 'cases',
  applicantAcross: 'peerCases',
  cases: 'cases',
  desks: 'caseDesks',
};

/** Somebody's own cases, which are few beside all that are stored. */
function ownRows(
  wanted: Wanted,
  table: Exclude<ListedTable, 'desks'>,
  own: RawBuilder<unknown>,
  matches: readonly CaseMatch[],
): RawBuilder<unknown> {
  const matched = sql`(${sql.join(matches.map(matching), sql` or `)})`;
  const standing = sql`c.status = any(${[...wanted.filter.statuses]}::text[])`;
  return sql`(${rowsOf(wanted, table, sql`${own} and ${standing} and ${matched}`)})`;
}

function walk(kind: CaseDesk['kind'], desks: readonly SearchedDesk[], wanted: Wanted): RawBuilder<unknown> {
  const organization = kind === 'authority' ? sql.ref('c.authority') : sql.ref('c.organization');
  const words = desks.some((desk) => desk.words !== '') ? searched(kind) : sql``;
  return sql`(
    select walked.* from unnest(
      ${desks.map((desk) => desk.organization)}::text[], ${desks.map((desk) => desk.service)}::text[],
      ${desks.map((desk) => desk.words)}::text[]
    ) as desk (organization, service, words)
    cross join unnest(${[...wanted.filter.statuses]}::text[]) as standing (status)
    cross join lateral (${rowsOf(
      wanted,
      kind === 'authority' ? 'cases' : 'desks',
      sql`${organization} = desk.organization and c.service = desk.service and c.status = standing.status ${words}`,
    )}) walked
  )`;
}

/** Rows of one table under its own conditions and those of the list, as many as the stretch wants, in its order. */
function rowsOf(
  { filter, sort, stretch }: Wanted,
  table: ListedTable,
  own: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const from = sql`${sql.table(nameOfTable[table])} c`;
  const where = [own, ...filtersOf(filter, table)];
  if (sort === null || stretch === null) return sql`select from ${from} where ${sql.join(where, sql` and `)}`;
  const key = columnOf(sort, table);
  const order = sort.descending ? sql`${key} desc, c.case_id desc` : sql`${key}, c.case_id`;
  return sql`select c.case_id, ${key} from ${from}
    where ${sql.join([...where, ...placeOf(stretch, sort, key)], sql` and `)}
    order by ${order} limit ${stretch.limit}`;
}

function columnOf({ by }: CaseSort, table: ListedTable): RawBuilder<unknown> {
  if (by === 'changed') return sql.ref('c.changed_at');
  if (by === 'filed') return sql.ref('c.filed_on');
  const isOfApplicant = table === 'applicant' || table === 'applicantAcross';
  return isOfApplicant ? sql.ref('c.applicant_due_on') : sql.ref('c.due_on');
}

function placeOf(
  { dated, after }: CaseStretch,
  { by, descending }: CaseSort,
  key: RawBuilder<unknown>,
): readonly RawBuilder<unknown>[] {
  const stretch = by === 'changed' ? [] : [dated ? sql`${key} is not null` : sql`${key} is null`];
  if (after === null) return stretch;
  const beyond = descending ? sql`<` : sql`>`;
  if (!dated) return [...stretch, sql`c.case_id ${beyond} ${after.caseId}::uuid`];
  const type = by === 'changed' ? sql`timestamptz` : sql`date`;
  return [...stretch, sql`(${key}, c.case_id) ${beyond} (${after.key}::${type}, ${after.caseId}::uuid)`];
}

function filtersOf(
  { due, assignee, filedFrom, filedTo, outcome }: CaseFilter,
  table: ListedTable,
): readonly RawBuilder<unknown>[] {
  const dueOn = columnOf({ by: 'due', descending: false }, table);
  const filters: RawBuilder<unknown>[] = [];
  if (due === 'none') filters.push(sql`${dueOn} is null`);
  else if (due !== null) {
    if (due.from !== null) filters.push(sql`${dueOn} >= ${due.from}::date`);
    if (due.to !== null) filters.push(sql`${dueOn} <= ${due.to}::date`);
  }
  if (filedFrom !== null) filters.push(sql`c.filed_on >= ${filedFrom}::date`);
  if (filedTo !== null) filters.push(sql`c.filed_on <= ${filedTo}::date`);
  if (assignee !== null) {
    filters.push(assignee.person === null ? sql`c.assignee is null` : sql`c.assignee = ${assignee.person}`);
  }
  if (outcome !== null) {
    filters.push(
      table === 'desks'
        ? sql`exists (select from cases o where o.case_id = c.case_id and o.outcome = ${outcome})`
        : sql`c.outcome = ${outcome}`,
    );
  }
  return filters;
}

function searched(kind: CaseDesk['kind']): RawBuilder<unknown> {
  return kind === 'authority'
    ? sql`and (desk.words = '' or c.search @@ desk.words::tsquery)`
    : sql`and (desk.words = '' or exists (
        select from cases w where w.case_id = c.case_id and w.search @@ desk.words::tsquery
      ))`;
}

function matching({ services, words }: CaseMatch): RawBuilder<unknown> {
  const service = services === null ? sql`true` : sql`c.service = any(${[...services]}::text[])`;
  return words === '' ? service : sql`(${service} and c.search @@ ${words}::tsquery)`;
}
