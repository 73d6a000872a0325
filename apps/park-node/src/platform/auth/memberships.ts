import { type Clock, instantNow } from '../clock.ts';
import type { Tx } from '../database/store.ts';
import type { Membership } from './caller.ts';

/** More organisations than anybody acts for. */
const most = 200;

export async function listMemberships(tx: Tx, personId: string): Promise<Membership[]> {
  return await tx
    .selectFrom('memberships')
    .innerJoin('organizations', 'organizations.organizationId', 'memberships.organizationId')
    .select([
      'memberships.organizationId',
      'organizations.kind',
      'organizations.packId',
      'organizations.name',
      'memberships.role',
      'memberships.manages',
    ])
    .where('memberships.personId', '=', personId)
    .orderBy('memberships.createdAt')
    .orderBy('memberships.organizationId')
    .limit(most)
    .execute();
}

/** Invitations to an address that somebody vouches for. */
export async function listWaitingInvitations(tx: Tx, clock: Clock, email: string) {
  const rows = await tx
    .selectFrom('invitations')
    .innerJoin('organizations', 'organizations.organizationId', 'invitations.organizationId')
    .select([
      'invitations.invitationId',
      'organizations.name',
      'organizations.kind',
      'organizations.packId',
      'invitations.role',
      'invitations.expiresAt',
    ])
    .where('invitations.email', '=', email.toLowerCase())
    .where('invitations.acceptedAt', 'is', null)
    .where('invitations.expiresAt', '>', instantNow(clock))
    .orderBy('invitations.invitationId')
    .limit(most)
    .execute();
  return rows.map(({ name, expiresAt, ...row }) => ({
    ...row,
    organizationName: name,
    expiresAt: expiresAt.toISOString(),
  }));
}
