import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { messagesIn } from '../../i18n/messages.ts';
import { columnsOf } from '../../render/width.ts';
import type { Terminal } from '../../terminal.ts';
import { type Answer, call, inventedZone } from '../../testing/call.ts';
import type { StartEvent } from './keep-parks.ts';
import { eventInWords } from './start-in-words.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'twinpark-start-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

describe('twinpark start', () => {
  it('brings both parks up, starts again what dies, stops in order, and finds everything at the next start', async () => {
    const port = await freePorts();
    const zone = startZone(port);
    const { nodes } = await zone.next('ready');
    expect(nodes.map(({ park, url, mode }) => ({ park, url, mode }))).toEqual([
      { park: 'north', url: `http://localhost:${port}`, mode: 'demo' },
      { park: 'south', url: `http://localhost:${port + 1}`, mode: 'demo' },
    ]);
    const before = await Promise.all(nodes.map(({ url }) => keysOf(url)));
    expect(before[0]).not.toEqual(before[1]);

    process.kill(nodes[0]?.pid ?? 0, 'SIGKILL');
    expect(await zone.next('ended')).toMatchObject({
      park: 'north',
      restarts: true,
      ending: { signal: 'SIGKILL' },
    });
    expect((await zone.next('back')).node.park).toBe('north');
    expect(await keysOf(nodes[0]?.url ?? '')).toEqual(before[0]);

    zone.stop();
    expect(await zone.next('stopped')).toEqual({ event: 'stopped', killed: false });
    expect(await zone.answer).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(join(data, 'elmera')).sort()).toEqual(['north', 'south']);

    const stop = new AbortController();
    const found: Promise<unknown>[] = [];
    const { code, out } = await call([...options(port), '--lang', 'zh-Hant'], {
      columns: 80,
      stop: stop.signal,
      onOut: (text) => {
        if (!text.includes('兩個園區均在運作')) return;
        found.push(...nodes.map(({ url }) => keysOf(url)));
        void Promise.allSettled(found).then(() => stop.abort());
      },
    });
    expect(code).toBe(0);
    expect(await Promise.all(found)).toEqual(before);
    expectWords(out, ['兩個園區均在運作', ...nodes.map(({ url }) => url)]);
  }, 180_000);

  it.each([
    ['en', ['Both parks are running.', 'demo accounts', 'not loss of power', 'Ctrl-C stops both']],
    ['zh-Hans', ['两个园区均在运行', '演示账号', '断电', 'Ctrl-C']],
    ['zh-Hant', ['兩個園區均在運作', '示範帳戶', '停電', 'Ctrl-C']],
  ] as const)(
    'says in %s where the parks are, how to sign in, where data lie and what a power failure costs',
    (language, words) => {
      const nodes = (['north', 'south'] as const).map((park, index) => ({
        ...{ park, name: { de: park }, mark: park.slice(0, 1), url: `http://localhost:${7801 + index}` },
        ...({
          store: 'embedded',
          dataFolder: join(data, park),
          mode: 'demo',
          firstOperatorLink: null,
        } as const),
        pid: 1,
      }));
      const terminal = { width: 80, paint: (_: unknown, text: string) => text } as unknown as Terminal;
      const m = messagesIn[language];
      const names = new Map(nodes.map(({ park }) => [park, park]));
      const lines = eventInWords(
        { event: 'ready', nodes },
        { m, terminal, names, logFileOf: () => '', folder: '/' },
      );
      expectWords(lines.join('\n'), [...words, ...nodes.map(({ url }) => url)]);
    },
  );

  it('names every port that is taken, and whose it was to be, before it starts anything', async () => {
    const port = await freePorts();
    const servers = [await listen(port), await listen(port + 1)];
    onTestFinished(() => {
      for (const server of servers) server.close();
    });
    const { code, out, err } = await call([...options(port)]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`Port ${port}, for Nordpark, is in use.`);
    expect(err).toContain(`Port ${port + 1}, for Südpark, is in use.`);
    expect(readdirSync(data)).toEqual([]);
  });

  it.each<[string[], Record<string, string>, string, string]>([
    [['--port', 'x'], {}, '--port', '--port 7801'],
    [['--port', '65536'], {}, '--port', '--port 7801'],
    [['--database-url', 'postgres://x'], {}, '--database-url', '--park NAME'],
    [['--mode', 'production'], {}, '--mode', '--park NAME'],
    [[], { TWINPARK_DATABASE_URL: 'postgres://x' }, 'TWINPARK_DATABASE_URL', 'twinpark start --park NAME'],
    [[], { TWINPARK_LOG_LEVEL: 'loud' }, 'TWINPARK_LOG_LEVEL', 'TWINPARK_LOG_LEVEL='],
    [['--park', 'nort'], {}, '“nort”', '--park north'],
    [['--park', 'north', '--peer', 'south'], {}, '--peer', '--peer https://'],
    [['--park', 'north'], {}, 'TWINPARK_SESSION_SECRET', 'TWINPARK_SESSION_SECRET='],
  ])('with %j and %j says what is wrong and what to write instead', async (argv, env, named, offered) => {
    const port = argv.includes('--port') ? [] : ['--port', String(await freePorts())];
    const call_ = ['start', '--zone', inventedZone, '--data', data, ...port, ...argv];
    const { code, out, err } = await call(call_, { env: { LANG: 'en_HK.UTF-8', ...env } });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(named);
    expect(err).toContain(offered);
    expect(err).not.toMatch(/^ +at |\{\w+\}/m);
    expect(readdirSync(data)).toEqual([]);
  });

  it('shows where a zone pack is broken, whichever file it is', async () => {
    const port = await freePorts();
    for (const [file, from, to] of [
      ['zone.yaml', '  id: elmera', '  id: Elmera!'],
      ['facts.yaml', 'unit: persons', 'unit: 7'],
    ] as const) {
      const zone = join(data, 'zone');
      cpSync(inventedZone, zone, { recursive: true });
      const text = readFileSync(join(zone, file), 'utf8');
      writeFileSync(join(zone, file), text.replace(from, to));
      const argv = ['start', '--zone', zone, '--data', join(data, 'none'), '--port', String(port)];
      const { code, err } = await call(argv);
      expect(code).toBe(1);
      expect(err).toMatch(new RegExp(`zone/${file}:\\d+:\\d+ `));
      expect(err).toContain(`twinpark zone check ${zone}`);
    }
  }, 60_000);

  it('explains every variable in each language', async () => {
    for (const language of ['en', 'zh-Hans', 'zh-Hant']) {
      const { out } = await call(['help', 'start', '--lang', language], { columns: 60 });
      for (const name of ['TWINPARK_PARK', 'TWINPARK_SESSION_SECRET', 'TWINPARK_LOG_LEVEL', '_FILE']) {
        expect(out).toContain(name);
      }
      expect(out).not.toMatch(/\{\w+\}|\[:|undefined/);
    }
  });

  it('runs one park in the foreground and writes its log to the output', async () => {
    const port = await freePorts();
    const stop = new AbortController();
    const argv = ['start', '--zone', inventedZone, '--data', data, '--park', 'south', '--port', String(port)];
    const { code, out } = await call([...argv, '--mode', 'demo', '--json'], {
      env: { LANG: 'en_HK.UTF-8', TWINPARK_LOG_LEVEL: 'silent' },
      stop: stop.signal,
      onOut: () => stop.abort(),
    });
    expect(code).toBe(0);
    expect(eventsIn(out).map(({ event }) => event)).toEqual(['ready', 'stopped']);
    expect(eventsIn(out)[0]).toMatchObject({ nodes: [{ park: 'south', store: 'embedded' }] });
  }, 60_000);

  it('tells why a park cannot be started, in words, and stops the other', async () => {
    const port = await freePorts();
    mkdirSync(join(data, 'elmera', 'north'), { recursive: true });
    writeFileSync(join(data, 'elmera', 'north', 'node.lock'), String(process.pid));
    const { code, err } = await call([...options(port)]);
    expect(code).toBe(2);
    expect(err).toMatch(/Nordpark: The data folder “.*” is in use by process \d+/);
  }, 120_000);
});

