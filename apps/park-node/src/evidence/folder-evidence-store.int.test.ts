import { createHash, randomUUID } from 'node:crypto';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StorageFull } from './evidence-store.ts';
import { FolderEvidenceStore } from './folder-evidence-store.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const hashOf = (value: Uint8Array) => createHash('sha256').update(value).digest('hex');

let folder = '';
beforeAll(async () => {
  folder = await files.mkdtemp(join(tmpdir(), 'twinpark-evidence-'));
});
afterAll(async () => {
  await files.rm(folder, { recursive: true });
});

describe('Evidence in a folder', () => {
  it('keeps bytes under their hash, readable by nobody but the node', async () => {
    const store = new FolderEvidenceStore(join(folder, 'kept'));
    const kept = await store.put(bytes('a paper'));
    expect(kept).toEqual({ sha256: hashOf(bytes('a paper')), sizeBytes: 7 });
    expect(await textOf(await store.read(kept.sha256))).toBe('a paper');
    expect(await textOf(await store.read(kept.sha256, { first: 2, last: 6 }))).toBe('paper');
    const { mode } = await files.stat(pathOf('kept', kept.sha256));
    expect(mode & 0o777).toBe(0o600);
  });

  it('keeps the same bytes once, also when they come at once', async () => {
    const store = new FolderEvidenceStore(join(folder, 'twice'));
    const [first, second] = await Promise.all([store.put(bytes('same')), store.put(bytes('same'))]);
    expect(first).toEqual(second);
    expect(await store.check(first.sha256)).toBe('sound');
    expect(await files.readdir(join(folder, 'twice', 'drafts'))).toEqual([]);
  });

  it('finds a file that was changed or is gone, even after it was found sound', async () => {
    const store = new FolderEvidenceStore(join(folder, 'damaged'));
    const { sha256 } = await store.put(bytes('original'));
    expect(await store.check(sha256)).toBe('sound');
    await files.writeFile(pathOf('damaged', sha256), 'falsified');
    expect(await store.check(sha256)).toBe('damaged');
    await store.put(bytes('original'));
    expect(await store.check(sha256)).toBe('sound');
    await files.rm(pathOf('damaged', sha256));
    expect(await store.check(sha256)).toBe('missing');
    expect(await store.read(sha256)).toBeNull();
  });

  it.runIf(process.platform === 'linux')(
    'opens no file for whoever only asks whether it is there',
    async () => {
      const store = new FolderEvidenceStore(join(folder, 'asked'));
      const { sha256 } = await store.put(bytes('there'));
      expect(await store.read(sha256)).not.toBeNull();
      const open = await files.readdir('/proc/self/fd');
      const paths = await Promise.all(
        open.map((fd) => files.readlink(`/proc/self/fd/${fd}`).catch(() => '')),
      );
      expect(paths).not.toContain(pathOf('asked', sha256));
    },
  );

  it('puts parts together in their order, the newest of each number', async () => {
    const store = new FolderEvidenceStore(join(folder, 'parts'));
    const upload = randomUUID();
    await store.putPart(upload, 2, bytes('two'));
    await store.putPart(upload, 1, bytes('none'));
    await store.putPart(upload, 1, bytes('one'));
    expect(await textOf(store.readParts(upload, 2))).toBe('onetwo');
    expect(await Array.fromAsync(store.listUploads())).toEqual([upload]);
    await store.removeParts(upload);
    expect(await Array.fromAsync(store.listUploads())).toEqual([]);
  });

  it('says that it is full and leaves nothing half-written', async () => {
    const place = join(folder, 'full');
    const noRoom = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const store = new FolderEvidenceStore(place, {
      ...files,
      open: async (path, flags, mode) => {
        const file = await files.open(path, flags, mode);
        if (flags === 'wx') file.writeFile = () => Promise.reject(noRoom);
        return file;
      },
    });
    await expect(store.put(bytes('too much'))).rejects.toBeInstanceOf(StorageFull);
    await expect(store.putPart(randomUUID(), 1, bytes('too much'))).rejects.toBeInstanceOf(StorageFull);
    const left = await files.readdir(place, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });

  it('leaves nothing when the sender breaks off', async () => {
    const store = new FolderEvidenceStore(join(folder, 'broken'));
    const brokenOff = async function* () {
      yield bytes('half');
      await Promise.resolve();
      throw new Error('connection lost');
    };
    await expect(store.put(brokenOff())).rejects.toThrow('connection lost');
    expect(await files.readdir(join(folder, 'broken', 'drafts'))).toEqual([]);
  });

  it('removes only what nobody has put since', async () => {
    const store = new FolderEvidenceStore(join(folder, 'sweep'));
    const { sha256: old } = await store.put(bytes('old'));
    const { sha256: fresh } = await store.put(bytes('fresh'));
    const yesterday = new Date(Date.now() - 86_400_000);
    await files.utimes(pathOf('sweep', old), yesterday, yesterday);
    const since = Temporal.Now.instant().subtract({ hours: 1 });
    expect(await Array.fromAsync(store.listUntouchedSince(since))).toEqual([old]);
    await store.put(bytes('old'));
    await store.removeUntouchedSince(old, since);
    await store.removeUntouchedSince(fresh, since);
    expect([await store.check(old), await store.check(fresh)]).toEqual(['sound', 'sound']);
  });

  it.each(['../../etc/passwd', 'A'.repeat(64), ''])('takes no name but a hash: %j', async (name) => {
    const store = new FolderEvidenceStore(join(folder, 'names'));
    await expect(store.read(name)).rejects.toThrow(RangeError);
    await expect(store.removeParts(name)).rejects.toThrow(RangeError);
  });
});

function pathOf(place: string, sha256: string): string {
  return join(folder, place, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

async function textOf(chunks: AsyncIterable<Uint8Array> | null): Promise<string> {
  return Buffer.concat(await Array.fromAsync(chunks ?? [])).toString();
}
