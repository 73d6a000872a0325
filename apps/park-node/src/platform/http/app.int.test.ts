import { connect } from 'node:net';
import { endpoint } from '@twinpark/contract/endpoint.ts';
import { type ProblemBody, problemSchema, statusOf } from '@twinpark/contract/problem.ts';
import { loadZone } from '@twinpark/pack/load.ts';
import { getService, type Zone } from '@twinpark/pack/zone.ts';
import { zoneFolder } from '@twinpark/testkit/invented-zone.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Caller } from '../auth/caller.ts';
import { type App, type AppOptions, createApp } from './app.ts';
import { problem, refused } from './problem.ts';
import { route } from './route.ts';

const secret = 'planted-secret-7f3a';

const person = (id: string, acting: Caller['acting']): Caller => ({
  person: { id, name: secret, email: `${secret}@demo.invalid`, assurance: 'low', demo: false },
  acting,
});
const people: Readonly<Record<string, Caller>> = {
  ann: person('ann', {
    organizationId: '0199d1f4-6c1e-7a2b-8c3d-123456789abc',
    kind: 'applicant',
    packId: null,
    name: secret,
    role: 'applicant',
    manages: true,
  }),
  bo: person('bo', null),
};

const form = z.strictObject({ name: z.string().min(2), tags: z.array(z.string()).max(3) });
const saveForm = endpoint({
  id: 'saveForm',
  method: 'POST',
  path: '/api/forms/:formId',
  tag: 'Node',
  summary: 'Saves a form',
  access: ['applicant'],
  params: z.object({ formId: z.uuid() }),
  query: z.object({ limit: z.coerce.number().int().max(9).default(3) }),
  body: form,
  success: { status: 201, body: z.object({ name: z.string(), limit: z.int() }) },
  effect: true,
  problems: ['notFound'],
});
const readForm = endpoint({
  id: 'readForm',
  method: 'GET',
  path: '/api/forms/:formId',
  tag: 'Node',
  summary: 'Reads a form',
  access: 'public',
  params: z.object({ formId: z.string() }),
  success: { status: 200, body: z.object({ name: z.string() }) },
  effect: false,
  problems: [],
});
const sendBytes = endpoint({
  id: 'sendBytes',
  method: 'PUT',
  path: '/api/bytes',
  tag: 'Node',
  summary: 'Takes bytes',
  access: 'public',
  bodyMediaType: 'application/octet-stream',
  success: { status: 204, body: null },
  effect: false,
  problems: [],
});

const formId = '0199d1f4-6c1e-7a2b-8c3d-123456789abc';
let zone: Zone;
let app: App;
let address: string;
const log: string[] = [];

function newApp(more: Partial<AppOptions['config']> = {}, checkAnswers = true): App {
  const made = createApp({
    identity: {
      callerOf: (headers) => Promise.resolve(people[headers.get('x-test-person') ?? ''] ?? null),
      handle: () => Promise.resolve(new Response(null, { status: 404 })),
    } as AppOptions['identity'],
    zone,
    config: {
      publicUrl: 'http://park.example',
      requestsPerMinute: 1_000_000,
      trustProxy: 0,
      logLevel: 'info',
      ...more,
    },
    checkAnswers,
    logStream: { write: (line) => void log.push(line) },
  });
  route(made, saveForm, ({ body, query }) => Promise.resolve({ name: body.name, limit: query.limit }));
  route(made, readForm, ({ params }) => {
    const { formId: id } = params;
    if (id === 'gone') return Promise.resolve(problem('notFound'));
    if (id === 'undeclared') return Promise.resolve({ name: 'x', phone: secret } as { name: string });
    if (id === 'refused') {
      const service = getService(zone, [...zone.services.keys()][0] ?? '');
      const facts = { step: service.steps[0]?.id ?? 'x' };
      return Promise.resolve(refused({ code: 'stepIsJoint', clause: service.citation, facts }, service));
    }
    if (id === 'across') return Promise.resolve(problem('agreementRequired', { park: 'south' }));
    if (id === 'disk') return Promise.reject(Object.assign(new Error(secret), { code: 'ENOSPC' }));
    if (id === 'database') return Promise.reject(Object.assign(new Error(secret), { code: 'ECONNREFUSED' }));
    return Promise.reject(Object.assign(new Error(secret), { code: '23514', detail: secret }));
  });
  route(made, sendBytes, async ({ stream }) => {
    for await (const _ of stream);
    return undefined;
  });
  return made;
}

