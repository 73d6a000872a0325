import { caseEventTypes } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { dateSchema, idSchema, instantSchema, pageOf, pageQuery } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { loggedStatementSchema } from './statements.ts';

/** Readers of cases; the body that runs the park reads receipts of what crossed alone. */
const caseReaders = ['applicant', 'officer', 'supervisor', 'auditor'] as const;

const receiptSchema = z
  .object({
    format: z.literal('twinpark-receipt/1'),
    statement: loggedStatementSchema,
    salt: z.string().describe('Base64url; without it nobody can tell what the entry is about'),
    proof: z
      .string()
      .describe('C2SP tlog-proof: place in the log, and the checkpoint that both parks have signed'),
  })
  .meta({ id: 'Receipt' });

export const listReceipts = endpoint({
  id: 'listReceipts',
  method: 'GET',
  path: '/api/cases/:caseId/receipts',
  tag: 'Log',
  summary: 'The acts of a case that the park’s log holds, oldest first',
  access: caseReaders,
  params: z.object({ caseId: idSchema }),
  query: z.object(pageQuery),
  success: {
    status: 200,
    body: pageOf(
      z
        .object({
          entryId: idSchema,
          version: z.int().describe('Which event of the case, from 1'),
          type: z.enum(caseEventTypes),
          on: dateSchema,
          at: instantSchema,
          logIndex: z.int().nullable().describe('Null until it has its place'),
          isReady: z
            .boolean()
            .describe('Whether the other park has cosigned the log that holds it: then there is a receipt'),
        })
        .meta({ id: 'LoggedAct' }),
    ),
  },
  effect: false,
  problems: ['notFound', 'cursorInvalid'],
});

export const getReceipt = endpoint({
  id: 'getReceipt',
  method: 'GET',
  path: '/api/receipts/:entryId',
  tag: 'Log',
  summary: 'Proof of one entry of the log, to be verified by anybody without this node',
  description:
    'Acts are for whoever may read their case. What crossed to the other park is for the body that runs the park, the oversight body and the applicant whose case it is about.',
  access: [...caseReaders, 'operator'],
  params: z.object({ entryId: idSchema }),
  success: { status: 200, body: receiptSchema },
  effect: false,
  problems: ['notFound', 'receiptNotReady'],
});

export const getReceiptOfDocument = endpoint({
  id: 'getReceiptOfDocument',
  method: 'GET',
  path: '/api/verification/:receiptNumber/receipt',
  tag: 'Log',
  summary: 'Proof that a document was served, for whoever holds it',
  description: 'The code is printed beside the number, as for the document itself.',
  access: 'public',
  params: z.object({ receiptNumber: z.string().max(100) }),
  query: z.object({ code: z.string().max(100).default('') }),
  success: { status: 200, body: receiptSchema },
  effect: false,
  problems: ['notFound', 'receiptNotReady'],
});
