import { z } from 'zod';
import { limitSchema, namedSchema } from '../catalogue/law.ts';
import { dateSchema, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { caseParams } from './case-summary.ts';
import { clockOwnerSchema } from './case-view.ts';

const holidays = z.array(z.object({ calendar: z.string(), name: textSchema }));
const calendars = z.array(z.string());

const workCauses = [
  z.object({ kind: z.literal('workingDay') }),
  z.object({ kind: z.literal('makeUpDay'), holidays }),
  z.object({ kind: z.literal('restDay'), calendars }),
  z.object({ kind: z.literal('holiday'), holidays, restDayIn: calendars }),
  z.object({
    kind: z.literal('pause'),
    procedure: namedSchema.nullable().describe('Null while the applicant supplies evidence'),
  }),
] as const;

/** Why a day counts or does not. */
export const dayCauseSchema = z
  .discriminatedUnion('kind', [
    ...workCauses,
    z.object({ kind: z.literal('startDay') }),
    z.object({ kind: z.literal('calendarDay') }),
    z.object({
      kind: z.literal('rolledForward'),
      after: z
        .discriminatedUnion('kind', workCauses)
        .describe('Why the limit could not end on the day before'),
    }),
  ])
  .meta({ id: 'DayCause' });
export type DayCauseView = z.infer<typeof dayCauseSchema>;

export const explainClock = endpoint({
  id: 'explainClock',
  method: 'GET',
  path: '/api/cases/:caseId/clocks/:clock',
  tag: 'Cases',
  summary:
    'The authority’s time limit day by day: which days count, which do not and why, and whose days they were',
  access: ['applicant', 'officer', 'supervisor', 'auditor'],
  params: caseParams.extend({ clock: z.enum(['acceptance', 'decision']) }),
  success: {
    status: 200,
    body: z
      .object({
        limit: limitSchema.nullable().describe('Null where the service sets none'),
        running: z.boolean().describe('False before the limit begins and once the case is decided'),
        dueOn: dateSchema.nullable(),
        days: z.array(
          z.object({
            date: dateSchema,
            counts: z.boolean(),
            number: z.int().nullable().describe('The day is the n-th that counts'),
            cause: dayCauseSchema,
            owner: clockOwnerSchema,
            provisional: z
              .boolean()
              .describe('Whether the day may turn out otherwise: its year is not published'),
          }),
        ),
      })
      .meta({ id: 'ExplainedClock' }),
  },
  effect: false,
  problems: ['notFound'],
});
