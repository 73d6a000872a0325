import { concat } from './bytes.ts';

/*
 * Where a log's hashes and entries lie (C2SP tlog-tiles, tiles of height 8): names of the static files, and the bundles
 * of entries. A tile at level 0 holds leaf hashes; each hash of a tile above is the root of a full tile below it.
 */

/** Hashes of a full tile, and entries of a full bundle. */
export const tileWidth = 256;
/** Levels of hashes of the tree that one tile spans. */
export const tileHeight = 8;

/** A tile of hashes or a bundle of entries. */
export interface TileId {
  readonly level: number | 'entries';
  readonly index: number;
  /** Hashes or entries in it: 1 to 256. Only the right-most of a level is less than full. */
  readonly width: number;
}

/** Name of the file, below the log's own address: `tile/0/x001/234`, `tile/entries/067.p/12`. */
export function tilePath({ level, index, width }: TileId): string {
  const partial = width < tileWidth ? `.p/${width}` : '';
  return `tile/${level}/${pathOf(index)}${partial}`;
}

/** The tile of a name; null where no tile has that name. */
export function parseTilePath(path: string): TileId | null {
  const parts = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (!parts) return null;
  const [, level = '', index = '', width = String(tileWidth)] = parts;
  const tile: TileId = {
    level: level === 'entries' ? level : Number(level),
    index: Number(index.replaceAll(/[x/]/g, '')),
    width: Number(width),
  };
  // Each tile has one name: no zero too many, no width of a full tile, no level or index beyond what a log may have.
  const isReal =
    (tile.level === 'entries' || tile.level < 64) && Number.isSafeInteger(tile.index) && tile.width > 0;
  return isReal && tilePath(tile) === path ? tile : null;
}

/** Width of a tile in a log of so many entries; 0 where the log has no such tile yet. */
export function widthIn(size: number, level: TileId['level'], index: number): number {
  const hashes = level === 'entries' ? size : Math.floor(size / tileWidth ** level);
  return Math.max(0, Math.min(tileWidth, hashes - index * tileWidth));
}

/** Levels that a log of so many entries has; a level with nothing but full tiles is followed by one with their roots. */
export function levelsOf(size: number): number {
  let levels = 0;
  for (let hashes = size; hashes > 0; hashes = Math.floor(hashes / tileWidth)) levels += 1;
  return levels;
}

/** Entries as a bundle holds them: each behind its length in two octets, the higher first. */
export function writeBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concat(
    ...entries.flatMap((entry) => {
      if (entry.length > 0xffff) throw new RangeError(`An entry of ${entry.length} octets`);
      return [new Uint8Array([entry.length >> 8, entry.length & 0xff]), entry];
    }),
  );
}

/** The entries of a bundle; null where its octets do not come out even. */
export function parseBundle(bundle: Uint8Array): readonly Uint8Array[] | null {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    const [high = 0, low] = bundle.subarray(at, at + 2);
    if (low === undefined) return null;
    const end = at + 2 + high * 256 + low;
    if (end > bundle.length) return null;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

function pathOf(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
}
