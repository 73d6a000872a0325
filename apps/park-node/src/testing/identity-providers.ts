import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import Provider from 'oidc-provider';
import type { OpenIdProvider } from '../config.ts';

export interface TestPerson {
  readonly sub: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly name?: string;
}

/** A provider of identities outside the node, and the person that sits in front of it. */
export interface TestProvider {
  readonly config: OpenIdProvider;
  person: TestPerson;
  /** Signs the person in there and agrees to everything. Returns the address at the node to which it sends back. */
  visit(url: string): Promise<string>;
  stop(): Promise<void>;
}

const clientId = 'twinpark';
const clientSecret = 'a secret between the provider and the node';

/** An OpenID provider by a library that knows nothing of this project. */
export async function startStranger(
  id: string,
  callbackUrl: string,
  assurance: OpenIdProvider['assurance'] = 'substantial',
): Promise<TestProvider> {
  let person: TestPerson = { sub: 'nobody' };
  const server = createServer();
  const issuer = await listening(server);
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [callbackUrl] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['a key for tests'] },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({
        sub,
        ...(person.email === undefined ? {} : { email: person.email }),
        email_verified: person.emailVerified ?? false,
        ...(person.name === undefined ? {} : { name: person.name }),
      }),
    }),
  });
  const interact = async (request: IncomingMessage, response: ServerResponse) => {
    const { params, session } = await provider.interactionDetails(request, response);
    const accountId = session?.accountId ?? person.sub;
    const grant = new provider.Grant({ accountId, clientId: String(params['client_id']) });
    grant.addOIDCScope(String(params['scope']));
    const grantId = await grant.save();
    await provider.interactionFinished(request, response, { login: { accountId }, consent: { grantId } });
  };
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) void interact(request, response);
    else void answer(request, response);
  });
  return {
    config: { id, name: 'The stranger', issuer, clientId, clientSecret, assurance },
    get person() {
      return person;
    },
    set person(next) {
      person = next;
    },
    visit: (url) => follow(url, new URL(callbackUrl).origin),
    stop: () => stopped(server),
  };
}

/** How a forged ID token differs from a sound one. */
export interface Forgery {
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signed by a key that the provider does not publish. */
  readonly foreignKey?: boolean;
  /** No ID token at all. */
  readonly omitted?: boolean;
}

/** A provider that answers with whatever ID token the test wants. */
export async function startForger(
  id: string,
): Promise<TestProvider & { forgery: Forgery; readonly codes: readonly string[] }> {
  const [own, foreign] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const publicKey = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'ES256', use: 'sig' };
  const nonces = new Map<string, string>();
  const codes: string[] = [];
  let forgery: Forgery = {};
  let person: TestPerson = { sub: 'nobody' };
  const server = createServer();
  const issuer = await listening(server);
  const idToken = async (code: string): Promise<string> => {
    const claims = {
      nonce: nonces.get(code),
      email: person.email,
      email_verified: person.emailVerified,
      name: person.name,
      iss: issuer,
      aud: clientId,
      sub: person.sub,
      exp: Math.floor(Date.now() / 1_000) + 300,
      iat: Math.floor(Date.now() / 1_000),
      ...forgery.claims,
    };
    const { privateKey } = forgery.foreignKey ? foreign : own;
    return await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'own' }).sign(privateKey);
  };
  const answers: Readonly<Record<string, (url: URL, body: URLSearchParams) => Promise<object>>> = {
    '/.well-known/openid-configuration': () =>
      Promise.resolve({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        id_token_signing_alg_values_supported: ['ES256'],
      }),
    '/keys': () => Promise.resolve({ keys: [publicKey] }),
    '/token': async (_url, body) => ({
      access_token: 'unused',
      token_type: 'Bearer',
      ...(forgery.omitted ? {} : { id_token: await idToken(body.get('code') ?? '') }),
    }),
  };
  server.on('request', async (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const found = answers[url.pathname];
    const body = found && (await found(url, new URLSearchParams(Buffer.concat(chunks).toString())));
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  });
  return {
    config: { id, name: 'The forger', issuer, clientId, clientSecret, assurance: 'high' },
    codes,
    get forgery() {
      return forgery;
    },
    set forgery(next) {
      forgery = next;
    },
    get person() {
      return person;
    },
    set person(next) {
      person = next;
    },
    visit: (url) => {
      const { searchParams } = new URL(url);
      const code = `code-${codes.length + 1}`;
      codes.push(code);
      nonces.set(code, searchParams.get('nonce') ?? '');
      const back = new URL(searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', searchParams.get('state') ?? '');
      return Promise.resolve(back.href);
    },
    stop: () => stopped(server),
  };
}

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

async function stopped(server: ReturnType<typeof createServer>): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
}

/** Follows redirects with the provider's own cookies until one leads to the origin given. */
async function follow(start: string, until: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = new URL(start);
  while (url.origin !== until) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${url.href} answers ${response.status} ${await response.text()}`);
    url = new URL(location, url);
  }
  return url.href;
}