beforeAll(async () => {
  const loaded = await loadZone(zoneFolder);
  if ('problems' in loaded) throw new Error('The invented zone has faults');
  zone = loaded.zone;
  app = newApp();
  address = await app.fastify.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.fastify.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ProblemBody;
}

async function send(method: string, path: string, more: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${address}${path}`, { method, ...more });
  const text = await response.text();
  const body = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) {
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    problemSchema.parse(body);
    expect(body.status).toBe(response.status);
    expect(statusOf(body.code)).toBe(response.status);
    expect(body.instance).toBe(response.headers.get('x-request-id'));
  }
  return { status: response.status, headers: response.headers, body };
}

const headers = (more: Readonly<Record<string, string>> = {}) => ({
  'x-test-person': 'ann',
  'content-type': 'application/json',
  'idempotency-key': 'key-12345678',
  ...more,
});
const save = (body: string | Uint8Array<ArrayBuffer>, more: Readonly<Record<string, string>> = {}) =>
  send('POST', `/api/forms/${formId}`, { headers: headers(more), body });
const right = JSON.stringify({ name: 'Lind', tags: [] });

describe('a request that fits', () => {
  it('is answered, with an id that is the node’s own', async () => {
    const { status, headers: answered, body } = await save(right, { 'x-request-id': 'mine' });
    expect([status, body]).toEqual([201, { name: 'Lind', limit: 3 }]);
    expect(answered.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(answered.get('cache-control')).toBe('no-store');
    expect(answered.get('content-language')).toBe('en');
  });

  it('tells browsers what not to do, and nothing of what the node runs on', async () => {
    const { headers: answered } = await save(right);
    expect(answered.get('content-security-policy')).toMatch(/^default-src 'none';/);
    expect(answered.get('content-security-policy')).not.toContain('unsafe');
    expect(answered.get('x-content-type-options')).toBe('nosniff');
    expect(answered.get('x-frame-options')).toBe('DENY');
    expect(answered.get('strict-transport-security')).toBeNull();
    expect([answered.get('server'), answered.get('x-powered-by')]).toEqual([null, null]);
  });

  it('asks browsers to stay with https once the node is reached through it', async () => {
    const secure = newApp({ publicUrl: 'https://park.example' });
    const answer = await secure.fastify.inject(`/api/forms/gone`);
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    await secure.fastify.close();
  });
});

describe('a request that does not fit', () => {
  it.each([
    ['no JSON', '{"name":', 400, 'malformedJson'],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 400, 'malformedJson'],
    ['no body at all', '', 400, 'validationFailed'],
    ['a bare value', '7', 400, 'validationFailed'],
    ['a null character', '{"name":"a\\u0000b","tags":[]}', 400, 'validationFailed'],
    ['half a character', '{"name":"a\\ud800b","tags":[]}', 400, 'validationFailed'],
    ['a reserved name', '{"name":"ab","tags":[],"__proto__":{"role":"auditor"}}', 400, 'validationFailed'],
    ['a huge number', '{"name":1e999,"tags":[]}', 400, 'validationFailed'],
    ['a deep nest', '['.repeat(300_000) + ']'.repeat(300_000), 400, 'validationFailed'],
    ['a million values', `[${'1,'.repeat(400_000)}1]`, 400, 'validationFailed'],
    ['too many bytes', `"${'x'.repeat(1_048_576)}"`, 413, 'payloadTooLarge'],
  ])('because it holds %s is told so', async (_, body, status, code) => {
    const answer = await save(body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('gets every fault at once, wherever it stands', async () => {
    const answer = await send('POST', '/api/forms/x%2Fy?limit=70', {
      headers: headers({ 'accept-language': 'zh-HK' }),
      body: JSON.stringify({ name: 'a', extra: 1 }),
    });
    expect(answer.body.errors.map(({ pointer }) => pointer)).toEqual([
      ':formId',
      '?limit',
      '/name',
      '/tags',
      '/extra',
    ]);
    expect(answer.body.errors[3]?.detail).toBe('欠缺此項。');
    expect(answer.headers.get('content-language')).toBe('zh-Hant');
    expect(answer.body.title).toBe('請求的內容不符合規定');
  });

  it.each([
    ['another media type', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['bytes', { 'content-type': 'application/octet-stream' }],
  ])('because it is sent as %s is told so', async (_, more) => {
    expect((await save(right, more)).body.code).toBe('unsupportedMediaType');
  });

  it('because bytes are asked for is told so', async () => {
    const answer = await send('PUT', '/api/bytes', { headers: headers(), body: right });
    expect(answer.body).toMatchObject({
      code: 'unsupportedMediaType',
      facts: { expected: 'application/octet-stream' },
    });
  });

  it.each(['', 'short', 'k'.repeat(201), 'has a space in it'])(
    'because its key is %j is told so',
    async (key) => {
      expect((await save(right, { 'idempotency-key': key })).body.code).toBe('idempotencyKeyMissing');
    },
  );

  it.each([
    ['/api/nothing', 404, 'notFound'],
    ['/api/forms/a/b', 404, 'notFound'],
    ['/api/forms', 404, 'notFound'],
    ['/api//forms/x', 404, 'notFound'],
    ['/API/forms/gone', 404, 'notFound'],
    ['/api/forms/%ZZ', 400, 'malformedRequest'],
    [`/api/forms/${'x'.repeat(2_000)}`, 404, 'notFound'],
    ['/api/forms/a%00b', 400, 'validationFailed'],
    ['/problems/..%2f..%2fetc%2fpasswd', 404, 'notFound'],
  ])('because there is nothing at %s is told so', async (path, status, code) => {
    const answer = await send('GET', path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('in its method is told which methods the address takes', async () => {
    const answer = await send('DELETE', `/api/forms/${formId}?x=1`);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
    expect(answer.body.detail).toBe('This address does not take that method. It takes: GET, POST.');
  });

  it.each([
    ['GET / HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n', '400', 'malformedRequest'],
    ['NONSENSE\r\n\r\n', '400', 'malformedRequest'],
    [`GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(70_000)}\r\n\r\n`, '431', 'headersTooLarge'],
    [
      'POST /api/bytes HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
      '400',
      'malformedRequest',
    ],
    [
      'GET /api/forms/gone HTTP/1.1\r\nHost: x\r\nExpect: 200-magic\r\nConnection: close\r\n\r\n',
      '404',
      'notFound',
    ],
  ])('because it is not HTTP is told so in the same form', async (bytes, status, code) => {
    const text = await raw(bytes);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).toContain('application/problem+json');
    expect(problemSchema.parse(JSON.parse(text.slice(text.indexOf('{')))).code).toBe(code);
  });
});

describe('who may call', () => {
  it.each([
    [{ 'x-test-person': 'nobody' }, 401, 'signInRequired'],
    [{ 'x-test-person': 'bo' }, 403, 'organizationRequired'],
  ])('is asked before the body is read', async (more, status, code) => {
    const answer = await save('{"broken', more);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://park.example' }, false],
    [{ origin: 'https://elsewhere.example' }, false],
    [{ origin: 'null' }, false],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ origin: 'http://park.example' }, true],
    [{}, true],
  ])('with the headers %j is a question of the site that a request comes from', async (more, allowed) => {
    const { statusCode, body } = await app.fastify.inject({
      method: 'POST',
      url: `/api/forms/${formId}`,
      headers: headers(more as Record<string, string>),
      payload: right,
    });
    expect(statusCode).toBe(allowed ? 201 : 403);
    if (!allowed) expect(JSON.parse(body).code).toBe('foreignOrigin');
    const reading = await app.fastify.inject({
      url: '/api/forms/gone',
      headers: more as Record<string, string>,
    });
    expect(reading.statusCode).toBe(404);
  });

  it('more often than is fair is told when to come back, each person for itself', async () => {
    const busy = newApp({ requestsPerMinute: 3 });
    const ask = (who: string) =>
      busy.fastify.inject({ url: '/api/forms/gone', headers: { 'x-test-person': who } });
    for (let count = 0; count < 3; count += 1) expect((await ask('ann')).statusCode).toBe(404);
    const answer = await ask('ann');
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.json().detail).toMatch(/Wait \d+ seconds/);
    expect((await ask('bo')).statusCode).toBe(404);
    await busy.fastify.close();
  });
});

describe('what goes wrong in the node', () => {
  it.each([
    ['disk', 507, 'storageFull'],
    ['database', 503, 'databaseUnavailable'],
    ['anything else', 500, 'internalError'],
  ])('with %s is a problem that quotes nothing', async (what, status, code) => {
    const answer = await send('GET', `/api/forms/${encodeURIComponent(what)}`);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).not.toContain(secret);
    expect(answer.headers.has('retry-after')).toBe(status === 503);
  });

  it('with an answer that its endpoint does not declare is found in tests', async () => {
    const answer = await send('GET', '/api/forms/undeclared');
    expect(answer.body.facts).toEqual({
      reason: 'readForm answers fields that it does not declare: /phone',
    });
  });

  it('while it is stopping is told to every new request but the question whether it lives', async () => {
    const stopping = newApp();
    stopping.fastify.get('/health/live', () => ({ status: 'live' }));
    stopping.drain();
    const { statusCode, body } = await stopping.fastify.inject('/api/forms/gone');
    expect([statusCode, JSON.parse(body).code]).toEqual([503, 'shuttingDown']);
    expect((await stopping.fastify.inject('/health/live')).statusCode).toBe(200);
    await stopping.fastify.close();
  });
});

describe('a refusal of the law', () => {
  it.each([
    ['en', /^The step “.+” belongs to both sides\./],
    ['zh-CN', /^“.+”是双方的联合环节。/],
    ['zh-HK', /^「.+」/],
  ])('is told in words, with the names of the zone and the clause, in %s', async (language, words) => {
    const { body } = await send('GET', '/api/forms/refused', { headers: { 'accept-language': language } });
    expect(body.detail).toMatch(words);
    expect(body.clause).not.toBeNull();
    expect(body.raisedBy).toBe('node');
    const step = [...zone.services.values()][0]?.steps[0];
    expect(body.detail).not.toContain(`“${step?.id}”`);
  });
});

describe('a problem of the node', () => {
  it('names the things of the zone as the reader knows them', async () => {
    const { body } = await send('GET', '/api/forms/across', { headers: { 'accept-language': 'en' } });
    expect(body.detail).toContain(', to Süd,');
    expect(body.facts).toEqual({ park: 'south' });
    expect(body.clause).toBeNull();
  });
});

describe('the log', () => {
  it('tells each request by its route and holds nothing that came with it', async () => {
    log.length = 0;
    await save(JSON.stringify({ name: secret, tags: [secret], [secret]: secret }), { 'x-secret': secret });
    await send('GET', `/api/forms/${secret}?q=${secret}`, {
      headers: { cookie: `session=${secret}`, authorization: `Bearer ${secret}`, 'user-agent': secret },
    });
    await send('GET', `/${secret}/${secret}`);
    await send('GET', `/api/forms/%ZZ${secret}`);
    await send('POST', `/api/forms/${formId}`, { headers: headers(), body: `{"${secret}` });
    await send('GET', '/api/forms/anything else');
    const lines = log.map((line) => JSON.parse(line));
    expect(lines.filter(({ msg }) => msg === 'answered').length).toBeGreaterThanOrEqual(5);
    expect(lines[0]).toMatchObject({ method: 'POST', route: '/api/forms/:formId', status: 400 });
    expect(lines[0].request).toMatch(/^[0-9a-f-]{36}$/);
    expect(lines[0].person).toMatch(/^[0-9a-f]{12}$/);
    expect(lines.find(({ err }) => err)).toMatchObject({
      err: { type: 'Error', code: '23514', message: '' },
    });
    expect(log.join('')).not.toContain(secret);
    expect(log.join('')).not.toContain('127.0.0.1');
  });
});

async function raw(bytes: string): Promise<string> {
  const { port, hostname } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
