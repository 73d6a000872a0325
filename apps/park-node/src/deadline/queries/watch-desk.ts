import type { CaseStatus } from '@twinpark/kernel/vocabulary.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';

export interface OpenCases {
  readonly status: CaseStatus;
  readonly assignee: string | null;
  readonly open: number;
  readonly overdue: number;
  readonly atRisk: number;
}

/**
 * What lies open at an authority, by status and by who handles it. Walks along the open cases alone, which are as many
 * as the authority's work, however many cases it has closed.
 */
export async function countOpenCases(
  tx: Tx,
  authority: string,
  services: readonly string[],
  statuses: readonly CaseStatus[],
  days: { readonly today: string; readonly atRiskTo: string },
): Promise<readonly OpenCases[]> {
  const { rows } = await sql<OpenCases>`
    select c.status, c.assignee, count(*) as open,
      count(*) filter (where c.due_on < ${days.today}::date) as overdue,
      count(*) filter (where c.due_on between ${days.today}::date and ${days.atRiskTo}::date) as at_risk
    from unnest(${[...services]}::text[]) as desk (service)
    cross join unnest(${[...statuses]}::text[]) as standing (status)
    join cases c on c.authority = ${authority} and c.service = desk.service and c.status = standing.status
    group by c.status, c.assignee`.execute(tx);
  return rows;
}

export interface Decisions {
  readonly decided: number;
  readonly medianDays: number | null;
}

/** Decisions of an authority since a day, and how long the middle one of them took. Unit: calendar days. */
export async function countDecisions(tx: Tx, authority: string, since: string): Promise<Decisions> {
  const { rows } = await sql<Decisions>`
    select count(*) as decided,
      percentile_disc(0.5) within group (order by c.decided_on - c.filed_on) as median_days
    from cases c
    where c.authority = ${authority} and c.decided_on >= ${since}::date`.execute(tx);
  return rows[0] ?? { decided: 0, medianDays: null };
}
