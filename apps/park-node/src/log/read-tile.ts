import { type TileId, tileWidth, writeBundle } from '@twinpark/transparency/tiles.ts';
import type { Tx } from '../platform/database/store.ts';
import { listCommitments, readTiles } from './queries/tree.ts';

/** Octets of a SHA-256 hash. */
const hashBytes = 32;

/** A tile of the park's log as its file would be; null for one that is not so wide. */
export async function readTile(tx: Tx, { level, index, width }: TileId): Promise<Uint8Array | null> {
  if (level === 'entries') {
    const from = index * tileWidth;
    if (from > Number.MAX_SAFE_INTEGER - tileWidth) return null;
    const entries = await listCommitments(tx, from, from + width);
    return entries.length === width ? writeBundle(entries) : null;
  }
  // No log that numbers can count has as many levels as a small column holds.
  if (level > highestLevel) return null;
  const hashes = (await readTiles(tx, [{ level, tile: index }])).get(`${level}/${index}`);
  return hashes && hashes.length >= width * hashBytes ? hashes.subarray(0, width * hashBytes) : null;
}

const highestLevel = 6;
