import { chooseOrganization } from '@twinpark/contract/identity/choose-organization.ts';
import { getMe } from '@twinpark/contract/identity/get-me.ts';
import { listPasskeys, removePasskey } from '@twinpark/contract/identity/passkeys.ts';
import { describeInvitation, inviteMember } from '@twinpark/contract/organization/invitations.ts';
import { getOrganization } from '@twinpark/contract/organization/organizations.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';
import { storeKinds } from '../../testing/stores.ts';
import { TestBrowser } from '../../testing/test-browser.ts';
import { startTestNode, type TestNode } from '../../testing/test-node.ts';

describe.each(storeKinds)('passkeys on the %s store', (kind) => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({ kind, config: { mode: 'demo' } });
  });
  afterAll(() => node.stop());

  it('lets somebody in who has nothing but the link of an invitation, and again by the passkey alone', async () => {
    const key = new SoftwareAuthenticator();
    const browser = newBrowser();
    expect(await join(browser, key, await invite('Labor Lind', 'ada@lind.test'))).toEqual({
      status: 200,
      body: { signedIn: true },
    });
    const me = await browser.get(getMe);
    expect(me.person).toMatchObject({ name: 'Ada Lind', email: null, assurance: 'low', demo: false });
    expect(me.memberships).toMatchObject([{ name: 'Labor Lind', role: 'applicant', manages: false }]);

    const elsewhere = newBrowser();
    expect((await signIn(elsewhere, key)).status).toBe(200);
    expect((await elsewhere.get(getMe)).person.id).toBe(me.person.id);
    const [{ organizationId } = { organizationId: '' }] = me.memberships;
    await elsewhere.get(chooseOrganization, { body: { organizationId } });
    expect((await elsewhere.get(getOrganization)).name).toBe('Labor Lind');
  });

  it('uses a link once', async () => {
    const token = await invite('Labor Lind', 'once@lind.test');
    expect((await newBrowser().call(describeInvitation, { body: { token } })).answer).toMatchObject({
      organizationName: 'Labor Lind',
      role: 'applicant',
    });
    const late = newBrowser();
    const lateOptions = await registerOptions(late, token);
    await join(newBrowser(), new SoftwareAuthenticator(), token);
    expect(await register(late, new SoftwareAuthenticator(), lateOptions.body)).toMatchObject({
      status: 422,
      body: { code: 'invitationInvalid' },
    });
    expect((await late.call(getMe)).problem?.code).toBe('signInRequired');
    expect((await registerOptions(newBrowser(), token)).body['code']).toBe('invitationInvalid');
    expect(await newBrowser().refusal(describeInvitation, { body: { token } })).toBe('invitationInvalid');
  });

  it('gives nobody a passkey without an invitation', async () => {
    const browser = newBrowser();
    const without = await browser.fetch('GET', '/api/auth/passkey/generate-register-options');
    expect(without).toMatchObject({ status: 422, body: { code: 'invitationInvalid' } });
    expect((await registerOptions(browser, 'x'.repeat(43))).body['code']).toBe('invitationInvalid');
  });

  it('answers an unknown key, a wrong signature and a replayed answer alike', async () => {
    const key = new SoftwareAuthenticator();
    await join(newBrowser(), key, await invite('Labor Lind', 'replay@lind.test'));
    const browser = newBrowser();
    const options = await authenticateOptions(browser);
    const answer = key.get(options.body);
    expect((await verify(browser, answer)).status).toBe(200);

    const attempts = [
      await verify(browser, answer),
      await signIn(newBrowser(), new SoftwareAuthenticator()),
      await signIn(newBrowser(), forged(key)),
      await signIn(newBrowser(), key, { challenge: Buffer.from('another challenge').toString('base64url') }),
      await verify(newBrowser(), answer),
    ];
    for (const { status, body } of attempts) {
      expect({ status, code: body['code'], detail: body['detail'] }).toEqual({
        status: 401,
        code: 'signInFailed',
        detail: attempts[0]?.body['detail'],
      });
    }
  });

  it('takes no key made for another site or without a PIN, a finger or a face', async () => {
    const token = await invite('Labor Lind', 'strict@lind.test');
    const foreign = new SoftwareAuthenticator({ origin: 'http://elsewhere.test', rpId: 'elsewhere.test' });
    const weak = new SoftwareAuthenticator({ verifiesUser: false });
    for (const key of [foreign, weak]) {
      expect((await join(newBrowser(), key, token)).body['code']).toBe('passkeyNotAccepted');
    }
    const sound = new SoftwareAuthenticator();
    expect((await join(newBrowser(), sound, token)).status).toBe(200);
  });

  it('adds a key to an account only shortly after the sign-in, and never takes the last away', async () => {
    const first = new SoftwareAuthenticator();
    const browser = newBrowser();
    await join(browser, first, await invite('Labor Lind', 'two@lind.test'));
    const second = new SoftwareAuthenticator();
    const options = await browser.fetch('GET', '/api/auth/passkey/generate-register-options');
    expect((await register(browser, second, options.body)).status).toBe(200);
    const { items } = await browser.get(listPasskeys);
    expect(items).toHaveLength(2);
    const [one, two] = items.map(({ passkeyId }) => passkeyId);

    const me = await browser.get(getMe);
    await sql`update auth_sessions set created_at = now() - interval '20 minutes' where user_id = ${me.person.id}`.execute(
      node.services.store.identity,
    );
    const late = await browser.fetch('GET', '/api/auth/passkey/generate-register-options');
    expect(late).toMatchObject({ status: 403, body: { code: 'signInAgain' } });
    expect(await browser.refusal(removePasskey, { params: { passkeyId: one ?? '' } })).toBe('signInAgain');

    await signIn(browser, second);
    expect(await browser.refusal(removePasskey, { params: { passkeyId: one ?? '' } })).toBeNull();
    expect(await browser.refusal(removePasskey, { params: { passkeyId: two ?? '' } })).toBe('lastPasskey');
    expect((await signIn(newBrowser(), first)).body['code']).toBe('signInFailed');
    expect((await signIn(newBrowser(), second)).status).toBe(200);
  });

  it('adds no key for somebody who has been signed out meanwhile', async () => {
    const browser = newBrowser();
    await join(browser, new SoftwareAuthenticator(), await invite('Labor Lind', 'out@lind.test'));
    const { person } = await browser.get(getMe);
    const options = await browser.fetch('GET', '/api/auth/passkey/generate-register-options');
    await sql`delete from auth_sessions where user_id = ${person.id}`.execute(node.services.store.identity);
    const added = await register(browser, new SoftwareAuthenticator(), options.body);
    expect(added).toMatchObject({ status: 422, body: { code: 'passkeyNotAccepted' } });
    expect(await browser.refusal(getMe)).toBe('signInRequired');
  });

  it('shows no passkeys of somebody else', async () => {
    const mine = newBrowser();
    await join(mine, new SoftwareAuthenticator(), await invite('Labor Lind', 'mine@lind.test'));
    const theirs = newBrowser();
    await join(theirs, new SoftwareAuthenticator(), await invite('Labor Lind', 'theirs@lind.test'));
    const [passkey] = (await theirs.get(listPasskeys)).items;
    const passkeyId = passkey?.passkeyId ?? '';
    expect((await mine.get(listPasskeys)).items.map((each) => each.passkeyId)).not.toContain(passkeyId);
    expect(await mine.refusal(removePasskey, { params: { passkeyId } })).toBe('notFound');
    expect(await mine.refusal(removePasskey, { params: { passkeyId: 'none' } })).toBe('notFound');
  });

  function newBrowser(): TestBrowser {
    return new TestBrowser(node.app.fastify);
  }

  /** The token of a new invitation's link. */
  async function invite(company: string, email: string): Promise<string> {
    const manager = await node.as('applicant', company);
    const { organizationId } = await manager.get(getOrganization);
    const { link } = await manager.get(inviteMember, {
      params: { organizationId },
      body: { email, role: 'applicant' },
    });
    return new URL(link).hash.slice(1);
  }
});

