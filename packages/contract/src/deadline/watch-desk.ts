import { caseStatuses } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { colleagueSchema } from '../case/case-summary.ts';
import { dateSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const load = {
  open: z.int().describe('Cases that are not decided and served yet'),
  overdue: z.int(),
  atRisk: z.int().describe('Due within three working days'),
};

export const watchDesk = endpoint({
  id: 'watchDesk',
  method: 'GET',
  path: '/api/desk',
  tag: 'Deadlines',
  summary:
    'How the caller’s authority stands: what is open, overdue and at risk, who carries how much, how fast it decides',
  access: ['supervisor'],
  success: {
    status: 200,
    body: z
      .object({
        today: dateSchema,
        ...load,
        byStatus: z.array(z.object({ status: z.enum(caseStatuses), cases: z.int() })),
        unassigned: z.object(load),
        officers: z.array(z.object({ officer: colleagueSchema, ...load })),
        month: z.object({
          from: dateSchema,
          decided: z.int(),
          medianDaysToDecide: z
            .int()
            .nullable()
            .describe('Calendar days from the filing to the decision; null while nothing is decided'),
        }),
      })
      .meta({ id: 'Desk' }),
  },
  effect: false,
  problems: [],
});
