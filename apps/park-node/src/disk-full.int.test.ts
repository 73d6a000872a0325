import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@twinpark/contract/client.ts';
import { createDossier, listDossiers } from '@twinpark/contract/dossier/dossiers.ts';
import { zoneFolder } from '@twinpark/testkit/invented-zone.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort, startNodeProcess } from './testing/node-process.ts';
import { type PersistentClient, signIn } from './testing/persistent-client.ts';
import { layEmbeddedDatabase } from './testing/stores.ts';

/** A disk of its own, which only root may make; without it there is nothing to fill. */
const disk = smallDisk();
afterAll(() => {
  if (disk === null) return;
  execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true });
});

describe.runIf(disk !== null)('a node whose disk is full', () => {
  it('refuses what it cannot keep, leaves no trace of it, and goes on once there is room', async () => {
    const data = join(disk ?? '', 'data');
    await layEmbeddedDatabase(data);
    const settings = { TWINPARK_PARK: 'north', TWINPARK_ZONE: zoneFolder, TWINPARK_DATA: data };
    const port = await freePort();
    const node = startNodeProcess(settings, port);
    try {
      await node.serves();
      const applicant = await signIn({ url: () => node.url }, 'applicant');
      const answers = [await begin(node.url, applicant)];
      const filler = fill(join(disk ?? '', 'filler'));
      for (let tries = 0; tries < 300; tries += 1) answers.push(await begin(node.url, applicant));
      expect(new Set(answers.map(String))).toEqual(new Set(['201', '507 storageFull']));
      expect((await fetch(`${node.url}/health/live`)).status).toBe(200);
      rmSync(filler);
      answers.push(await begin(node.url, applicant));
      expect(answers.at(-1)).toBe(201);
      await node.kill();

      const again = startNodeProcess(settings, port);
      try {
        await again.serves();
        const stored = await countDossiers(await signIn({ url: () => again.url }, 'applicant'));
        expect(stored).toBe(answers.filter((answer) => answer === 201).length);
      } finally {
        await again.kill();
      }
    } finally {
      await node.kill();
    }
  }, 180_000);
});

function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'twinpark-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=120m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}

/** Takes every byte that is left. */
function fill(file: string): string {
  const handle = openSync(file, 'w');
  for (const bytes of [Buffer.alloc(65_536), Buffer.alloc(1)]) {
    try {
      for (;;) writeSync(handle, bytes);
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
  }
  closeSync(handle);
  return file;
}

/** Begins a dossier; the status, with the code of the problem where there is one. */
async function begin(baseUrl: string, { cookie }: PersistentClient): Promise<number | string> {
  const result = await createClient({ baseUrl, headers: { cookie } }).call(createDossier, {
    body: { journey: 'open-a-laboratory', title: 'On a full disk', language: 'en' },
    idempotencyKey: randomUUID(),
  });
  return result.ok ? result.status : `${result.status} ${result.problem.code}`;
}

async function countDossiers(applicant: PersistentClient): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: { items: readonly unknown[]; nextCursor: string | null } = await applicant.get(listDossiers, {
      query: { limit: 200, ...(cursor === null ? {} : { cursor }) },
    });
    count += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return count;
}
