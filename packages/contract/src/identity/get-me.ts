import { z } from 'zod';
import { idSchema, instantSchema, languageSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { membershipSchema, personSchema } from './person.ts';
import { memberRoles, organizationKinds } from './roles.ts';

/** An invitation that waits for the person who is signed in. */
const waitingInvitationSchema = z
  .object({
    invitationId: idSchema,
    organizationName: z.string(),
    kind: z.enum(organizationKinds),
    packId: z.string().nullable(),
    role: z.enum(memberRoles),
    expiresAt: instantSchema,
  })
  .meta({ id: 'WaitingInvitation' });

const meSchema = z
  .object({
    person: personSchema,
    memberships: z.array(membershipSchema),
    /** The one organisation for which the person acts in this session; null until one is chosen. */
    acting: membershipSchema.nullable(),
    invitations: z.array(waitingInvitationSchema),
    /** The reader’s language, as the request asked for it. */
    language: languageSchema,
    mode: z.enum(['demo', 'production']),
  })
  .meta({ id: 'Me' });

export const getMe = endpoint({
  id: 'getMe',
  method: 'GET',
  path: '/api/me',
  tag: 'Sign-in',
  summary: 'Who is signed in, for which organisations they may act, and for which one they act now',
  access: 'signedIn',
  success: { status: 200, body: meSchema },
  effect: false,
  problems: [],
});
