import { z } from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { membershipSchema } from '../identity/person.ts';
import { memberRoles, organizationKinds } from '../identity/roles.ts';
import { invitationSchema, organizationParams } from './organization.ts';

const tokenSchema = z.string().min(20).max(200);

export const inviteMember = endpoint({
  id: 'inviteMember',
  method: 'POST',
  path: '/api/organizations/:organizationId/invitations',
  tag: 'Organisation',
  summary: 'Invites somebody to join, and answers the link that they use once',
  description:
    'For managers of the organisation. Whoever runs the park may invite into its authorities, and into the oversight body until that has a manager. A new invitation for the same person takes the place of the one before. The link is shown only here.',
  access: memberRoles,
  params: organizationParams,
  body: z.strictObject({
    email: z.email().max(254),
    role: z.enum(memberRoles),
    manages: z.boolean().default(false),
  }),
  success: { status: 201, body: z.object({ invitation: invitationSchema, link: z.url() }) },
  effect: true,
  problems: ['notFound', 'managerRequired', 'roleNotOfKind', 'alreadyMember'],
});

export const listInvitations = endpoint({
  id: 'listInvitations',
  method: 'GET',
  path: '/api/organizations/:organizationId/invitations',
  tag: 'Organisation',
  summary: 'The invitations of an organisation that nobody has accepted yet',
  access: memberRoles,
  params: organizationParams,
  query: z.object(pageQuery),
  success: { status: 200, body: pageOf(invitationSchema) },
  effect: false,
  problems: ['notFound', 'managerRequired', 'cursorInvalid'],
});

export const withdrawInvitation = endpoint({
  id: 'withdrawInvitation',
  method: 'DELETE',
  path: '/api/organizations/:organizationId/invitations/:invitationId',
  tag: 'Organisation',
  summary: 'Takes an invitation back: its link opens nothing any more',
  access: memberRoles,
  params: z.object({ organizationId: idSchema, invitationId: idSchema }),
  success: { status: 200, body: z.object({ withdrawn: z.literal(true) }) },
  effect: true,
  problems: ['notFound', 'managerRequired'],
});

export const describeInvitation = endpoint({
  id: 'describeInvitation',
  method: 'POST',
  path: '/api/invitations/describe',
  tag: 'Organisation',
  summary: 'What an invitation is about, before anybody accepts it',
  access: 'public',
  body: z.strictObject({ token: tokenSchema }),
  success: {
    status: 200,
    body: z.object({
      invitationId: idSchema,
      organizationName: z.string(),
      kind: z.enum(organizationKinds),
      packId: z.string().nullable(),
      role: z.enum(memberRoles),
      expiresAt: instantSchema,
    }),
  },
  effect: false,
  problems: ['invitationInvalid'],
});

export const acceptInvitation = endpoint({
  id: 'acceptInvitation',
  method: 'POST',
  path: '/api/invitations/:invitationId/accept',
  tag: 'Organisation',
  summary: 'Joins the organisation that invited the person',
  description:
    'The address of the invitation must be the person’s own, vouched for by their identity provider. Where no provider vouches for an address, the person shows the token of the link instead.',
  access: 'signedIn',
  params: z.object({ invitationId: idSchema }),
  body: z.strictObject({ token: tokenSchema.optional() }),
  success: { status: 200, body: membershipSchema },
  effect: true,
  problems: ['invitationInvalid', 'alreadyMember'],
});
