import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpoint } from '@twinpark/contract/endpoint.ts';
import type { KeyUse, ParkCard } from '@twinpark/contract/node/park-card.ts';
import { openApiDocument } from '@twinpark/contract/openapi.ts';
import { problemsOf } from '@twinpark/contract/problems-of.ts';
import { loadZone } from '@twinpark/pack/load.ts';
import { zoneFolder } from '@twinpark/testkit/invented-zone.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type App, createApp } from '../platform/http/app.ts';
import { problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import { thumbprintOf } from '../platform/keys/key-ring.ts';
import { TestClock } from '../testing/test-clock.ts';
import { contentDigestOf } from './http-signature/content-digest.ts';
import type { RequestMessage } from './http-signature/message.ts';
import { type MessageSigner, signMessage } from './http-signature/sign-message.ts';
import { PeerClient } from './peer-client.ts';
import { PeerKeys } from './peer-keys.ts';
import { createSignedRequests } from './signed-requests.ts';

const batch = 'application/cloudevents-batch+json';
const largestBodyBytes = 2_000_000;

const exchange = endpoint({
  id: 'exchange',
  method: 'POST',
  path: '/api/peer/messages',
  tag: 'Node',
  summary: 'Says what came',
  access: 'peer',
  query: z.object({ part: z.string().optional() }),
  bodyMediaType: batch,
  largestBodyBytes,
  success: {
    status: 200,
    body: z.object({
      peer: z.string(),
      nonce: z.string(),
      protocol: z.int(),
      text: z.string(),
      part: z.string(),
    }),
  },
  effect: true,
  problems: ['messageReplayed'],
});
const fetchPaper = endpoint({
  id: 'fetchPaper',
  method: 'GET',
  path: '/api/peer/papers/:name',
  tag: 'Node',
  summary: 'Bytes of a paper',
  access: 'peer',
  params: z.object({ name: z.string() }),
  success: { status: 200, body: null },
  mediaType: 'application/octet-stream',
  effect: false,
  problems: ['notFound'],
});
const beSilent = endpoint({
  id: 'beSilent',
  method: 'POST',
  path: '/api/peer/silence',
  tag: 'Node',
  summary: 'Says nothing',
  access: 'peer',
  success: { status: 204, body: null },
  effect: true,
  problems: [],
});

const clock = new TestClock('2026-06-10T08:00:00Z');
const paper = Buffer.from('the bytes of a paper');
const letters = Buffer.from('[ {"id" : "1", "名": "字"} ]');

let folder: string;
let app: App;
let publicUrl: string;
let north: MessageSigner;
let south: MessageSigner;
let northKeys: PeerKeys;
let client: PeerClient;
let hostile: Server;
let hostileUrl: string;
/** What the hostile server does with a request. */
let treat: (
  signed: Readonly<Record<string, string>>,
) => { status: number; headers: object; body: string } | null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twinpark-edge-'));
  north = aSigner();
  south = aSigner();
  northKeys = peerKeysOf('north', north);
  app = await servedApp(600);
  publicUrl = await app.fastify.listen({ host: '127.0.0.1', port: 0 });
  client = clientTo(publicUrl);
  hostile = createServer((request, response) => {
    const headers = request.headers as Readonly<Record<string, string>>;
    request.resume().on('end', () => {
      const answer = treat(headers);
      if (answer === null) return;
      response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => hostile.listen(0, '127.0.0.1', resolve));
  hostileUrl = `http://127.0.0.1:${(hostile.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await app.fastify.close();
  hostile.closeAllConnections();
  hostile.close();
  rmSync(folder, { recursive: true });
});

/** The northern park’s node is the client; the southern one serves. */
async function servedApp(requestsPerMinute: number): Promise<App> {
  const loaded = await loadZone(zoneFolder);
  if ('problems' in loaded) throw new Error('The invented zone has faults');
  const made = createApp({
    identity: { callerOf: () => Promise.resolve(null), handle: () => Promise.resolve(new Response()) },
    zone: loaded.zone,
    config: { publicUrl: 'http://localhost', requestsPerMinute, trustProxy: 0, logLevel: 'silent' },
    peerGate: {
      verify: (request) => gate().verify(request),
      verifyBody: (request, body) => gate().verifyBody(request, body),
      sign: (request, answer) => gate().sign(request, answer),
    },
    checkAnswers: true,
  });
  route(made, exchange, ({ caller, bytes, query }) => {
    const { peer, nonce, protocol } = caller;
    const text = Buffer.from(bytes).toString();
    if (text === 'again') return problem('messageReplayed');
    return { peer, nonce, protocol, text, part: query.part ?? '' };
  });
  route(made, fetchPaper, ({ params }) => {
    if (params.name !== 'paper') return problem('notFound');
    return { headers: {}, stream: paper };
  });
  route(made, beSilent, () => undefined);
  return made;
}

/** Made anew for each request, because the address is known only once the server listens. */
function gate() {
  return createSignedRequests({
    peer: 'north',
    publicUrl,
    peerKeys: northKeys,
    signer: () => south,
    protocols: [1, 2],
    clock,
  });
}

function aSigner(): MessageSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { keyId: thumbprintOf(publicKey.export({ format: 'jwk' }).x ?? ''), privateKey };
}

function peerKeysOf(park: string, { keyId, privateKey }: MessageSigner, use: KeyUse = 'gateway'): PeerKeys {
  const { x = '' } = privateKey.export({ format: 'jwk' });
  const key = { use, name: 'a key', kid: keyId, x, from: '2026-01-01T00:00:00Z', until: null };
  const card: ParkCard = {
    format: 'twinpark-park-card/1',
    zone: 'zone',
    park,
    name: { en: park },
    address: null,
    keys: [key],
  };
  const cardFile = join(folder, `${park}-${use}.json`);
  writeFileSync(cardFile, JSON.stringify(card));
  return new PeerKeys({
    cardFile,
    peer: { zone: 'zone', park },
    clock,
    readAnnounced: async () => [],
    onFault: () => {},
  });
}

function clientTo(peerUrl: string, signer = north): PeerClient {
  return new PeerClient({ peerUrl, peerKeys: peerKeysOf('south', south), signer: () => signer, clock });
}

/** A signed request as it goes over the wire, to be spoilt. */
function signedRequest(change: Partial<RequestMessage> = {}, signer = north): RequestMessage {
  const message: RequestMessage = {
    method: 'POST',
    targetUri: `${publicUrl}${exchange.path}`,
    headers: {
      'content-type': batch,
      'content-digest': contentDigestOf(letters),
      'twinpark-protocol': '1',
    },
    ...change,
  };
  return { ...message, headers: { ...message.headers, ...signMessage(message, signer, clock.now()) } };
}

async function codeOf(
  message: RequestMessage,
  change: { readonly url?: string; readonly body?: Uint8Array; readonly headers?: object } = {},
): Promise<string> {
  const { url = exchange.path, body = letters, headers = {} } = change;
  const response = await app.fastify.inject({
    method: message.method as 'POST',
    url,
    headers: { ...message.headers, ...headers } as Record<string, string>,
    payload: Buffer.from(body),
  });
  if (response.statusCode === 200) return 'answered';
  const { code, facts } = response.json();
  return [response.statusCode, code, facts.reason].filter(Boolean).join(' ');
}

const call = { protocol: 1 };
const post = (bytes: Uint8Array = letters, at = client) =>
  at.post(exchange.path, { bytes, mediaType: batch }, call);

describe('a message between two nodes', () => {
  it('reaches its handler to the letter, with who sent it, and the answer comes back signed', async () => {
    const answered = await client.post(
      `${exchange.path}?part=${encodeURIComponent('一 1')}`,
      { bytes: letters, mediaType: batch },
      { protocol: 2 },
    );
    if (answered.kind !== 'answered') throw new Error(JSON.stringify(answered));
    expect(answered.status).toBe(200);
    expect(JSON.parse(Buffer.from(answered.body).toString())).toEqual({
      peer: 'north',
      nonce: expect.stringMatching(/^[\w-]{22}$/),
      protocol: 2,
      text: letters.toString(),
      part: '一 1',
    });
  });

  it('is answered by bytes as well, and by nothing', async () => {
    const bytes = await client.get('/api/peer/papers/paper', call);
    expect(bytes).toMatchObject({ kind: 'answered', status: 200 });
    if (bytes.kind === 'answered') expect(Buffer.from(bytes.body)).toEqual(paper);
    const nothing = await client.post(
      '/api/peer/silence',
      { bytes: new Uint8Array(), mediaType: batch },
      call,
    );
    expect(nothing).toMatchObject({ kind: 'answered', status: 204, body: new Uint8Array() });
  });

  it('is answered by a problem that is signed like every other answer', async () => {
    const kinds = await Promise.all([
      client.get('/api/peer/papers/other', call),
      post(Buffer.from('again')),
      post(new Uint8Array(largestBodyBytes + 1)),
      client.post(exchange.path, { bytes: letters, mediaType: 'application/json' }, call),
      client.post(exchange.path, { bytes: letters, mediaType: batch }, { protocol: 3 }),
      post(letters, clientTo(publicUrl, aSigner())),
    ]);
    const said = kinds.map((answered) => {
      if (answered.kind !== 'answered') return answered.kind;
      const { code, facts } = JSON.parse(Buffer.from(answered.body).toString());
      return { status: answered.status, code, facts };
    });
    expect(said).toEqual([
      { status: 404, code: 'notFound', facts: {} },
      { status: 409, code: 'messageReplayed', facts: {} },
      { status: 413, code: 'payloadTooLarge', facts: { largestBytes: largestBodyBytes } },
      { status: 415, code: 'unsupportedMediaType', facts: { expected: batch } },
      { status: 400, code: 'protocolUnknown', facts: { known: [1, 2] } },
      { status: 401, code: 'signatureInvalid', facts: { reason: 'keyUnknown' } },
    ]);
  });

  it('needs neither a session nor a key of its own, and no page’s word on where it comes from', async () => {
    const message = signedRequest();
    expect(await codeOf(message, { headers: { origin: 'https://elsewhere.example' } })).toBe('answered');
    expect(await codeOf(message, { headers: { 'sec-fetch-site': 'cross-site' } })).toBe('answered');
  });

  it('may be as large as its endpoint says', async () => {
    const large = Buffer.alloc(largestBodyBytes, 'x');
    expect(await post(large)).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('is counted for itself, twenty times as generously as one person’s', async () => {
    const small = await servedApp(1);
    const ask = async () => (await small.fastify.inject({ method: 'POST', url: exchange.path })).statusCode;
    const statuses: number[] = [];
    for (let index = 0; index < 21; index += 1) statuses.push(await ask());
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 401), 429]);
    await small.fastify.close();
  });
});

describe('a node refuses', () => {
  it('what is not signed, and says how it has to be', async () => {
    const { statusCode, headers, body } = await app.fastify.inject({ method: 'POST', url: exchange.path });
    expect([statusCode, JSON.parse(body).code]).toEqual([401, 'signatureMissing']);
    expect(headers['www-authenticate']).toBe('Signature realm="twinpark"');
    expect(headers['signature']).toBeUndefined();
  });

  it('a message for another address, though the request names that one as its host', async () => {
    const message = signedRequest({ targetUri: `https://other.example.org${exchange.path}` });
    expect(await codeOf(message, { headers: { host: 'other.example.org' } })).toBe(
      '401 signatureInvalid signatureBad',
    );
    expect(await codeOf(signedRequest(), { url: `${exchange.path}?part=2` })).toBe(
      '401 signatureInvalid signatureBad',
    );
  });

  it('content that is not what was signed', async () => {
    expect(await codeOf(signedRequest(), { body: Buffer.from('[]') })).toBe(
      '401 signatureInvalid digestMismatch',
    );
    expect(await codeOf(signedRequest(), { body: new Uint8Array() })).toBe(
      '401 signatureInvalid digestMismatch',
    );
  });

  it('a key of another use', () => {
    const logs = peerKeysOf('north', north, 'log');
    const verified = createSignedRequests({
      peer: 'north',
      publicUrl,
      peerKeys: logs,
      signer: () => south,
      protocols: [1],
      clock,
    }).verify({ method: 'POST', url: exchange.path, headers: signedRequest().headers as never });
    expect(verified).toMatchObject({ code: 'signatureInvalid', facts: { reason: 'keyNotValid' } });
  });

  it('a message that is older than five minutes', async () => {
    const message = signedRequest();
    clock.advance({ minutes: 6 });
    expect(await codeOf(message)).toBe('401 signatureInvalid expired');
    expect(await codeOf(signedRequest())).toBe('answered');
  });
});

