import { z } from 'zod';
import { dateSchema, factsSchema, pageOf, pageQuery, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { evidenceTypeSchema, factSchema } from './facts.ts';
import { conditionSchema, namedSchema } from './law.ts';

const journeySummarySchema = z
  .object({
    id: z.string(),
    name: textSchema,
    summary: textSchema,
    steps: z.int().describe('How many filings it has at most'),
    parks: z.array(z.string()),
  })
  .meta({ id: 'JourneySummary' });

const journeyStepSchema = z
  .object({
    id: z.string(),
    service: namedSchema,
    park: z.string(),
    authority: namedSchema,
    after: z.array(z.string()),
    when: conditionSchema.describe('Null for a step that is always needed'),
  })
  .meta({ id: 'JourneyStep' });

const steps = z.array(z.string()).describe('Steps that need it');

/** The one form of a journey: every fact asked once, every paper given once. */
export const journeyFormSchema = z
  .object({
    sections: z.array(z.object({ id: z.string(), title: textSchema, facts: z.array(z.string()) })),
    facts: z
      .array(factSchema.extend({ steps }))
      .describe('Those that the form asks for, and those that outputs establish on the way'),
    evidenceTypes: z.array(evidenceTypeSchema.extend({ steps })),
  })
  .meta({ id: 'JourneyForm' });
export type JourneyForm = z.infer<typeof journeyFormSchema>;

export const journeySchema = z
  .object({
    id: z.string(),
    hash: z.string().describe('Changes with the journey and with any law that it runs under'),
    name: textSchema,
    summary: textSchema,
    steps: z.array(journeyStepSchema),
    form: journeyFormSchema,
  })
  .meta({ id: 'Journey' });
export type JourneyView = z.infer<typeof journeySchema>;

const journeyParams = z.object({ journey: z.string().max(100) });

export const listJourneys = endpoint({
  id: 'listJourneys',
  method: 'GET',
  path: '/api/journeys',
  tag: 'Catalogue',
  summary: 'The journeys of the zone, in the order of the zone pack',
  access: 'public',
  query: z.object(pageQuery),
  success: { status: 200, body: pageOf(journeySummarySchema) },
  effect: false,
  problems: ['cursorInvalid'],
});

export const getJourney = endpoint({
  id: 'getJourney',
  method: 'GET',
  path: '/api/journeys/:journey',
  tag: 'Catalogue',
  summary: 'A journey: its steps on both sides and its one form',
  access: 'public',
  params: journeyParams,
  success: { status: 200, body: journeySchema },
  effect: false,
  problems: ['notFound'],
});

export const plannedStepSchema = z
  .object({
    step: z.string(),
    service: namedSchema,
    park: z.string(),
    authority: namedSchema,
    needed: z.enum(['yes', 'no', 'unknown']),
    settledBy: z.array(z.string()).describe('Facts that would settle whether it is needed'),
    after: z.array(z.string()),
    fileOn: dateSchema
      .nullable()
      .describe('Day on which all that it follows is decided at the latest; null for a step not needed'),
    decidedBy: dateSchema
      .nullable()
      .describe('Last day for the decision; null where no limit is established'),
    atLeast: z.boolean().describe('Whether a date is a lower bound, because a limit is not established'),
    provisional: z.boolean().describe('Whether a date hangs on a calendar that is not published yet'),
  })
  .meta({ id: 'PlannedStep' });
export type PlannedStepView = z.infer<typeof plannedStepSchema>;

/** Days for which the working days of a park can be told or foreseen. */
const plannableDay = dateSchema
  .refine((day) => day >= '2000-01-01' && day <= '2100-12-31')
  .describe('From 2000-01-01 to 2100-12-31');

export const planJourney = endpoint({
  id: 'planJourney',
  method: 'POST',
  path: '/api/journeys/:journey/plan',
  tag: 'Catalogue',
  summary: 'Who decides what, and by when, if a journey begins on a day',
  description:
    'Changes nothing and keeps nothing. Every authority is given all the time that its law gives it, by the working days of its own park.',
  access: 'public',
  params: journeyParams,
  body: z.object({ startOn: plannableDay, answers: factsSchema.default({}) }),
  success: { status: 200, body: z.object({ steps: z.array(plannedStepSchema) }) },
  effect: false,
  problems: ['notFound', 'factUnknown', 'factValueInvalid'],
});
