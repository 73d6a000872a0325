import { sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';

/** Cases of one service on one desk: of the authority that decides them, or of another organisation with a part in them. */
export interface CaseDesk {
  readonly kind: 'authority' | 'other';
  readonly organization: string;
  readonly service: string;
}

/**
 * Whose cases of which services a reader finds on its desk; with null those of every authority. Services are taken from
 * what is stored, so that those the zone pack has dropped are still found, by one look into an index for each.
 */
export async function listCaseDesks(tx: Tx, organization: string | null): Promise<readonly CaseDesk[]> {
  const own = organization === null ? sql`true` : sql`c.authority = ${organization}`;
  // A pair that is compared as one is looked up as one only where nothing else is said of its first part.
  const further =
    organization === null
      ? sql`(c.authority, c.service) > (own.authority, own.service)`
      : sql`c.authority = ${organization} and c.service > own.service`;
  const others =
    organization === null
      ? sql``
      : sql`union all select 'other', ${organization}, others.service from others where others.service is not null`;
  const { rows } = await sql<CaseDesk>`
    with recursive own (authority, service) as (
      (select c.authority, c.service from cases c where ${own} order by c.authority, c.service limit 1)
      union all
      select next.authority, next.service from own cross join lateral (
        select c.authority, c.service from cases c
        where ${further}
        order by c.authority, c.service limit 1
      ) next
    ),
    others (service) as (
      (select d.service from case_desks d where d.organization = ${organization ?? ''} order by d.service limit 1)
      union all
      select next.service from others cross join lateral (
        select d.service from case_desks d
        where d.organization = ${organization ?? ''} and d.service > others.service
        order by d.service limit 1
      ) next
    )
    select 'authority' as kind, own.authority as organization, own.service from own
    ${others}`.execute(tx);
  return rows;
}
