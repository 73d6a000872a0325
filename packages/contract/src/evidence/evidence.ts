import { z } from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery, sha256Schema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

export const evidenceSchema = z
  .object({
    evidenceId: idSchema,
    name: z.string(),
    sha256: sha256Schema,
    sizeBytes: z.int(),
    /** What the content is, whatever the name says. */
    mediaType: z.string(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Evidence' });

const evidenceParams = z.object({ evidenceId: idSchema });

export const listEvidence = endpoint({
  id: 'listEvidence',
  method: 'GET',
  path: '/api/evidence',
  tag: 'Evidence',
  summary: 'The organisation’s papers, newest first',
  access: ['applicant'],
  query: z.object(pageQuery),
  success: { status: 200, body: pageOf(evidenceSchema) },
  effect: false,
  problems: ['cursorInvalid'],
});

export const getEvidence = endpoint({
  id: 'getEvidence',
  method: 'GET',
  path: '/api/evidence/:evidenceId',
  tag: 'Evidence',
  summary: 'What is known of a paper',
  access: ['applicant'],
  params: evidenceParams,
  success: { status: 200, body: evidenceSchema },
  effect: false,
  problems: ['notFound'],
});

export const removeEvidence = endpoint({
  id: 'removeEvidence',
  method: 'DELETE',
  path: '/api/evidence/:evidenceId',
  tag: 'Evidence',
  summary: 'Removes a paper that no filing was given',
  access: ['applicant'],
  params: evidenceParams,
  success: { status: 204, body: null },
  effect: true,
  problems: ['notFound', 'evidenceInUse'],
});

export const readEvidence = endpoint({
  id: 'readEvidence',
  method: 'GET',
  path: '/api/evidence/:evidenceId/content',
  tag: 'Evidence',
  summary: 'The bytes of a paper of the caller’s organisation',
  access: ['applicant'],
  params: evidenceParams,
  success: { status: 200, body: null },
  mediaType: 'application/octet-stream',
  effect: false,
  problems: ['notFound', 'evidenceDamaged'],
});

export const readCaseEvidence = endpoint({
  id: 'readCaseEvidence',
  method: 'GET',
  path: '/api/cases/:caseId/evidence/:sha256/content',
  tag: 'Evidence',
  summary: 'The bytes of a paper that a case was given',
  access: ['applicant', 'officer', 'supervisor', 'auditor'],
  params: z.object({ caseId: idSchema, sha256: sha256Schema }),
  success: { status: 200, body: null },
  mediaType: 'application/octet-stream',
  effect: false,
  problems: ['notFound', 'paperOnItsWay', 'evidenceDamaged'],
});