async function join(browser: TestBrowser, key: SoftwareAuthenticator, token: string) {
  const options = await registerOptions(browser, token);
  const { status, body } = await register(browser, key, options.body);
  return { status, body };
}

async function registerOptions(browser: TestBrowser, token: string) {
  const context = encodeURIComponent(JSON.stringify({ token, name: 'Ada Lind' }));
  return await browser.fetch('GET', `/api/auth/passkey/generate-register-options?context=${context}`);
}

async function register(browser: TestBrowser, key: SoftwareAuthenticator, options: object) {
  return await browser.fetch('POST', '/api/auth/passkey/verify-registration', {
    response: key.create(options),
  });
}

async function authenticateOptions(browser: TestBrowser) {
  return await browser.fetch('GET', '/api/auth/passkey/generate-authenticate-options');
}

async function signIn(browser: TestBrowser, key: Pick<SoftwareAuthenticator, 'get'>, other?: object) {
  const options = await authenticateOptions(browser);
  return await verify(browser, key.get(other ?? options.body));
}

async function verify(browser: TestBrowser, response: object) {
  return await browser.fetch('POST', '/api/auth/passkey/verify-authentication', { response });
}

/** Knows the public name of a key, but not the key. */
function forged(key: SoftwareAuthenticator): Pick<SoftwareAuthenticator, 'get'> {
  const other = new SoftwareAuthenticator();
  const id = key.credentialId.toString('base64url');
  return { get: (options) => ({ ...other.get(options), id, rawId: id }) };
}
