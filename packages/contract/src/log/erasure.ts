import { z } from 'zod';
import { idSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

export const eraseOrganization = endpoint({
  id: 'eraseOrganization',
  method: 'POST',
  path: '/api/organizations/:organizationId/erasure',
  tag: 'Organisation',
  summary: 'Erases everything about an applicant’s organisation and its people',
  description:
    'The log keeps its entries and stays valid, but without their salts nobody can tell what those were about. What the organisation filed in the other park is that park’s to erase. Files go with the next sweep.',
  access: ['operator'],
  params: z.object({ organizationId: idSchema }),
  body: z.strictObject({
    reason: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .describe('Kept for good, in the log: why, and nothing that tells of whom'),
  }),
  success: {
    status: 200,
    body: z
      .object({
        cases: z.int(),
        dossiers: z.int(),
        people: z.int().describe('People who acted for nobody else'),
        entries: z.int().describe('Entries of the log that speak of nobody from now on'),
      })
      .meta({ id: 'Erasure' }),
  },
  effect: true,
  problems: ['notFound', 'erasureTooEarly'],
});
