import { z } from 'zod';
import { idSchema, instantSchema } from '../common.ts';
import { memberRoles, organizationKinds } from '../identity/roles.ts';

export const organizationSchema = z
  .object({
    organizationId: idSchema,
    kind: z.enum(organizationKinds),
    /** Id in the zone pack; null for an applicant’s organisation. */
    packId: z.string().nullable(),
    name: z.string(),
    /** Invented for a demonstration. */
    demo: z.boolean(),
    memberCount: z.int(),
    /** Without a manager nobody of the organisation can invite. */
    managerCount: z.int(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Organization' });

export const memberSchema = z
  .object({
    personId: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role: z.enum(memberRoles),
    manages: z.boolean(),
    joinedAt: instantSchema,
  })
  .meta({ id: 'Member' });

export const invitationSchema = z
  .object({
    invitationId: idSchema,
    /** Null for an invitation that goes by its link alone. */
    email: z.string().nullable(),
    role: z.enum(memberRoles),
    manages: z.boolean(),
    createdAt: instantSchema,
    expiresAt: instantSchema,
  })
  .meta({ id: 'Invitation' });

export const organizationParams = z.object({ organizationId: idSchema });
export const memberParams = z.object({ organizationId: idSchema, personId: z.string().max(200) });
