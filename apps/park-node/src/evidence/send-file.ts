import { Readable } from 'node:stream';
import type { AuditEntry } from '../platform/audit/audit-entry.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { type Problem, problem } from '../platform/http/problem.ts';
import type { RawAnswer } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { byteRange } from './byte-range.ts';
import { contentDisposition } from './file-name.ts';
import { isShownInPlace } from './media-type.ts';

export interface FileToSend {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly name: string;
}

type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Bytes from the evidence store as an HTTP answer. They are checked against their hash before the first is sent, so
 * that nobody decides on a paper that is not the one that was given.
 *
 * Problems: `evidenceDamaged`.
 */
export async function sendFile(
  { evidenceStore, store, clock, logger }: Services,
  file: FileToSend,
  headers: RequestHeaders,
  audit: AuditEntry,
): Promise<RawAnswer | Problem> {
  const etag = `"${file.sha256}"`;
  const common = {
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=0, must-revalidate',
    // Whatever a paper holds, the browser runs nothing of it.
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
    'content-type': file.mediaType.startsWith('text/') ? `${file.mediaType}; charset=utf-8` : file.mediaType,
    'content-disposition': contentDisposition(
      isShownInPlace(file.mediaType) ? 'inline' : 'attachment',
      file.name,
    ),
  };
  if (headers['if-none-match'] === etag) return { status: 304, headers: common, stream: new Uint8Array() };
  const state = await evidenceStore.check(file.sha256);
  if (state !== 'sound') {
    logger.error({ sha256: file.sha256, state }, 'evidence is not what its name says');
    await store.write((tx) => recordAudit(tx, clock, audit, 'failed', 'evidenceDamaged'));
    return problem('evidenceDamaged', { sha256: file.sha256 });
  }
  const asked = headers['range'];
  const range = byteRange(typeof asked === 'string' ? asked : undefined, file.sizeBytes);
  if (range === 'unsatisfiable') {
    const missed = { ...common, 'content-range': `bytes */${file.sizeBytes}` };
    return { status: 416, headers: missed, stream: new Uint8Array() };
  }
  const bytes = await evidenceStore.read(file.sha256, range ?? undefined);
  if (bytes === null) return problem('evidenceDamaged', { sha256: file.sha256 });
  await store.write((tx) => recordAudit(tx, clock, audit));
  const length = range === null ? file.sizeBytes : range.last - range.first + 1;
  return {
    status: range === null ? 200 : 206,
    headers: {
      ...common,
      'content-length': String(length),
      ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${file.sizeBytes}` }),
    },
    stream: Readable.from(bytes),
  };
}
