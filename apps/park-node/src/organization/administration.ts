import type { OrganizationKind } from '@twinpark/contract/identity/roles.ts';
import type { Member } from '../platform/auth/caller.ts';
import type { Tx } from '../platform/database/store.ts';
import { Problem, problem } from '../platform/http/problem.ts';

/** An organisation and by what right the caller has to do with it. */
export interface Administered {
  readonly organizationId: string;
  readonly kind: OrganizationKind;
  readonly packId: string | null;
  readonly name: string;
  /** `operator`: from outside, as the body that runs the park. */
  readonly by: 'member' | 'manager' | 'operator';
}

/**
 * The organisation, if the caller acts for it or runs the park to which it belongs. An operator looks after the park's
 * authorities. It brings in the first of the oversight body, which from then on looks after itself: nobody appoints
 * those who watch over him.
 *
 * Problems: `notFound`.
 */
export async function administer(
  tx: Tx,
  { acting }: Member,
  organizationId: string,
): Promise<Administered | Problem> {
  const organization = await tx
    .selectFrom('organizations')
    .select(['organizationId', 'kind', 'packId', 'name'])
    .where('organizationId', '=', organizationId)
    .executeTakeFirst();
  if (!organization) return problem('notFound');
  if (acting.organizationId === organizationId) {
    return { ...organization, by: acting.manages ? 'manager' : 'member' };
  }
  if (acting.kind !== 'operator' || organization.kind === 'applicant') return problem('notFound');
  if (organization.kind === 'authority') return { ...organization, by: 'operator' };
  const looksAfterItself = (await countManagers(tx, organizationId)) > 0;
  return looksAfterItself ? problem('notFound') : { ...organization, by: 'operator' };
}

/**
 * As `administer`, for what only a manager or the operator may do.
 *
 * Problems: `notFound`, `managerRequired`.
 */
export async function administerAsManager(
  tx: Tx,
  member: Member,
  organizationId: string,
): Promise<Administered | Problem> {
  const organization = await administer(tx, member, organizationId);
  if (organization instanceof Problem || organization.by !== 'member') return organization;
  return problem('managerRequired');
}

/** Two changes of one organisation's members take turns. */
export async function lockMembers(tx: Tx, organizationId: string): Promise<void> {
  await tx
    .selectFrom('organizations')
    .select('organizationId')
    .where('organizationId', '=', organizationId)
    .forUpdate()
    .execute();
}

export async function countManagers(tx: Tx, organizationId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('memberships')
    .select((query) => query.fn.countAll<number>().as('count'))
    .where('organizationId', '=', organizationId)
    .where('manages', '=', true)
    .executeTakeFirstOrThrow();
  return count;
}
