import { caseStatuses, decisionOutcomes } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { actAcrossSchema } from '../case/act-across.ts';
import { waitingForWhom } from '../case/case-summary.ts';
import { journeyFormSchema, plannedStepSchema } from '../catalogue/journeys.ts';
import { namedSchema } from '../catalogue/law.ts';
import {
  dateSchema,
  factValueSchema,
  idSchema,
  instantSchema,
  languageSchema,
  pageOf,
  pageQuery,
  sha256Schema,
} from '../common.ts';
import { endpoint } from '../endpoint.ts';

/** What the dossier knows of the newest case of a step. */
const filingSchema = z
  .object({
    caseId: idSchema,
    attempt: z.int().describe('Counts the filings of the step, from 1'),
    service: z.string(),
    park: z.string(),
    filedOn: dateSchema,
    status: z
      .enum(caseStatuses)
      .describe('`none`: the other park refused the filing, and no case came of it'),
    outcome: z.enum(decisionOutcomes).nullable(),
  })
  .meta({ id: 'DossierFiling' });

const summaryFields = {
  dossierId: idSchema,
  journey: namedSchema,
  title: z.string(),
  language: languageSchema.describe('Language in which the applicant is served'),
  version: z.int().describe('Counts the changes of answers and papers'),
  createdAt: instantSchema,
  changedAt: instantSchema,
};

export const dossierSummarySchema = z
  .object({ ...summaryFields, filings: z.array(filingSchema.extend({ step: z.string() })) })
  .meta({ id: 'DossierSummary' });
export type DossierSummary = z.infer<typeof dossierSummarySchema>;

const facts = z.array(z.string());
const evidenceTypes = z.array(z.string());
const steps = z.array(z.string());

export const lackSchema = z
  .object({
    facts: facts.describe('Facts that the applicant has to give'),
    awaited: z
      .array(z.object({ fact: z.string(), from: steps }))
      .describe('Facts that another step will establish, with the steps that may'),
    evidence: evidenceTypes,
    mayFollow: evidenceTypes.describe('Papers that may still be owed after acceptance'),
  })
  .meta({ id: 'Lack' });
export type Lack = z.infer<typeof lackSchema>;

const standingSchema = z
  .discriminatedUnion('state', [
    z.object({ state: z.literal('notNeeded') }),
    z.object({ state: z.literal('undetermined'), facts: facts.describe('These would settle it') }),
    z.object({ state: z.literal('filed') }),
    z.object({ state: z.literal('waits'), for: steps }),
    z.object({ state: z.literal('blocked'), by: steps.describe('They ended without a grant') }),
    z.object({ state: z.literal('incomplete'), facts, evidence: evidenceTypes }),
    z.object({ state: z.literal('ready') }),
  ])
  .meta({ id: 'Standing' });

const driftSchema = z
  .object({
    field: z.string().describe('Id of the fact or of the evidence type'),
    kind: z.enum(['fact', 'evidence']),
    filed: factValueSchema.nullable().describe('Value or name of the paper as filed; null where none was'),
    current: factValueSchema,
    since: dateSchema.describe('Day since which the two differ'),
  })
  .meta({ id: 'Drift' });

export const dossierStepSchema = plannedStepSchema
  .extend({
    standing: standingSchema,
    filing: filingSchema
      .extend({
        caseNumber: z.string().nullable().describe('Null until the other park has answered the filing'),
        waitingFor: z.enum(waitingForWhom).nullable(),
        applicantDueOn: dateSchema.nullable().describe('Day by which the applicant must supply something'),
        definitionChanged: z
          .boolean()
          .describe('Whether the law of the service has changed since the case was filed'),
        decidedOn: dateSchema.nullable(),
        act: actAcrossSchema.nullable().describe('Null for a case of this park'),
      })
      .nullable()
      .describe('The newest case of the step, even one that ended without a grant'),
    lack: lackSchema.nullable().describe('Null where nothing is missing, or where nothing can be added'),
    drift: z.array(driftSchema).describe('Where the filed case no longer agrees with the dossier'),
  })
  .meta({ id: 'DossierStep' });
export type DossierStepView = z.infer<typeof dossierStepSchema>;

