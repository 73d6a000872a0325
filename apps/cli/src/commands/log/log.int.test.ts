import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aLog, type Log, someEntries } from '@twinpark/transparency/testing/a-log.ts';
import { describe, expect, it } from 'vitest';
import { call } from '../../testing/call.ts';
import { aFolder, aKeysFile, type Served, serve } from '../../testing/served-log.ts';

const entries = someEntries(700);
const early = aLog(entries.slice(0, 400), { isCosigned: false });
const later = aLog(entries);

function servedAs({ files }: Log): Served {
  return new Map([...files].map(([path, bytes]) => [`/log/${path}`, bytes]));
}

const fetchLog = (url: string, folder: string, ...more: string[]) =>
  call(['log', 'fetch', url, folder, '--keys', aKeysFile(), ...more]);
const verifyLog = (folder: string, ...more: string[]) =>
  call(['log', 'verify', folder, '--keys', aKeysFile(), ...more]);

/** Every file below a folder. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe('copying a log', () => {
  it('makes a copy that verifies, and brings it up to date', async () => {
    const served = servedAs(early);
    const { url, asked } = await serve(served);
    const folder = join(aFolder(), 'copy');
    const first = await fetchLog(`${url}/`, folder);
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
    expect(first.out).toContain('0 → 400 entries of the log of North Park');
    expect(first.out).toContain('No other park has signed');
    for (const [path, bytes] of servedAs(later)) served.set(path, bytes);
    asked.length = 0;
    const second = await fetchLog(url, folder, '--json');
    expect(JSON.parse(second.out)).toMatchObject({
      ok: true,
      before: 400,
      size: 700,
      park: 'north',
      cosigners: [{ at: '2026-03-02T12:00:00Z' }],
    });
    expect(asked).not.toContain('/log/tile/entries/000');
    expect(filesIn(folder)).toEqual([...later.files.keys()].sort());
    const verified = await verifyLog(folder);
    expect({ code: verified.code, err: verified.err }).toEqual({ code: 0, err: '' });
    expect(verified.out).toContain('this is the whole log of North Park');
    expect(verified.out).toContain('700 entries, 4 files of hashes made anew');
    expect(verified.out).toContain('Seen by another park at 2026-03-02T12:00:00Z');
  });

  it('goes on after the way was cut', async () => {
    const served = servedAs(later).set('/log/tile/entries/001', 503);
    const { url } = await serve(served);
    const folder = aFolder();
    const cut = await fetchLog(url, folder);
    expect({ code: cut.code, out: cut.out }).toEqual({ code: 1, out: '' });
    expect(cut.err).toContain(`${url}/log/tile/entries/001 answers with status 503`);
    expect(cut.err).toContain('goes on where it stopped');
    expect(existsSync(join(folder, 'checkpoint'))).toBe(false);
    served.set('/log/tile/entries/001', later.files.get('tile/entries/001') ?? '');
    expect((await fetchLog(url, folder)).code).toBe(0);
    expect((await verifyLog(folder)).code).toBe(0);
  });

  it('waits for a node that is busy', async () => {
    const path = 'tile/entries/001';
    const busy = { busy: 3, then: later.files.get(path) ?? expect.fail() };
    const { url, asked } = await serve(servedAs(later).set(`/log/${path}`, busy));
    expect((await fetchLog(url, aFolder())).code).toBe(0);
    expect(asked.filter((name) => name.endsWith(path))).toHaveLength(4);
  });

  it('refuses a log that has been rewritten, and leaves the copy as it is', async () => {
    const served = servedAs(early);
    const { url } = await serve(served);
    const folder = aFolder();
    await fetchLog(url, folder);
    const before = filesIn(folder).map((path) => readFileSync(join(folder, path)));
    const rewritten = aLog(entries.with(3, entries[4] ?? expect.fail()));
    for (const [path, bytes] of servedAs(rewritten)) served.set(path, bytes);
    const { code, err } = await fetchLog(url, folder);
    expect(code).toBe(1);
    expect(err).toContain(`${url}/log/checkpoint: The log has been rewritten`);
    expect(err).toContain('evidence');
    expect(filesIn(folder).map((path) => readFileSync(join(folder, path)))).toEqual(before);
  });

  it.each([
    ['/log/tile/entries/002.p/188', Buffer.alloc(100_000), 'has more than'],
    ['/log/tile/entries/000', 'x', 'tile/entries/000: This does not have the length'],
    ['/log/checkpoint', 'x', 'checkpoint: This is not the signed state of a log'],
    ['/log/checkpoint', 404, 'checkpoint: This file is missing'],
    ['/log/checkpoint', 500, 'answers with status 500'],
  ] as const)('tells what is wrong with %s', async (path, content, said) => {
    const { url } = await serve(servedAs(later).set(path, content));
    const { code, out, err } = await fetchLog(url, aFolder());
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(said);
  });

  it('tells that nobody answers, and that the folder cannot be written', async () => {
    const lost = await fetchLog('http://127.0.0.1:9', aFolder());
    expect(lost.code).toBe(1);
    expect(lost.err).toMatch(/http:\/\/127\.0\.0\.1:9\/log\/checkpoint cannot be reached \(/);
    const { url } = await serve(servedAs(later));
    const file = join(aFolder(new Map([['file', '']])), 'file');
    const unwritten = await fetchLog(url, file);
    expect({ code: unwritten.code, out: unwritten.out }).toEqual({ code: 1, out: '' });
    expect(unwritten.err).toContain('cannot be written');
  });
});

describe('verifying a copy of a log', () => {
  it('names the first place that differs, with the entry', async () => {
    const folder = aFolder(later.files);
    const path = join(folder, 'tile/entries/001');
    const bytes = readFileSync(path);
    bytes[34 * 9 + 20] = (bytes[34 * 9 + 20] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const { code, out, err } = await verifyLog(folder);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`${join(folder, 'tile/0/001')}, entry 265: The hashes are not those`);
    const program = await verifyLog(folder, '--json');
    expect(JSON.parse(program.out).problems).toMatchObject([{ code: 'differs', entry: 265 }]);
  });

  it.each([
    ['zh-Hans', '缺少此文件'],
    ['zh-Hant', '欠缺此檔案'],
  ])('speaks to its reader in %s', async (language, said) => {
    const { code, err } = await verifyLog(aFolder(), '--lang', language);
    expect(code).toBe(1);
    expect(err).toContain(said);
  });
});
