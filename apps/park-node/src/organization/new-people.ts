import { recordAudit } from '../platform/audit/audit-trail.ts';
import type { NewPeople } from '../platform/auth/passkey-registration.ts';
import { placeholderEmail } from '../platform/auth/placeholder-email.ts';
import { type Clock, instantNow } from '../platform/clock.ts';
import type { Store } from '../platform/database/store.ts';
import { addMember, findByToken, useInvitation } from './open-invitations.ts';

/**
 * People who come in by the link of an invitation. Whoever holds the link joins: the inviter answers for whom it was
 * given to. The address of the invitation is not taken over, since nobody has vouched that this person has it.
 */
export function newPeopleByInvitation(store: Store, clock: Clock): NewPeople {
  return {
    mayJoin: async (token) => (await store.write((tx) => findByToken(tx, clock, token))) !== undefined,

    join: async (token, { id, name }) =>
      await store.write(async (tx) => {
        const invitation = await findByToken(tx, clock, token);
        if (!invitation || !(await useInvitation(tx, clock, invitation, id))) return false;
        const now = instantNow(clock);
        await tx
          .insertInto('authUsers')
          .values({
            id,
            name,
            email: placeholderEmail(id),
            emailVerified: false,
            assurance: 'low',
            demo: false,
            createdAt: now,
            updatedAt: now,
          })
          .execute();
        await addMember(tx, clock, invitation, id);
        await recordAudit(tx, clock, {
          action: 'member.join',
          personId: id,
          organization: invitation.packId ?? invitation.organizationId,
          role: invitation.role,
          subjectKind: 'invitation',
          subjectId: invitation.invitationId,
          requestId: null,
          details: { by: 'link' },
        });
        return true;
      }),
  };
}
