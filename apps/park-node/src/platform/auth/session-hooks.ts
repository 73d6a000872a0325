import type { ProblemCode } from '@twinpark/contract/problem.ts';
import { APIError, createAuthMiddleware, getSessionFromCtx, isAPIError } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { sql } from 'kysely';
import type { Config } from '../../config.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { recordAudit } from '../audit/audit-trail.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { requestIdHeader } from './reachable.ts';
import { sessionTokenOf } from './session-cookie.ts';

/** Unit: minutes since the sign-in. Within them a person may change how it signs in. */
export const freshForMinutes = 15;

/** What happens beside the sign-in library's own work: one session a browser, and a trace of every try. */
export function sessionHooks(config: Config, store: Store, clock: Clock) {
  const audit = async (
    headers: Headers | undefined,
    action: AuditEntry['action'],
    personId: string | null,
    details: AuditEntry['details'],
    failure: ProblemCode | null = null,
  ): Promise<void> => {
    const entry: AuditEntry = {
      action,
      personId,
      organization: null,
      role: null,
      subjectKind: 'person',
      subjectId: personId,
      requestId: headers?.get(requestIdHeader) ?? null,
      details,
    };
    await store.write((tx) => recordAudit(tx, clock, entry, failure ? 'failed' : 'success', failure));
  };
  return {
    before: createAuthMiddleware(async (ctx) => {
      if (ctx.path === '/passkey/verify-registration') {
        // The library would make the session in one transaction with the account, which is ours to make.
        return { context: { body: { ...ctx.body, createSession: false } } };
      }
      if (ctx.path !== '/passkey/generate-register-options') return;
      const session = await getSessionFromCtx(ctx);
      if (!session) return;
      const age = Date.now() - new Date(session.session.createdAt).getTime();
      if (age > freshForMinutes * 60_000) throw new APIError('FORBIDDEN', { code: 'SESSION_NOT_FRESH' });
      // Somebody who is known here joins by accepting, not by becoming one more person.
      return { context: { query: { ...ctx.query, context: undefined } } };
    }),
    after: createAuthMiddleware(async (ctx) => {
      const { path, headers } = ctx;
      const method = path === '/callback/:id' ? `openId:${String(ctx.params?.['id'])}` : methods.get(path);
      if (method === undefined) return;
      const { returned } = ctx.context;
      const failed = isAPIError(returned) && returned.statusCode >= 400;
      if (path === '/passkey/verify-registration') {
        if (failed) return await audit(headers, 'passkey.add', null, {}, 'passkeyNotAccepted');
        const { userId } = returned as { userId: string };
        await audit(headers, 'passkey.add', userId, {});
        if (await getSessionFromCtx(ctx)) return;
        const user = await ctx.context.internalAdapter.findUserById(userId);
        if (user === null) return;
        const session = await ctx.context.internalAdapter.createSession(userId);
        await setSessionCookie(ctx, { session, user });
      }
      const { newSession } = ctx.context;
      if (newSession === null)
        return await audit(headers, 'session.signIn', null, { method }, 'signInFailed');
      // A browser has one session: whatever it held before is worth nothing from now on.
      const before = headers ? sessionTokenOf(config, headers) : null;
      if (before !== null)
        await sql`delete from auth_sessions where token = ${before}`.execute(store.identity);
      const provider = config.openIdProviders.find(({ id }) => method === `openId:${id}`);
      if (provider) {
        // The grade is the park's, and may have changed since the person first came.
        await sql`update auth_users set assurance = ${provider.assurance}
          where id = ${newSession.user.id} and assurance <> ${provider.assurance}`.execute(store.identity);
      }
      await audit(headers, 'session.signIn', newSession.user.id, { method });
    }),
  };
}

const methods = new Map([
  ['/passkey/verify-registration', 'passkey'],
  ['/passkey/verify-authentication', 'passkey'],
]);
