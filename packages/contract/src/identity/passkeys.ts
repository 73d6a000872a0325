import { z } from 'zod';
import { instantSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const passkeySchema = z
  .object({
    passkeyId: z.string(),
    name: z.string().nullable(),
    /** Whether the key is copied between the person’s devices. */
    synced: z.boolean(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Passkey' });

export const listPasskeys = endpoint({
  id: 'listPasskeys',
  method: 'GET',
  path: '/api/me/passkeys',
  tag: 'Sign-in',
  summary: 'The passkeys with which the person may sign in',
  access: 'signedIn',
  success: { status: 200, body: z.object({ items: z.array(passkeySchema) }) },
  effect: false,
  problems: [],
});

export const removePasskey = endpoint({
  id: 'removePasskey',
  method: 'DELETE',
  path: '/api/me/passkeys/:passkeyId',
  tag: 'Sign-in',
  summary: 'Removes a passkey; the last way to sign in stays',
  access: 'signedIn',
  params: z.object({ passkeyId: z.string().max(100) }),
  success: { status: 200, body: z.object({ removed: z.literal(true) }) },
  effect: true,
  problems: ['notFound', 'lastPasskey', 'signInAgain'],
});
