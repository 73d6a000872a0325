import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { createClient } from './client.ts';
import { endpoint } from './endpoint.ts';

const listThings = endpoint({
  id: 'listThings',
  method: 'GET',
  path: '/api/things',
  tag: 'Node',
  summary: 'Things',
  access: 'public',
  query: z.object({ limit: z.coerce.number().default(50), kind: z.array(z.string()).optional() }),
  success: { status: 200, body: z.object({ items: z.array(z.string()) }) },
  effect: false,
  problems: [],
});
const saveThing = endpoint({
  id: 'saveThing',
  method: 'PUT',
  path: '/api/things/:name',
  tag: 'Node',
  summary: 'Saves a thing',
  access: 'public',
  params: z.object({ name: z.string() }),
  body: z.object({ size: z.int() }),
  success: { status: 204, body: null },
  effect: true,
  problems: ['versionConflict'],
});
const readThing = endpoint({
  id: 'readThing',
  method: 'GET',
  path: '/api/things/:name/content',
  tag: 'Node',
  summary: 'The bytes of a thing',
  access: 'public',
  params: z.object({ name: z.string() }),
  success: { status: 200, body: null },
  mediaType: 'application/octet-stream',
  effect: false,
  problems: [],
});

function clientThat(answers: Response) {
  const sent: { url: string; init: RequestInit }[] = [];
  const client = createClient({
    baseUrl: 'http://park.example',
    headers: { 'Accept-Language': 'zh-HK' },
    fetch: (url, init = {}) => {
      sent.push({ url: String(url), init });
      return Promise.resolve(answers);
    },
  });
  return { client, sent };
}

describe('the client', () => {
  it('sends what the endpoint asks for and nothing that was left out', async () => {
    const { client, sent } = clientThat(Response.json({ items: ['a'] }));
    const result = await client.call(listThings, { query: { limit: 3, kind: ['x', 'y&z'] } });
    expect(sent[0]?.url).toBe('http://park.example/api/things?limit=3&kind=x&kind=y%26z');
    expect(sent[0]?.init).toEqual({
      method: 'GET',
      credentials: 'include',
      headers: { 'Accept-Language': 'zh-HK' },
    });
    expect(result).toEqual({ ok: true, status: 200, body: { items: ['a'] } });
    if (result.ok) expectTypeOf(result.body).toEqualTypeOf<{ items: string[] }>();
  });

  it('sends a key with what changes something, and a parameter never leaves its place in the path', async () => {
    const { client, sent } = clientThat(new Response(null, { status: 204 }));
    const result = await client.call(saveThing, {
      params: { name: '../a b' },
      body: { size: 1 },
      idempotencyKey: 'key-12345',
    });
    expect(sent[0]?.url).toBe('http://park.example/api/things/..%2Fa%20b');
    expect(sent[0]?.init.headers).toMatchObject({
      'Idempotency-Key': 'key-12345',
      'Content-Type': 'application/json',
    });
    expect(sent[0]?.init.body).toBe('{"size":1}');
    expect(result).toEqual({ ok: true, status: 204, body: undefined });
  });

  it('hands back a problem as a value', async () => {
    const problem = { code: 'versionConflict', status: 409 };
    const headers = { 'content-type': 'application/problem+json; charset=utf-8' };
    const { client } = clientThat(Response.json(problem, { status: 409, headers }));
    const sent = { params: { name: 'a' }, body: { size: 1 }, idempotencyKey: 'key-12345' };
    expect(await client.call(saveThing, sent)).toEqual({ ok: false, status: 409, problem });
  });

  it('leaves bytes to be read as they come', async () => {
    const { client } = clientThat(new Response('bytes'));
    const result = await client.call(readThing, { params: { name: 'a' } });
    expect(result.ok && (await result.body.text())).toBe('bytes');
  });

  it('throws where something answers that is no node', async () => {
    const { client } = clientThat(new Response('<html>Bad gateway</html>', { status: 502 }));
    await expect(client.call(listThings)).rejects.toThrow('listThings was answered with 502');
  });

  it('takes a call only with everything that its endpoint needs', () => {
    const { client } = clientThat(new Response());
    expectTypeOf(client.call<typeof listThings>).toBeCallableWith(listThings);
    // @ts-expect-error: no key and no body
    expectTypeOf(client.call<typeof saveThing>).toBeCallableWith(saveThing, { params: { name: 'a' } });
  });
});
