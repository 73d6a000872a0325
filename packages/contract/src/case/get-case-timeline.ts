import {
  caseEventTypes,
  decisionOutcomes,
  jointAnswers,
  jointConsequences,
  roles,
} from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { namedSchema } from '../catalogue/law.ts';
import { dateSchema, instantSchema, pageOf, pageQuery } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { caseParams, colleagueSchema } from './case-summary.ts';
import { caseFactSchema, casePaperSchema } from './case-view.ts';

const words = z.array(z.string());

/** What an event says besides who and when; each kind of event has its own of these. */
const eventDetailsSchema = z
  .object({
    facts: z.array(caseFactSchema),
    evidence: z.array(casePaperSchema),
    askedFacts: z.array(namedSchema),
    askedEvidence: z.array(namedSchema),
    dueOn: dateSchema.nullable(),
    complete: z.boolean().describe('Whether everything that was asked for is there'),
    acceptedOn: dateSchema,
    owed: z.array(z.object({ type: namedSchema, dueOn: dateSchema })),
    step: namedSchema,
    result: z.enum(['passed', 'failed']),
    side: z.enum(['own', 'other']),
    answer: z.enum(jointAnswers),
    consequence: z.enum(jointConsequences),
    procedure: namedSchema,
    outcome: z.enum(decisionOutcomes),
    reason: z.string(),
    reasons: words,
    conditions: words,
    tacit: z.boolean().describe('Whether the law acted because the authority was silent'),
    receiptNumber: z.string(),
    remedy: namedSchema,
  })
  .partial()
  .meta({ id: 'CaseEventDetails' });
export type CaseEventDetails = z.infer<typeof eventDetailsSchema>;

export const caseEventSchema = z
  .object({
    version: z.int().describe('Version of the case that the event made'),
    type: z.enum(caseEventTypes),
    on: dateSchema.describe('Calendar date of the act in the deciding park'),
    at: instantSchema,
    internal: z.boolean().describe('Between two officers of the authority; the applicant does not see it'),
    by: z.object({
      role: z.enum(roles),
      organization: namedSchema,
      person: colleagueSchema
        .nullable()
        .describe('Null for people of other organisations and for the node itself'),
    }),
    details: eventDetailsSchema,
  })
  .meta({ id: 'CaseEvent' });
export type CaseEventView = z.infer<typeof caseEventSchema>;

export const getCaseTimeline = endpoint({
  id: 'getCaseTimeline',
  method: 'GET',
  path: '/api/cases/:caseId/timeline',
  tag: 'Cases',
  summary: 'What happened to a case, newest first',
  access: ['applicant', 'officer', 'supervisor', 'auditor'],
  params: caseParams,
  query: z.object(pageQuery),
  success: { status: 200, body: pageOf(caseEventSchema) },
  effect: false,
  problems: ['notFound', 'cursorInvalid'],
});
