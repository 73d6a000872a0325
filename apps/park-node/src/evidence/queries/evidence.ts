import { type Selectable, sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';
import type { EvidenceTable } from '../../platform/database/tables.ts';

export interface EvidenceRow extends Selectable<EvidenceTable> {
  readonly sizeBytes: number;
  readonly mediaType: string;
}

function evidenceRows(tx: Tx) {
  return tx
    .selectFrom('evidence')
    .innerJoin('evidenceFiles', 'evidenceFiles.sha256', 'evidence.sha256')
    .selectAll('evidence')
    .select(['evidenceFiles.sizeBytes', 'evidenceFiles.mediaType']);
}

export async function findEvidence(
  tx: Tx,
  evidenceId: string,
  organizationId: string,
): Promise<EvidenceRow | undefined> {
  return await evidenceRows(tx)
    .where('evidence.evidenceId', '=', evidenceId)
    .where('evidence.organizationId', '=', organizationId)
    .executeTakeFirst();
}

/** Papers of an organisation, newest first, after a place in the list. */
export async function listEvidenceOf(
  tx: Tx,
  organizationId: string,
  limit: number,
  after: { readonly createdAt: Date; readonly evidenceId: string } | null,
): Promise<readonly EvidenceRow[]> {
  return await evidenceRows(tx)
    .where('evidence.organizationId', '=', organizationId)
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(evidence.created_at, evidence.evidence_id) < (${after?.createdAt}, ${after?.evidenceId})`,
      ),
    )
    .orderBy('evidence.createdAt', 'desc')
    .orderBy('evidence.evidenceId', 'desc')
    .limit(limit)
    .execute();
}

export async function insertEvidence(
  tx: Tx,
  row: Selectable<EvidenceTable>,
  file: { readonly sizeBytes: number; readonly mediaType: string },
): Promise<EvidenceRow> {
  await tx
    .insertInto('evidenceFiles')
    .values({ sha256: row.sha256, ...file, storedAt: row.createdAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx.insertInto('evidence').values(row).execute();
  return { ...row, ...file };
}

/** Whether a case or a dossier of the organisation was given these bytes. */
export async function isEvidenceInUse(tx: Tx, sha256: string, organizationId: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select
      exists (
        select from case_evidence given join cases on cases.case_id = given.case_id
        where given.sha256 = ${sha256} and cases.applicant_id = ${organizationId}
      )
      or exists (
        select from dossiers, jsonb_each(dossiers.evidence) paper
        where dossiers.organization_id = ${organizationId} and paper.value -> 'value' ->> 'digest' = ${sha256}
      ) as used`.execute(tx);
  return rows[0]?.used ?? false;
}

/** Takes the upload that it came by with it, which would otherwise take parts again. */
export async function removeEvidenceRow(tx: Tx, evidenceId: string): Promise<void> {
  await tx.deleteFrom('evidenceUploads').where('evidenceId', '=', evidenceId).execute();
  await tx.deleteFrom('evidence').where('evidenceId', '=', evidenceId).execute();
}

/** A paper that a case was given, as far as the reader may read the case. */
export async function findCaseEvidence(tx: Tx, caseId: string, sha256: string) {
  return await tx
    .selectFrom('caseEvidence')
    .innerJoin('evidenceFiles', 'evidenceFiles.sha256', 'caseEvidence.sha256')
    .select([
      'caseEvidence.name',
      'evidenceFiles.sha256',
      'evidenceFiles.sizeBytes',
      'evidenceFiles.mediaType',
    ])
    .where('caseEvidence.caseId', '=', caseId)
    .where('caseEvidence.sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst();
}

/** Of these files, the ones that a paper, a case or an output names. */
export async function listNamedFiles(tx: Tx, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ sha256: string }>`
    select sha256 from unnest(${[...hashes]}::text[]) as file (sha256)
    where exists (select from evidence where evidence.sha256 = file.sha256)
      or exists (select from case_evidence where case_evidence.sha256 = file.sha256)
      or exists (select from output_documents where output_documents.sha256 = file.sha256)`.execute(tx);
  return new Set(rows.map(({ sha256 }) => sha256));
}

export async function forgetFile(tx: Tx, sha256: string): Promise<void> {
  await tx.deleteFrom('evidenceFiles').where('sha256', '=', sha256).execute();
}

/** Keeps apart who is about to name a file and who removes files that nobody names, to the end of the transaction. */
export async function lockFiles(tx: Tx, mode: 'naming' | 'sweeping'): Promise<void> {
  if (mode === 'naming')
    await sql`select pg_advisory_xact_lock_shared(hashtext('twinpark.evidence'))`.execute(tx);
  else await sql`select pg_advisory_xact_lock(hashtext('twinpark.evidence'))`.execute(tx);
}
