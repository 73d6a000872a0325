import { caseStatuses, refusalCodes } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { factSchema } from '../catalogue/facts.ts';
import { citedLawSchema, namedSchema } from '../catalogue/law.ts';
import { dateSchema, factValueSchema, idSchema, sha256Schema, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { agreementBody, crossingSchema } from './agreement.ts';
import { dossierParams, lackSchema } from './dossiers.ts';

const stepParams = dossierParams.extend({ step: z.string().max(100) });

/** What a step sends, and why it does not yet. */
export const filingPreviewSchema = z
  .object({
    step: z.string(),
    kind: z
      .enum(['filing', 'amendment'])
      .describe('An amendment holds only what differs from the filed case'),
    version: z.int().describe('The version of the dossier that is shown; sending has to name it'),
    service: namedSchema,
    park: z.string(),
    authority: namedSchema,
    language: z.string().describe('Language in which the authority will write'),
    fields: z.array(z.object({ fact: factSchema, value: factValueSchema })),
    papers: z.array(
      z.object({ type: z.string(), typeName: textSchema, name: z.string(), sha256: sha256Schema }),
    ),
    lack: lackSchema,
    refusal: z
      .object({
        code: z.enum(refusalCodes),
        law: citedLawSchema.nullable(),
        facts: z.record(z.string(), z.unknown()),
        sentence: z.string().describe('In the reader’s language'),
      })
      .nullable()
      .describe('Why it would be refused today; null where it would be taken'),
    crossing: crossingSchema.nullable().describe('Null where nothing of it goes to the other park'),
  })
  .meta({ id: 'FilingPreview' });
export type FilingPreview = z.infer<typeof filingPreviewSchema>;

/** The case as the filing or the amendment left it; one of the other park as it stands until that has answered. */
export const sentFilingSchema = z
  .object({
    caseId: idSchema,
    caseNumber: z.string().nullable().describe('Null until the other park has answered the filing'),
    step: z.string(),
    service: z.string(),
    status: z.enum(caseStatuses),
    filedOn: dateSchema.nullable(),
    version: z.int().describe('Version of the case'),
  })
  .meta({ id: 'SentFiling' });
export type SentFiling = z.infer<typeof sentFilingSchema>;

const common = { tag: 'Dossiers', access: ['applicant'], params: stepParams } as const;
const sendingBody = z.object({
  version: z.int().describe('The version of the dossier that was previewed'),
  ...agreementBody,
});
/** What stands in the way of what crosses. */
const problemsAcross = ['agreementRequired', 'previewChanged', 'peerNotConfigured'] as const;

export const previewFiling = endpoint({
  ...common,
  id: 'previewFiling',
  method: 'GET',
  path: '/api/dossiers/:dossierId/steps/:step/filing',
  summary: 'Exactly the fields and papers that a step will send, and what is missing',
  success: { status: 200, body: filingPreviewSchema },
  effect: false,
  problems: ['notFound', 'stepUnknownInJourney'],
});

export const fileStep = endpoint({
  ...common,
  id: 'fileStep',
  method: 'POST',
  path: '/api/dossiers/:dossierId/steps/:step/filing',
  summary: 'Files the case of a step with its authority, as previewed',
  body: sendingBody,
  success: { status: 201, body: sentFilingSchema },
  effect: true,
  problems: [
    'notFound',
    'stepUnknownInJourney',
    'versionConflict',
    ...problemsAcross,
    'actionNotInStatus',
    'serviceNotNeeded',
    'earlierServicesOutstanding',
    'earlierServicesFailed',
    'serviceNotInForce',
    'factsMissing',
    'evidenceMissing',
  ],
});

export const amendStep = endpoint({
  ...common,
  id: 'amendStep',
  method: 'POST',
  path: '/api/dossiers/:dossierId/steps/:step/amendment',
  summary: 'Sends a filed case what has changed in the dossier since, or what was asked for',
  body: sendingBody,
  success: { status: 200, body: sentFilingSchema },
  effect: true,
  problems: [
    'notFound',
    'stepUnknownInJourney',
    'versionConflict',
    ...problemsAcross,
    'actUnanswered',
    'actionNotInStatus',
    'nothingGiven',
    'timeLimitPassed',
  ],
});
