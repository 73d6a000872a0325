import { listPasskeys, removePasskey } from '@twinpark/contract/identity/passkeys.ts';
import { type Kysely, sql } from 'kysely';
import type { Services } from '../../services.ts';
import { recordAudit } from '../audit/audit-trail.ts';
import { callerEntry, withRefusalRecorded } from '../audit/caller-entry.ts';
import type { App } from '../http/app.ts';
import { problem } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { webHeaders } from './web-headers.ts';

export function registerPasskeyRoutes(app: App, services: Services): void {
  const { store, clock, identity } = services;

  route(app, listPasskeys, async ({ caller }) => {
    const { rows } = await sql<PasskeyRow>`select id, name, backed_up, created_at from auth_passkeys
      where user_id = ${caller.person.id} order by created_at, id`.execute(store.identity);
    return {
      items: rows.map(({ id, name, backedUp, createdAt }) => ({
        passkeyId: id,
        name,
        synced: backedUp,
        createdAt: createdAt.toISOString(),
      })),
    };
  });

  route(app, removePasskey, async ({ params, caller, requestId, headers }) => {
    const subject = { kind: 'passkey', id: params.passkeyId } as const;
    const entry = callerEntry('passkey.remove', caller, requestId, subject);
    const remove = async () => {
      if (!(await identity.isFresh(webHeaders(headers)))) return problem('signInAgain');
      const result = await removeUnlessLast(store.identity, caller.person.id, params.passkeyId);
      if (result !== 'removed') return problem(result);
      await store.write((tx) => recordAudit(tx, clock, entry));
      return { removed: true as const };
    };
    return await withRefusalRecorded(services, entry, remove());
  });
}

interface PasskeyRow {
  readonly id: string;
  readonly name: string | null;
  readonly backedUp: boolean;
  readonly createdAt: Date;
}

/** A person without an account at a provider must keep one passkey, or nobody could let it in again. */
async function removeUnlessLast(
  identity: Kysely<Record<string, never>>,
  personId: string,
  passkeyId: string,
): Promise<'removed' | 'lastPasskey' | 'notFound'> {
  return await identity.transaction().execute(async (tx) => {
    await sql`select from auth_users where id = ${personId} for update`.execute(tx);
    const { rows } = await sql<{ id: string; others: boolean }>`
      select id, (
        exists (select from auth_passkeys o where o.user_id = p.user_id and o.id <> p.id)
        or exists (select from auth_accounts a where a.user_id = p.user_id)
      ) as others
      from auth_passkeys p where id = ${passkeyId} and user_id = ${personId}`.execute(tx);
    const [passkey] = rows;
    if (passkey === undefined) return 'notFound';
    if (!passkey.others) return 'lastPasskey';
    await sql`delete from auth_passkeys where id = ${passkeyId}`.execute(tx);
    return 'removed';
  });
}
