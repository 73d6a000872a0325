import { sql } from 'kysely';
import type { Tx } from '../database/store.ts';
import type { FailedJob, FailedJobsPosition } from './queue.ts';

/** Jobs that lie where the library puts those that failed for good, by the time they came there. */
export async function listFailed(
  tx: Tx,
  failedQueue: string,
  limit: number,
  after: FailedJobsPosition | null,
): Promise<readonly FailedJob[]> {
  const further = after
    ? sql`and (created_on, id) > (${after.place}::timestamptz, ${after.jobId}::uuid)`
    : sql``;
  const { rows } = await sql<FailedJob>`
    select
      id as job_id, source_name as queue, data, source_created_on as enqueued_at,
      created_on as failed_at,
      to_char(created_on at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place,
      source_retry_count + 1 as attempts, coalesce(source_output ->> 'reason', source_output ->> 'message', '') as reason
    from pgboss.job
    where name = ${failedQueue} and state < 'active' and priority = 0 ${further}
    order by created_on, id
    limit ${limit}`.execute(tx);
  return rows;
}
