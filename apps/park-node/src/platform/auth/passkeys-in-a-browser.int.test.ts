import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { inviteMember } from '@twinpark/contract/organization/invitations.ts';
import { getOrganization } from '@twinpark/contract/organization/organizations.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumProgram, openChromium } from '../../testing/chromium.ts';
import { startTestNode, type TestNode } from '../../testing/test-node.ts';

if (chromiumProgram === null) {
  console.warn('No Chromium on this machine (CHROMIUM_PATH): passkeys are tried without a browser alone.');
}

describe.runIf(chromiumProgram !== null)('passkeys in a browser', () => {
  let node: TestNode;
  let browser: Browser;
  let publicUrl: string;
  beforeAll(async () => {
    const port = await freePort();
    publicUrl = `http://localhost:${port}`;
    node = await startTestNode({ config: { publicUrl } });
    await node.app.fastify.listen({ host: '127.0.0.1', port });
    browser = await openChromium(chromiumProgram ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await node?.stop();
  });

  it('registers one from the link of an invitation, and signs in with it after signing out', async () => {
    const manager = await node.as('applicant', 'Labor Lind');
    const { organizationId } = await manager.get(getOrganization);
    const { link } = await manager.get(inviteMember, {
      params: { organizationId },
      body: { email: 'ada@lind.test', role: 'applicant' },
    });
    const context = JSON.stringify({ token: new URL(link).hash.slice(1), name: 'Ada Lind' });
    const page = await pageWithAuthenticator();

    expect(await page.evaluate(createPasskey(`context=${encodeURIComponent(context)}`))).toEqual({
      status: 200,
      body: { signedIn: true },
    });
    expect(await page.evaluate(whoAmI)).toMatchObject({ status: 200, name: 'Ada Lind' });
    expect(await page.evaluate('document.cookie')).toBe('');

    await page.evaluate(leave);
    expect(await page.evaluate(whoAmI)).toMatchObject({ status: 401 });
    expect(await page.evaluate(usePasskey)).toEqual({ status: 200, body: { signedIn: true } });
    expect(await page.evaluate(whoAmI)).toMatchObject({ status: 200, name: 'Ada Lind' });
  });

  it('signs nobody in with a passkey that the node does not know', async () => {
    const page = await pageWithAuthenticator();
    const refused = page.evaluate(usePasskey);
    await expect(refused).rejects.toThrow(/NotAllowedError|not allowed/);
    expect(await page.evaluate(whoAmI)).toMatchObject({ status: 401 });
  });

  /** A page of the node, in a browser context whose device has an authenticator that agrees to everything. */
  async function pageWithAuthenticator(): Promise<Page> {
    const context = await browser.newContext();
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${publicUrl}/health/live`);
    return page;
  }
});

// What a page does, as text: it runs in the browser, whose types the node's own code has no use for.

const ceremony = `
  const base = '/api/auth/passkey/';
  const finish = async (path, credential) => {
    const answer = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response: credential.toJSON() }),
    });
    return { status: answer.status, body: await answer.json() };
  };`;

const createPasskey = (query: string) => `(async () => {${ceremony}
  const options = await (await fetch(base + 'generate-register-options?${query}')).json();
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  return await finish('verify-registration', await navigator.credentials.create({ publicKey }));
})()`;

const usePasskey = `(async () => {${ceremony}
  const options = await (await fetch(base + 'generate-authenticate-options')).json();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({ ...options, timeout: 1000 });
  return await finish('verify-authentication', await navigator.credentials.get({ publicKey }));
})()`;

const whoAmI = `(async () => {
  const answer = await fetch('/api/me');
  const { person } = await answer.json();
  return { status: answer.status, name: person?.name };
})()`;

const leave = `(async () => {
  await fetch('/api/me/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: '{}',
  });
})()`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
