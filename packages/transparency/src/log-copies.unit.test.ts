import { beforeEach, describe, expect, it } from 'vitest';
import type { FileReader } from './log-files.ts';
import { type LogCopy, mirrorLog } from './mirror-log.ts';
import { nodeCrypto as crypto } from './node-crypto.ts';
import { aLog, bothKeys, someEntries } from './testing/a-log.ts';
import { verifyLog } from './verify-log.ts';

const entries = someEntries(1100);
const log = aLog(entries);
const early = aLog(entries.slice(0, 600));

const reader =
  (files: ReadonlyMap<string, Uint8Array>): FileReader =>
  (path) =>
    Promise.resolve(files.get(path) ?? null);

/** The log with one file changed: a bit flipped at an octet, or gone. */
function with1(path: string, octet: number | null, files = log.files): Map<string, Uint8Array> {
  const changed = new Map(files);
  const bytes = new Uint8Array(files.get(path) ?? expect.fail(path));
  changed.delete(path);
  if (octet === null) return changed;
  bytes[octet] = (bytes[octet] ?? 0) ^ 1;
  return changed.set(path, bytes);
}

const verify = (files: ReadonlyMap<string, Uint8Array>, keys = bothKeys) =>
  verifyLog(reader(files), keys, crypto);

describe('a copy of a log', () => {
  it('is whole when every tile and the root come out of the entries', async () => {
    const verified = await verify(log.files);
    expect(verified).toMatchObject({
      found: {
        tiles: 6,
        checkpoint: {
          checkpoint: { size: 1100 },
          cosigners: [{ witness: 'twinpark/elmera/south/witness', at: '2026-03-02T12:00:00Z' }],
        },
      },
    });
    expect(await verify(aLog([]).files)).toHaveProperty('found');
    expect(await verify(aLog(entries.slice(0, 256), { isCosigned: false }).files)).toMatchObject({
      found: { checkpoint: { cosigners: [] } },
    });
  });

  it.each([
    ['tile/entries/002', 34 * 7 + 2, 'differs', 'tile/0/002', 519],
    ['tile/entries/002', 34 * 7 + 1, 'wrongLength', 'tile/entries/002', null],
    ['tile/entries/004.p/76', null, 'missing', 'tile/entries/004.p/76', null],
    ['tile/0/001', 32 * 3 + 31, 'differs', 'tile/0/001', 259],
    ['tile/0/004.p/76', 0, 'differs', 'tile/0/004.p/76', 1024],
    ['tile/0/003', null, 'missing', 'tile/0/003', null],
    ['tile/1/000.p/4', 32 * 2, 'differs', 'tile/1/000.p/4', 512],
    ['checkpoint', null, 'missing', 'checkpoint', null],
    ['checkpoint', 3, 'unknownLog', 'checkpoint', null],
    ['checkpoint', 27, 'wrongLogSignature', 'checkpoint', null],
  ])('with %s changed at octet %s: %s in %s, entry %s', async (path, octet, reason, place, entry) => {
    expect(await verify(with1(path, octet))).toEqual({ fault: { reason, place, entry } });
  });

  it('that was changed in every place alike has another root than was signed', async () => {
    const other = aLog(entries.with(5, entries[6] ?? expect.fail()));
    const forged = new Map(other.files).set('checkpoint', log.files.get('checkpoint') ?? expect.fail());
    expect(await verify(forged)).toEqual({
      fault: { reason: 'otherRoot', place: 'checkpoint', entry: null },
    });
  });

  it('may have full tiles where partial ones were: they begin with the same hashes', async () => {
    const files = new Map(log.files).set('checkpoint', early.files.get('checkpoint') ?? expect.fail());
    files.set('tile/1/000.p/2', early.files.get('tile/1/000.p/2') ?? expect.fail());
    expect(await verify(files)).toMatchObject({ found: { checkpoint: { checkpoint: { size: 600 } } } });
  });

  it('is of no use without the keys of its park', async () => {
    const keys = { ...bothKeys, cards: bothKeys.cards.slice(1) };
    expect(await verify(log.files, keys)).toMatchObject({ fault: { reason: 'unknownLog' } });
  });
});

