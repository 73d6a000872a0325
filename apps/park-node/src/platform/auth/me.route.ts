import { chooseOrganization } from '@twinpark/contract/identity/choose-organization.ts';
import { getMe } from '@twinpark/contract/identity/get-me.ts';
import { startOpenIdSignIn } from '@twinpark/contract/identity/open-id.ts';
import { signOut } from '@twinpark/contract/identity/sign-out.ts';
import type { Services } from '../../services.ts';
import { recordAudit } from '../audit/audit-trail.ts';
import { callerEntry, withRefusalRecorded } from '../audit/caller-entry.ts';
import type { App } from '../http/app.ts';
import { Problem, problem } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { listMemberships, listWaitingInvitations } from './memberships.ts';
import { webHeaders } from './web-headers.ts';

export function registerMeRoutes(app: App, services: Services): void {
  const { config, store, clock, identity } = services;

  route(app, getMe, async ({ caller, language }) => {
    const { person, acting } = caller;
    const { memberships, invitations } = await store.write(async (tx) => ({
      memberships: await listMemberships(tx, person.id),
      invitations: person.email === null ? [] : await listWaitingInvitations(tx, clock, person.email),
    }));
    return { person, memberships, acting, invitations, language, mode: config.mode };
  });

  route(app, chooseOrganization, async ({ body, caller, requestId, headers }) => {
    const { organizationId } = body;
    const subject = { kind: 'organization', id: organizationId } as const;
    const entry = callerEntry('session.chooseOrganization', caller, requestId, subject);
    const choose = async () => {
      const memberships = await store.write((tx) => listMemberships(tx, caller.person.id));
      const acting = memberships.find((membership) => membership.organizationId === organizationId) ?? null;
      if (acting === null && organizationId !== null) return problem('notFound');
      await identity.chooseOrganization(webHeaders(headers), organizationId);
      await store.write((tx) => recordAudit(tx, clock, entry));
      return { acting };
    };
    return await withRefusalRecorded(services, entry, choose());
  });

  route(app, signOut, async ({ body, caller, requestId, headers, setCookies }) => {
    const { ended, cookies } = await identity.endSessions(
      webHeaders(headers),
      caller.person.id,
      body.everywhere,
    );
    const subject = { kind: 'person', id: caller.person.id } as const;
    const entry = callerEntry('session.signOut', caller, requestId, subject, { everywhere: body.everywhere });
    await store.write((tx) => recordAudit(tx, clock, entry));
    setCookies(cookies);
    return { endedSessions: ended };
  });

  route(app, startOpenIdSignIn, async ({ body, headers, setCookies }) => {
    const started = await identity.startOpenId(body.provider, body.returnTo, webHeaders(headers));
    if (started instanceof Problem) return started;
    setCookies(started.cookies);
    return { url: started.url };
  });
}
