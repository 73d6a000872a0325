import { areEqual } from './bytes.ts';
import { type Crypto, hashBytes } from './crypto.ts';

/*
 * The Merkle tree of RFC 6962 section 2.1 (the same in RFC 9162 section 2.1) and the checking of its proofs. Sizes and
 * indices are whole numbers below 2^53, so they are halved by division: JavaScript shifts only 32 bits.
 */

const leafMark = 0;
const nodeMark = 1;

/** Root of the tree without leaves: the hash of nothing. */
export function emptyRoot(crypto: Crypto): Uint8Array {
  return crypto.sha256(new Uint8Array());
}

/** Hash of a leaf that holds these bytes. */
export function leafHash(crypto: Crypto, entry: Uint8Array): Uint8Array {
  const leaf = new Uint8Array(1 + entry.length);
  leaf[0] = leafMark;
  leaf.set(entry, 1);
  return crypto.sha256(leaf);
}

// Nothing waits between filling and hashing, so one piece of memory serves every call.
const marked = new Uint8Array(1 + 2 * hashBytes);
marked[0] = nodeMark;

/** Hash of the node above two others. */
export function nodeHash(crypto: Crypto, left: Uint8Array, right: Uint8Array): Uint8Array {
  marked.set(left, 1);
  marked.set(right, 1 + hashBytes);
  return crypto.sha256(marked);
}

/** The same for two hashes that stand one behind the other. */
export function pairHash(crypto: Crypto, pair: Uint8Array): Uint8Array {
  marked.set(pair, 1);
  return crypto.sha256(marked);
}

export interface Inclusion {
  readonly leafHash: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Whether the leaf stands at that index of the tree with that root. Source: RFC 9162 section 2.1.3.2. */
export function isIncluded(crypto: Crypto, { leafHash, index, size, root, proof }: Inclusion): boolean {
  if (index >= size) return false;
  let node = index;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(crypto, sibling, hash);
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = nodeHash(crypto, hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && areEqual(hash, root);
}

export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * Whether the newer tree begins with every leaf of the older one, in its order. The empty tree is the beginning of any.
 *
 * Source: RFC 9162 section 2.1.4.2.
 */
export function isConsistent(
  crypto: Crypto,
  older: TreeHead,
  newer: TreeHead,
  proof: readonly Uint8Array[],
): boolean {
  if (newer.size === 0 && !areEqual(newer.root, emptyRoot(crypto))) return false;
  if (older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && areEqual(older.root, newer.root);
  if (older.size === 0) return proof.length === 0 && areEqual(older.root, emptyRoot(crypto));
  const [first, ...rest] = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof;
  if (!first || proof.length === 0) return false;
  let node = older.size - 1;
  let last = newer.size - 1;
  while (isOdd(node)) {
    node = half(node);
    last = half(last);
  }
  let olderHash = first;
  let newerHash = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      olderHash = nodeHash(crypto, sibling, olderHash);
      newerHash = nodeHash(crypto, sibling, newerHash);
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      newerHash = nodeHash(crypto, newerHash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && areEqual(olderHash, older.root) && areEqual(newerHash, newer.root);
}

function isOdd(number: number): boolean {
  return number % 2 === 1;
}

function half(number: number): number {
  return Math.floor(number / 2);
}

function isPowerOfTwo(size: number): boolean {
  return 2 ** wholeLog2(size) === size;
}

/** Exponent of the largest power of two that is not above the number, exactly: `Math.log2` rounds near 2^49. */
export function wholeLog2(number: number): number {
  const high = Math.floor(number / 2 ** 32);
  return high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(number);
}
