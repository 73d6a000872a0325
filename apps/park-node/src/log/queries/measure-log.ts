import { sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';

export interface LogMeasures {
  readonly entries: number;
  /** Counted no further than to 100,000. */
  readonly pending: number;
  readonly cosigned: number;
  /** When the oldest checkpoint was signed that the other park has yet to cosign, or a longer one; null for none. */
  readonly uncosignedSince: Date | null;
}

const mostCounted = 100_000;

export async function measureLog(tx: Tx): Promise<LogMeasures> {
  const { rows } = await sql<LogMeasures>`
    select
      (select size from log_head) as entries,
      (select count(*) from (select from log_pending limit ${mostCounted}) as waiting) as pending,
      newest.size as cosigned,
      (select signed_at from log_checkpoints c where c.size > newest.size order by c.size limit 1) as "uncosignedSince"
    from (select coalesce(max(size), 0) as size from log_cosignatures) as newest`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('An aggregate has one row');
  return row;
}
