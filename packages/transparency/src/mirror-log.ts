import { areEqual } from './bytes.ts';
import type { TrustedCheckpoint } from './check-checkpoint.ts';
import { type Crypto, hashBytes } from './crypto.ts';
import type { ParkKeys } from './keys.ts';
import {
  checkpointPath,
  type FileReader,
  type Found,
  type LogReason,
  logFault,
  readBundle,
  readCheckpoint,
  readTile,
} from './log-files.ts';
import { isConsistent } from './merkle.ts';
import { consistencyProof } from './merkle-proofs.ts';
import { rootOfEdge, subtreeRoot, tileHashReader } from './tile-log.ts';
import { levelsOf, type TileId, tilePath, tileWidth, widthIn, writeBundle } from './tiles.ts';

/** Where a copy of a log is kept. */
export interface LogCopy {
  readonly read: FileReader;
  /** Keeps a whole file, or nothing of it. */
  readonly write: (path: string, bytes: Uint8Array) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
}

/** Why a log is not copied: something is wrong with what was fetched, or it does not go with the copy there is. */
export type MirrorReason =
  /** The log has other entries where the copy has its own: it has been rewritten, or is another. */
  | 'rewritten'
  /** The checkpoint is older than that of the copy. */
  | 'older'
  /** The folder holds a copy of another log. */
  | 'otherLog'
  /** A file of the copy is not what the log says; it is not overwritten. */
  | 'copyDiffers';

export interface MirrorFault {
  readonly reason: LogReason | MirrorReason;
  readonly place: string;
  readonly entry: number | null;
  /** Whether the place is in the copy or in what was fetched. */
  readonly where: 'log' | 'copy';
}

export interface Mirrored {
  readonly checkpoint: TrustedCheckpoint;
  /** Entries that the copy had before. */
  readonly before: number;
  /** Files fetched now. */
  readonly files: number;
}

/** So many files are fetched at the same time. */
const atOnce = 8;

/**
 * Brings a copy of a log up to the log's latest checkpoint. Each file is proved to belong under the checkpoint before it
 * is kept, from the root of the tree downwards, and the checkpoint is kept last: a copy that was interrupted holds nothing
 * that is wrong, and goes on where it stopped.
 *
 * Refuses a checkpoint that does not continue the one that the copy has. Throws what the readers throw.
 */
export async function mirrorLog(
  remote: FileReader,
  copy: LogCopy,
  keys: ParkKeys,
  crypto: Crypto,
): Promise<{ readonly mirrored: Mirrored } | { readonly fault: MirrorFault }> {
  const fresh = await readCheckpoint(remote, keys, crypto);
  if ('fault' in fresh) return at('log', fresh);
  const { checkpoint } = fresh.found;
  const kept =
    (await copy.read(checkpointPath)) === null ? null : await readCheckpoint(copy.read, keys, crypto);
  if (kept !== null && 'fault' in kept) return at('copy', kept);
  const before = kept?.found.checkpoint ?? null;
  if (before && before.origin !== checkpoint.origin) return refused('otherLog', checkpointPath);
  if (before && before.size > checkpoint.size) return refused('older', checkpointPath);
  const edge = await readEdge(remote, checkpoint.size);
  if ('fault' in edge) return at('log', edge);
  if (!areEqual(rootOfEdge(crypto, { size: checkpoint.size, tiles: edge.found }), checkpoint.root)) {
    return at('log', logFault('otherRoot', checkpointPath));
  }
  const mirror: Mirror = { remote, copy, crypto, size: checkpoint.size, had: before?.size ?? 0, files: 0 };
  if (before) {
    const proof = await proveConsistency(mirror);
    if ('fault' in proof) return at('log', proof);
    if (!isConsistent(crypto, before, checkpoint, proof.found)) return refused('rewritten', checkpointPath);
  }
  for (const [level, hashes] of edge.found.entries()) {
    const width = hashes.length / hashBytes;
    if (width === 0) continue;
    const index = Math.floor(checkpoint.size / tileWidth ** (level + 1));
    const fault = await keepTile(mirror, { level, index, width }, hashes);
    if (fault) return fault;
  }
  if (before) await removeOutgrown(mirror);
  await copy.write(checkpointPath, fresh.found.bytes);
  return { mirrored: { checkpoint: fresh.found, before: mirror.had, files: mirror.files } };
}

interface Mirror {
  readonly remote: FileReader;
  readonly copy: LogCopy;
  readonly crypto: Crypto;
  readonly size: number;
  readonly had: number;
  files: number;
}

interface Refused {
  readonly fault: MirrorFault;
}

/** The right-most tile of each level. Together they make the root, so that each of them is proved by it. */
async function readEdge(remote: FileReader, size: number): Promise<Found<readonly Uint8Array[]>> {
  const tiles: Uint8Array[] = [];
  for (let level = 0; level < levelsOf(size); level += 1) {
    const index = Math.floor(size / tileWidth ** (level + 1));
    const width = widthIn(size, level, index);
    const tile = width === 0 ? { found: new Uint8Array() } : await readTile(remote, { level, index, width });
    if ('fault' in tile) return tile;
    tiles.push(tile.found);
  }
  return { found: tiles };
}

