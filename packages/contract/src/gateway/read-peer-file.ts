import { z } from 'zod';
import { idSchema, sha256Schema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

/** Most bytes of a file in one answer, and all of them but in the last. Unit: bytes. */
export const fileRangeBytes = 4_194_304;

export const readPeerFile = endpoint({
  id: 'readPeerFile',
  method: 'GET',
  path: '/gateway/cases/:caseId/files/:sha256',
  tag: 'Gateway',
  summary: 'The bytes of a file that a message named, for the other park’s node',
  description:
    'Papers of a case that was filed from here, and the documents of a case that was filed from there; from a place in the file on, at most 4 MiB of it. The place is part of the address, so that the signature covers it.',
  access: 'peer',
  params: z.object({ caseId: idSchema, sha256: sha256Schema }),
  query: z.object({ from: z.coerce.number().int().min(0).default(0) }),
  success: { status: 200, body: null },
  mediaType: 'application/octet-stream',
  effect: false,
  problems: ['notFound', 'evidenceDamaged'],
});
