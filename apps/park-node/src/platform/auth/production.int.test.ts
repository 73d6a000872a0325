import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseOrganization } from '@twinpark/contract/identity/choose-organization.ts';
import { listDemoAccounts, signInAsDemo } from '@twinpark/contract/identity/demo-accounts.ts';
import { getMe } from '@twinpark/contract/identity/get-me.ts';
import { getOrganization } from '@twinpark/contract/organization/organizations.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inviteFirstOperator } from '../../organization/first-operator.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';
import { TestBrowser } from '../../testing/test-browser.ts';
import { TestClock } from '../../testing/test-clock.ts';
import { startTestNode, type TestNode } from '../../testing/test-node.ts';
import { makeMissingKeys } from '../keys/node-keys.ts';
import { basePath, createLibrary } from './library.ts';
import { PasskeyRegistration } from './passkey-registration.ts';
import { reachable } from './reachable.ts';
import { sessionHooks } from './session-hooks.ts';

const publicUrl = 'https://north.test';

describe('a node in production', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'twinpark-production-'));
  let node: TestNode;
  let browser: TestBrowser;
  beforeAll(async () => {
    // Outside a demonstration a node makes no keys for itself.
    const clock = new TestClock('2026-06-10T08:00:00Z');
    makeMissingKeys(dataFolder, clock.now());
    node = await startTestNode({ config: { mode: 'production', publicUrl, dataFolder } });
    browser = new TestBrowser(node.app.fastify, publicUrl);
  });
  afterAll(async () => {
    await node.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  it('has no demo accounts and no sign-in as one', async () => {
    expect(await browser.refusal(listDemoAccounts)).toBe('notFound');
    expect(await browser.refusal(signInAsDemo, { params: { accountId: 'demo.applicant' } })).toBe('notFound');
    const { rows } = await sql`select from auth_users where demo`.execute(node.services.store.identity);
    expect(rows).toEqual([]);
  });

  it('reaches of the sign-in library what is listed and nothing else', async () => {
    const { config, store, clock } = node.services;
    const registration = new PasskeyRegistration(
      { mayJoin: () => Promise.resolve(false), join: () => Promise.resolve(false) },
      clock,
    );
    const hooks = sessionHooks(config, store, clock);
    const library = createLibrary(
      { config, parkName: 'North', store, clock, registration, hooks, warn: () => {} },
      null,
    );
    const all = Object.values(library.api);
    const paths = all.flatMap((each) => ('path' in each && typeof each.path === 'string' ? [each.path] : []));
    expect(paths).toContain('/sign-in/email');
    const open = reachable.map(({ path }) => path.replace(/:\w+/, ':id'));
    for (const path of new Set(paths.filter((each) => !open.includes(each)))) {
      for (const method of ['GET', 'POST'] as const) {
        const { status, body } = await browser.fetch(
          method,
          `${basePath}${path}`,
          method === 'GET' ? undefined : {},
        );
        expect({ path, status, code: body['code'] }).toEqual({ path, status: 404, code: 'notFound' });
      }
    }
  });

  it('lets the first operator in by a link that only the start shows, once', async () => {
    const early = await inviteFirstOperator(node.services);
    expect(await inviteFirstOperator(node.services)).toBe(early);
    node.clock.advance({ days: 8 });
    const link = await inviteFirstOperator(node.services);
    expect(await optionsFor(early)).toMatchObject({ status: 422, body: { code: 'invitationInvalid' } });
    const key = new SoftwareAuthenticator({ origin: publicUrl, rpId: 'north.test' });
    const options = await optionsFor(link);
    const joined = await browser.fetch('POST', `${basePath}/passkey/verify-registration`, {
      response: key.create(options.body),
    });
    expect(joined.status).toBe(200);
    expect([...browser.cookies.keys()]).toContain('__Secure-twinpark-north.session_token');
    const { memberships } = await browser.get(getMe);
    expect(memberships).toMatchObject([{ kind: 'operator', packId: 'north-operator', manages: true }]);
    await browser.get(chooseOrganization, {
      body: { organizationId: memberships[0]?.organizationId ?? null },
    });
    expect((await browser.get(getOrganization)).name).toBe('Nordpark GmbH');
    expect(await inviteFirstOperator(node.services)).toBeNull();
  });

  async function optionsFor(link: string | null) {
    const token = new URL(link ?? '').hash.slice(1);
    const context = encodeURIComponent(JSON.stringify({ token, name: 'Otto' }));
    return await browser.fetch('GET', `${basePath}/passkey/generate-register-options?context=${context}`);
  }
});
