import type { HashReader } from '@twinpark/transparency/merkle-proofs.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { tileHashReader } from '@twinpark/transparency/tile-log.ts';
import type { Tx } from '../platform/database/store.ts';
import { readTiles } from './queries/tree.ts';

/** Hashes of the park's log. What a proof needs is read in one query, however long the log is. */
export function treeReader(tx: Tx): HashReader {
  let wanted: { readonly level: number; readonly tile: number }[] = [];
  let query: Promise<ReadonlyMap<string, Uint8Array>> | null = null;
  return tileHashReader(nodeCrypto, async (level, tile) => {
    wanted.push({ level, tile });
    // All tiles of a call are asked for before the first answer can come.
    query ??= Promise.resolve().then(async () => {
      const all = wanted;
      wanted = [];
      query = null;
      return await readTiles(tx, all);
    });
    return (await query).get(`${level}/${tile}`) ?? new Uint8Array();
  });
}
