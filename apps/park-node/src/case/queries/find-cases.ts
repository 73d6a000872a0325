import { sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';

import type { CaseRow } from '../case-order.ts';
import type { OpenedCase } from '../project-case.ts';
import { caseColumns } from './case-columns.ts';

/** Rows of cases by their ids, as far as the reader may read them, in the order asked for. */
export async function findCaseRows(tx: Tx, caseIds: readonly string[]): Promise<readonly CaseRow[]> {
  if (caseIds.length === 0) return [];
  const rows = await tx
    .selectFrom('cases')
    .select(caseColumns)
    .where('caseId', '=', sql<string>`any(${[...caseIds]}::uuid[])`)
    .execute();
  const byId = new Map(rows.map((row) => [row.caseId, row]));
  return caseIds.flatMap((caseId) => byId.get(caseId) ?? []);
}

export interface StoredCase {
  readonly row: CaseRow;
  readonly state: OpenedCase;
}

/** A case with its state; null where there is none or the reader may not know of it. */
export async function findCase(tx: Tx, caseId: string): Promise<StoredCase | null> {
  const found = await tx
    .selectFrom('cases')
    .select(caseColumns)
    .select(sql<OpenedCase>`case_state(case_id)`.as('state'))
    .where('caseId', '=', caseId)
    .executeTakeFirst();
  if (!found) return null;
  const { state, ...row } = found;
  return { row, state };
}
