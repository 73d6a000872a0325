import { describe, expect, it } from 'vitest';
import { type ParkKeys, readParkCard, readParkKeys, thumbprintOf } from './keys.ts';
import { nodeCrypto as crypto } from './node-crypto.ts';
import { aCard, bothKeys } from './testing/a-log.ts';

const [north, south] = bothKeys.cards;

/** The keys with something else at a place, as a file would hold them. */
function keysWith(path: readonly (string | number)[], value: unknown): unknown {
  const keys: unknown = structuredClone(bothKeys);
  const last = path.at(-1) ?? expect.fail();
  const holder = path.slice(0, -1).reduce((at, part) => (at as never)[part], keys);
  Object.assign(holder as object, { [last]: value });
  return keys;
}

describe('a file of keys', () => {
  it('holds the cards of parks', () => {
    expect(readParkKeys(structuredClone(bothKeys), crypto)).toEqual({ keys: bothKeys });
    expect(readParkCard(aCard('north'), crypto)).toEqual({ card: north });
  });

  it.each([
    [null, '', 'notAnObject'],
    [{}, '/format', 'wrongFormat'],
    [{ ...bothKeys, cards: [] }, '/cards', 'noCards'],
    [{ ...bothKeys, note: '' }, '/note', 'unknownMember'],
    [keysWith(['cards', 1, 'zone'], 'Elmera'), '/cards/1/zone', 'notAName'],
    [keysWith(['cards', 1, 'nmae'], {}), '/cards/1/nmae', 'unknownMember'],
    [keysWith(['cards', 0, 'keys', 0, 'x'], 'AAAA'), '/cards/0/keys/0/x', 'notAKey'],
    [keysWith(['cards', 0, 'keys', 0, 'use'], 'gate'), '/cards/0/keys/0/use', 'notAUse'],
    [keysWith(['cards', 0, 'keys', 0, 'name'], 'a b'), '/cards/0/keys/0/name', 'notAName'],
    [keysWith(['cards', 0, 'keys', 1, 'kid'], 'x'), '/cards/0/keys/1/kid', 'otherKeyId'],
    [keysWith(['cards', 0, 'keys', 1, 'name'], 'witness'), '/cards/0/keys/1/name', 'otherKeyName'],
    [keysWith(['cards', 0, 'keys', 1, 'from'], '2026-01-01'), '/cards/0/keys/1/from', 'notAnInstant'],
    [
      keysWith(['cards', 0, 'keys', 1, 'until'], '2026-01-01T00:00:00Z'),
      '/cards/0/keys/1/until',
      'endsBeforeItBegins',
    ],
    [keysWith(['cards', 0, 'keys', 1], north?.keys[0]), '/cards/0/keys/1', 'keyTwice'],
    [{ ...bothKeys, cards: [north, south, north] }, '/cards/2/park', 'parkTwice'],
  ])('is not used with a fault: %# %s %s', (value, place, reason) => {
    const read = readParkKeys(value, crypto);
    expect('faults' in read && read.faults).toContainEqual({ place, reason });
  });

  it('tells all that is wrong at once', () => {
    const worse: unknown = {
      ...(keysWith(['cards', 0, 'keys', 0, 'x'], '') as ParkKeys),
      format: 'twinpark-keys/2',
    };
    const read = readParkKeys(worse, crypto);
    expect('faults' in read && read.faults.map(({ place }) => place)).toEqual([
      '/format',
      '/cards/0/keys/0/x',
    ]);
  });

  it('names keys as RFC 8037 does in its example', () => {
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    expect(thumbprintOf(crypto, x)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });
});
