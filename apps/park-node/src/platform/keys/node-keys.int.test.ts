import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyUses, parkCardSchema } from '@twinpark/contract/node/park-card.ts';
import { loadZone } from '@twinpark/pack/load.ts';
import { getPark } from '@twinpark/pack/zone.ts';
import { zoneFolder } from '@twinpark/testkit/invented-zone.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClock } from '../../testing/test-clock.ts';
import { makeKeyFile } from './key-files.ts';
import { thumbprintOf } from './key-ring.ts';
import { loadNodeKeys, makeMissingKeys } from './node-keys.ts';
import { parkCardFile, parkCardOf, writeParkCard } from './park-card.ts';

const clock = new TestClock('2026-03-04T05:06:07Z');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinpark-keys-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const freshFolder = () => mkdtempSync(join(folder, 'of-'));
const keysOf = (dataFolder: string) => loadNodeKeys(dataFolder, { create: true, clock });
const privateJwk = () => generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });

/** Takes the private part out of a key’s file. */
function retire(file: string): void {
  const { d: _, ...publicPart } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify(publicPart));
}

describe('the keys of a park', () => {
  it('are named as the example of RFC 8037, appendix A.3', () => {
    const thumbprint = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
    expect(thumbprintOf('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo')).toBe(thumbprint);
  });

  it('are made at the first start, one for each use, for the node’s user alone, and stay the same', () => {
    const data = join(freshFolder(), 'new');
    const first = keysOf(data);
    const files = ['gateway', 'log', 'signing', 'witness'].map((name) => `${name}-20260304T050607Z.jwk`);
    expect(readdirSync(join(data, 'keys'))).toEqual(files);
    for (const file of files) expect(statSync(join(data, 'keys', file)).mode & 0o777).toBe(0o600);
    const ids = keyUses.map((use) => first[use][0].keyId);
    expect(new Set(ids).size).toBe(4);
    const again = keysOf(data);
    expect(keyUses.map((use) => again[use].map(({ keyId }) => keyId))).toEqual(ids.map((id) => [id]));
  });

  it('are those for documents where a park has only these, and the rest is made besides', () => {
    const data = freshFolder();
    const documents = join(data, 'keys');
    makeKeyFile(documents, 'documents', Temporal.Instant.from('2026-01-02T03:04:05Z'));
    expect(makeMissingKeys(data, clock.now())).toEqual(
      ['gateway', 'log', 'witness'].map((use) => join(documents, `${use}-20260304T050607Z.jwk`)),
    );
    expect(keysOf(data).documents).toHaveLength(1);
    expect(makeMissingKeys(data, clock.now())).toEqual([]);
  });

  it('are not made where the operator brings them; the fault names a file and how to make it', () => {
    const data = freshFolder();
    makeKeyFile(join(data, 'keys'), 'documents', clock.now());
    expect(() => loadNodeKeys(data, { create: false, clock })).toThrowError(
      expect.objectContaining({
        code: 'keyMissing',
        facts: { file: join(data, 'keys/gateway-20260304T050607Z.jwk'), folder: data },
      }),
    );
    expect(readdirSync(join(data, 'keys'))).toHaveLength(1);
  });

  it('of one use do not count for another', () => {
    const data = freshFolder();
    const made = keysOf(data);
    makeKeyFile(join(data, 'keys'), 'gateway', Temporal.Instant.from('2027-01-01T00:00:00Z'));
    const later = keysOf(data);
    expect(later.gateway.map(({ keyId }) => keyId).at(-1)).toBe(made.gateway[0].keyId);
    expect(later.gateway[0].keyId).not.toBe(made.gateway[0].keyId);
    expect(later.log[0].keyId).toBe(made.log[0].keyId);
  });

  it('are never written over', () => {
    const data = freshFolder();
    const file = makeKeyFile(data, 'log', clock.now()) ?? '';
    const before = readFileSync(file, 'utf8');
    expect(makeKeyFile(data, 'log', clock.now())).toBeNull();
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(readdirSync(data)).toHaveLength(1);
  });

  it.each([
    ['half a file', '{"kty":"OKP","crv":"Ed'],
    [
      'a key of another kind',
      JSON.stringify(generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' })),
    ],
    ['parts of two keys', JSON.stringify({ ...privateJwk(), x: privateJwk().x })],
  ])('stop the start where a file holds %s', (_, content) => {
    const data = freshFolder();
    keysOf(data);
    writeFileSync(join(data, 'keys/witness-1.jwk'), content, { mode: 0o600 });
    expect(() => keysOf(data)).toThrowError(expect.objectContaining({ code: 'keyUnusable' }));
  });

  it.skipIf(process.platform === 'win32')('stop the start where other users may read them', () => {
    const data = freshFolder();
    keysOf(data);
    chmodSync(join(data, 'keys/log-20260304T050607Z.jwk'), 0o640);
    expect(() => keysOf(data)).toThrowError(expect.objectContaining({ code: 'keyExposed' }));
  });
});

describe('the card of a park', () => {
  const cardOf = async (data: string) => {
    const loaded = await loadZone(zoneFolder);
    if ('problems' in loaded) throw new Error('The invented zone has faults');
    const { zone } = loaded;
    const place = { zone, park: getPark(zone, 'north'), address: 'https://north.example.org' };
    return parkCardOf(place, keysOf(data));
  };

  it('names every key by its use, with its public half alone', async () => {
    const data = freshFolder();
    const card = await cardOf(data);
    expect(card).toMatchObject({ format: 'twinpark-park-card/1', park: 'north' });
    expect(card.keys.map(({ use, name }) => [use, name])).toEqual(
      keyUses.map((use) => [use, `twinpark/${card.zone}/north/${use}`]),
    );
    expect(new Set(card.keys.map(({ from, until }) => `${from} ${until}`))).toEqual(
      new Set(['2026-03-04T05:06:07Z null']),
    );
    writeParkCard(data, card);
    const written = readFileSync(parkCardFile(data), 'utf8');
    expect(parkCardSchema.parse(JSON.parse(written))).toEqual(card);
    for (const file of readdirSync(join(data, 'keys'))) {
      const { d } = JSON.parse(readFileSync(join(data, 'keys', file), 'utf8'));
      expect(written).not.toContain(d);
    }
    expect(readdirSync(data).sort()).toEqual(['keys', 'park-card.json']);
  });

  it('says until when a retired key counted: until the next of its use was made', async () => {
    const data = freshFolder();
    const keys = join(data, 'keys');
    const first = makeKeyFile(keys, 'gateway', Temporal.Instant.from('2026-01-01T00:00:00Z')) ?? '';
    makeKeyFile(keys, 'gateway', Temporal.Instant.from('2026-02-01T00:00:00Z'));
    const spans = async () =>
      (await cardOf(data)).keys.flatMap(({ use, from, until }) => (use === 'gateway' ? [[from, until]] : []));
    expect(await spans()).toEqual([
      ['2026-01-01T00:00:00Z', null],
      ['2026-02-01T00:00:00Z', null],
    ]);
    retire(first);
    expect(await spans()).toEqual([
      ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'],
      ['2026-02-01T00:00:00Z', null],
    ]);
  });

  it('lets a key without a date in its name count since ever', async () => {
    const data = freshFolder();
    keysOf(data);
    writeFileSync(join(data, 'keys/log-0.jwk'), JSON.stringify(privateJwk()), { mode: 0o600 });
    const { keys } = await cardOf(data);
    expect(keys.find(({ use }) => use === 'log')?.from).toBe('1970-01-01T00:00:00Z');
  });
});
