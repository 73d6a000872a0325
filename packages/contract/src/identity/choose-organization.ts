import { z } from 'zod';
import { idSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { membershipSchema } from './person.ts';

export const chooseOrganization = endpoint({
  id: 'chooseOrganization',
  method: 'PUT',
  path: '/api/me/organization',
  tag: 'Sign-in',
  summary: 'Chooses the organisation for which the person acts from now on in this session',
  description:
    'A person may belong to several organisations and acts for one at a time; what belongs to the others is out of sight meanwhile. Null acts for none.',
  access: 'signedIn',
  body: z.strictObject({ organizationId: idSchema.nullable() }),
  success: { status: 200, body: z.object({ acting: membershipSchema.nullable() }) },
  effect: true,
  problems: ['notFound'],
});
