import { refusalCodes } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { citedLawSchema } from '../catalogue/law.ts';
import { instantSchema } from '../common.ts';

/** What an applicant does with a case that the other park decides; it goes there and is answered later. */
export const actsAcross = ['fileCase', 'amendCase', 'supplyEvidence', 'withdrawCase', 'lodgeRemedy'] as const;
export type ActAcross = (typeof actsAcross)[number];

/**
 * Why the other park did not do it. `stepFiled`: another filing of the step came first. `caseUnknown`: it has no such
 * case. `answeredByHand`: people of both parks settled it between them.
 */
export const actRefusalCodes = [...refusalCodes, 'stepFiled', 'caseUnknown', 'answeredByHand'] as const;
export type ActRefusalCode = (typeof actRefusalCodes)[number];

/** The applicant's newest act on a case of the other park. */
export const actAcrossSchema = z
  .object({
    action: z.enum(actsAcross),
    sentAt: instantSchema,
    answer: z
      .object({
        outcome: z.enum(['done', 'refused']),
        refusal: z
          .object({
            code: z.enum(actRefusalCodes),
            detail: z.string().describe('Why not and what to do, in the reader’s language'),
            clause: citedLawSchema.nullable(),
          })
          .nullable(),
      })
      .nullable()
      .describe('Null until the other park has answered; no other act can be sent before'),
  })
  .meta({ id: 'ActAcross' });
export type ActAcrossView = z.infer<typeof actAcrossSchema>;
