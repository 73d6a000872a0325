import { z } from 'zod';
import { endpoint } from '../endpoint.ts';

export const signOut = endpoint({
  id: 'signOut',
  method: 'POST',
  path: '/api/me/sign-out',
  tag: 'Sign-in',
  summary: 'Ends this session, or every session of the person on every device',
  access: 'signedIn',
  body: z.strictObject({ everywhere: z.boolean().default(false) }),
  success: { status: 200, body: z.object({ endedSessions: z.int() }) },
  effect: true,
  problems: [],
});
