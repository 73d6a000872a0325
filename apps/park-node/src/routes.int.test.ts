import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf } from '@twinpark/contract/client.ts';
import type { Endpoint } from '@twinpark/contract/endpoint.ts';
import { endpoints } from '@twinpark/contract/endpoints.ts';
import { chooseOrganization } from '@twinpark/contract/identity/choose-organization.ts';
import { memberRoles } from '@twinpark/contract/identity/roles.ts';
import type { ParkCard } from '@twinpark/contract/node/park-card.ts';
import { openApiDocument } from '@twinpark/contract/openapi.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentDigestOf } from './gateway/http-signature/content-digest.ts';
import { signMessage } from './gateway/http-signature/sign-message.ts';
import { thumbprintOf } from './platform/keys/key-ring.ts';
import { startTestNode, type TestNode } from './testing/test-node.ts';

/** What a node answers to besides its endpoints: pages, the sign-in library, and what is for machines. */
const others = [
  /^\/health\/(live|ready)$/,
  /^\/metrics$/,
  /^\/problems\/:code$/,
  /^\/api\/openapi\.json$/,
  /^\/api\/docs(\/.*)?$/,
  /^\/api\/auth\//,
];

let node: TestNode;
let callers: Readonly<Record<string, Headers>>;
let folder: string;

/** What a caller sends with a request besides what the endpoint asks for. */
type Headers = (method: string, url: string) => Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twinpark-routes-'));
  const peer = aPeer();
  node = await startTestNode({ config: { peerCard: peer.cardFile } });
  const { zone, park } = node.services;
  const authority = [...zone.services.values()].find((service) => service.park === park.id)?.authority ?? '';
  const organizations = {
    applicant: 'Labor Lind',
    officer: authority,
    supervisor: authority,
    auditor: 'oversight',
    operator: park.operator ?? 'operator',
  };
  const stranger = await node.as('applicant', 'Labor Lind', 'who has left');
  await stranger.get(chooseOrganization, { body: { organizationId: null } });
  const members = memberRoles.map(
    async (role) => [role, sending((await node.as(role, organizations[role])).headers)] as const,
  );
  callers = {
    nobody: sending({}),
    'signed in': sending(stranger.headers),
    ...Object.fromEntries(await Promise.all(members)),
    'other park': peer.headers,
  };
});
afterAll(async () => {
  await node.stop();
  rmSync(folder, { recursive: true });
});

function sending(headers: Readonly<Record<string, string>>): Headers {
  return () => headers;
}

/** The other park’s node, as its card and its signatures show it. */
function aPeer() {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = privateKey.export({ format: 'jwk' });
  const kid = thumbprintOf(x);
  const cardFile = join(folder, 'card.json');
  const format: ParkCard['format'] = 'twinpark-park-card/1';
  const from = '2026-01-01T00:00:00Z';
  const key = { use: 'gateway' as const, name: 'of the gateway', kid, x, from, until: null };
  const card: ParkCard = { format, zone: 'elmera', park: 'south', name: {}, address: null, keys: [key] };
  writeFileSync(cardFile, JSON.stringify(card));
  const headers: Headers = (method, url) => {
    const { clock, config } = node.services;
    const signed = { 'content-digest': contentDigestOf(new Uint8Array()), 'twinpark-protocol': '1' };
    const message = { method, targetUri: `${config.publicUrl}${url}`, headers: signed };
    return { ...signed, ...signMessage(message, { keyId: kid, privateKey }, clock.now()) };
  };
  return { cardFile, headers };
}

describe('the routes of a node', () => {
  it('are the endpoints of the contract and a short list of others', () => {
    const expected = endpoints.map(({ method, path }) => `${method} ${path}`);
    const found = routesOf(node).filter(
      (route) => !others.some((other) => other.test(route.split(' ')[1] ?? '')),
    );
    expect(found.sort()).toEqual(expected.sort());
    expect(node.app.served).toHaveLength(endpoints.length);
  });

  it('have ids of their own, and parameters for every place in their path', () => {
    expect(new Set(endpoints.map(({ id }) => id)).size).toBe(endpoints.length);
    for (const { id, path, params } of endpoints) {
      const places = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
      expect(Object.keys(params?.shape ?? {}).sort(), id).toEqual(places.sort());
    }
  });

  it('need a key wherever they change something, and only there', () => {
    const unkeyed = endpoints.filter(({ method, effect }) => method !== 'GET' && !effect).map(({ id }) => id);
    // They work something out, or take what may come twice: bytes of a part, a signed checkpoint.
    expect(unkeyed.sort()).toEqual(reviewedUnkeyed);
    expect(endpoints.filter(({ method, effect }) => method === 'GET' && effect)).toEqual([]);
  });

  it('are documented on a page that keeps to the node’s own policy for content', async () => {
    const page = await node.app.fastify.inject({ url: '/api/docs/', headers: { accept: 'text/html' } });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=/);
    const document = await node.app.fastify.inject('/api/openapi.json');
    expect(document.json()).toEqual(JSON.parse(JSON.stringify(openApiDocument(endpoints))));
  });
});

