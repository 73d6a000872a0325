import { caseStatuses, decisionOutcomes } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { dateSchema, pageOf, pageQuery } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { caseSummarySchema, waitingForWhom } from './case-summary.ts';

export const listedStatuses = caseStatuses.filter((status) => status !== 'none');

/**
 * When the reader's own next last day lies: the authority's, or for an applicant the day by which they must supply
 * something. `later`: neither within three working days nor this week. `none`: no day is running.
 */
export const dueRanges = ['overdue', 'today', 'inThreeWorkingDays', 'thisWeek', 'later', 'none'] as const;

/** `-` begins with the latest. What has no such day comes last either way. */
const caseSorts = ['due', '-due', 'filed', '-filed', 'changed', '-changed'] as const;

/** One value, or several under the same name. */
function several<Value extends z.ZodType>(value: Value) {
  return z.union([z.array(value).min(1).max(50), value.transform((one) => [one])]);
}

export const listCases = endpoint({
  id: 'listCases',
  method: 'GET',
  path: '/api/cases',
  tag: 'Cases',
  summary: 'Cases: an applicant’s own, those on an authority’s desk, or for the oversight body all',
  description:
    'A case lies on the desk of the authority that decides it, of an organisation that has a step in it and of the body with which a remedy was lodged.',
  access: ['applicant', 'officer', 'supervisor', 'auditor'],
  query: z.object({
    ...pageQuery,
    status: several(z.enum(listedStatuses)).optional(),
    waitingFor: z.enum(waitingForWhom).optional(),
    service: z.string().max(200).optional(),
    due: z.enum(dueRanges).optional(),
    assignee: z
      .string()
      .max(200)
      .optional()
      .describe('`me`, `nobody`, or the id of a colleague; of no use to an applicant'),
    filedFrom: dateSchema.optional().describe('First day of filing'),
    filedTo: dateSchema.optional().describe('Last day of filing'),
    outcome: z.enum(decisionOutcomes).optional(),
    q: z
      .string()
      .max(200)
      .optional()
      .describe(
        'Words of the service, the applicant, the case number or the document number, in any of the three languages; the last letters of a word may be missing',
      ),
    sort: z.enum(caseSorts).default('-changed'),
    count: z.enum(['true', 'false']).default('false').describe('Whether to count the whole list'),
  }),
  success: {
    status: 200,
    body: pageOf(caseSummarySchema).extend({
      total: z
        .object({
          number: z.int(),
          exact: z.boolean().describe('False where there are at least that many'),
        })
        .nullable()
        .describe('Null unless asked for'),
    }),
  },
  effect: false,
  problems: ['cursorInvalid'],
});