describe('copying a log', () => {
  let files: Map<string, Uint8Array>;
  let copy: LogCopy;
  let written: string[];
  beforeEach(() => {
    files = new Map();
    written = [];
    copy = {
      read: (path) => Promise.resolve(files.get(path) ?? null),
      write: (path, bytes) => {
        written.push(path);
        files.set(path, new Uint8Array(bytes));
        return Promise.resolve();
      },
      remove: (path) => {
        files.delete(path);
        return Promise.resolve();
      },
    };
  });
  const mirror = (remote: ReadonlyMap<string, Uint8Array>) =>
    mirrorLog(reader(remote), copy, bothKeys, crypto);

  it('makes a copy that is whole, and brings it up to date with what is new alone', async () => {
    expect(await mirror(early.files)).toMatchObject({ mirrored: { before: 0, files: 7 } });
    expect(await verify(files)).toHaveProperty('found');
    written = [];
    expect(await mirror(log.files)).toMatchObject({ mirrored: { before: 600, files: 7 } });
    expect(written.at(-1)).toBe('checkpoint');
    expect(written).not.toContain('tile/0/001');
    expect(await verify(files)).toHaveProperty('found');
    // Nothing of the smaller size is left lying about.
    expect([...files.keys()].sort()).toEqual([...log.files.keys()].sort());
    written = [];
    expect(await mirror(log.files)).toMatchObject({ mirrored: { before: 1100, files: 0 } });
    expect(written).toEqual(['checkpoint']);
  });

  it('goes on where it was interrupted', async () => {
    let left = 3;
    const failing: FileReader = (path) => {
      left -= path.includes('entries') ? 1 : 0;
      return left < 0 ? Promise.reject(new Error('cut')) : reader(log.files)(path);
    };
    await expect(mirrorLog(failing, { ...copy }, bothKeys, crypto)).rejects.toThrow('cut');
    expect(files.has('checkpoint')).toBe(false);
    const before = new Set(written);
    expect(await mirror(log.files)).toHaveProperty('mirrored');
    const twice = written.slice(before.size).filter((path) => before.has(path));
    expect(twice).toEqual([]);
    expect(await verify(files)).toHaveProperty('found');
  });

  it.each([
    ['tile/entries/002', 34 * 7 + 2, 'differs', 'tile/entries/002', 519],
    ['tile/0/001', 32 * 3 + 31, 'differs', 'tile/0/001', 256],
    ['tile/0/004.p/76', 0, 'otherRoot', 'checkpoint', null],
    ['tile/1/000.p/4', 32 * 2, 'otherRoot', 'checkpoint', null],
    ['tile/0/003', null, 'missing', 'tile/0/003', null],
    ['checkpoint', 27, 'wrongLogSignature', 'checkpoint', null],
  ])('keeps nothing that is wrong: %s changed at %s', async (path, octet, reason, place, entry) => {
    expect(await mirror(with1(path, octet))).toEqual({ fault: { reason, place, entry, where: 'log' } });
    for (const [name, bytes] of files) expect(bytes).toEqual(new Uint8Array(log.files.get(name) ?? []));
    expect(files.has('checkpoint')).toBe(false);
  });

  it('refuses a log that was rewritten, is older, or is another', async () => {
    await mirror(early.files);
    const kept = new Map(files);
    const rewritten = aLog(entries.with(17, entries[18] ?? expect.fail()));
    const other = aLog(entries, { park: 'south' });
    const where = 'log';
    const refused = (reason: string) => ({ fault: { reason, place: 'checkpoint', entry: null, where } });
    expect(await mirror(rewritten.files)).toEqual(refused('rewritten'));
    expect(await mirror(aLog(entries.slice(0, 599)).files)).toEqual(refused('older'));
    expect(await mirror(other.files)).toEqual(refused('otherLog'));
    expect(files).toEqual(kept);
  });

  it('does not overwrite a file of the copy that is not what it should be', async () => {
    await mirror(early.files);
    files = with1('tile/entries/002.p/88', 40, files);
    const broken = new Map(files);
    expect(await mirror(early.files)).toEqual({
      fault: { reason: 'differs', place: 'tile/entries/002.p/88', entry: 513, where: 'copy' },
    });
    expect(files).toEqual(broken);
    files = with1('tile/0/002.p/88', 0, early.files as Map<string, Uint8Array>);
    expect(await mirror(early.files)).toMatchObject({
      fault: { reason: 'copyDiffers', place: 'tile/0/002.p/88', where: 'copy' },
    });
  });
});
