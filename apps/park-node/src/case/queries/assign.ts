import type { MemberRole } from '@twinpark/contract/identity/roles.ts';
import type { Tx } from '../../platform/database/store.ts';

/** Who handles a case, held until the transaction ends. */
export async function lockAssignee(tx: Tx, caseId: string): Promise<string | null> {
  const { assignee } = await tx
    .selectFrom('cases')
    .select('assignee')
    .where('caseId', '=', caseId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return assignee;
}

export async function setAssignee(tx: Tx, caseId: string, assignee: string | null): Promise<void> {
  await tx.updateTable('cases').set({ assignee }).where('caseId', '=', caseId).execute();
}

/** Somebody who acts for an authority in one of the roles; undefined where nobody of that id does. */
export async function findMember(
  tx: Tx,
  authority: string,
  personId: string,
  roles: readonly MemberRole[],
): Promise<{ readonly name: string } | undefined> {
  return await tx
    .selectFrom('memberships')
    .innerJoin('organizations', 'organizations.organizationId', 'memberships.organizationId')
    .innerJoin('authUsers', 'authUsers.id', 'memberships.personId')
    .select('authUsers.name')
    .where('organizations.kind', '=', 'authority')
    .where('organizations.packId', '=', authority)
    .where('memberships.personId', '=', personId)
    .where('memberships.role', 'in', roles)
    .executeTakeFirst();
}