async function proveConsistency({
  remote,
  crypto,
  size,
  had,
}: Mirror): Promise<Found<readonly Uint8Array[]>> {
  const faults: Found<never>[] = [];
  const reader = tileHashReader(crypto, async (level, index) => {
    const tile = await readTile(remote, { level, index, width: widthIn(size, level, index) });
    if ('found' in tile) return tile.found;
    faults.push(tile);
    return new Uint8Array(tileWidth * hashBytes);
  });
  const found = await consistencyProof(crypto, had, size, reader);
  return faults[0] ?? { found };
}

/** Keeps a tile that is proved, and everything below it that the copy does not have. */
async function keepTile(mirror: Mirror, tile: HashTile, hashes: Uint8Array): Promise<Refused | null> {
  const kept = await keep(mirror, tile, hashes);
  if (kept) return kept;
  if (tile.level === 0) return await keepBundle(mirror, tile, hashes);
  const below = Array.from({ length: tile.width }, (_, place) => ({
    level: tile.level - 1,
    index: tile.index * tileWidth + place,
    width: tileWidth,
    root: hashes.subarray(place * hashBytes, (place + 1) * hashBytes),
  })).filter(({ level, index }) => (index + 1) * tileWidth ** (level + 1) > mirror.had);
  // One after the other above the lowest level, so that memory holds one tile a level and few of the lowest.
  const width = tile.level === 1 ? atOnce : 1;
  for (let next = 0; next < below.length; next += width) {
    const ended = await Promise.allSettled(
      below.slice(next, next + width).map((child) => keepFullTile(mirror, child)),
    );
    // Where one has failed, the others have come to an end as well: nothing is written after the answer.
    for (const end of ended) {
      if (end.status === 'rejected') throw end.reason;
      if (end.value) return end.value;
    }
  }
  return null;
}

type HashTile = TileId & { readonly level: number };

async function keepFullTile(
  mirror: Mirror,
  { root, ...tile }: HashTile & { readonly root: Uint8Array },
): Promise<Refused | null> {
  const isProved = (hashes: Uint8Array) => areEqual(subtreeRoot(mirror.crypto, hashes), root);
  const own = await mirror.copy.read(tilePath(tile));
  if (own?.length === tileWidth * hashBytes && isProved(own)) return await keepTile(mirror, tile, own);
  const fetched = await readTile(mirror.remote, tile);
  if ('fault' in fetched) return at('log', fetched);
  if (isProved(fetched.found)) return await keepTile(mirror, tile, fetched.found);
  return at('log', logFault('differs', tilePath(tile), tile.index * tileWidth ** (tile.level + 1)));
}

async function keepBundle(
  mirror: Mirror,
  { index, width }: HashTile,
  hashes: Uint8Array,
): Promise<Refused | null> {
  const { remote, copy, crypto } = mirror;
  const tile: TileId = { level: 'entries', index, width };
  const isKept = (await copy.read(tilePath(tile))) !== null;
  const bundle = await readBundle(isKept ? copy.read : remote, crypto, tile);
  if ('fault' in bundle) return at(isKept ? 'copy' : 'log', bundle);
  const wrong = bundle.found.leafHashes.findIndex(
    (hash, place) => !areEqual(hash, hashes.subarray(place * hashBytes, (place + 1) * hashBytes)),
  );
  if (wrong >= 0) {
    return at(isKept ? 'copy' : 'log', logFault('differs', tilePath(tile), index * tileWidth + wrong));
  }
  return isKept ? null : await keep(mirror, tile, writeBundle(bundle.found.entries));
}

/** Keeps a file that is proved. One that is there already is never overwritten: it is the same, or something is wrong. */
async function keep(mirror: Mirror, tile: TileId, bytes: Uint8Array): Promise<Refused | null> {
  const path = tilePath(tile);
  const own = await mirror.copy.read(path);
  if (own === null) {
    await mirror.copy.write(path, bytes);
    mirror.files += 1;
    return null;
  }
  if (areEqual(own, bytes)) return null;
  return refused('copyDiffers', path);
}

/** Partial tiles of the earlier size, which wider ones have taken the place of. */
async function removeOutgrown({ copy, size, had }: Mirror): Promise<void> {
  const levels: TileId['level'][] = [
    'entries',
    ...Array.from({ length: levelsOf(had) }, (_, level) => level),
  ];
  for (const level of levels) {
    const index = Math.floor(had / (level === 'entries' ? tileWidth : tileWidth ** (level + 1)));
    const width = widthIn(had, level, index);
    if (width > 0 && widthIn(size, level, index) !== width)
      await copy.remove(tilePath({ level, index, width }));
  }
}

function at(where: 'log' | 'copy', { fault }: { readonly fault: Omit<MirrorFault, 'where'> }): Refused {
  return { fault: { ...fault, where } };
}

function refused(reason: MirrorReason, place: string): Refused {
  return { fault: { reason, place, entry: null, where: reason === 'copyDiffers' ? 'copy' : 'log' } };
}
