import type { CaseState } from '@twinpark/kernel/case/state.ts';
import { sql } from 'kysely';
import { findPeerCase } from '../../gateway/queries/peer-cases.ts';
import type { Tx } from '../../platform/database/store.ts';

/** The state of a case that the reader may read, on either side; null where there is none. */
export async function findCaseState(tx: Tx, caseId: string): Promise<CaseState | null> {
  const { rows } = await sql<{ state: CaseState | null }>`
    select case_state(${caseId}::uuid) as state`.execute(tx);
  const own = rows[0]?.state ?? null;
  return own ?? (await findPeerCase(tx, caseId))?.state ?? null;
}
