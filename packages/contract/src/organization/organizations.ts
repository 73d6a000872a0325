import { z } from 'zod';
import { pageOf, pageQuery } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { memberRoles } from '../identity/roles.ts';
import { organizationSchema } from './organization.ts';

export const createOrganization = endpoint({
  id: 'createOrganization',
  method: 'POST',
  path: '/api/organizations',
  tag: 'Organisation',
  summary: 'Makes an applicant’s organisation; whoever makes it manages it',
  access: 'signedIn',
  body: z.strictObject({ name: z.string().trim().min(1).max(200) }),
  success: { status: 201, body: organizationSchema },
  effect: true,
  problems: [],
});

export const getOrganization = endpoint({
  id: 'getOrganization',
  method: 'GET',
  path: '/api/organization',
  tag: 'Organisation',
  summary: 'The organisation for which the person acts',
  access: memberRoles,
  success: { status: 200, body: organizationSchema },
  effect: false,
  problems: [],
});

export const listOrganizations = endpoint({
  id: 'listOrganizations',
  method: 'GET',
  path: '/api/organizations',
  tag: 'Organisation',
  summary: 'The authorities and bodies of this park, for whoever runs it; no applicants',
  access: ['operator'],
  query: z.object(pageQuery),
  success: { status: 200, body: pageOf(organizationSchema) },
  effect: false,
  problems: ['cursorInvalid'],
});
