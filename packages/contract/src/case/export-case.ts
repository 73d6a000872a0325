import { z } from 'zod';
import { dateSchema, factsSchema, idSchema, instantSchema, sha256Schema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { caseParams } from './case-summary.ts';

const record = z.record(z.string(), z.unknown());

/** The file of a case: everything from which it can be told and checked again, without the bytes of papers. */
const caseBundleSchema = z
  .object({
    format: z.literal('twinpark-case/1'),
    exportedAt: instantSchema,
    zone: z.string(),
    park: z.string(),
    caseId: idSchema,
    caseNumber: z.string(),
    applicant: z.object({ organizationId: idSchema, name: z.string() }),
    version: z.int(),
    definition: record.describe('The law under which the case was filed, with its hash'),
    events: z
      .array(
        z.object({
          version: z.int(),
          recordedAt: instantSchema,
          internal: z.boolean(),
          event: record.describe('As the kernel reads it: replaying all of them gives the state'),
        }),
      )
      .describe('Oldest first, without a gap'),
    answers: factsSchema,
    evidence: z.array(
      z.object({ type: z.string(), name: z.string(), sha256: sha256Schema, givenOn: dateSchema }),
    ),
    outputs: z.array(
      z.object({
        receiptNumber: z.string(),
        issuedAt: instantSchema,
        statement: record,
        signature: z.string(),
        documents: z.array(z.object({ language: z.string(), mediaType: z.string(), sha256: sha256Schema })),
      }),
    ),
  })
  .meta({ id: 'CaseBundle' });

export const exportCase = endpoint({
  id: 'exportCase',
  method: 'GET',
  path: '/api/cases/:caseId/export',
  tag: 'Cases',
  summary: 'The whole file of a case as one document, for the deciding authority and the oversight body',
  access: ['officer', 'supervisor', 'auditor'],
  params: caseParams,
  success: { status: 200, body: caseBundleSchema },
  effect: false,
  problems: ['notFound', 'notYourDesk'],
});
