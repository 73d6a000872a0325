import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { memberRoles } from '../identity/roles.ts';
import { caseParams, colleagueSchema } from './case-summary.ts';

const person = z.string().max(200).nullable();

export const assignCase = endpoint({
  id: 'assignCase',
  method: 'POST',
  path: '/api/cases/:caseId/assign',
  tag: 'Cases',
  summary: 'Takes a case, hands it over to a colleague, or gives it back',
  access: ['officer', 'supervisor'],
  params: caseParams,
  body: z.object({
    from: person.describe('Who handles it as the caller saw it; null for nobody'),
    to: person.describe('Who handles it from now on: somebody of the deciding authority, or null for nobody'),
  }),
  success: { status: 200, body: z.object({ assignee: colleagueSchema.nullable() }) },
  effect: true,
  problems: ['notFound', 'notYourDesk', 'assignedMeanwhile', 'notAColleague'],
});

export const listColleagues = endpoint({
  id: 'listColleagues',
  method: 'GET',
  path: '/api/colleagues',
  tag: 'Cases',
  summary: 'The people of the caller’s authority, to whom cases can be handed over',
  access: ['officer', 'supervisor'],
  success: {
    status: 200,
    body: z.object({
      items: z.array(
        z
          .object({ personId: z.string(), name: z.string(), role: z.enum(memberRoles) })
          .meta({ id: 'Member' }),
      ),
    }),
  },
  effect: false,
  problems: [],
});
