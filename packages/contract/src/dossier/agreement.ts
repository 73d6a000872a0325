import { z } from 'zod';
import { namedSchema } from '../catalogue/law.ts';
import { sha256Schema } from '../common.ts';

/** Facts of a case that the other park's panel is shown once the case is examined, and nothing else of it. */
const jointFactsSchema = z.object({
  step: z.string().describe('The joint step of the case'),
  panel: z.string(),
  park: z.string().describe('The park to whose panel they go'),
  authority: namedSchema,
  fields: z.array(z.string()),
});

/** Everything of a filing or an amendment that goes to the other park, now or in a joint step. */
export const crossingSchema = z
  .object({
    toPark: z.string(),
    fields: z.array(z.string()).describe('Facts whose values cross'),
    papers: z.array(z.object({ type: z.string(), sha256: sha256Schema })),
    jointFacts: z.array(jointFactsSchema),
    digest: sha256Schema.describe('SHA-256 of the canonical JSON (RFC 8785) of it, with every value'),
    agreementText: z.string().describe('What the applicant agrees to, in the reader’s language'),
  })
  .meta({ id: 'Crossing' });
export type CrossingView = z.infer<typeof crossingSchema>;

/** That the applicant has seen what crosses and agrees to it. */
export const agreementBody = {
  agreement: z
    .object({ digest: sha256Schema.describe('Digest of what was seen') })
    .optional()
    .describe('Required where something goes to the other park'),
};
