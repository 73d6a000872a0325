import { type Selectable, sql } from 'kysely';
import { findPeerCase } from '../../gateway/queries/peer-cases.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { EvidenceTable } from '../../platform/database/tables.ts';
import type { FileToSend } from '../send-file.ts';

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

/** The same, held until the end of the transaction: whoever is putting it into a dossier is through by then. */
export async function lockEvidence(
  tx: Tx,
  evidenceId: string,
  organizationId: string,
): Promise<EvidenceRow | undefined> {
  return await evidenceRows(tx)
    .where('evidence.evidenceId', '=', evidenceId)
    .where('evidence.organizationId', '=', organizationId)
    .forUpdate('evidence')
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
        select from crossing_papers given join peer_cases peer on peer.case_id = given.case_id
        where given.sha256 = ${sha256} and peer.applicant_id = ${organizationId}
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

/**
 * A paper that a case was given, as far as the reader may read the case. One that the other park has yet to send is on its
 * way, even where the same bytes are here by another: that they exist is for it to show.
 */
export async function findCaseEvidence(
  tx: Tx,
  caseId: string,
  sha256: string,
): Promise<FileToSend | 'onItsWay' | null> {
  const row = await tx
    .selectFrom('caseEvidence')
    .leftJoin('evidenceFiles', 'evidenceFiles.sha256', 'caseEvidence.sha256')
    .leftJoin('fetches', (join) =>
      join
        .onRef('fetches.caseId', '=', 'caseEvidence.caseId')
        .onRef('fetches.sha256', '=', 'caseEvidence.sha256')
        .on('fetches.fetchedAt', 'is', null),
    )
    .select([
      'caseEvidence.name',
      'caseEvidence.sha256',
      'evidenceFiles.sizeBytes',
      'evidenceFiles.mediaType',
      'fetches.requestedAt',
    ])
    .where('caseEvidence.caseId', '=', caseId)
    .where('caseEvidence.sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const { requestedAt, name, sizeBytes, mediaType } = row;
  if (requestedAt !== null) return 'onItsWay';
  return sizeBytes === null || mediaType === null ? null : { name, sha256, sizeBytes, mediaType };
}

/** An applicant's own paper that a case of the other park was given. */
export async function findPaperAcross(tx: Tx, caseId: string, sha256: string) {
  const row = await findPeerCase(tx, caseId);
  const given = Object.values(row?.state.evidence ?? {}).find(({ digest }) => digest === sha256);
  if (!given) return undefined;
  const file = await tx
    .selectFrom('evidenceFiles')
    .select(['sha256', 'sizeBytes', 'mediaType'])
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return file && { ...file, name: given.name };
}

/** Of these files, the ones that a paper, a case or an output names. */
export async function listNamedFiles(tx: Tx, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ sha256: string }>`
    select sha256 from unnest(${[...hashes]}::text[]) as file (sha256)
    where exists (select from evidence where evidence.sha256 = file.sha256)
      or exists (select from case_evidence where case_evidence.sha256 = file.sha256)
      or exists (select from output_documents where output_documents.sha256 = file.sha256)
      or exists (select from crossing_papers where crossing_papers.sha256 = file.sha256)
      or exists (select from fetches where fetches.sha256 = file.sha256)`.execute(tx);
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
