import { z } from 'zod';
import { idSchema, instantSchema, sha256Schema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { evidenceSchema } from './evidence.ts';

/** Size of every part but the last. Unit: bytes. */
export const partSizeBytes = 4_194_304;

export const uploadSchema = z
  .object({
    uploadId: idSchema,
    name: z.string(),
    sizeBytes: z.int(),
    partSizeBytes: z.int(),
    partCount: z.int(),
    /** Numbers of the parts that are there, from 1. */
    received: z.array(z.int()),
    receivedBytes: z.int(),
    expiresAt: instantSchema,
    /** The paper that the parts have become; null until then. */
    evidenceId: idSchema.nullable(),
  })
  .meta({ id: 'EvidenceUpload' });

const uploadParams = z.object({ uploadId: idSchema });

export const startUpload = endpoint({
  id: 'startUpload',
  method: 'POST',
  path: '/api/evidence-uploads',
  tag: 'Evidence',
  summary: 'Begins the upload of a paper, which then comes in parts',
  access: ['applicant'],
  body: z.strictObject({
    name: z.string().min(1).max(1_000),
    sizeBytes: z.int().min(1),
    /** Checked when all parts are there. */
    sha256: sha256Schema.optional(),
  }),
  success: { status: 201, body: uploadSchema },
  effect: true,
  problems: ['fileNameEmpty', 'fileTooLarge', 'tooManyUploads'],
});

export const getUpload = endpoint({
  id: 'getUpload',
  method: 'GET',
  path: '/api/evidence-uploads/:uploadId',
  tag: 'Evidence',
  summary: 'Which parts of an upload are there, to go on where it broke off',
  access: ['applicant'],
  params: uploadParams,
  success: { status: 200, body: uploadSchema },
  effect: false,
  problems: ['notFound'],
});

export const putPart = endpoint({
  id: 'putPart',
  method: 'PUT',
  path: '/api/evidence-uploads/:uploadId/parts/:partNumber',
  tag: 'Evidence',
  summary: 'Sends one part; sent again, it takes the place of the earlier one',
  description: 'The header `Content-Digest` carries the SHA-256 of the part (RFC 9530).',
  access: ['applicant'],
  params: uploadParams.extend({ partNumber: z.coerce.number().int().min(1).max(1_000_000) }),
  bodyMediaType: 'application/octet-stream',
  success: { status: 200, body: uploadSchema },
  effect: false,
  problems: [
    'notFound',
    'uploadClosed',
    'partOutOfRange',
    'partSizeWrong',
    'digestMismatch',
    'digestMissing',
  ],
});

export const completeUpload = endpoint({
  id: 'completeUpload',
  method: 'POST',
  path: '/api/evidence-uploads/:uploadId/completion',
  tag: 'Evidence',
  summary: 'Makes one paper out of all parts',
  access: ['applicant'],
  params: uploadParams,
  success: { status: 201, body: evidenceSchema },
  effect: true,
  problems: ['notFound', 'uploadIncomplete', 'digestMismatch', 'fileTypeNotAllowed'],
});

export const cancelUpload = endpoint({
  id: 'cancelUpload',
  method: 'DELETE',
  path: '/api/evidence-uploads/:uploadId',
  tag: 'Evidence',
  summary: 'Gives an upload up and removes its parts',
  access: ['applicant'],
  params: uploadParams,
  success: { status: 204, body: null },
  effect: true,
  problems: ['notFound', 'uploadClosed'],
});
