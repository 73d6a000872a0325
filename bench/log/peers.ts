import { leafHash, nodeHash } from '@twinpark/transparency/merkle.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import MerkleGenerator from 'merkle-tree-stream/generator.js';
import { MerkleTree } from 'merkletreejs';

const leafOf = (entry: Uint8Array) => Buffer.from(leafHash(nodeCrypto, entry));
const parentOf = (left: Uint8Array, right: Uint8Array) => Buffer.from(nodeHash(nodeCrypto, left, right));

/** Hypercore's generator: it appends as a log does, but keeps nothing to make a proof from. */
export class StreamPeer {
  readonly #generator = new MerkleGenerator({
    leaf: ({ data }) => leafOf(data),
    parent: (left, right) => parentOf(left.hash, right.hash),
  });

  append(entries: readonly Uint8Array[]): void {
    for (const entry of entries) this.#generator.next(entry);
  }

  get root(): Uint8Array {
    return this.#generator.roots
      .map(({ hash }): Uint8Array => hash)
      .reduceRight((right, left) => parentOf(left, right));
  }
}

/** The widely used library: it builds the whole tree, and once more when something is added. */
export function buildMerkleTree(entries: readonly Uint8Array[]): MerkleTree {
  const leaves = entries.map(leafOf);
  return new MerkleTree(leaves, (data: Buffer) => nodeCrypto.sha256(data) as Buffer, {
    concatenator: (hashes: Buffer[]) => Buffer.concat([Buffer.from([1]), ...hashes]),
  });
}
