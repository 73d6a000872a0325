import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { NodeMessage, ReadyNode } from '../node-message.ts';

/** A node in a process of its own, as it runs in production, so that it can be killed. */
export interface NodeProcess {
  readonly url: string;
  readonly pid: number;
  /** Null when the process ended before it served. */
  readonly ready: Promise<ReadyNode | null>;
  /** Waits until it serves; throws with what it printed where it ended instead. */
  serves(): Promise<ReadyNode>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** What it has printed, log and all. */
  readonly printed: () => string;
  /** Ends it at once and waits until it is gone. */
  kill(): Promise<void>;
  /** Asks it to end, and returns its exit code. */
  stop(): Promise<number | null>;
}

const main = join(import.meta.dirname, '../main.ts');

/** Starts a node on a port of its own with these settings; what is not given is as in a demo. */
export function startNodeProcess(settings: Readonly<Record<string, string>>, port: number): NodeProcess {
  const url = `http://127.0.0.1:${port}`;
  const child = fork(main, [], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      TWINPARK_MODE: 'demo',
      TWINPARK_PORT: String(port),
      TWINPARK_PUBLIC_URL: url,
      TWINPARK_REQUESTS_PER_MINUTE: '1000000',
      TWINPARK_LOG_LEVEL: 'warn',
      ...settings,
    },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      printed += chunk;
    });
  }
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const ready = readiness(child, ended);
  return {
    url,
    pid: child.pid ?? 0,
    ready,
    serves: async () => {
      const node = await ready;
      if (node === null) throw new Error(`The node ended before it served: ${printed}`);
      return node;
    },
    ended,
    printed: () => printed,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      child.kill('SIGTERM');
      return (await ended).code;
    },
  };
}

async function readiness(child: ChildProcess, ended: Promise<unknown>): Promise<ReadyNode | null> {
  const ready = new Promise<ReadyNode>((resolve) => {
    child.on('message', (message) => {
      const told = message as NodeMessage;
      if (told.kind === 'ready') resolve(told.node);
    });
  });
  return await Promise.race([ready, ended.then(() => null)]);
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return address.port;
}
