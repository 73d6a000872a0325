import { signOut } from '@twinpark/contract/identity/sign-out.ts';
import { loadZone } from '@twinpark/pack/load.ts';
import { zoneFolder } from '@twinpark/testkit/invented-zone.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestNode, type TestNode } from '../../testing/test-node.ts';
import type { Store } from '../database/store.ts';
import { type App, createApp } from './app.ts';
import { registerHealthRoutes } from './health.route.ts';

const metricsToken = 'a-token-for-the-monitor';
let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

const get = (
  app: App,
  url: string,
  headers: Readonly<Record<string, string>> = {},
  remoteAddress = '127.0.0.1',
) => app.fastify.inject({ url, headers, remoteAddress });

describe('the health of a node', () => {
  it('is that it lives, and that it can serve while its database answers', async () => {
    expect((await get(node.app, '/health/live')).json()).toEqual({ status: 'live' });
    expect((await get(node.app, '/health/ready')).json()).toEqual({ status: 'ready' });
  });

  it.each([
    ['refuses to answer', () => Promise.reject(new Error('gone'))],
    ['never answers', () => new Promise<void>(() => {})],
  ])('is not good while its database %s', async (_, ping) => {
    const app = await appOver(ping);
    const answer = await get(app, '/health/ready');
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'databaseUnavailable']);
    expect((await get(app, '/health/live')).statusCode).toBe(200);
    await app.fastify.close();
  });

  it('is not good any more once it is stopping, though it still lives', async () => {
    const app = await appOver(() => Promise.resolve());
    expect((await get(app, '/health/ready')).statusCode).toBe(200);
    app.drain();
    const answer = await get(app, '/health/ready');
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'shuttingDown']);
    expect((await get(app, '/health/live')).statusCode).toBe(200);
    await app.fastify.close();
  });
});

describe('the figures of a node', () => {
  it('count requests by route and status, and what changed something by its outcome', async () => {
    await get(node.app, '/health/live');
    await node.nobody.call(signOut);
    const { statusCode, body } = await get(node.app, '/metrics');
    expect(statusCode).toBe(200);
    expect(body).toMatch(
      /twinpark_request_duration_seconds_count\{method="GET",route="\/health\/live",status="200"\} [1-9]/,
    );
    expect(body).toMatch(/twinpark_effects_total\{operation="signOut",code="signInRequired"\} 1/);
    expect(body).toContain('twinpark_process_resident_memory_bytes');
  });

  it('are for this machine alone where no token is set', async () => {
    expect((await get(node.app, '/metrics', {}, '192.0.2.7')).json().code).toBe('notFound');
    expect((await get(node.app, '/metrics', { 'x-forwarded-for': '127.0.0.1' })).statusCode).toBe(404);
    expect((await get(node.app, '/metrics', {}, '::1')).statusCode).toBe(200);
  });

  it('are for the bearer of the token where one is set', async () => {
    const guarded = await startTestNode({ config: { metricsToken } });
    const ask = async (headers: Readonly<Record<string, string>>) =>
      (await get(guarded.app, '/metrics', headers, '192.0.2.7')).statusCode;
    expect(await ask({})).toBe(404);
    expect(await ask({ authorization: 'Bearer another-token' })).toBe(404);
    expect(await ask({ authorization: `Bearer ${metricsToken}` })).toBe(200);
    await guarded.stop();
  });
});

describe('the page of a problem', () => {
  it('says in the reader’s language what a code means, to people and to programs', async () => {
    const json = await get(node.app, '/problems/versionConflict', { 'accept-language': 'zh-HK' });
    expect(json.json()).toEqual({
      code: 'versionConflict',
      status: 409,
      title: '內容已有更改',
      detail: '你讀取之後內容已有更改。請重新讀取後再作修改。',
    });
    const page = await get(node.app, '/problems/stepIsJoint', { accept: 'text/html,*/*' });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('<h1>The step belongs to both sides</h1>');
    expect(page.body).toContain('<p>The step “…” belongs to both sides.');
    expect((await get(node.app, '/problems/constructor')).statusCode).toBe(404);
  });
});

async function appOver(ping: Store['ping']): Promise<App> {
  const loaded = await loadZone(zoneFolder);
  if ('problems' in loaded) throw new Error('The invented zone has faults');
  const { config, identity } = node.services;
  const app = createApp({ identity, zone: loaded.zone, config, checkAnswers: true });
  registerHealthRoutes(app, { store: { ping } as Store });
  return app;
}
