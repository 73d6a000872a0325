import { type Clock, instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import { hashOfToken } from './invitation-token.ts';

/** Unit: days. */
const invitationLivesDays = 7;

export function invitationExpiry(clock: Clock): Date {
  return new Date(clock.now().add({ hours: invitationLivesDays * 24 }).epochMilliseconds);
}

/** Invitations that may still be accepted, with the organisations that they are to. */
export function openInvitations(tx: Tx, clock: Clock) {
  return tx
    .selectFrom('invitations')
    .innerJoin('organizations', 'organizations.organizationId', 'invitations.organizationId')
    .select([
      'invitations.invitationId',
      'invitations.organizationId',
      'invitations.email',
      'invitations.role',
      'invitations.manages',
      'invitations.createdAt',
      'invitations.expiresAt',
      'invitations.tokenHash',
      'organizations.kind',
      'organizations.packId',
      'organizations.name',
    ])
    .where('invitations.acceptedAt', 'is', null)
    .where('invitations.expiresAt', '>', instantNow(clock));
}

export type OpenInvitation = Awaited<
  ReturnType<ReturnType<typeof openInvitations>['executeTakeFirstOrThrow']>
>;

export async function findByToken(tx: Tx, clock: Clock, token: string): Promise<OpenInvitation | undefined> {
  return await openInvitations(tx, clock)
    .where('invitations.tokenHash', '=', hashOfToken(token))
    .executeTakeFirst();
}

/** Uses an invitation up; false when somebody else did so in the same moment. */
export async function useInvitation(
  tx: Tx,
  clock: Clock,
  { invitationId }: OpenInvitation,
  personId: string,
): Promise<boolean> {
  const used = await tx
    .updateTable('invitations')
    .set({ acceptedAt: instantNow(clock), acceptedBy: personId })
    .where('invitationId', '=', invitationId)
    .where('acceptedAt', 'is', null)
    .executeTakeFirst();
  return used.numUpdatedRows > 0n;
}

/** Makes a person the member that an invitation speaks of; false when it is a member already. */
export async function addMember(
  tx: Tx,
  clock: Clock,
  { organizationId, role, manages }: OpenInvitation,
  personId: string,
): Promise<boolean> {
  const added = await tx
    .insertInto('memberships')
    .values({
      organizationId,
      personId,
      role,
      manages,
      createdAt: instantNow(clock),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
