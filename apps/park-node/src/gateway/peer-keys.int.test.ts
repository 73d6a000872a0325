import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyUse, ParkCard, ParkKey } from '@twinpark/contract/node/park-card.ts';
import { messageLanguages } from '@twinpark/pack/problems.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { thumbprintOf } from '../platform/keys/key-ring.ts';
import { StartFault } from '../platform/start-fault.ts';
import { startFaultText } from '../platform/start-fault-text.ts';
import { TestClock } from '../testing/test-clock.ts';
import { readPeerCard } from './peer-card.ts';
import { PeerKeys } from './peer-keys.ts';

const peer = { zone: 'elmera', park: 'south' };
const start = '2026-06-10T08:00:00Z';
const now = Temporal.Instant.from(start);

let folder: string;
let file: string;
let faults: StartFault[];
let clock: TestClock;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinpark-peer-'));
});
beforeEach(() => {
  file = join(mkdtempSync(join(folder, 'of-')), 'park-card.json');
  faults = [];
  clock = new TestClock(start);
});
afterAll(() => rmSync(folder, { recursive: true }));

function aKey(use: KeyUse = 'gateway', change: Partial<ParkKey> = {}): ParkKey {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const name = `twinpark/elmera/south/${use}`;
  return { use, name, kid: thumbprintOf(x), x, from: '2026-01-01T00:00:00Z', until: null, ...change };
}

function aCard(keys: readonly ParkKey[], change: Partial<ParkCard> = {}): ParkCard {
  const format = 'twinpark-park-card/1';
  return { format, ...peer, name: { en: 'South' }, address: null, keys: [...keys], ...change };
}

const write = (value: unknown) => writeFileSync(file, JSON.stringify(value));
const peerKeys = () =>
  new PeerKeys({
    cardFile: file,
    peer,
    clock,
    readAnnounced: async () => [],
    onFault: (fault) => void faults.push(fault),
  });

describe('the keys of the other park', () => {
  it('are found by their id, for their use, while they count', () => {
    const key = aKey('gateway', { until: '2026-07-01T00:00:00Z' });
    const log = aKey('log');
    write(aCard([key, log]));
    const keys = peerKeys();
    expect(keys.find(key.kid, 'gateway', now)).toMatchObject({ keyId: key.kid, name: key.name });
    expect(keys.find(key.kid, 'log', now)).toBeNull();
    expect(keys.find(log.kid, 'gateway', now)).toBeNull();
    const at = (instant: string) => keys.find(key.kid, 'gateway', Temporal.Instant.from(instant));
    expect(at('2025-12-31T23:59:59Z')).toBeNull();
    expect(at('2026-01-01T00:00:00Z')).not.toBeNull();
    expect(at('2026-06-30T23:59:59Z')).not.toBeNull();
    expect(at('2026-07-01T00:00:00Z')).toBeNull();
    expect(keys.findAny(key.kid)).not.toBeNull();
  });

  it('are found on a card that comes later or changes, looked for once a second at most', () => {
    const [first, second] = [aKey(), aKey()];
    const keys = peerKeys();
    expect(keys.find(first.kid, 'gateway', now)).toBeNull();
    write(aCard([first]));
    expect(keys.find(first.kid, 'gateway', now)).toBeNull();
    clock.advance({ minutes: 1 });
    expect(keys.find(first.kid, 'gateway', now)).not.toBeNull();
    write(aCard([second]));
    expect(keys.find(second.kid, 'gateway', now)).toBeNull();
    clock.advance({ minutes: 1 });
    expect(keys.find(second.kid, 'gateway', now)).not.toBeNull();
    expect(keys.find(first.kid, 'gateway', now)).toBeNull();
    expect(faults).toEqual([]);
  });

  it('go on counting when the card that replaces theirs cannot be used, and somebody is told', () => {
    const key = aKey();
    write(aCard([key]));
    const keys = peerKeys();
    expect(keys.find(key.kid, 'gateway', now)).not.toBeNull();
    writeFileSync(file, '{');
    clock.advance({ minutes: 1 });
    expect(keys.find(aKey().kid, 'gateway', now)).toBeNull();
    expect(faults.map(({ code }) => code)).toEqual(['peerCardUnusable']);
    expect(keys.find(key.kid, 'gateway', now)).not.toBeNull();
  });

  it('are also those that were announced, and an announcement may end one of the card', () => {
    const [old, next] = [aKey(), aKey()];
    write(aCard([old]));
    const keys = peerKeys();
    expect(keys.find(old.kid, 'gateway', now)).not.toBeNull();
    keys.learn([{ ...old, until: '2026-06-10T07:00:00Z' }, next]);
    expect(keys.find(old.kid, 'gateway', now)).toBeNull();
    expect(keys.find(next.kid, 'gateway', now)).not.toBeNull();
  });

  it('end where the card says so, though they were announced without an end', () => {
    const [old, next] = [aKey(), aKey()];
    write(aCard([old]));
    const keys = peerKeys();
    keys.learn([next]);
    expect(keys.list('gateway', now).map(({ keyId }) => keyId)).toEqual([old.kid, next.kid]);
    write(aCard([old, { ...next, until: '2026-06-10T07:00:00Z' }]));
    clock.advance({ minutes: 1 });
    expect(keys.list('gateway', now).map(({ keyId }) => keyId)).toEqual([old.kid]);
    expect(keys.find(next.kid, 'gateway', now)).toBeNull();
  });

  it('are none where no card is known', () => {
    const alone = new PeerKeys({
      cardFile: null,
      peer,
      clock,
      readAnnounced: async () => [],
      onFault: () => {},
    });
    alone.check(false);
    expect(alone.find(aKey().kid, 'gateway', now)).toBeNull();
  });

  it('may be missing at the start of a demo alone', () => {
    peerKeys().check(true);
    expect(() => peerKeys().check(false)).toThrowError(expect.objectContaining({ code: 'peerCardUnusable' }));
  });
});

