import { textOf } from './bytes.ts';
import { type CheckpointFault, checkCheckpoint, type TrustedCheckpoint } from './check-checkpoint.ts';
import { entryBytes } from './commitment.ts';
import { type Crypto, hashBytes } from './crypto.ts';
import type { ParkKeys } from './keys.ts';
import { leafHash } from './merkle.ts';
import { parseBundle, type TileId, tilePath, tileWidth } from './tiles.ts';

/*
 * A log as files: `checkpoint`, `tile/…` and `tile/entries/…` below one address or folder (C2SP tlog-tiles).
 */

/** A file by its name below the log's address; null where there is none. */
export type FileReader = (path: string) => Promise<Uint8Array | null>;

export const checkpointPath = 'checkpoint';

/** What can be wrong with a log. */
export type LogReason =
  | CheckpointFault
  | 'missing'
  /** A tile or bundle has not as many hashes or entries as the size demands, or an entry is not 32 octets long. */
  | 'wrongLength'
  /** Hashes are not those of what lies below them. */
  | 'differs'
  /** The tree does not have the root that the checkpoint states. */
  | 'otherRoot';

export interface LogFault {
  readonly reason: LogReason;
  /** Name of the file. */
  readonly place: string;
  /** First entry that it concerns; null where that cannot be said. */
  readonly entry: number | null;
}

export type Found<Value> = { readonly found: Value } | { readonly fault: LogFault };

export function logFault(reason: LogReason, place: string, entry: number | null = null) {
  return { fault: { reason, place, entry } };
}

export async function readCheckpoint(
  read: FileReader,
  keys: ParkKeys,
  crypto: Crypto,
): Promise<Found<TrustedCheckpoint & { readonly bytes: Uint8Array }>> {
  const bytes = await read(checkpointPath);
  if (bytes === null) return logFault('missing', checkpointPath);
  const checked = checkCheckpoint(textOf(bytes) ?? '', keys, crypto);
  return 'reason' in checked
    ? logFault(checked.reason, checkpointPath)
    : { found: { ...checked.trusted, bytes } };
}

/** The hashes of a tile. A partial tile may be gone once there is the full one, which begins with the same hashes. */
export async function readTile(read: FileReader, tile: TileId): Promise<Found<Uint8Array>> {
  const path = tilePath(tile);
  const own = await read(path);
  const length = tile.width * hashBytes;
  if (own !== null) return own.length === length ? { found: own } : logFault('wrongLength', path);
  const full = tile.width < tileWidth ? await read(tilePath({ ...tile, width: tileWidth })) : null;
  if (full === null) return logFault('missing', path);
  return full.length === tileWidth * hashBytes
    ? { found: full.slice(0, length) }
    : logFault('wrongLength', path);
}

export interface Bundle {
  readonly entries: readonly Uint8Array[];
  readonly leafHashes: readonly Uint8Array[];
}

/** The entries of a bundle with the hashes of their leaves. */
export async function readBundle(
  read: FileReader,
  crypto: Crypto,
  bundle: { readonly index: number; readonly width: number },
): Promise<Found<Bundle>> {
  const tile: TileId = { level: 'entries', ...bundle };
  const path = tilePath(tile);
  const own = await read(path);
  const isPartial = tile.width < tileWidth;
  const bytes = own ?? (isPartial ? await read(tilePath({ ...tile, width: tileWidth })) : null);
  if (bytes === null) return logFault('missing', path);
  const all = parseBundle(bytes);
  const expected = own === null ? tileWidth : tile.width;
  if (all?.length !== expected) return logFault('wrongLength', path);
  const entries = all.slice(0, tile.width);
  const wrong = entries.findIndex((entry) => entry.length !== entryBytes);
  if (wrong >= 0) return logFault('wrongLength', path, tile.index * tileWidth + wrong);
  return { found: { entries, leafHashes: entries.map((entry) => leafHash(crypto, entry)) } };
}

/** First entry below the hashes in which two tiles of one place differ; null where they are the same. */
export function firstDifference(
  one: Uint8Array,
  other: Uint8Array,
  { level, index }: { readonly level: number; readonly index: number },
): number | null {
  const at = one.findIndex((byte, place) => byte !== other[place]);
  return at < 0 ? null : (index * tileWidth + Math.floor(at / hashBytes)) * tileWidth ** level;
}