describe('the caller tells', () => {
  it('that nobody is there, or does not answer in time', async () => {
    const port = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port: free } = server.address() as AddressInfo;
        server.close(() => resolve(free));
      });
    });
    expect(await post(letters, clientTo(`http://127.0.0.1:${port}`))).toEqual({
      kind: 'unreachable',
      reason: 'ECONNREFUSED',
    });
    treat = () => null;
    const slow = await clientTo(hostileUrl).get('/', { protocol: 1, timeout: 20 });
    expect(slow).toEqual({ kind: 'timedOut' });
    const given = AbortSignal.abort();
    expect(await clientTo(hostileUrl).get('/', { protocol: 1, signal: given })).toEqual({
      kind: 'unreachable',
      reason: 'AbortError',
    });
  });

  const answerTo = (signed: Readonly<Record<string, string>>, signer = south) => {
    const request = { method: 'GET', targetUri: `${hostileUrl}/x`, headers: signed };
    const headers = { 'content-digest': contentDigestOf(Buffer.from('hello')), 'content-type': 'text/plain' };
    const message = { status: 200, headers, request };
    return { ...headers, ...signMessage(message, signer, clock.now()) };
  };
  const ask = async () => await clientTo(hostileUrl).get('/x', { protocol: 1, largestAnswer: 10 });

  it('what the other park’s node itself has said', async () => {
    treat = (signed) => ({ status: 200, headers: answerTo(signed), body: 'hello' });
    expect(await ask()).toMatchObject({ kind: 'answered', status: 200 });
  });

  it.each<[string, string, typeof treat]>([
    ['is not signed', 'signatureMissing', () => ({ status: 502, headers: {}, body: 'bad' })],
    [
      'leads elsewhere',
      'signatureMissing',
      () => ({ status: 302, headers: { location: `${publicUrl}/` }, body: '' }),
    ],
    [
      'has other content',
      'digestMismatch',
      (signed) => ({ status: 200, headers: answerTo(signed), body: 'hullo' }),
    ],
    [
      'has another status',
      'signatureBad',
      (signed) => ({ status: 201, headers: answerTo(signed), body: 'hello' }),
    ],
    [
      'answers another request',
      'signatureBad',
      () => ({ status: 200, headers: answerTo(signedRequest().headers as never), body: 'hello' }),
    ],
    [
      'is by an unknown key',
      'keyUnknown',
      (signed) => ({ status: 200, headers: answerTo(signed, aSigner()), body: 'hello' }),
    ],
    [
      'is too large',
      'answerTooLarge',
      (signed) => ({ status: 200, headers: answerTo(signed), body: 'x'.repeat(11) }),
    ],
  ])('that an answer %s', async (_, reason, treatment) => {
    treat = treatment;
    expect(await ask()).toMatchObject({ kind: 'answerUnsigned', reason });
  });
});

describe('an endpoint of the other park’s node', () => {
  it('takes no body that is not handed over to the letter', () => {
    const { bodyMediaType: _, ...rest } = exchange;
    const parsed = { ...rest, body: z.object({}) };
    expect(() => route(app, parsed, () => problem('notFound'))).toThrow(TypeError);
  });

  it('is described as such', () => {
    expect(problemsOf(exchange)).toEqual(
      expect.arrayContaining(['signatureMissing', 'signatureInvalid', 'protocolUnknown', 'messageReplayed']),
    );
    expect(problemsOf(exchange)).not.toContain('signInRequired');
    expect(problemsOf(exchange)).not.toContain('foreignOrigin');
    expect(problemsOf(exchange)).not.toContain('idempotencyKeyMissing');
    const { paths } = openApiDocument([exchange]) as { paths: Record<string, Record<string, object>> };
    expect(paths[exchange.path]?.['post']).toMatchObject({
      security: [{ httpMessageSignature: [] }],
      parameters: [expect.objectContaining({ name: 'part' })],
      requestBody: { content: { [batch]: {} } },
    });
  });
});