function options(port: number): readonly string[] {
  return ['start', '--zone', inventedZone, '--data', data, '--port', String(port)];
}

/** A zone that runs until it is stopped, event by event. */
function startZone(port: number) {
  const stop = new AbortController();
  const events: StartEvent[] = [];
  const answer: Promise<Answer> = call([...options(port), '--json'], {
    stop: stop.signal,
    onOut: (text) => events.push(...eventsIn(text)),
  });
  let seen = 0;
  return {
    answer,
    stop: () => stop.abort(),
    next: async <Kind extends StartEvent['event']>(
      kind: Kind,
    ): Promise<Extract<StartEvent, { event: Kind }>> => {
      const place = () => events.findIndex(({ event }, index) => index >= seen && event === kind);
      // What keeps the zone from starting is shown, not waited for.
      const failure = answer.then(({ code, err }) => {
        if (code !== 0) throw new Error(err);
      });
      const seenInTime = expect.poll(place, { timeout: 90_000, interval: 20 }).not.toBe(-1);
      await Promise.race([seenInTime, failure.then(() => seenInTime)]);
      const found = events[place()];
      seen = place() + 1;
      return found as Extract<StartEvent, { event: Kind }>;
    },
  };
}

function eventsIn(text: string): StartEvent[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as StartEvent);
}

async function keysOf(url: string): Promise<unknown> {
  const response = await fetch(`${url}/.well-known/twinpark/keys.json`);
  expect(response.status).toBe(200);
  return await response.json();
}

/** What people are told on a narrow terminal, with nothing left open. */
function expectWords(out: string, words: readonly string[]): void {
  for (const word of words) expect(out.replace(/\s+/g, ' ')).toContain(word);
  expect(out).not.toMatch(/\{\w+\}|undefined/);
  expect(Math.max(...out.split('\n').map(columnsOf))).toBeLessThanOrEqual(80);
}

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** The first of three ports that were free a moment ago. */
async function freePorts(): Promise<number> {
  for (;;) {
    const server = await listen(0);
    const address = server.address();
    server.close();
    await once(server, 'close');
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    try {
      for (const server of [await listen(port), await listen(port + 1), await listen(port + 2)])
        server.close();
      return port;
    } catch {
      // A neighbour is taken.
    }
  }
}
