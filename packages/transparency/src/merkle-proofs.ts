import type { Crypto } from './crypto.ts';
import { emptyRoot, nodeHash, wholeLog2 } from './merkle.ts';

/** A complete subtree: `2 ** level` leaves, the first of them leaf `index * 2 ** level`. */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

/** Hashes of complete subtrees, in the order asked for. Everything that a proof needs is asked for at once. */
export type HashReader = (nodes: readonly NodeId[]) => Promise<readonly Uint8Array[]>;

/** Leaves from the first to before the second. */
type Range = readonly [start: number, end: number];

/** Root of the first `size` leaves. */
export async function rootOf(crypto: Crypto, size: number, read: HashReader): Promise<Uint8Array> {
  if (size === 0) return emptyRoot(crypto);
  const [root] = await hashesOf(crypto, [[0, size]], read);
  if (!root) throw new Error('A tree with leaves has a root');
  return root;
}

/**
 * Hashes that show that leaf `index` is in the tree of the first `size` leaves, from its neighbour upwards.
 *
 * Throws: a RangeError for an index that is not in the tree. Source: RFC 6962 section 2.1.1.
 */
export function inclusionProof(
  crypto: Crypto,
  index: number,
  size: number,
  read: HashReader,
): Promise<readonly Uint8Array[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`Leaf ${index} of ${size}`);
  const ranges: Range[] = [];
  let [start, end]: Range = [0, size];
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start);
    if (index < middle) {
      ranges.push([middle, end]);
      end = middle;
    } else {
      ranges.push([start, middle]);
      start = middle;
    }
  }
  return hashesOf(crypto, ranges.reverse(), read);
}

/**
 * Hashes that show that the tree of the first `newer` leaves begins with that of the first `older`.
 *
 * Throws: a RangeError where `older` is the larger. Source: RFC 6962 section 2.1.2.
 */
export function consistencyProof(
  crypto: Crypto,
  older: number,
  newer: number,
  read: HashReader,
): Promise<readonly Uint8Array[]> {
  if (!(older >= 0 && older <= newer)) throw new RangeError(`From ${older} to ${newer} leaves`);
  if (older === 0 || older === newer) return Promise.resolve([]);
  const ranges: Range[] = [];
  let [start, end]: Range = [0, newer];
  while (end !== older) {
    const middle = start + largestPowerBelow(end - start);
    if (older <= middle) {
      ranges.push([middle, end]);
      end = middle;
    } else {
      ranges.push([start, middle]);
      start = middle;
    }
  }
  // Where the older tree is one complete subtree, its root is known to whoever checks.
  if (start > 0) ranges.push([start, end]);
  return hashesOf(crypto, ranges.reverse(), read);
}

async function hashesOf(
  crypto: Crypto,
  ranges: readonly Range[],
  read: HashReader,
): Promise<readonly Uint8Array[]> {
  const parts = ranges.map(completeSubtrees);
  const hashes = await read(parts.flat());
  let next = 0;
  return parts.map(({ length }) => {
    const own = hashes.slice(next, next + length);
    next += length;
    return own.reduceRight((right, left) => nodeHash(crypto, left, right));
  });
}

/** The complete subtrees, largest first, that make up a range beginning where its largest may begin. */
function completeSubtrees([start, end]: Range): NodeId[] {
  const nodes: NodeId[] = [];
  for (let at = start; at < end; ) {
    const level = wholeLog2(end - at);
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/** The largest power of two that is less than the number, which is at least 2. */
function largestPowerBelow(number: number): number {
  return 2 ** wholeLog2(number - 1);
}
