import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { membershipSchema } from './person.ts';

const demoAccountSchema = z
  .object({
    accountId: z.string(),
    /** An invented person; the name says so. */
    name: z.string(),
    acting: membershipSchema,
  })
  .meta({ id: 'DemoAccount' });

export const listDemoAccounts = endpoint({
  id: 'listDemoAccounts',
  method: 'GET',
  path: '/api/demo-accounts',
  tag: 'Sign-in',
  summary: 'The accounts of invented people that a demo node has; a node in production has none',
  access: 'public',
  success: { status: 200, body: z.object({ items: z.array(demoAccountSchema) }) },
  effect: false,
  problems: ['notFound'],
});

export const signInAsDemo = endpoint({
  id: 'signInAsDemo',
  method: 'POST',
  path: '/api/demo-accounts/:accountId/sign-in',
  tag: 'Sign-in',
  summary: 'Signs in as an invented person, acting for their organisation',
  description: 'A repetition signs in once more.',
  access: 'public',
  params: z.object({ accountId: z.string().max(200) }),
  success: { status: 200, body: demoAccountSchema },
  effect: true,
  problems: ['notFound'],
});
