import { rolesOfKind } from '@twinpark/contract/identity/roles.ts';
import {
  acceptInvitation,
  describeInvitation,
  inviteMember,
  listInvitations,
  withdrawInvitation,
} from '@twinpark/contract/organization/invitations.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry, withRefusalRecorded } from '../platform/audit/caller-entry.ts';
import type { Caller } from '../platform/auth/caller.ts';
import { instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import type { App } from '../platform/http/app.ts';
import { cursorAt, readPlace } from '../platform/http/cursor.ts';
import { once } from '../platform/http/once.ts';
import { Problem, problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import { newId } from '../platform/ids.ts';
import type { Services } from '../services.ts';
import { administerAsManager } from './administration.ts';
import { hashOfToken, invitationLink, invitationToken } from './invitation-token.ts';
import {
  addMember,
  findByToken,
  invitationExpiry,
  type OpenInvitation,
  openInvitations,
  useInvitation,
} from './open-invitations.ts';

export function registerInvitationRoutes(app: App, services: Services): void {
  const { config, store, clock } = services;

  route(app, inviteMember, async ({ params, body, caller, idempotency, requestId }) => {
    const { organizationId } = params;
    const { role, manages } = body;
    const email = body.email.toLowerCase();
    const invitationId = newId(clock);
    const subject = { kind: 'invitation', id: invitationId } as const;
    const entry = callerEntry('member.invite', caller, requestId, subject, { organizationId, role, manages });
    const work = once(services, idempotency, async (tx) => {
      const organization = await administerAsManager(tx, caller, organizationId);
      if (organization instanceof Problem) return organization;
      if (!rolesOfKind[organization.kind].includes(role)) {
        return problem('roleNotOfKind', { role, kind: organization.kind });
      }
      if (await isMember(tx, organizationId, email)) return problem('alreadyMember');
      const invitation = {
        invitationId,
        email,
        role,
        manages,
        createdAt: instantNow(clock),
        expiresAt: invitationExpiry(clock),
      };
      await tx
        .deleteFrom('invitations')
        .where('organizationId', '=', organizationId)
        .where('email', '=', email)
        .where('acceptedAt', 'is', null)
        .execute();
      await tx
        .insertInto('invitations')
        .values({
          ...invitation,
          organizationId,
          tokenHash: hashOfToken(invitationToken(config, invitationId)),
          invitedBy: caller.person.id,
        })
        .execute();
      await recordAudit(tx, clock, entry);
      return { invitation: present(invitation) };
    });
    const answer = await withRefusalRecorded(services, entry, work);
    if (answer instanceof Problem) return answer;
    // Added here and not before, so that the answer that is kept for repetitions has no secret in it.
    return { ...answer, link: invitationLink(config, answer.invitation.invitationId) };
  });

  route(app, listInvitations, async ({ params, query, caller }) => {
    const list = `invitations of ${params.organizationId}`;
    const place = query.cursor === undefined ? [] : readPlace(list, query.cursor, ['id']);
    if (place === null) return problem('cursorInvalid');
    const [after = null] = place;
    return await store.write(async (tx) => {
      const organization = await administerAsManager(tx, caller, params.organizationId);
      if (organization instanceof Problem) return organization;
      const rows = await openInvitations(tx, clock)
        .where('invitations.organizationId', '=', params.organizationId)
        .$if(after !== null, (rows) => rows.where('invitations.invitationId', '>', after))
        .orderBy('invitations.invitationId')
        .limit(query.limit + 1)
        .execute();
      const items = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? items.at(-1) : undefined;
      return { items: items.map(present), nextCursor: last ? cursorAt(list, [last.invitationId]) : null };
    });
  });

  route(app, withdrawInvitation, async ({ params, caller, idempotency, requestId }) => {
    const { organizationId, invitationId } = params;
    const subject = { kind: 'invitation', id: invitationId } as const;
    const entry = callerEntry('member.withdrawInvitation', caller, requestId, subject, { organizationId });
    const work = once(services, idempotency, async (tx) => {
      const organization = await administerAsManager(tx, caller, organizationId);
      if (organization instanceof Problem) return organization;
      const { numDeletedRows } = await tx
        .deleteFrom('invitations')
        .where('invitationId', '=', invitationId)
        .where('organizationId', '=', organizationId)
        .where('acceptedAt', 'is', null)
        .executeTakeFirst();
      if (numDeletedRows === 0n) return problem('notFound');
      await recordAudit(tx, clock, entry);
      return { withdrawn: true as const };
    });
    return await withRefusalRecorded(services, entry, work);
  });

  route(app, describeInvitation, async ({ body }) => {
    const invitation = await store.write((tx) => findByToken(tx, clock, body.token));
    if (!invitation) return problem('invitationInvalid');
    const { invitationId, name, kind, packId, role, expiresAt } = invitation;
    return {
      invitationId,
      organizationName: name,
      kind,
      packId,
      role,
      expiresAt: expiresAt.toISOString(),
    };
  });

  route(app, acceptInvitation, async ({ params, body, caller, idempotency, requestId }) => {
    const subject = { kind: 'invitation', id: params.invitationId } as const;
    const entry = callerEntry('member.join', caller, requestId, subject);
    const work = once(services, idempotency, async (tx) => {
      const invitation = await openInvitations(tx, clock)
        .where('invitations.invitationId', '=', params.invitationId)
        .executeTakeFirst();
      if (!invitation || !isFor(invitation, caller, body.token)) return problem('invitationInvalid');
      if (!(await useInvitation(tx, clock, invitation, caller.person.id)))
        return problem('invitationInvalid');
      if (!(await addMember(tx, clock, invitation, caller.person.id))) return problem('alreadyMember');
      await recordAudit(tx, clock, entry);
      const { organizationId, kind, packId, name, role, manages } = invitation;
      return { organizationId, kind, packId, name, role, manages };
    });
    return await withRefusalRecorded(services, entry, work);
  });
}

/**
 * Whoever has an address of its own joins by that alone: a link that went astray is worth nothing to it. Only where
 * nobody vouches an address for a person, or the invitation names none, does the link speak for it.
 */
function isFor({ email, tokenHash }: OpenInvitation, { person }: Caller, token: string | undefined): boolean {
  if (person.email !== null && email !== null) return person.email.toLowerCase() === email;
  return token !== undefined && hashOfToken(token) === tokenHash;
}

async function isMember(tx: Tx, organizationId: string, email: string): Promise<boolean> {
  const member = await tx
    .selectFrom('memberships')
    .innerJoin('authUsers', 'authUsers.id', 'memberships.personId')
    .select('memberships.personId')
    .where('memberships.organizationId', '=', organizationId)
    .where('authUsers.email', '=', email)
    .where('authUsers.emailVerified', '=', true)
    .executeTakeFirst();
  return member !== undefined;
}

function present(
  invitation: Pick<OpenInvitation, 'invitationId' | 'email' | 'role' | 'manages' | 'createdAt' | 'expiresAt'>,
) {
  const { invitationId, email, role, manages, createdAt, expiresAt } = invitation;
  return {
    invitationId,
    email,
    role,
    manages,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