const dossierPaperSchema = z
  .object({
    type: z.string(),
    name: z.string(),
    sha256: sha256Schema,
    since: dateSchema,
    evidenceId: idSchema,
    sizeBytes: z.int(),
    mediaType: z.string(),
  })
  .meta({ id: 'DossierPaper' });

export const dossierSchema = z
  .object({
    ...summaryFields,
    journeyChanged: z
      .boolean()
      .describe(
        'Whether the zone has another text of the journey or of its law by now; the dossier keeps its own',
      ),
    answers: z.record(
      z.string(),
      z.object({ value: factValueSchema, since: dateSchema.describe('Day since which it stands') }),
    ),
    evidence: z.array(dossierPaperSchema),
    steps: z.array(dossierStepSchema),
  })
  .meta({ id: 'Dossier' });
export type DossierView = z.infer<typeof dossierSchema>;

/** What a change of the dossier answers: the version that the next change has to name. */
const dossierVersionSchema = z
  .object({ dossierId: idSchema, version: z.int(), changedAt: instantSchema })
  .meta({ id: 'DossierVersion' });

export const dossierParams = z.object({ dossierId: idSchema });

const common = { tag: 'Dossiers', access: ['applicant'] } as const;

/** One line that a person can tell dossiers apart by. */
const titleSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);

export const createDossier = endpoint({
  ...common,
  id: 'createDossier',
  method: 'POST',
  path: '/api/dossiers',
  summary: 'Begins a dossier of a journey',
  body: z.object({ journey: z.string().max(100), title: titleSchema, language: languageSchema }),
  success: { status: 201, body: dossierVersionSchema },
  effect: true,
  problems: ['journeyUnknown'],
});

export const listDossiers = endpoint({
  ...common,
  id: 'listDossiers',
  method: 'GET',
  path: '/api/dossiers',
  summary: 'The organisation’s dossiers, the most recently changed first',
  query: z.object(pageQuery),
  success: { status: 200, body: pageOf(dossierSummarySchema) },
  effect: false,
  problems: ['cursorInvalid'],
});

export const getDossier = endpoint({
  ...common,
  id: 'getDossier',
  method: 'GET',
  path: '/api/dossiers/:dossierId',
  summary: 'A dossier, and where each of its steps stands on both sides',
  params: dossierParams,
  success: { status: 200, body: dossierSchema },
  effect: false,
  problems: ['notFound'],
});

export const getDossierForm = endpoint({
  ...common,
  id: 'getDossierForm',
  method: 'GET',
  path: '/api/dossiers/:dossierId/form',
  summary: 'The form of the dossier’s journey, in the text that the dossier keeps to',
  params: dossierParams,
  success: { status: 200, body: journeyFormSchema },
  effect: false,
  problems: ['notFound'],
});

export const saveAnswers = endpoint({
  ...common,
  id: 'saveAnswers',
  method: 'PATCH',
  path: '/api/dossiers/:dossierId/answers',
  summary: 'Saves answers, and takes back those that are null',
  description: 'All of them, or none: each is checked against the fact dictionary of the zone.',
  params: dossierParams,
  body: z.object({
    version: z.int().describe('The version that the caller has seen'),
    answers: z.record(z.string().max(200), factValueSchema.nullable()),
  }),
  success: { status: 200, body: dossierVersionSchema },
  effect: true,
  problems: ['notFound', 'versionConflict', 'factUnknown', 'factValueInvalid'],
});

export const addDossierEvidence = endpoint({
  ...common,
  id: 'addDossierEvidence',
  method: 'POST',
  path: '/api/dossiers/:dossierId/evidence',
  summary: 'Puts a paper into the dossier, in place of an earlier one of its type',
  params: dossierParams,
  body: z.object({ evidenceId: idSchema, type: z.string().max(100) }),
  success: { status: 200, body: dossierVersionSchema },
  effect: true,
  problems: ['notFound', 'evidenceTypeUnknown', 'evidenceUnknown'],
});

export const removeDossierEvidence = endpoint({
  ...common,
  id: 'removeDossierEvidence',
  method: 'DELETE',
  path: '/api/dossiers/:dossierId/evidence/:type',
  summary: 'Takes a paper out of the dossier; what was filed keeps it',
  params: dossierParams.extend({ type: z.string().max(100) }),
  success: { status: 200, body: dossierVersionSchema },
  effect: true,
  problems: ['notFound'],
});
