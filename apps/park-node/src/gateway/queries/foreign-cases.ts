import { sql } from 'kysely';
import type { CaseRow } from '../../case/case-order.ts';
import type { Tx } from '../../platform/database/store.ts';

/** A case of an applicant whose dossier the other park keeps. */
export type ForeignCase = Pick<CaseRow, 'caseId' | 'applicantId' | 'definitionHash'> & {
  readonly dossierId: string;
};

/** Cases by their ids, as far as they were filed from that park. */
export async function findForeignCases(
  tx: Tx,
  caseIds: readonly string[],
  park: string,
): Promise<ReadonlyMap<string, ForeignCase>> {
  const rows = await tx
    .selectFrom('cases')
    .select(['caseId', 'dossierId', 'applicantId', 'definitionHash'])
    .where('caseId', '=', sql<string>`any(${[...caseIds]}::uuid[])`)
    .where('applicantPark', '=', park)
    .execute();
  return new Map(
    rows.flatMap(({ dossierId, ...row }) =>
      dossierId === null ? [] : [[row.caseId, { ...row, dossierId }] as const],
    ),
  );
}

/** Of these ids, those of cases that are known here already, and those of this park's own dossiers and organisations. */
export async function findTakenIds(
  tx: Tx,
  ids: {
    readonly cases: readonly string[];
    readonly dossiers: readonly string[];
    readonly organizations: readonly string[];
  },
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select case_id as id from cases where case_id = any(${[...ids.cases]}::uuid[])
    union all select case_id from peer_cases where case_id = any(${[...ids.cases]}::uuid[])
    union all select dossier_id from dossiers where dossier_id = any(${[...ids.dossiers]}::uuid[])
    union all select organization_id from organizations where organization_id = any(${[...ids.organizations]}::uuid[])
  `.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** Makes sure that rows of these months can be written; a month is the ISO date of its first day. */
export async function ensureMonths(tx: Tx, months: Iterable<string>): Promise<void> {
  for (const month of new Set(months)) {
    await sql`select ensure_month_partitions(${month}::date)`.execute(tx);
  }
}

/**
 * Of cases that the other park speaks of, those of dossiers kept here that were never filed there. Of a dossier that is
 * kept there this node cannot know.
 */
export async function findUnknownPeerCases(
  tx: Tx,
  cases: readonly { readonly dossierId: string; readonly caseId: string }[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ caseId: string }>`
    select asked.case_id as "caseId"
    from jsonb_to_recordset(${JSON.stringify(
      cases.map(({ dossierId, caseId }) => ({ dossier_id: dossierId, case_id: caseId })),
    )}::text::jsonb) as asked (dossier_id uuid, case_id uuid)
    join dossiers on dossiers.dossier_id = asked.dossier_id
    where not exists (
      select from peer_cases p where p.case_id = asked.case_id and p.dossier_id = asked.dossier_id
    )`.execute(tx);
  return new Set(rows.map(({ caseId }) => caseId));
}
