import { z } from 'zod';
import { clockKinds } from '../case/case-view.ts';
import { namedSchema } from '../catalogue/law.ts';
import { dateSchema, idSchema, pageOf, pageQuery } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const access = ['applicant', 'officer', 'supervisor'] as const;

export const countDeadlines = endpoint({
  id: 'countDeadlines',
  method: 'GET',
  path: '/api/deadlines',
  tag: 'Deadlines',
  summary: 'How many running limits end on each day, and whose move it is',
  description: 'A limit whose clock stands has no last day yet and is not counted.',
  access,
  query: z.object({
    from: dateSchema,
    days: z.coerce.number().int().min(1).max(366).default(42).describe('How many days from then on'),
  }),
  success: {
    status: 200,
    body: z.object({
      days: z
        .array(z.object({ date: dateSchema, applicant: z.int(), authority: z.int() }))
        .describe('Days on which something ends, in order'),
    }),
  },
  effect: false,
  problems: [],
});

export const listDeadlines = endpoint({
  id: 'listDeadlines',
  method: 'GET',
  path: '/api/deadlines/:date',
  tag: 'Deadlines',
  summary: 'The running limits that end on a day',
  access,
  params: z.object({ date: dateSchema }),
  query: z.object(pageQuery),
  success: {
    status: 200,
    body: pageOf(
      z
        .object({
          caseId: idSchema,
          caseNumber: z.string(),
          service: namedSchema,
          applicantName: z.string(),
          clock: z.enum(clockKinds),
          subject: namedSchema.nullable(),
          owner: z.enum(['applicant', 'authority', 'procedure']),
          provisional: z.boolean(),
        })
        .meta({ id: 'Deadline' }),
    ),
  },
  effect: false,
  problems: ['cursorInvalid'],
});
