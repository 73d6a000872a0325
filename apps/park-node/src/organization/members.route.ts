import { type MemberRole, rolesOfKind } from '@twinpark/contract/identity/roles.ts';
import { changeMember, listMembers, removeMember } from '@twinpark/contract/organization/members.ts';
import { sql } from 'kysely';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry, withRefusalRecorded } from '../platform/audit/caller-entry.ts';
import type { Tx } from '../platform/database/store.ts';
import type { App } from '../platform/http/app.ts';
import { cursorAt, readPlace } from '../platform/http/cursor.ts';
import { once } from '../platform/http/once.ts';
import { Problem, problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import {
  type Administered,
  administer,
  administerAsManager,
  countManagers,
  lockMembers,
} from './administration.ts';

export function registerMemberRoutes(app: App, services: Services): void {
  const { store, clock } = services;

  route(app, listMembers, async ({ params, query, caller }) => {
    const list = `members of ${params.organizationId}`;
    const after = query.cursor === undefined ? null : readPlace(list, query.cursor, ['instant', 'text']);
    if (query.cursor !== undefined && after === null) return problem('cursorInvalid');
    return await store.write(async (tx) => {
      const organization = await administer(tx, caller, params.organizationId);
      if (organization instanceof Problem) return organization;
      const rows = await memberRows(tx, params.organizationId)
        .$if(after !== null, (members) =>
          members.where(
            sql<boolean>`(memberships.created_at, memberships.person_id) > (${after?.[0]}::timestamptz, ${after?.[1]})`,
          ),
        )
        .orderBy('memberships.createdAt')
        .orderBy('memberships.personId')
        .limit(query.limit + 1)
        .execute();
      const items = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? items.at(-1) : undefined;
      return {
        items: items.map((row) => present(row, organization)),
        nextCursor: last ? cursorAt(list, [last.createdAt.toISOString(), last.personId]) : null,
      };
    });
  });

  route(app, changeMember, async ({ params, body, caller, idempotency, requestId }) => {
    const { organizationId, personId } = params;
    const subject = { kind: 'member', id: personId } as const;
    const { role: newRole = null, manages: newManages = null } = body;
    const details = { organizationId, role: newRole, manages: newManages };
    const entry = callerEntry('member.change', caller, requestId, subject, details);
    const work = once(services, idempotency, async (tx) => {
      await lockMembers(tx, organizationId);
      const organization = await administerAsManager(tx, caller, organizationId);
      if (organization instanceof Problem) return organization;
      const member = await memberRows(tx, organizationId)
        .where('memberships.personId', '=', personId)
        .executeTakeFirst();
      if (!member) return problem('notFound');
      const role: MemberRole = body.role ?? member.role;
      const manages = body.manages ?? member.manages;
      if (!rolesOfKind[organization.kind].includes(role)) {
        return problem('roleNotOfKind', { role, kind: organization.kind });
      }
      if (!manages && (await isLastManager(tx, organization, member.manages))) return problem('lastManager');
      await tx
        .updateTable('memberships')
        .set({ role, manages })
        .where('organizationId', '=', organizationId)
        .where('personId', '=', personId)
        .execute();
      await recordAudit(tx, clock, entry);
      return present({ ...member, role, manages }, organization);
    });
    return await withRefusalRecorded(services, entry, work);
  });

  route(app, removeMember, async ({ params, caller, idempotency, requestId }) => {
    const { organizationId, personId } = params;
    const subject = { kind: 'member', id: personId } as const;
    const entry = callerEntry('member.remove', caller, requestId, subject, { organizationId });
    const leaves = personId === caller.person.id;
    const work = once(services, idempotency, async (tx) => {
      await lockMembers(tx, organizationId);
      const organization = await (leaves ? administer : administerAsManager)(tx, caller, organizationId);
      if (organization instanceof Problem) return organization;
      const member = await memberRows(tx, organizationId)
        .where('memberships.personId', '=', personId)
        .executeTakeFirst();
      if (!member) return problem('notFound');
      if (await isLastManager(tx, organization, member.manages)) return problem('lastManager');
      await tx
        .deleteFrom('memberships')
        .where('organizationId', '=', organizationId)
        .where('personId', '=', personId)
        .execute();
      await recordAudit(tx, clock, entry);
      return { removed: true as const };
    });
    return await withRefusalRecorded(services, entry, work);
  });
}

/** Whoever runs the park can bring in another, so it may take even the last. */
async function isLastManager(tx: Tx, { organizationId, by }: Administered, manages: boolean) {
  return manages && by !== 'operator' && (await countManagers(tx, organizationId)) === 1;
}

function memberRows(tx: Tx, organizationId: string) {
  return tx
    .selectFrom('memberships')
    .innerJoin('authUsers', 'authUsers.id', 'memberships.personId')
    .select([
      'memberships.personId',
      'memberships.role',
      'memberships.manages',
      'memberships.createdAt',
      'authUsers.name',
      'authUsers.email',
      'authUsers.emailVerified',
    ])
    .where('memberships.organizationId', '=', organizationId);
}

type MemberRow = Awaited<ReturnType<ReturnType<typeof memberRows>['executeTakeFirstOrThrow']>>;

/** Addresses are for those who invite; a colleague sees names. */
function present(
  { personId, name, email, emailVerified, role, manages, createdAt }: MemberRow,
  { by }: Administered,
) {
  return {
    personId,
    name,
    email: emailVerified && by !== 'member' ? email : null,
    role,
    manages,
    joinedAt: createdAt.toISOString(),
  };
}
