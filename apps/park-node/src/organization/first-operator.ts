import { instantNow } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Services } from '../services.ts';
import { hashOfToken, invitationLink, invitationToken } from './invitation-token.ts';
import { invitationExpiry, openInvitations } from './open-invitations.ts';

/**
 * The link by which the first person comes in who runs this park, for the operator of the node alone to see; null once
 * somebody has. Every process of the park shows the same link, until it runs out and a new one takes its place.
 */
export async function inviteFirstOperator({
  config,
  store,
  clock,
}: Pick<Services, 'config' | 'store' | 'clock'>): Promise<string | null> {
  return await store.write(async (tx) => {
    const { organizationId } = await tx
      .selectFrom('organizations')
      .select('organizationId')
      .where('kind', '=', 'operator')
      .forUpdate()
      .executeTakeFirstOrThrow();
    const member = await tx
      .selectFrom('memberships')
      .select('personId')
      .where('organizationId', '=', organizationId)
      .limit(1)
      .executeTakeFirst();
    if (member) return null;
    const open = await openInvitations(tx, clock)
      .where('invitations.organizationId', '=', organizationId)
      .where('invitations.email', 'is', null)
      .executeTakeFirst();
    if (open) return invitationLink(config, open.invitationId);
    await tx
      .deleteFrom('invitations')
      .where('organizationId', '=', organizationId)
      .where('email', 'is', null)
      .where('acceptedAt', 'is', null)
      .execute();
    const invitationId = newId(clock);
    await tx
      .insertInto('invitations')
      .values({
        invitationId,
        organizationId,
        email: null,
        role: 'operator',
        manages: true,
        tokenHash: hashOfToken(invitationToken(config, invitationId)),
        invitedBy: null,
        createdAt: instantNow(clock),
        expiresAt: invitationExpiry(clock),
      })
      .execute();
    return invitationLink(config, invitationId);
  });
}
