import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { found, inventedZone, zoneFolder } from '@twinpark/testkit/invented-zone.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPackFolder } from './disk.ts';
import { limits } from './source.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pack-'));
  cpSync(zoneFolder, folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function foundOnDisk(path = folder): Promise<string[]> {
  return found(await readPackFolder(path));
}

describe('The folder of a pack', () => {
  it('is read file by file, in the order of the paths', async () => {
    expect(await readPackFolder(folder)).toEqual(inventedZone());
    expect(await foundOnDisk()).toEqual([]);
  });

  it('may hold texts for people, worked examples and hidden files', async () => {
    writeFileSync(join(folder, 'README.md'), '# The zone');
    mkdirSync(join(folder, 'examples'));
    writeFileSync(join(folder, 'examples', 'visit.yaml'), 'story: []');
    writeFileSync(join(folder, '.draft.yaml'), 'story: []');
    expect(await foundOnDisk()).toEqual([]);
  });

  it('must exist', async () => {
    expect(await foundOnDisk(join(folder, 'nowhere'))).toEqual(['.:1:1 folder-missing']);
    expect(await foundOnDisk(join(folder, 'zone.yaml', 'within'))).toEqual(['.:1:1 folder-missing']);
  });

  it('must be a folder', async () => {
    expect(await foundOnDisk(join(folder, 'zone.yaml'))).toEqual(['.:1:1 not-a-folder']);
  });

  it('must hold a file', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    expect(await foundOnDisk(empty)).toEqual(['.:1:1 pack-empty']);
  });

  it('must say which zone it is', async () => {
    rmSync(join(folder, 'zone.yaml'));
    expect(await foundOnDisk()).toEqual(['.:1:1 zone-missing']);
  });

  it('may not have a name that the system refuses', async () => {
    expect(await foundOnDisk('x'.repeat(5_000))).toEqual(['.:1:1 unreadable-file']);
  });

  it('is not read beyond a depth that no pack needs', async () => {
    const deep = join(folder, ...Array.from({ length: limits.folders + 1 }, () => 'a'));
    mkdirSync(deep, { recursive: true });
    const path = Array.from({ length: limits.folders + 1 }, () => 'a').join('/');
    expect(await foundOnDisk()).toEqual([`${path}:1:1 folders-too-deep`]);
  });

  it('is not read beyond a number of files that no pack has', async () => {
    mkdirSync(join(folder, 'many'));
    for (let index = 0; index < limits.files; index += 1) {
      writeFileSync(join(folder, 'many', `${index}.yaml`), 'terms: []');
    }
    expect(await foundOnDisk()).toEqual(['.:1:1 too-many-files']);
  });
});

describe('A file of a pack', () => {
  it('has the ending .yaml', async () => {
    renameSync(join(folder, 'facts.yaml'), join(folder, 'facts.yml'));
    writeFileSync(join(folder, 'more.json'), '{}');
    expect(await foundOnDisk()).toEqual(['facts.yml:1:1 wrong-extension', 'more.json:1:1 wrong-extension']);
  });

  it('is no link, not even to a file of the pack', async () => {
    symlinkSync('/etc/passwd', join(folder, 'users.yaml'));
    symlinkSync(join(folder, 'facts.yaml'), join(folder, 'more.yaml'));
    symlinkSync(folder, join(folder, 'again'));
    expect(await foundOnDisk()).toEqual([
      'again:1:1 symbolic-link',
      'more.yaml:1:1 symbolic-link',
      'users.yaml:1:1 symbolic-link',
    ]);
  });

  it('is no socket, and is not waited for', async () => {
    const server = createServer().listen(join(folder, 'socket.yaml'));
    await once(server, 'listening');
    expect(await foundOnDisk()).toEqual(['socket.yaml:1:1 not-a-regular-file']);
    server.close();
  });

  it('is refused by its size before it is read', async () => {
    writeFileSync(join(folder, 'huge.yaml'), '');
    truncateSync(join(folder, 'huge.yaml'), 100 * 1024 * 1024);
    const began = performance.now();
    expect(await foundOnDisk()).toEqual(['huge.yaml:1:1 file-too-large']);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('is read up to the very limit', async () => {
    const size = limits.fileBytes - 'terms: []\n'.length;
    writeFileSync(join(folder, 'large.yaml'), `terms: []\n${'#'.repeat(size)}`);
    expect(await foundOnDisk()).toEqual([]);
    appendFileSync(join(folder, 'large.yaml'), '#');
    expect(await foundOnDisk()).toEqual(['large.yaml:1:1 file-too-large']);
  });

  it('is refused where all together are too large', async () => {
    for (let index = 0; index <= limits.packBytes / limits.fileBytes; index += 1) {
      writeFileSync(join(folder, `large-${index}.yaml`), '');
      truncateSync(join(folder, `large-${index}.yaml`), limits.fileBytes);
    }
    const sources = await readPackFolder(folder);
    expect(sources.filter((source) => 'fault' in source)).toEqual([
      { path: '', fault: { code: 'pack-too-large', parameters: { limit: String(limits.packBytes) } } },
    ]);
  });
});
