import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bothKeys } from '@twinpark/transparency/testing/a-log.ts';
import { onTestFinished } from 'vitest';

/** A folder of its own for one test. */
export function aFolder(files: ReadonlyMap<string, Uint8Array | string> = new Map()): string {
  const folder = mkdtempSync(join(tmpdir(), 'twinpark-proof-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A file with the public keys of both parks of the invented zone. */
export function aKeysFile(value: unknown = bothKeys): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return join(aFolder(new Map([['keys.json', text]])), 'keys.json');
}

/** What a node would serve, changed at will while it is served: content by path, a status, or how often it is busy. */
export type Served = Map<string, Uint8Array | string | number | { busy: number; readonly then: Uint8Array }>;

/** Serves what the map holds, for one test. */
export async function serve(served: Served): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const found = served.get(url);
    if (typeof found === 'number') response.writeHead(found).end();
    else if (found === undefined) response.writeHead(404).end();
    else if (typeof found === 'string' || found instanceof Uint8Array) response.end(found);
    else if (found.busy === 0) response.end(found.then);
    else {
      found.busy -= 1;
      response.writeHead(429, { 'retry-after': '0' }).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
