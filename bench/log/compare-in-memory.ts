import { leafHash } from '@twinpark/transparency/merkle.ts';
import { consistencyProof, inclusionProof } from '@twinpark/transparency/merkle-proofs.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { appendLeaves } from '@twinpark/transparency/tile-log.ts';
import { entriesFrom, MemoryLog } from './memory-log.ts';
import { buildMerkleTree, StreamPeer } from './peers.ts';

const run = 4_096;
const proofs = 2_000;
/** Beyond this the library that builds whole trees takes minutes and gigabytes. */
const largestWhole = 100_000;

/** Appending and proving at growing sizes, tiles in memory, beside two libraries that give the same roots. */
export async function compareInMemory(sizes: readonly number[]): Promise<void> {
  const log = new MemoryLog();
  const stream = new StreamPeer();
  let own = 0;
  let peers = 0;
  let length = 0;
  console.log('\nIn memory. Unit: microseconds; runs of 4,096 entries.');
  for (const size of sizes) {
    const from = length;
    while (length < size) {
      const entries = entriesFrom(length, Math.min(run, size - length));
      own += timeOf(() => log.append(entries));
      peers += timeOf(() => stream.append(entries));
      length += entries.length;
    }
    if (!Buffer.from(stream.root).equals(log.root)) throw new Error('The peer has another root');
    const grown = size - from;
    const one = entriesFrom(size, 1).map((entry) => leafHash(nodeCrypto, entry));
    const many = entriesFrom(size, run).map((entry) => leafHash(nodeCrypto, entry));
    print(size, {
      'an entry, so far (with its leaf)': (own * 1_000) / grown,
      'merkle-tree-stream, the same': (peers * 1_000) / grown,
      'a run of one': perCall(200, () => appendLeaves(nodeCrypto, log.edge, one)),
      'an entry of a run of 4,096 at this size':
        perCall(20, () => appendLeaves(nodeCrypto, log.edge, many)) / run,
      'an inclusion proof': await perProof((at) => inclusionProof(nodeCrypto, at, size, log.read), size),
      'a consistency proof': await perProof((at) => consistencyProof(nodeCrypto, at, size, log.read), size),
    });
    own = 0;
    peers = 0;
    if (size <= largestWhole) compareWhole(size, log.root);
  }
}

function compareWhole(size: number, root: Uint8Array): void {
  const entries = entriesFrom(0, size);
  const began = performance.now();
  const tree = buildMerkleTree(entries);
  const built = performance.now() - began;
  if (!tree.getRoot().equals(root)) throw new Error('merkletreejs has another root');
  const leaf = Buffer.from(leafHash(nodeCrypto, entriesFrom(Math.floor(size / 3), 1)[0] ?? new Uint8Array()));
  print(size, {
    'merkletreejs: the whole tree, as each addition takes': built * 1_000,
    'merkletreejs: a proof': perCall(20, () => tree.getProof(leaf)),
  });
}

async function perProof(prove: (at: number) => Promise<unknown>, size: number): Promise<number> {
  const places = Array.from({ length: proofs }, (_, at) => Math.floor(((at + 1) * size) / (proofs + 2)));
  for (const at of places.slice(0, 100)) await prove(at);
  const began = performance.now();
  for (const at of places) await prove(at);
  return ((performance.now() - began) * 1_000) / proofs;
}

function perCall(calls: number, call: () => unknown): number {
  for (let warm = 0; warm < Math.ceil(calls / 10); warm += 1) call();
  return (
    (timeOf(() => {
      for (let at = 0; at < calls; at += 1) call();
    }) *
      1_000) /
    calls
  );
}

function timeOf(call: () => unknown): number {
  const began = performance.now();
  call();
  return performance.now() - began;
}

function print(size: number, figures: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(figures)) {
    console.log(
      `  ${size.toLocaleString('en').padStart(12)}  ${name.padEnd(54)} ${value.toFixed(2).padStart(12)}`,
    );
  }
}
