import { z } from 'zod';
import { pageOf, pageQuery } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { memberRoles } from '../identity/roles.ts';
import { memberParams, memberSchema, organizationParams } from './organization.ts';

export const listMembers = endpoint({
  id: 'listMembers',
  method: 'GET',
  path: '/api/organizations/:organizationId/members',
  tag: 'Organisation',
  summary:
    'The members of the caller’s organisation, or, for whoever runs the park, of one of its authorities',
  access: memberRoles,
  params: organizationParams,
  query: z.object(pageQuery),
  success: { status: 200, body: pageOf(memberSchema) },
  effect: false,
  problems: ['notFound', 'cursorInvalid'],
});

export const changeMember = endpoint({
  id: 'changeMember',
  method: 'PATCH',
  path: '/api/organizations/:organizationId/members/:personId',
  tag: 'Organisation',
  summary: 'Gives a member another role, or gives or takes the right to manage members',
  access: memberRoles,
  params: memberParams,
  body: z.strictObject({ role: z.enum(memberRoles).optional(), manages: z.boolean().optional() }),
  success: { status: 200, body: memberSchema },
  effect: true,
  problems: ['notFound', 'managerRequired', 'roleNotOfKind', 'lastManager'],
});

export const removeMember = endpoint({
  id: 'removeMember',
  method: 'DELETE',
  path: '/api/organizations/:organizationId/members/:personId',
  tag: 'Organisation',
  summary: 'Removes a member, at once and in every session; anybody may leave',
  access: memberRoles,
  params: memberParams,
  success: { status: 200, body: z.object({ removed: z.literal(true) }) },
  effect: true,
  problems: ['notFound', 'managerRequired', 'lastManager'],
});
