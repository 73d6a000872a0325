import { type RawBuilder, sql } from 'kysely';
import type { Reader, Tx } from '../../platform/database/store.ts';
import type { DeadlinesTable } from '../../platform/database/tables.ts';

export interface DeadlineDay {
  readonly date: string;
  readonly owner: DeadlinesTable['owner'];
  readonly number: number;
}

/** How many running limits of the reader end on each day of a stretch, both ends included. */
export async function countDeadlines(
  tx: Tx,
  reader: Reader,
  from: string,
  to: string,
): Promise<readonly DeadlineDay[]> {
  const { rows } = await sql<DeadlineDay>`
    select d.due_on as date, d.owner, count(*) as number
    from deadlines d
    where ${ofReader(reader)} and not d.stopped and d.due_on between ${from}::date and ${to}::date
    group by d.due_on, d.owner
    order by d.due_on`.execute(tx);
  return rows;
}

export interface DeadlineKey {
  readonly caseId: string;
  readonly clock: string;
  readonly subject: string;
}

export interface DeadlineRow
  extends Pick<DeadlinesTable, 'caseId' | 'clock' | 'subject' | 'owner' | 'provisional'> {
  readonly caseNumber: string;
  readonly applicantName: string;
  readonly definitionHash: string;
}

/** The reader's running limits that end on a day, in a fixed order, after a place in it. */
export async function listDeadlinesOn(
  tx: Tx,
  reader: Reader,
  date: string,
  after: DeadlineKey | null,
  limit: number,
): Promise<readonly DeadlineRow[]> {
  const beyond =
    after === null
      ? sql`true`
      : sql`(d.case_id, d.clock, d.subject) > (${after.caseId}::uuid, ${after.clock}, ${after.subject})`;
  const { rows } = await sql<DeadlineRow>`
    select d.case_id, d.clock, d.subject, d.owner, d.provisional,
      coalesce(c.case_number, p.case_number, '') as case_number,
      coalesce(c.applicant_name, p.applicant_name) as applicant_name,
      coalesce(c.definition_hash, p.definition_hash) as definition_hash
    from (
      select d.* from deadlines d
      where ${ofReader(reader)} and not d.stopped and d.due_on = ${date}::date and ${beyond}
      order by d.case_id, d.clock, d.subject
      limit ${limit}
    ) d
    left join cases c on c.case_id = d.case_id
    left join peer_cases p on p.case_id = d.case_id
    where c.case_id is not null or p.case_id is not null
    order by d.case_id, d.clock, d.subject`.execute(tx);
  return rows;
}

function ofReader({ kind, organization }: Reader): RawBuilder<boolean> {
  return kind === 'applicant'
    ? sql<boolean>`d.applicant_id = ${organization}::uuid`
    : sql<boolean>`d.desk = ${organization}`;
}