const reviewedUnkeyed = ['addCheckpoint', 'describeInvitation', 'planJourney', 'putPart'];

describe('who may call what', () => {
  it('is what each endpoint declares, and what docs/authorization.md says cell by cell', async () => {
    const rows: string[] = [];
    for (const endpoint of endpoints) {
      const cells: string[] = [];
      for (const [who, headers] of Object.entries(callers)) {
        const door = await doorOf(endpoint, headers);
        expect(door, `${endpoint.id} for ${who}`).toBe(declared(endpoint, who));
        cells.push(door === 'open' ? 'yes' : '');
      }
      const { tag, id, method, path } = endpoint;
      rows.push(`| ${tag} | ${id} | \`${method} ${path}\` | ${cells.join(' | ')} |`);
    }
    await expect([...introduction(), ...rows, ''].join('\n')).toMatchFileSnapshot(
      '../../../docs/authorization.md',
    );
  });
});

type Door = 'open' | 'signInRequired' | 'signatureMissing' | 'organizationRequired' | 'roleNotAllowed';

/**
 * Where a call ends: at the door, or somewhere behind it. What would change something comes without a key, so nothing
 * ever does.
 */
async function doorOf(endpoint: Endpoint, headers: Headers): Promise<Door> {
  const someId = '0199d1f4-6c1e-7a2b-8c3d-123456789abc';
  const params = Object.fromEntries(Object.keys(endpoint.params?.shape ?? {}).map((name) => [name, someId]));
  const { method } = endpoint;
  const url = addressOf(endpoint, params, {});
  const { body } = await node.app.fastify.inject({ method, url, headers: headers(method, url) });
  const code = /"code":"(signInRequired|signatureMissing|organizationRequired|roleNotAllowed)"/.exec(
    body,
  )?.[1];
  return (code as Door | undefined) ?? 'open';
}

function declared({ access }: Endpoint, who: string): Door {
  if (access === 'public') return 'open';
  if (access === 'peer') return who === 'other park' ? 'open' : 'signatureMissing';
  if (who === 'nobody' || who === 'other park') return 'signInRequired';
  if (access === 'signedIn') return 'open';
  if (who === 'signed in') return 'organizationRequired';
  return access.some((role) => role === who) ? 'open' : 'roleNotAllowed';
}

function introduction(): readonly string[] {
  const columns = ['Part', 'Operation', 'Address', ...Object.keys(callers)];
  return [
    '# Who may call what',
    '',
    '<!-- Written by apps/park-node/src/routes.int.test.ts from calls of a running node; `npm test -- apps/park-node/src/routes -u` writes it anew. -->',
    '',
    '“yes”: the door is open. Which rows a caller then sees, and whether the law lets it act, is decided behind the door: what is not theirs answers like what is not there.',
    '“signed in”: a person who acts for no organisation. “other park”: its node, by the signature of each request.',
    '',
    `| ${columns.join(' | ')} |`,
    `| ${columns.map(() => '---').join(' | ')} |`,
  ];
}

/** `METHOD /path` of every registered route, read from the tree that Fastify prints. */
function routesOf({ app }: TestNode): string[] {
  const above: string[] = [];
  return app.fastify
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', segment = '', methods = ''] = /^([│ ├└─]*)(\S+) \(([A-Z, ]+)\)$/.exec(line) ?? [];
      if (segment === '') return [];
      const depth = indent.length / 4;
      above.splice(depth - 1, above.length, segment);
      const path = above.join('');
      return methods
        .split(', ')
        .filter((method) => method !== 'HEAD')
        .map((method) => `${method} ${path}`);
    });
}
