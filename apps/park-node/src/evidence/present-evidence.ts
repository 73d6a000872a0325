import type { evidenceSchema } from '@twinpark/contract/evidence/evidence.ts';
import type { uploadSchema } from '@twinpark/contract/evidence/uploads.ts';
import type { z } from 'zod';
import type { EvidenceRow } from './queries/evidence.ts';
import type { Upload, UploadPart } from './queries/uploads.ts';

export function presentEvidence(row: EvidenceRow): z.output<typeof evidenceSchema> {
  const { evidenceId, name, sha256, sizeBytes, mediaType, createdAt } = row;
  return { evidenceId, name, sha256, sizeBytes, mediaType, createdAt: createdAt.toISOString() };
}

export function presentUpload(upload: Upload, parts: readonly UploadPart[]): z.output<typeof uploadSchema> {
  const { uploadId, name, sizeBytes, partSizeBytes, expiresAt, evidenceId } = upload;
  return {
    uploadId,
    name,
    sizeBytes,
    partSizeBytes,
    partCount: partCount(upload),
    received: parts.map(({ partNumber }) => partNumber),
    receivedBytes: parts.reduce((sum, part) => sum + part.sizeBytes, 0),
    expiresAt: expiresAt.toISOString(),
    evidenceId,
  };
}

export function partCount({ sizeBytes, partSizeBytes }: Pick<Upload, 'sizeBytes' | 'partSizeBytes'>): number {
  return Math.ceil(sizeBytes / partSizeBytes);
}

/** How long a part must be; null for a number that the upload has no part for. Unit: bytes. */
export function partLength(upload: Upload, partNumber: number): number | null {
  const count = partCount(upload);
  if (partNumber > count) return null;
  return partNumber < count ? upload.partSizeBytes : upload.sizeBytes - (count - 1) * upload.partSizeBytes;
}
