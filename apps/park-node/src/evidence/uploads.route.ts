import {
  cancelUpload,
  completeUpload,
  getUpload,
  partSizeBytes,
  putPart,
  startUpload,
} from '@twinpark/contract/evidence/uploads.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry, withRefusalRecorded } from '../platform/audit/caller-entry.ts';
import type { App } from '../platform/http/app.ts';
import { once } from '../platform/http/once.ts';
import { Problem, problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import { newId } from '../platform/ids.ts';
import type { Services } from '../services.ts';
import { completeUploadFor } from './complete-upload.ts';
import { contentDigest, sha256Of } from './content-digest.ts';
import { StorageFull } from './evidence-store.ts';
import { cleanFileName } from './file-name.ts';
import { partCount, partLength, presentUpload } from './present-evidence.ts';
import {
  countOpenUploads,
  findUpload,
  insertUpload,
  listParts,
  lockUpload,
  recordPart,
  removeUpload,
  type Upload,
} from './queries/uploads.ts';

const mostOpenUploads = 50;
const uploadLivesHours = 24;

/** Papers come in parts, so that a broken connection costs one part and not the whole. */
export function registerUploadRoutes(app: App, services: Services): void {
  const { clock, store, evidenceStore, config } = services;

  route(app, startUpload, async ({ body, caller, idempotency, requestId }) => {
    const uploadId = newId(clock);
    const entry = callerEntry('evidence.upload', caller, requestId, { kind: 'upload', id: uploadId });
    const work = once(services, idempotency, async (tx) => {
      const name = cleanFileName(body.name);
      if (name === null) return problem('fileNameEmpty');
      if (body.sizeBytes > config.largestEvidenceBytes) {
        return problem('fileTooLarge', { largestBytes: config.largestEvidenceBytes });
      }
      const now = clock.now();
      const { organizationId } = caller.acting;
      if ((await countOpenUploads(tx, organizationId, now)) >= mostOpenUploads) {
        return problem('tooManyUploads', { most: mostOpenUploads });
      }
      const upload = await insertUpload(tx, {
        uploadId,
        organizationId,
        name,
        sizeBytes: body.sizeBytes,
        partSizeBytes,
        sha256: body.sha256 ?? null,
        createdBy: caller.person.id,
        createdAt: new Date(now.epochMilliseconds),
        expiresAt: new Date(now.add({ hours: uploadLivesHours }).epochMilliseconds),
        evidenceId: null,
      });
      await recordAudit(tx, clock, entry);
      return presentUpload(upload, []);
    });
    return await withRefusalRecorded(services, entry, work);
  });

  route(app, getUpload, async ({ params, caller }) => {
    return await store.write(async (tx) => {
      const upload = await findUpload(tx, params.uploadId, caller.acting.organizationId);
      if (!upload) return problem('notFound');
      return presentUpload(upload, await listParts(tx, upload.uploadId));
    });
  });

  route(app, putPart, async ({ params, caller, stream, headers }) => {
    const digest = contentDigest(headers['content-digest']);
    if (digest === null) return problem('digestMissing');
    const { uploadId, partNumber } = params;
    const upload = await store.write((tx) => findUpload(tx, uploadId, caller.acting.organizationId));
    if (!upload) return problem('notFound');
    if (upload.evidenceId !== null || hasExpired(upload, services)) return problem('uploadClosed');
    const expected = partLength(upload, partNumber);
    if (expected === null) return problem('partOutOfRange', { partCount: partCount(upload) });
    const bytes = await readAtMost(stream, expected);
    if (bytes === null || bytes.byteLength !== expected) {
      return problem('partSizeWrong', { expectedBytes: expected });
    }
    if (sha256Of(bytes) !== digest) return problem('digestMismatch', { part: partNumber });
    try {
      await evidenceStore.putPart(uploadId, partNumber, bytes);
    } catch (error) {
      if (error instanceof StorageFull) return problem('storageFull');
      throw error;
    }
    return await store.write(async (tx) => {
      const isOpen = await recordPart(tx, { uploadId, partNumber, sizeBytes: expected, sha256: digest });
      if (!isOpen) return problem('uploadClosed');
      return presentUpload(upload, await listParts(tx, uploadId));
    });
  });

  route(app, completeUpload, async ({ params, caller, idempotency, requestId }) => {
    const { uploadId } = params;
    const entry = callerEntry('evidence.complete', caller, requestId, { kind: 'upload', id: uploadId });
    const work = completeUploadFor(services, { uploadId, caller, idempotency, requestId });
    return await withRefusalRecorded(services, entry, work);
  });

  route(app, cancelUpload, async ({ params, caller, idempotency, requestId }) => {
    const entry = callerEntry('evidence.cancel', caller, requestId, { kind: 'upload', id: params.uploadId });
    const work = once(services, idempotency, async (tx) => {
      const upload = await lockUpload(tx, params.uploadId, caller.acting.organizationId);
      if (!upload) return problem('notFound');
      if (upload.evidenceId !== null) return problem('uploadClosed');
      await removeUpload(tx, upload.uploadId);
      await recordAudit(tx, clock, entry);
      return undefined;
    });
    const answer = await withRefusalRecorded(services, entry, work);
    if (!(answer instanceof Problem)) await evidenceStore.removeParts(params.uploadId);
    return answer;
  });
}

function hasExpired({ expiresAt }: Upload, { clock }: Services): boolean {
  return expiresAt.getTime() <= clock.now().epochMilliseconds;
}

/** All bytes of a stream; null when there are more than expected. */
async function readAtMost(stream: NodeJS.ReadableStream, expected: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Uint8Array;
    length += bytes.byteLength;
    // Nothing more is kept, but the rest is read, so that the sender gets its answer.
    if (length <= expected) chunks.push(bytes);
  }
  return length > expected ? null : Buffer.concat(chunks);
}
