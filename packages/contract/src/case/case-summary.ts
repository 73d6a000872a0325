import { caseStatuses, decisionOutcomes } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { namedSchema } from '../catalogue/law.ts';
import { dateSchema, idSchema, instantSchema } from '../common.ts';

/** Whose move a case is; nobody's once it has ended. */
export const waitingForWhom = ['applicant', 'authority', 'procedure', 'remedyBody', 'nobody'] as const;

/** Somebody of the reader's own organisation. Nobody learns who works for another. */
export const colleagueSchema = z
  .object({
    personId: z.string(),
    name: z.string().nullable().describe('Null for somebody who has left, and for the oversight body'),
  })
  .meta({ id: 'Colleague' });

/** A case as a list shows it. */
export const caseSummarySchema = z
  .object({
    caseId: idSchema,
    caseNumber: z.string().nullable().describe('Null until the other park has answered the filing'),
    receiptNumber: z.string().nullable(),
    version: z.int().describe('Counts the events of the case'),
    park: z.string(),
    service: namedSchema,
    authority: namedSchema,
    applicant: z.object({ organizationId: idSchema, name: z.string() }),
    dossierId: idSchema.nullable().describe('Null for everybody but the applicant'),
    status: z.enum(caseStatuses),
    outcome: z.enum(decisionOutcomes).nullable(),
    waitingFor: z.enum(waitingForWhom),
    dueOn: dateSchema
      .nullable()
      .describe(
        'The authority’s next last day; null while its clock stands and where no limit is established',
      ),
    dueProvisional: z.boolean().describe('Whether that day rests on working days that are not published yet'),
    applicantDueOn: dateSchema.nullable().describe('Day by which the applicant must supply something'),
    filedOn: dateSchema.nullable(),
    decidedOn: dateSchema.nullable(),
    changedAt: instantSchema,
    assignee: colleagueSchema
      .nullable()
      .describe(
        'Who of the authority handles it; null where nobody does and for readers of other organisations',
      ),
  })
  .meta({ id: 'CaseSummary' });
export type CaseSummary = z.infer<typeof caseSummarySchema>;

export const caseParams = z.object({ caseId: idSchema });
