import { chooseOrganization } from '@twinpark/contract/identity/choose-organization.ts';
import { listDemoAccounts, signInAsDemo } from '@twinpark/contract/identity/demo-accounts.ts';
import { getMe } from '@twinpark/contract/identity/get-me.ts';
import { signOut } from '@twinpark/contract/identity/sign-out.ts';
import { removeMember } from '@twinpark/contract/organization/members.ts';
import { createOrganization, getOrganization } from '@twinpark/contract/organization/organizations.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeKinds } from '../../testing/stores.ts';
import { TestBrowser } from '../../testing/test-browser.ts';
import { startTestNode, type TestNode } from '../../testing/test-node.ts';
import { createSignIn } from './sign-in.ts';

const applicant = { params: { accountId: 'demo.applicant' } };

describe.each(storeKinds)('sessions on the %s store', (kind) => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({ kind });
  });
  afterAll(() => node.stop());

  it('has an invented person for every role, and for an officer and a supervisor at every desk of the park', async () => {
    const { items } = await newBrowser().get(listDemoAccounts);
    expect(items.map(({ accountId }) => accountId)).toEqual([
      'demo.applicant',
      'demo.auditor',
      'demo.officer.north-court',
      'demo.officer.north-office',
      'demo.operator',
      'demo.supervisor.north-court',
      'demo.supervisor.north-office',
    ]);
    expect(items.every(({ name }) => name.includes('invented'))).toBe(true);
    expect(items[0]?.acting).toMatchObject({
      kind: 'applicant',
      name: 'Clearwater Instruments (demonstration, invented)',
    });
  });

  it('signs an invented person in, acting for its organisation', async () => {
    const browser = newBrowser();
    const { acting } = await browser.get(signInAsDemo, applicant);
    const me = await browser.get(getMe);
    expect(me).toMatchObject({ acting, mode: 'demo', invitations: [] });
    expect(me.person).toMatchObject({ id: 'demo.applicant', demo: true, email: null, assurance: 'low' });
    expect(await newBrowser().refusal(signInAsDemo, { params: { accountId: 'demo.nobody' } })).toBe(
      'notFound',
    );
  });

  it('keeps the session in a cookie that no script reads and no other site sends along', async () => {
    const received = await newBrowser().call(signInAsDemo, applicant);
    expect(received.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^twinpark-north\.session_token=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
      ),
    ]);
  });

  it('acts for one organisation at a time and never sees two', async () => {
    const browser = newBrowser();
    const { acting: first } = await browser.get(signInAsDemo, applicant);
    const second = await browser.get(createOrganization, { body: { name: 'Zweite Firma' } });
    expect((await browser.get(getOrganization)).organizationId).toBe(first.organizationId);
    await browser.get(chooseOrganization, { body: { organizationId: second.organizationId } });
    expect((await browser.get(getOrganization)).organizationId).toBe(second.organizationId);
    const { memberships, acting } = await browser.get(getMe);
    expect(memberships).toHaveLength(2);
    expect(acting?.organizationId).toBe(second.organizationId);

    const elsewhere = newBrowser();
    await elsewhere.get(signInAsDemo, applicant);
    expect((await elsewhere.get(getOrganization)).organizationId).toBe(first.organizationId);

    await browser.get(chooseOrganization, { body: { organizationId: null } });
    expect(await browser.refusal(getOrganization)).toBe('organizationRequired');
  });

  it('acts for no organisation of others', async () => {
    const browser = newBrowser();
    await browser.get(signInAsDemo, applicant);
    const other = await (await node.as('applicant', 'Labor Lind')).get(getOrganization);
    for (const organizationId of [other.organizationId, '0197a000-0000-7000-8000-000000000000']) {
      expect(await browser.refusal(chooseOrganization, { body: { organizationId } })).toBe('notFound');
    }
    expect((await browser.get(getOrganization)).name).toContain('Clearwater');
  });

  it('takes a removed member’s access in the same moment', async () => {
    const manager = await node.as('applicant', 'Labor Moos');
    const { organizationId } = await manager.get(getOrganization);
    const member = await node.as('applicant', 'Labor Moos', 'two');
    const { person } = await member.get(getMe);
    expect((await member.get(getOrganization)).organizationId).toBe(organizationId);
    await manager.get(removeMember, { params: { organizationId, personId: person.id } });
    expect((await member.problem(getOrganization)).code).toBe('organizationRequired');
    expect((await member.get(getMe)).memberships).toEqual([]);
  });

  it('ends a session that was there before somebody signs in', async () => {
    const browser = newBrowser();
    await browser.get(signInAsDemo, applicant);
    const planted = new Map(browser.cookies);
    await browser.get(signInAsDemo, { params: { accountId: 'demo.auditor' } });
    expect(browser.cookies).not.toEqual(planted);
    const thief = newBrowser();
    for (const [name, value] of planted) thief.cookies.set(name, value);
    expect(await thief.refusal(getMe)).toBe('signInRequired');
    expect((await browser.get(getMe)).person.id).toBe('demo.auditor');
  });

  it('signs out here, or everywhere', async () => {
    const [here, there, far] = [newBrowser(), newBrowser(), newBrowser()];
    for (const browser of [here, there, far]) await browser.get(signInAsDemo, applicant);
    const stolen = new Map(here.cookies);
    await here.get(signOut, { body: {} });
    expect(here.cookies.size).toBe(0);
    for (const [name, value] of stolen) here.cookies.set(name, value);
    expect(await here.refusal(getMe)).toBe('signInRequired');
    expect(await there.refusal(getMe)).toBeNull();

    await there.get(signOut, { body: { everywhere: true } });
    expect(await far.refusal(getMe)).toBe('signInRequired');
  });

  it('believes no cookie that it did not sign', async () => {
    const browser = newBrowser();
    await browser.get(signInAsDemo, applicant);
    const [[name = '', value = ''] = []] = [...browser.cookies];
    const [token = '', signature = ''] = decodeURIComponent(value).split('.');
    const forgeries = [token, `${token}.`, `${token}.${'A'.repeat(43)}=`, `x${token}.${signature}`, '.', ''];
    for (const forgery of forgeries) {
      browser.cookies.set(name, encodeURIComponent(forgery));
      expect(await browser.refusal(getMe)).toBe('signInRequired');
    }
    browser.cookies.set(name, value);
    expect(await browser.refusal(getMe)).toBeNull();
  });

  it('ends a session after its time, whatever goes on in it', async () => {
    const browser = newBrowser();
    await browser.get(signInAsDemo, applicant);
    const { store } = node.services;
    await sql`update auth_sessions set expires_at = now() - interval '1 second'`.execute(store.identity);
    expect(await browser.refusal(getMe)).toBe('signInRequired');
  });

  it('outlives a restart, but not the end of the demonstration', async () => {
    const browser = newBrowser();
    await browser.get(signInAsDemo, applicant);
    const headers = new Headers({ cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; ') });
    const restarted = (mode: 'demo' | 'production') => {
      const { config, store, clock } = node.services;
      return createSignIn({
        config: { ...config, mode },
        parkName: 'North',
        store,
        clock,
        newPeople: { mayJoin: () => Promise.resolve(false), join: () => Promise.resolve(false) },
        warn: () => {},
      });
    };
    expect((await restarted('demo').callerOf(headers))?.person.id).toBe('demo.applicant');
    expect(await restarted('production').callerOf(headers)).toBeNull();
    const { organizationId } = (await browser.get(getMe)).acting ?? { organizationId: '' };
    expect(await restarted('production').startDemo('demo.applicant', organizationId, headers)).toBeNull();
  });

  it('does nothing for pages of other sites', async () => {
    const browser = newBrowser();
    await browser.get(signInAsDemo, applicant);
    const foreign = new TestBrowser(node.app.fastify, 'https://elsewhere.test');
    for (const [name, value] of browser.cookies) foreign.cookies.set(name, value);
    expect(await foreign.refusal(signOut, { body: {} })).toBe('foreignOrigin');
    expect(await foreign.refusal(signInAsDemo, applicant)).toBe('foreignOrigin');
    const verify = await foreign.fetch('POST', '/api/auth/passkey/verify-authentication', { response: {} });
    expect(verify.body['code']).toBe('foreignOrigin');
    expect(await browser.refusal(getMe)).toBeNull();
  });

  function newBrowser(): TestBrowser {
    return new TestBrowser(node.app.fastify);
  }
});
