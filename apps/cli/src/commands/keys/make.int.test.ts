import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call } from '../../testing/call.ts';

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinpark-keys-make-'));
  data = join(folder, 'park');
});
afterEach(() => rmSync(folder, { recursive: true }));

const made = '20260302T010000Z.jwk';
const filesIn = () => readdirSync(join(data, 'keys'));
const make = (more: readonly string[] = [], now = '2026-03-02T01:00:00Z') =>
  call(['keys', 'make', '--data', data, ...more], { now, columns: 200 });

describe('twinpark keys make', () => {
  it('makes the key of each use, and tells the fingerprints to compare and where the card will be', async () => {
    const { code, out } = await make();
    expect(code).toBe(0);
    expect(filesIn()).toEqual(['gateway', 'log', 'signing', 'witness'].map((name) => `${name}-${made}`));
    expect(out).toContain('4 keys were made.');
    expect(out.match(/Fingerprint: [\w-]{43}\n/g)).toHaveLength(4);
    expect(out).toContain(join(data, 'park-card.json'));
  });

  it('makes nothing where nothing is missing, and touches no key', async () => {
    await make();
    const before = filesIn().map((file) => readFileSync(join(data, 'keys', file), 'utf8'));
    const { code, out } = await make([], '2026-03-03T01:00:00Z');
    expect([code, out.split('\n')[0]]).toEqual([0, 'No key is missing; nothing was made.']);
    expect(filesIn().map((file) => readFileSync(join(data, 'keys', file), 'utf8'))).toEqual(before);
  });

  it('makes a further key of one use, which then signs; the one before stays', async () => {
    await make();
    const { code, out } = await make(['--use', 'gateway', '--json'], '2026-04-02T01:00:00Z');
    const told = JSON.parse(out);
    expect(code).toBe(0);
    expect(told.made).toEqual([join(data, 'keys/gateway-20260402T010000Z.jwk')]);
    expect(told.card).toBe(join(data, 'park-card.json'));
    const keys = told.keys.map(({ use, from, retired }: Record<string, unknown>) => [use, from, retired]);
    expect(keys).toEqual([
      ['documents', '2026-03-02T01:00:00Z', false],
      ['gateway', '2026-03-02T01:00:00Z', false],
      ['gateway', '2026-04-02T01:00:00Z', false],
      ['log', '2026-03-02T01:00:00Z', false],
      ['witness', '2026-03-02T01:00:00Z', false],
    ]);
    expect(out).not.toContain(JSON.parse(readFileSync(told.made[0], 'utf8')).d);
  });

  it('never writes over a key of the same second', async () => {
    await make();
    const before = readFileSync(join(data, 'keys', `gateway-${made}`), 'utf8');
    const { code, err } = await make(['--use', 'gateway']);
    expect([code, err]).toEqual([2, expect.stringContaining('within this very second')]);
    expect(readFileSync(join(data, 'keys', `gateway-${made}`), 'utf8')).toBe(before);
  });

  it('takes the uses that there are, and needs a folder', async () => {
    const wrong = await make(['--use', 'gatway']);
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean “gateway”?') });
    expect(existsSync(data)).toBe(false);
    const without = await call(['keys', 'make']);
    expect(without).toMatchObject({ code: 2, err: expect.stringContaining('--data') });
  });

  it('leaves damaged keys alone and says which, and says where it cannot write', async () => {
    await make();
    writeFileSync(join(data, 'keys', `log-${made}`), '{');
    for (const more of [[], ['--use', 'log']]) {
      const { code, err } = await make(more, '2026-04-02T01:00:00Z');
      expect([code, err]).toEqual([2, expect.stringContaining(`log-${made}`)]);
    }
    expect(filesIn()).toHaveLength(4);
    const nowhere = await call(['keys', 'make', '--data', '/dev/null/data'], { columns: 200 });
    expect(nowhere).toMatchObject({ code: 2, err: expect.stringContaining('/dev/null/data') });
  });

  it.each(['zh-Hans', 'zh-Hant', 'en'])('speaks %s', async (language) => {
    const { code, out } = await make(['--lang', language]);
    expect(code).toBe(0);
    expect(out).not.toMatch(/\{\w+\}|undefined/);
  });
});
