import { z } from 'zod';
import { endpoint } from '../endpoint.ts';

/** A path of this node: where the browser goes on. Never another site. */
const returnPathSchema = z
  .string()
  .max(2_000)
  .regex(/^\/(?![/\\])[^\\\s]*$/);

/**
 * Asked for at the start; the browser then goes to the address in the answer and comes back to `returnTo`, signed in.
 * Where that fails it comes back to `/sign-in?problem=` with a problem code.
 */
export const startOpenIdSignIn = endpoint({
  id: 'startOpenIdSignIn',
  method: 'POST',
  path: '/api/sign-in/open-id',
  tag: 'Sign-in',
  summary: 'The address of an identity provider at which the person signs in',
  access: 'public',
  body: z.strictObject({ provider: z.string().max(100), returnTo: returnPathSchema.default('/') }),
  success: { status: 200, body: z.object({ url: z.url() }) },
  effect: true,
  problems: ['notFound', 'providerUnavailable'],
});
