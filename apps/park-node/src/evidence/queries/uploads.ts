import type { Selectable } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';
import type { EvidenceUploadPartsTable, EvidenceUploadsTable } from '../../platform/database/tables.ts';

export type Upload = Selectable<EvidenceUploadsTable>;
export type UploadPart = Pick<Selectable<EvidenceUploadPartsTable>, 'partNumber' | 'sizeBytes' | 'sha256'>;

/** Uploads of an organisation that still take parts. */
export async function countOpenUploads(
  tx: Tx,
  organizationId: string,
  now: Temporal.Instant,
): Promise<number> {
  const { count } = await tx
    .selectFrom('evidenceUploads')
    .select((query) => query.fn.countAll<number>().as('count'))
    .where('organizationId', '=', organizationId)
    .where('evidenceId', 'is', null)
    .where('expiresAt', '>', new Date(now.epochMilliseconds))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function insertUpload(tx: Tx, upload: Upload): Promise<Upload> {
  return await tx.insertInto('evidenceUploads').values(upload).returningAll().executeTakeFirstOrThrow();
}

/** An upload of one organisation; those of another are not there. */
export async function findUpload(
  tx: Tx,
  uploadId: string,
  organizationId: string,
): Promise<Upload | undefined> {
  return await tx
    .selectFrom('evidenceUploads')
    .selectAll()
    .where('uploadId', '=', uploadId)
    .where('organizationId', '=', organizationId)
    .executeTakeFirst();
}

/** The same, held until the end of the transaction. */
export async function lockUpload(
  tx: Tx,
  uploadId: string,
  organizationId: string,
): Promise<Upload | undefined> {
  return await tx
    .selectFrom('evidenceUploads')
    .selectAll()
    .where('uploadId', '=', uploadId)
    .where('organizationId', '=', organizationId)
    .forUpdate()
    .executeTakeFirst();
}

export async function listParts(tx: Tx, uploadId: string): Promise<readonly UploadPart[]> {
  return await tx
    .selectFrom('evidenceUploadParts')
    .select(['partNumber', 'sizeBytes', 'sha256'])
    .where('uploadId', '=', uploadId)
    .orderBy('partNumber')
    .execute();
}

/** Notes a part whose bytes are kept. False when the upload has meanwhile been completed or given up. */
export async function recordPart(tx: Tx, part: UploadPart & { readonly uploadId: string }): Promise<boolean> {
  const open = await tx
    .selectFrom('evidenceUploads')
    .select('uploadId')
    .where('uploadId', '=', part.uploadId)
    .where('evidenceId', 'is', null)
    .forShare()
    .executeTakeFirst();
  if (!open) return false;
  const { sizeBytes, sha256 } = part;
  await tx
    .insertInto('evidenceUploadParts')
    .values(part)
    .onConflict((conflict) => conflict.columns(['uploadId', 'partNumber']).doUpdateSet({ sizeBytes, sha256 }))
    .execute();
  return true;
}

export async function closeUpload(tx: Tx, uploadId: string, evidenceId: string): Promise<void> {
  await tx.updateTable('evidenceUploads').set({ evidenceId }).where('uploadId', '=', uploadId).execute();
  await tx.deleteFrom('evidenceUploadParts').where('uploadId', '=', uploadId).execute();
}

export async function removeUpload(tx: Tx, uploadId: string): Promise<void> {
  await tx.deleteFrom('evidenceUploads').where('uploadId', '=', uploadId).execute();
}

/** Which of these uploads still take parts. */
export async function listOpenUploads(
  tx: Tx,
  uploadIds: readonly string[],
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('evidenceUploads')
    .select('uploadId')
    .where('uploadId', 'in', [...uploadIds])
    .where('evidenceId', 'is', null)
    .where('expiresAt', '>', new Date(now.epochMilliseconds))
    .execute();
  return rows.map(({ uploadId }) => uploadId);
}

/** Forgets uploads that were never completed; what became a paper stays known for repetitions. */
export async function removeExpiredUploads(tx: Tx, now: Temporal.Instant): Promise<void> {
  await tx
    .deleteFrom('evidenceUploads')
    .where('evidenceId', 'is', null)
    .where('expiresAt', '<=', new Date(now.epochMilliseconds))
    .execute();
}
