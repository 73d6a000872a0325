import { z } from 'zod';
import { idSchema } from '../common.ts';
import { memberRoles, organizationKinds } from './roles.ts';

/** How well a person is known, by the grade that the park gives to the way in which they signed in. */
const assuranceLevels = ['low', 'substantial', 'high'] as const;

export const personSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Null where nobody vouches for an address. */
    email: z.string().nullable(),
    assurance: z.enum(assuranceLevels),
    /** A demo account: nobody real stands behind it. */
    demo: z.boolean(),
  })
  .meta({ id: 'Person' });

export const membershipSchema = z
  .object({
    organizationId: idSchema,
    kind: z.enum(organizationKinds),
    /** Id in the zone pack; null for an applicant’s organisation. */
    packId: z.string().nullable(),
    name: z.string(),
    role: z.enum(memberRoles),
    /** Whether the person may invite, change and remove members. */
    manages: z.boolean(),
  })
  .meta({ id: 'Membership' });
