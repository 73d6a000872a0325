import type { MemberRole } from '@twinpark/contract/identity/roles.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';

export interface ColleagueRow {
  readonly personId: string;
  readonly name: string;
  readonly role: MemberRole;
}

/** The people who act for the reader's own organisation, by name. */
export async function listColleagues(tx: Tx): Promise<readonly ColleagueRow[]> {
  const { rows } = await sql<ColleagueRow>`
    select person_id, name, role from reader_colleagues() order by name, person_id`.execute(tx);
  return rows;
}
