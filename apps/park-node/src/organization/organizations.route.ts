import {
  createOrganization,
  getOrganization,
  listOrganizations,
} from '@twinpark/contract/organization/organizations.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry, withRefusalRecorded } from '../platform/audit/caller-entry.ts';
import { instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import type { App } from '../platform/http/app.ts';
import { cursorAt, readPlace } from '../platform/http/cursor.ts';
import { once } from '../platform/http/once.ts';
import { problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import { newId } from '../platform/ids.ts';
import type { Services } from '../services.ts';

export function registerOrganizationRoutes(app: App, services: Services): void {
  const { store, clock } = services;

  route(app, createOrganization, async ({ body, caller, idempotency, requestId }) => {
    const organizationId = newId(clock);
    const subject = { kind: 'organization', id: organizationId } as const;
    const entry = callerEntry('organization.create', caller, requestId, subject);
    const work = once(services, idempotency, async (tx) => {
      const createdAt = instantNow(clock);
      const { demo, id: personId } = caller.person;
      const organization = {
        organizationId,
        kind: 'applicant' as const,
        packId: null,
        name: body.name,
        demo,
        createdAt,
      };
      await tx.insertInto('organizations').values(organization).execute();
      await tx
        .insertInto('memberships')
        .values({ organizationId, personId, role: 'applicant', manages: true, createdAt })
        .execute();
      await recordAudit(tx, clock, entry);
      return present({ ...organization, memberCount: 1, managerCount: 1 });
    });
    return await withRefusalRecorded(services, entry, work);
  });

  route(app, getOrganization, async ({ caller }) => {
    const row = await store.write((tx) =>
      organizationRows(tx)
        .where('organizations.organizationId', '=', caller.acting.organizationId)
        .executeTakeFirst(),
    );
    return row ? present(row) : problem('organizationRequired');
  });

  route(app, listOrganizations, async ({ query }) => {
    const place = query.cursor === undefined ? [] : readPlace('organizations', query.cursor, ['id']);
    if (place === null) return problem('cursorInvalid');
    const [after = null] = place;
    const rows = await store.write((tx) =>
      organizationRows(tx)
        .where('kind', '<>', 'applicant')
        .$if(after !== null, (list) => list.where('organizations.organizationId', '>', after))
        .orderBy('organizations.organizationId')
        .limit(query.limit + 1)
        .execute(),
    );
    const items = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? items.at(-1) : undefined;
    return {
      items: items.map(present),
      nextCursor: last ? cursorAt('organizations', [last.organizationId]) : null,
    };
  });
}

function organizationRows(tx: Tx) {
  return tx
    .selectFrom('organizations')
    .select(['organizationId', 'kind', 'packId', 'name', 'demo', 'createdAt'])
    .select((query) => {
      const members = query
        .selectFrom('memberships')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('memberships.organizationId', '=', 'organizations.organizationId');
      return [members.as('memberCount'), members.where('manages', '=', true).as('managerCount')];
    });
}

type OrganizationRow = Awaited<ReturnType<ReturnType<typeof organizationRows>['executeTakeFirstOrThrow']>>;

function present({ createdAt, memberCount, managerCount, ...row }: OrganizationRow) {
  return {
    ...row,
    memberCount: memberCount ?? 0,
    managerCount: managerCount ?? 0,
    createdAt: createdAt.toISOString(),
  };
}
