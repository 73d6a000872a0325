import { listDemoAccounts, signInAsDemo } from '@twinpark/contract/identity/demo-accounts.ts';
import type { Services } from '../../services.ts';
import { recordAudit } from '../audit/audit-trail.ts';
import { callerEntry } from '../audit/caller-entry.ts';
import type { Tx } from '../database/store.ts';
import type { App } from '../http/app.ts';
import { problem } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { webHeaders } from './web-headers.ts';

/** A node in production answers both as if they were not there. */
export function registerDemoRoutes(app: App, services: Services): void {
  const { config, store, clock, identity } = services;

  route(app, listDemoAccounts, async () => {
    if (config.mode !== 'demo') return problem('notFound');
    const rows = await store.write((tx) => accountRows(tx).execute());
    return { items: rows.map(present) };
  });

  route(app, signInAsDemo, async ({ params, headers, requestId, setCookies }) => {
    if (config.mode !== 'demo') return problem('notFound');
    const row = await store.write((tx) =>
      accountRows(tx).where('authUsers.id', '=', params.accountId).executeTakeFirst(),
    );
    if (!row) return problem('notFound');
    const cookies = await identity.startDemo(row.id, row.organizationId, webHeaders(headers));
    if (cookies === null) return problem('notFound');
    const account = present(row);
    const caller = {
      person: { id: row.id, name: row.person, email: null, assurance: 'low', demo: true },
      acting: account.acting,
    } as const;
    const subject = { kind: 'person', id: row.id } as const;
    const entry = callerEntry('session.signIn', caller, requestId, subject, { method: 'demo' });
    await store.write((tx) => recordAudit(tx, clock, entry));
    setCookies(cookies);
    return account;
  });
}

/** The demonstration's own accounts, one organisation each, in the order of their ids. */
function accountRows(tx: Tx) {
  return tx
    .selectFrom('authUsers')
    .innerJoin('memberships', 'memberships.personId', 'authUsers.id')
    .innerJoin('organizations', 'organizations.organizationId', 'memberships.organizationId')
    .select([
      'authUsers.id',
      'authUsers.name as person',
      'organizations.organizationId',
      'organizations.kind',
      'organizations.packId',
      'organizations.name',
      'memberships.role',
      'memberships.manages',
    ])
    .distinctOn('authUsers.id')
    .where('authUsers.demo', '=', true)
    .where('authUsers.id', 'like', 'demo.%')
    .orderBy('authUsers.id')
    .orderBy('memberships.createdAt')
    .limit(1_000);
}

type AccountRow = Awaited<ReturnType<ReturnType<typeof accountRows>['executeTakeFirstOrThrow']>>;

function present({ id, person, ...acting }: AccountRow) {
  return { accountId: id, name: person, acting };
}
