import { z } from 'zod';
import { textSchema } from '../common.ts';
import { namedSchema } from './law.ts';

export const factTypes = [
  'text',
  'integer',
  'number',
  'money',
  'date',
  'boolean',
  'choice',
  'choices',
] as const;

/** An entry of the zone's fact dictionary: a question, or what an output establishes. */
export const factSchema = z
  .object({
    id: z.string(),
    type: z.enum(factTypes),
    label: textSchema,
    hint: textSchema.nullable(),
    unit: z.string().nullable().describe('Unit of a number'),
    currency: z.string().nullable().describe('Of money; its value is an integer in minor units'),
    options: z.array(namedSchema).describe('Of a choice'),
    personal: z.boolean().describe('Whether it is personal data'),
    suppliedBy: z.enum(['applicant', 'output']),
  })
  .meta({ id: 'Fact' });
export type FactView = z.infer<typeof factSchema>;

export const evidenceTypeSchema = z
  .object({
    id: z.string(),
    name: textSchema,
    issuer: textSchema.nullable(),
    note: textSchema.nullable(),
  })
  .meta({ id: 'EvidenceType' });
export type EvidenceTypeView = z.infer<typeof evidenceTypeSchema>;
