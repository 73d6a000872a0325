import { chooseOrganization } from '@twinpark/contract/identity/choose-organization.ts';
import { getMe } from '@twinpark/contract/identity/get-me.ts';
import { startOpenIdSignIn } from '@twinpark/contract/identity/open-id.ts';
import { acceptInvitation, inviteMember } from '@twinpark/contract/organization/invitations.ts';
import { getOrganization } from '@twinpark/contract/organization/organizations.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startForger, startStranger, type TestProvider } from '../../testing/identity-providers.ts';
import { storeKinds } from '../../testing/stores.ts';
import { TestBrowser } from '../../testing/test-browser.ts';
import { startTestNode, type TestNode } from '../../testing/test-node.ts';

const failed = 'http://localhost/sign-in?problem=signInFailed';

describe.each(storeKinds)('sign-in through a provider on the %s store', (kind) => {
  let stranger: TestProvider;
  let forger: Awaited<ReturnType<typeof startForger>>;
  let node: TestNode;
  beforeAll(async () => {
    stranger = await startStranger('stranger', 'http://localhost/api/auth/callback/stranger');
    forger = await startForger('forger');
    const away = { ...stranger.config, id: 'away', issuer: 'http://localhost:9' };
    node = await startTestNode({
      kind,
      config: { openIdProviders: [stranger.config, forger.config, away] },
    });
  });
  beforeEach(() => {
    forger.forgery = {};
  });
  afterAll(async () => {
    await node.stop();
    await Promise.all([stranger.stop(), forger.stop()]);
  });

  it('makes a person the first time and knows it again', async () => {
    stranger.person = { sub: 'ada', email: 'Ada@lind.test', emailVerified: true, name: 'Ada Lind' };
    const browser = newBrowser();
    expect(await signIn(browser, stranger, '/desk?tab=2')).toBe('http://localhost/desk?tab=2');
    const { person } = await browser.get(getMe);
    expect(person).toMatchObject({
      name: 'Ada Lind',
      email: 'ada@lind.test',
      assurance: 'substantial',
      demo: false,
    });
    const again = newBrowser();
    await signIn(again, stranger);
    expect((await again.get(getMe)).person.id).toBe(person.id);
    const { rows } = await sql<{ tokens: number }>`
      select count(coalesce(access_token, refresh_token, id_token))::int as tokens from auth_accounts`.execute(
      node.services.store.identity,
    );
    expect(rows).toEqual([{ tokens: 0 }]);
  });

  it('never joins an account by its address, vouched for or not', async () => {
    stranger.person = { sub: 'bea', email: 'bea@lind.test', emailVerified: true, name: 'Bea' };
    const bea = newBrowser();
    await signIn(bea, stranger);
    const { person } = await bea.get(getMe);

    forger.person = { sub: 'mallory', email: 'bea@lind.test', emailVerified: false, name: 'Mallory' };
    const unverified = newBrowser();
    expect(await signIn(unverified, forger)).toBe('http://localhost/');
    const mallory = (await unverified.get(getMe)).person;
    expect(mallory.id).not.toBe(person.id);
    expect(mallory.email).toBeNull();

    forger.person = { sub: 'mallory-2', email: 'bea@lind.test', emailVerified: true, name: 'Mallory' };
    const verified = newBrowser();
    expect(await signIn(verified, forger)).toBe(failed);
    expect(await verified.refusal(getMe)).toBe('signInRequired');
  });

  it('does not let an address that nobody vouches for keep its owner out', async () => {
    stranger.person = { sub: 'squatter', email: 'carl@lind.test', emailVerified: false };
    await signIn(newBrowser(), stranger);
    stranger.person = { sub: 'carl', email: 'carl@lind.test', emailVerified: true, name: 'Carl' };
    const carl = newBrowser();
    await signIn(carl, stranger);
    expect((await carl.get(getMe)).person).toMatchObject({ name: 'Carl', email: 'carl@lind.test' });
  });

  it('lets an invited person join by its address, and nobody else', async () => {
    const manager = await node.as('applicant', 'Labor Lind');
    const { organizationId } = await manager.get(getOrganization);
    const { invitation, link } = await manager.get(inviteMember, {
      params: { organizationId },
      body: { email: 'Dora@Lind.test', role: 'applicant' },
    });
    const params = { invitationId: invitation.invitationId };
    stranger.person = { sub: 'eve', email: 'eve@lind.test', emailVerified: true };
    const eve = newBrowser();
    await signIn(eve, stranger);
    expect((await eve.get(getMe)).invitations).toEqual([]);
    const token = new URL(link).hash.slice(1);
    expect(await eve.refusal(acceptInvitation, { params, body: { token } })).toBe('invitationInvalid');

    stranger.person = { sub: 'dora', email: 'dora@lind.test', emailVerified: true };
    const dora = newBrowser();
    await signIn(dora, stranger);
    expect((await dora.get(getMe)).invitations).toMatchObject([
      { ...params, organizationName: 'Labor Lind', role: 'applicant' },
    ]);
    expect(await dora.get(acceptInvitation, { params, body: {} })).toMatchObject({ organizationId });
    await dora.get(chooseOrganization, { body: { organizationId } });
    expect((await dora.get(getOrganization)).organizationId).toBe(organizationId);
    expect(await dora.refusal(acceptInvitation, { params, body: {} })).toBe('invitationInvalid');
  });

  it.each([
    ['for another request', { claims: { nonce: 'another' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['that has expired', { claims: { exp: 1_600_000_000 } }],
    ['for another client', { claims: { aud: 'somebody-else' } }],
    ['of another issuer', { claims: { iss: 'http://elsewhere.test' } }],
    ['without a subject', { claims: { sub: '' } }],
    ['signed by a key that is not published', { foreignKey: true }],
    ['that is not there', { omitted: true }],
  ])('refuses an ID token %s', async (_, forgery) => {
    forger.person = { sub: 'frida', email: 'frida@lind.test', emailVerified: true, name: 'Frida' };
    forger.forgery = forgery;
    const browser = newBrowser();
    expect(await signIn(browser, forger)).toBe(failed);
    expect(await browser.refusal(getMe)).toBe('signInRequired');
  });

  it('takes a way back once, and only in the browser that set out', async () => {
    stranger.person = { sub: 'gus', email: 'gus@lind.test', emailVerified: true, name: 'Gus' };
    const browser = newBrowser();
    const back = await wayBack(browser, stranger);

    const victim = newBrowser();
    expect((await victim.fetch('GET', back)).location).toBe(failed);
    expect(await victim.refusal(getMe)).toBe('signInRequired');

    const forged = back.replace(/state=[^&]+/, 'state=another');
    expect((await newBrowser().fetch('GET', forged)).location).toBe(failed);
    const stateless = back.replace(/state=[^&]+&?/, '');
    expect((await newBrowser().fetch('GET', stateless)).location).toBe(failed);

    const stateCookies = new Map(browser.cookies);
    expect((await browser.fetch('GET', back)).location).toBe('http://localhost/');
    const replay = newBrowser();
    for (const [name, value] of stateCookies) replay.cookies.set(name, value);
    expect((await replay.fetch('GET', back)).location).toBe(failed);
    expect(await replay.refusal(getMe)).toBe('signInRequired');
  });

  it('takes a way back for no longer than it takes to sign in', async () => {
    const browser = newBrowser();
    stranger.person = { sub: 'hal', email: 'hal@lind.test', emailVerified: true };
    const back = await wayBack(browser, stranger);
    await sql`update auth_verifications set value = jsonb_set(value::jsonb, '{expiresAt}', '1')::text`.execute(
      node.services.store.identity,
    );
    expect((await browser.fetch('GET', back)).location).toBe(failed);
    expect(await browser.refusal(getMe)).toBe('signInRequired');
  });

  it('comes back only to pages of its own', async () => {
    for (const returnTo of ['https://elsewhere.test/', '//elsewhere.test', '/\\elsewhere.test', 'desk']) {
      const body = { provider: 'stranger', returnTo };
      expect(await newBrowser().refusal(startOpenIdSignIn, { body })).toBe('validationFailed');
    }
  });

  it('says when a provider is away and when there is none', async () => {
    const browser = newBrowser();
    const start = (provider: string) => browser.refusal(startOpenIdSignIn, { body: { provider } });
    expect(await start('away')).toBe('providerUnavailable');
    expect(await start('none')).toBe('notFound');
    expect(await start('stranger')).toBeNull();
  });

  function newBrowser(): TestBrowser {
    return new TestBrowser(node.app.fastify);
  }
});

/** Signs in at the provider and comes back. Returns where the node sends the browser then. */
async function signIn(browser: TestBrowser, provider: TestProvider, returnTo = '/'): Promise<string | null> {
  return (await browser.fetch('GET', await wayBack(browser, provider, returnTo))).location;
}

async function wayBack(browser: TestBrowser, provider: TestProvider, returnTo = '/'): Promise<string> {
  const body = { provider: provider.config.id, returnTo };
  const { url } = await browser.get(startOpenIdSignIn, { body });
  const { pathname, search } = new URL(await provider.visit(url));
  return `${pathname}${search}`;
}
