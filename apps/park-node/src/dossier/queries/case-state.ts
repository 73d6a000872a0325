import type { CaseState } from '@twinpark/kernel/case/state.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';

/** The state of a case that the reader may read; null for one of the other park. */
export async function findCaseState(tx: Tx, caseId: string): Promise<CaseState | null> {
  const { rows } = await sql<{ state: CaseState | null }>`
    select case_state(${caseId}::uuid) as state`.execute(tx);
  return rows[0]?.state ?? null;
}