describe('a card of the other park', () => {
  const key = aKey();
  it.each<[string, unknown, string]>([
    ['another format', aCard([key], { format: 'twinpark-park-card/2' as never }), 'format'],
    ['no keys', { ...aCard([]), keys: undefined }, 'keys'],
    ['a key for something unknown', aCard([{ ...key, use: 'cooking' as never }]), 'keys[0].use'],
    ['a date that is none', aCard([key, { ...key, from: 'yesterday' }]), 'keys[1].from'],
    ['half a key', aCard([{ ...key, x: key.x.slice(1) }]), 'keys[0].x'],
    ['a key under the id of another', aCard([key, { ...key, kid: aKey().kid }]), 'keys[1]'],
    ['a list', [], 'JSON'],
  ])('with %s cannot be used, and the fault says where', (_, content, place) => {
    write(content);
    expect(() => readPeerCard(file, peer)).toThrowError(
      expect.objectContaining({ code: 'peerCardUnusable', facts: { file, reason: place } }),
    );
  });

  it('of another park or zone cannot be used', () => {
    for (const change of [{ park: 'north' }, { zone: 'other' }]) {
      write(aCard([key], change));
      expect(() => readPeerCard(file, peer)).toThrowError(
        expect.objectContaining({ code: 'peerCardOfAnother' }),
      );
    }
  });

  it.each(messageLanguages)('says in %s what is wrong with it, and where', (language) => {
    for (const content of ['{', JSON.stringify(aCard([key], { park: 'north' }))]) {
      writeFileSync(file, content);
      const text = faultOf(() => readPeerCard(file, peer), language);
      expect(text).toContain(file);
      expect(text).not.toMatch(/[{}[\]]|undefined/);
    }
  });
});

function faultOf(reading: () => unknown, language: (typeof messageLanguages)[number]): string {
  try {
    reading();
  } catch (error) {
    if (error instanceof StartFault) return startFaultText(error, language);
  }
  throw new Error('There was no fault');
}
