import { z } from 'zod';
import { dateSchema, pageOf, pageQuery, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { factSchema } from './facts.ts';
import { citedLawSchema, conditionSchema, jointPartSchema, limitSchema, namedSchema } from './law.ts';

const flows = ['people', 'goods', 'capital', 'data', 'space', 'company', 'research'] as const;

export const serviceSummarySchema = z
  .object({
    id: z.string(),
    name: textSchema,
    summary: textSchema,
    park: z.string(),
    authority: namedSchema,
    flow: z.enum(flows),
    effective: z.object({ from: dateSchema.nullable(), to: dateSchema.nullable() }),
    decisionLimit: limitSchema.nullable(),
    journeys: z.array(namedSchema).describe('Journeys of which it is a step'),
    law: citedLawSchema,
  })
  .meta({ id: 'ServiceSummary' });
export type ServiceSummary = z.infer<typeof serviceSummarySchema>;

export const serviceSchema = serviceSummarySchema
  .extend({
    hash: z.string().describe('Names this text of the law; a case keeps the one it was filed under'),
    needs: z.array(z.object({ fact: z.string(), when: conditionSchema, optional: z.boolean() })),
    provides: z.array(z.string()).describe('Facts that its output establishes for later services'),
    facts: z.array(factSchema).describe('Every fact that it names'),
    evidence: z.array(
      z.object({
        type: z.string(),
        name: textSchema,
        issuer: textSchema.nullable(),
        note: textSchema.nullable(),
        when: conditionSchema,
        debt: limitSchema.nullable().describe('Time within which it may still be owed after acceptance'),
      }),
    ),
    criteria: z.array(
      z.object({
        id: z.string(),
        name: textSchema,
        test: conditionSchema.describe('Null where an officer judges'),
        law: citedLawSchema,
      }),
    ),
    acceptanceLimit: limitSchema.nullable(),
    supplement: z.object({
      limit: limitSchema.nullable(),
      rounds: z.int().nullable().describe('How often evidence may be asked for; null for no bound'),
      silence: z.enum(['lapses', 'nothing']),
    }),
    steps: z.array(
      z.object({
        id: z.string(),
        name: textSchema,
        by: namedSchema,
        after: z.array(z.string()),
        when: conditionSchema,
        limit: limitSchema.nullable(),
        joint: jointPartSchema.nullable(),
        law: citedLawSchema,
      }),
    ),
    specialProcedures: z.array(
      z.object({ id: z.string(), name: textSchema, by: namedSchema, law: citedLawSchema }),
    ),
    fourEyes: citedLawSchema.nullable().describe('The clause that asks for a second officer'),
    fees: z.array(
      z.object({
        id: z.string(),
        name: textSchema,
        amountMinorUnits: z.int().nullable().describe('Null where it is not established'),
        currency: z.string(),
        law: citedLawSchema,
      }),
    ),
    output: z.object({
      id: z.string(),
      name: textSchema,
      languages: z.array(z.string()),
      validityMonths: z.int().nullable(),
    }),
    remedies: z.array(
      z.object({
        id: z.string(),
        name: textSchema,
        body: namedSchema,
        limit: limitSchema.nullable(),
        languages: z.array(z.string()),
        law: citedLawSchema,
      }),
    ),
  })
  .meta({ id: 'Service' });
export type ServiceView = z.infer<typeof serviceSchema>;

export const listServices = endpoint({
  id: 'listServices',
  method: 'GET',
  path: '/api/services',
  tag: 'Catalogue',
  summary: 'The services of both parks, in the order of the zone pack',
  access: 'public',
  query: z.object({
    ...pageQuery,
    q: z
      .string()
      .trim()
      .max(200)
      .optional()
      .describe('Words of the name, summary, authority or output, in any language and either script'),
    park: z.string().max(100).optional(),
    flow: z.enum(flows).optional(),
    authority: z.string().max(100).optional(),
  }),
  success: { status: 200, body: pageOf(serviceSummarySchema) },
  effect: false,
  problems: ['cursorInvalid'],
});

export const getService = endpoint({
  id: 'getService',
  method: 'GET',
  path: '/api/services/:service',
  tag: 'Catalogue',
  summary: 'Everything that a person needs to know of a service before filing',
  access: 'public',
  params: z.object({ service: z.string().max(100) }),
  success: { status: 200, body: serviceSchema },
  effect: false,
  problems: ['notFound'],
});
