import type { evidenceSchema } from '@twinpark/contract/evidence/evidence.ts';
import type { z } from 'zod';
import type { Idempotency } from '../case/case-order.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry } from '../platform/audit/caller-entry.ts';
import type { Member } from '../platform/auth/caller.ts';
import { instantNow } from '../platform/clock.ts';
import { once } from '../platform/http/once.ts';
import { Problem, problem } from '../platform/http/problem.ts';
import { newId } from '../platform/ids.ts';
import type { Services } from '../services.ts';
import { sha256Of } from './content-digest.ts';
import { StorageFull, type StoredFile } from './evidence-store.ts';
import { mediaTypeOf } from './media-type.ts';
import { partCount, presentEvidence } from './present-evidence.ts';
import { findEvidence, insertEvidence, lockFiles } from './queries/evidence.ts';
import {
  closeUpload,
  findUpload,
  listParts,
  lockUpload,
  type Upload,
  type UploadPart,
} from './queries/uploads.ts';

export interface Completion {
  readonly uploadId: string;
  readonly caller: Member;
  readonly idempotency: Idempotency;
  readonly requestId: string;
}

/**
 * Makes one paper of the parts of an upload. The file is kept first and named after, so a crash in between leaves at
 * most a file that nobody names, which the sweep removes.
 */
export async function completeUploadFor(
  services: Services,
  { uploadId, caller, idempotency, requestId }: Completion,
): Promise<z.output<typeof evidenceSchema> | Problem> {
  const { store, evidenceStore, clock } = services;
  const { organizationId } = caller.acting;
  const found = await store.write(async (tx) => {
    const upload = await findUpload(tx, uploadId, organizationId);
    return upload && { upload, parts: await listParts(tx, uploadId) };
  });
  if (!found) return problem('notFound');
  const file = found.upload.evidenceId === null ? await assemble(services, found.upload, found.parts) : null;
  if (file instanceof Problem) return file;
  const answer = await once(services, idempotency, async (tx) => {
    await lockFiles(tx, 'naming');
    const upload = await lockUpload(tx, uploadId, organizationId);
    if (!upload) return problem('notFound');
    if (upload.evidenceId !== null) {
      const made = await findEvidence(tx, upload.evidenceId, organizationId);
      return made ? presentEvidence(made) : problem('notFound');
    }
    // What the sweep took before the lock was held is sent again by whoever repeats the request.
    if (!file || (await evidenceStore.read(file.sha256)) === null)
      return problem('uploadIncomplete', { missing: [] });
    const row = await insertEvidence(
      tx,
      {
        evidenceId: newId(clock),
        organizationId,
        sha256: file.sha256,
        name: upload.name,
        createdBy: caller.person.id,
        createdAt: instantNow(clock),
      },
      { sizeBytes: file.sizeBytes, mediaType: file.mediaType },
    );
    await closeUpload(tx, uploadId, row.evidenceId);
    await recordAudit(
      tx,
      clock,
      callerEntry(
        'evidence.complete',
        caller,
        requestId,
        { kind: 'evidence', id: row.evidenceId },
        {
          mediaType: row.mediaType,
        },
      ),
    );
    return presentEvidence(row);
  });
  if (!(answer instanceof Problem)) await evidenceStore.removeParts(uploadId);
  return answer;
}

async function assemble(
  { evidenceStore }: Services,
  upload: Upload,
  parts: readonly UploadPart[],
): Promise<(StoredFile & { readonly mediaType: string }) | Problem> {
  const count = partCount(upload);
  const there = new Set(parts.map(({ partNumber }) => partNumber));
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((part) => !there.has(part));
  if (missing.length > 0) return problem('uploadIncomplete', { missing });
  const open = () => soundParts(evidenceStore.readParts(upload.uploadId, count), parts);
  try {
    // Once without keeping anything, so that an unsound part is not taken for a file of an unknown kind.
    for await (const _ of open());
    const mediaType = await mediaTypeOf(open, upload.name);
    if (mediaType === null) return problem('fileTypeNotAllowed', { name: upload.name });
    const file = await evidenceStore.put(open());
    if (upload.sha256 !== null && upload.sha256 !== file.sha256) {
      return problem('digestMismatch', { expected: upload.sha256, found: file.sha256 });
    }
    return { ...file, mediaType };
  } catch (error) {
    if (error instanceof UnsoundPart) return problem('digestMismatch', { part: error.partNumber });
    if (error instanceof StorageFull) return problem('storageFull');
    throw error;
  }
}

/**
 * The kept parts, as long as they are those that were noted. A part may be sent again while the others are looked at,
 * and what is kept must be what was looked at.
 *
 * Throws: `UnsoundPart`, also after a crash between keeping and noting one.
 */
async function* soundParts(
  kept: AsyncIterable<Uint8Array>,
  parts: readonly UploadPart[],
): AsyncIterable<Uint8Array> {
  let index = 0;
  for await (const bytes of kept) {
    const part = parts[index];
    if (part && sha256Of(bytes) !== part.sha256) throw new UnsoundPart(part.partNumber);
    index += 1;
    yield bytes;
  }
  const missing = parts[index];
  if (missing) throw new UnsoundPart(missing.partNumber);
}

class UnsoundPart extends Error {
  readonly partNumber: number;

  constructor(partNumber: number) {
    super(`Part ${partNumber} is not what was noted of it`);
    this.partNumber = partNumber;
  }
}
