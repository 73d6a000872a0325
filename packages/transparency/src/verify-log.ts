import { areEqual } from './bytes.ts';
import type { TrustedCheckpoint } from './check-checkpoint.ts';
import type { Crypto } from './crypto.ts';
import type { ParkKeys } from './keys.ts';
import {
  checkpointPath,
  type FileReader,
  type Found,
  firstDifference,
  logFault,
  readBundle,
  readCheckpoint,
  readTile,
} from './log-files.ts';
import { appendLeaves, emptyEdge } from './tile-log.ts';
import { tilePath, tileWidth, widthIn } from './tiles.ts';

export interface VerifiedLog {
  readonly checkpoint: TrustedCheckpoint;
  /** Tiles of hashes that were compared. */
  readonly tiles: number;
}

/**
 * Whether a copy of a log is whole and is what its checkpoint says: every tile and the root are made anew from the
 * entries, one bundle after the other. Answers the first place that differs. Holds one tile a level in memory.
 */
export async function verifyLog(
  read: FileReader,
  keys: ParkKeys,
  crypto: Crypto,
): Promise<Found<VerifiedLog>> {
  const signed = await readCheckpoint(read, keys, crypto);
  if ('fault' in signed) return signed;
  const { size, root } = signed.found.checkpoint;
  let edge = emptyEdge;
  let computed = crypto.sha256(new Uint8Array());
  let tiles = 0;
  for (let index = 0; index * tileWidth < size; index += 1) {
    const bundle = await readBundle(read, crypto, { index, width: widthIn(size, 'entries', index) });
    if ('fault' in bundle) return bundle;
    const grown = appendLeaves(crypto, edge, bundle.found.leafHashes);
    edge = grown.edge;
    computed = grown.root;
    // A tile is compared once it is as wide as the whole log makes it.
    for (const tile of grown.changed) {
      if (tile.width !== widthIn(size, tile.level, tile.index)) continue;
      const kept = await readTile(read, tile);
      if ('fault' in kept) return kept;
      const entry = firstDifference(tile.hashes, kept.found, tile);
      if (entry !== null) return logFault('differs', tilePath(tile), entry);
      tiles += 1;
    }
  }
  if (!areEqual(computed, root)) return logFault('otherRoot', checkpointPath);
  return { found: { checkpoint: signed.found, tiles } };
}
