import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafHash } from './merkle.ts';
import { inclusionProof, rootOf } from './merkle-proofs.ts';
import { nodeCrypto as crypto } from './node-crypto.ts';
import { someEntries } from './testing/a-log.ts';
import {
  appendLeaves,
  emptyEdge,
  type LogEdge,
  rootOfEdge,
  subtreeRoot,
  tileHashReader,
} from './tile-log.ts';
import {
  levelsOf,
  parseBundle,
  parseTilePath,
  type TileId,
  tilePath,
  widthIn,
  writeBundle,
} from './tiles.ts';

describe('names of tiles', () => {
  it.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1234067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 2, index: 5, width: 17 }, 'tile/2/005.p/17'],
    [{ level: 'entries', index: 999, width: 256 }, 'tile/entries/999'],
    [{ level: 'entries', index: 1000, width: 1 }, 'tile/entries/x001/000.p/1'],
    [{ level: 63, index: 0, width: 255 }, 'tile/63/000.p/255'],
  ] as const)('%o is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/0/x000/000',
    'tile/0/001/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/07',
    'tile/-1/000',
    'tile/0/x001',
    'tile/data/000',
    '/tile/0/000',
    'tile/0/000/',
    'tile/0/000\n',
    'tile/0/x999/x999/x999/x999/x999/999',
  ])('%j is none', (path) => {
    expect(parseTilePath(path)).toBeNull();
  });

  it('are read as they are written', () => {
    const aTile = fc.record<TileId>({
      level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(aTile, (tile) => {
        expect(parseTilePath(tilePath(tile))).toEqual(tile);
      }),
    );
  });
});

describe('widths', () => {
  it('are those of the worked examples in the text', () => {
    expect(levelsOf(70_000)).toBe(3);
    expect([0, 1, 2].map((level) => widthIn(70_000, level, level === 0 ? 273 : level === 1 ? 1 : 0))).toEqual(
      [112, 17, 1],
    );
    expect(widthIn(70_000, 0, 272)).toBe(256);
    expect(widthIn(70_000, 0, 274)).toBe(0);
    expect([levelsOf(0), levelsOf(255), levelsOf(256)]).toEqual([0, 1, 2]);
    expect([widthIn(256, 0, 0), widthIn(256, 1, 0)]).toEqual([256, 1]);
  });
});

describe('bundles', () => {
  it('hold entries behind their lengths, also empty and long ones', () => {
    const entries = [new Uint8Array(), new Uint8Array([7]), new Uint8Array(300).fill(9)];
    const bundle = writeBundle(entries);
    expect(bundle.subarray(0, 5).toHex()).toBe('0000000107');
    expect(parseBundle(bundle)).toEqual(entries);
    expect(parseBundle(new Uint8Array())).toEqual([]);
  });

  it.each(['00', '0001', '000207', '00010700'])('that end amid an entry are none: %s', (hex) => {
    expect(parseBundle(Uint8Array.fromHex(hex))).toBeNull();
  });

  it('take no entry that its length cannot count', () => {
    expect(() => writeBundle([new Uint8Array(65_536)])).toThrow(RangeError);
  });
});

describe('a log that grows', () => {
  const leaves = someEntries(2000).map((entry) => leafHash(crypto, entry));

  /** Appends in batches as a node does: knows the edge, keeps what changed. */
  function grow(batches: readonly number[]) {
    const tiles = new Map<string, Uint8Array>();
    let edge: LogEdge = emptyEdge;
    let root: Uint8Array = new Uint8Array();
    for (const batch of batches) {
      const grown = appendLeaves(crypto, edge, leaves.slice(edge.size, edge.size + batch));
      for (const { level, index, width, hashes } of grown.changed) {
        expect(hashes.length).toBe(width * 32);
        expect(width).toBe(widthIn(grown.edge.size, level, index));
        tiles.set(`${level}/${index}`, hashes);
      }
      ({ edge, root } = grown);
    }
    return { tiles, edge, root };
  }

  it('is the same in any batches, and its tiles are those of the whole tree', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 }), (wanted) => {
        let left = leaves.length;
        const batches = wanted.map((batch) => {
          const taken = Math.min(batch, left);
          left -= taken;
          return taken;
        });
        const size = leaves.length - left;
        expect(grow(batches)).toEqual(grow([size]));
      }),
      { numRuns: 60 },
    );
    expect(grow(Array.from({ length: 600 }, () => 1))).toEqual(grow([600]));
  });

  it('has the root of the defined tree, and its proofs come out of few tiles', async () => {
    const { tiles, root, edge } = grow([2000]);
    const read: string[] = [];
    const reader = tileHashReader(crypto, (level, index) => {
      read.push(`${level}/${index}`);
      return tiles.get(`${level}/${index}`) ?? expect.fail();
    });
    expect(await rootOf(crypto, edge.size, reader)).toEqual(root);
    read.length = 0;
    await inclusionProof(crypto, 1234, 2000, reader);
    expect(read.toSorted()).toEqual(['0/4', '0/7', '1/0']);
  });

  it('puts the root of a full tile into the level above', () => {
    const { tiles, edge } = grow([256]);
    expect([...tiles.keys()]).toEqual(['0/0', '1/0']);
    expect(edge.tiles.map((tile) => tile.length)).toEqual([0, 32]);
  });

  it('leaves the tiles that it reads as they are', () => {
    const tile = Buffer.concat(leaves.slice(0, 256));
    const before = Buffer.from(tile);
    subtreeRoot(crypto, tile);
    rootOfEdge(crypto, { size: 255, tiles: [tile.subarray(0, 255 * 32)] });
    expect(tile.equals(before)).toBe(true);
  });

  it('does not grow from an edge of another size', () => {
    const { edge } = grow([300]);
    expect(() => appendLeaves(crypto, { ...edge, size: 301 }, [])).toThrow(RangeError);
    expect(() => appendLeaves(crypto, { ...edge, tiles: [] }, [])).toThrow(RangeError);
    expect(() => appendLeaves(crypto, { size: 0, tiles: edge.tiles }, [])).toThrow(RangeError);
  });
});
