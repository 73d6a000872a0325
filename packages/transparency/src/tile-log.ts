import { type Crypto, hashBytes } from './crypto.ts';
import { emptyRoot, nodeHash, pairHash } from './merkle.ts';
import type { HashReader } from './merkle-proofs.ts';
import { levelsOf, tileHeight, tileWidth } from './tiles.ts';

/** What a log must hold at hand to grow. */
export interface LogEdge {
  /** Entries. */
  readonly size: number;
  /** Hashes of the right-most tile of each level, as far as it is filled; empty where the level ends with a full tile. */
  readonly tiles: readonly Uint8Array[];
}

/** A tile as it is to be kept, in place of the narrower one that had its level and index. */
export interface ChangedTile {
  readonly level: number;
  readonly index: number;
  readonly width: number;
  readonly hashes: Uint8Array;
}

export interface Growth {
  readonly edge: LogEdge;
  readonly root: Uint8Array;
  readonly changed: readonly ChangedTile[];
}

export const emptyEdge: LogEdge = { size: 0, tiles: [] };

/**
 * A log with more leaves: what of its tiles has changed, and its new root. One hash a leaf for the nodes between, and for
 * the root at most 255 a level.
 *
 * Throws: a RangeError for an edge that does not belong to its size.
 */
export function appendLeaves(crypto: Crypto, edge: LogEdge, leafHashes: readonly Uint8Array[]): Growth {
  checkEdge(edge);
  const changed: ChangedTile[] = [];
  const tiles: Uint8Array[] = [];
  let incoming = leafHashes;
  let before = edge.size;
  for (let level = 0; incoming.length > 0 || level < edge.tiles.length; level += 1) {
    const grown = growLevel(crypto, level, before, edge.tiles[level] ?? noHashes, incoming);
    changed.push(...grown.changed);
    tiles.push(grown.last);
    incoming = grown.fullRoots;
    before = Math.floor(before / tileWidth);
  }
  const grown: LogEdge = { size: edge.size + leafHashes.length, tiles };
  return { edge: grown, root: rootOfEdge(crypto, grown), changed };
}

/** Root of the tree whose right-most tiles these are. */
export function rootOfEdge(crypto: Crypto, { tiles }: LogEdge): Uint8Array {
  let root: Uint8Array | null = null;
  for (const tile of tiles) {
    // From right to left: the smallest complete subtrees stand last.
    let end = tile.length / hashBytes;
    while (end > 0) {
      const width = end & -end;
      const subtree = subtreeRoot(crypto, tile.subarray((end - width) * hashBytes, end * hashBytes));
      root = root === null ? subtree : nodeHash(crypto, subtree, root);
      end -= width;
    }
  }
  return root ?? emptyRoot(crypto);
}

/** Root over hashes whose number is a power of two; over those of a full tile, the hash that stands for it above. */
export function subtreeRoot(crypto: Crypto, hashes: Uint8Array): Uint8Array {
  // A copy, which the `slice` of a Buffer would not be.
  const work = new Uint8Array(hashes);
  for (let width = work.length / hashBytes; width > 1; width /= 2) {
    for (let at = 0; at < width; at += 2) {
      const pair = work.subarray(at * hashBytes, (at + 2) * hashBytes);
      work.set(pairHash(crypto, pair), (at / 2) * hashBytes);
    }
  }
  return work.slice(0, hashBytes);
}

export type TileReader = (level: number, index: number) => Uint8Array | Promise<Uint8Array>;

/**
 * Hashes of a log out of its tiles, each tile read once a call and all of them at once. A tile may hold more than the
 * tree that is asked about: the log may have grown since.
 *
 * Throws: a RangeError where a tile does not hold what it must.
 */
export function tileHashReader(crypto: Crypto, readTile: TileReader): HashReader {
  return async (nodes) => {
    const places = nodes.map(({ level, index }) => {
      const tileLevel = Math.floor(level / tileHeight);
      const width = 2 ** (level % tileHeight);
      const first = index * width;
      const tile = Math.floor(first / tileWidth);
      return { level: tileLevel, tile, start: first - tile * tileWidth, width };
    });
    const tiles = new Map<string, Uint8Array | Promise<Uint8Array>>();
    for (const { level, tile } of places) {
      const key = `${level}/${tile}`;
      if (!tiles.has(key)) tiles.set(key, readTile(level, tile));
    }
    return await Promise.all(
      places.map(async ({ level, tile, start, width }) => {
        const hashes = (await tiles.get(`${level}/${tile}`)) ?? noHashes;
        const end = (start + width) * hashBytes;
        if (hashes.length < end) throw new RangeError(`Tile ${level}/${tile} has ${hashes.length} octets`);
        return subtreeRoot(crypto, hashes.subarray(start * hashBytes, end));
      }),
    );
  };
}

const noHashes = new Uint8Array();

interface GrownLevel {
  readonly changed: readonly ChangedTile[];
  readonly last: Uint8Array;
  readonly fullRoots: readonly Uint8Array[];
}

/** One level with more hashes. `before` is how many it had. */
function growLevel(
  crypto: Crypto,
  level: number,
  before: number,
  partial: Uint8Array,
  incoming: readonly Uint8Array[],
): GrownLevel {
  const changed: ChangedTile[] = [];
  const fullRoots: Uint8Array[] = [];
  let index = Math.floor(before / tileWidth);
  let last = partial;
  for (let next = 0; next < incoming.length; index += 1) {
    const had = last.length / hashBytes;
    const taken = Math.min(tileWidth - had, incoming.length - next);
    const hashes = new Uint8Array((had + taken) * hashBytes);
    hashes.set(last);
    for (let at = 0; at < taken; at += 1) hashes.set(incoming[next + at] ?? noHashes, (had + at) * hashBytes);
    changed.push({ level, index, width: had + taken, hashes });
    next += taken;
    const isFull = had + taken === tileWidth;
    if (isFull) fullRoots.push(subtreeRoot(crypto, hashes));
    last = isFull ? noHashes : hashes;
  }
  return { changed, last, fullRoots };
}

function checkEdge({ size, tiles }: LogEdge): void {
  const levels = levelsOf(size);
  const widths = Array.from(
    { length: levels },
    (_, level) => Math.floor(size / tileWidth ** level) % tileWidth,
  );
  const belongs = widths.every((width, level) => (tiles[level] ?? noHashes).length === width * hashBytes);
  if (tiles.length > levels || !belongs) {
    throw new RangeError(`These are not the right-most tiles of a log of ${size} entries`);
  }
}
