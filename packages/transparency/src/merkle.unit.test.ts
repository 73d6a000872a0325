import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64 } from './bytes.ts';
import { emptyRoot, isConsistent, isIncluded, leafHash, nodeHash, wholeLog2 } from './merkle.ts';
import { consistencyProof, type HashReader, inclusionProof, rootOf } from './merkle-proofs.ts';
import { nodeCrypto as crypto } from './node-crypto.ts';
import { someEntries } from './testing/a-log.ts';

/** The tree over leaf hashes, straight from the definition in RFC 6962 section 2.1. */
function definedRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [only] = hashes;
  if (!only) return emptyRoot(crypto);
  if (hashes.length === 1) return only;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(crypto, definedRoot(hashes.slice(0, split)), definedRoot(hashes.slice(split)));
}

/** Reads subtrees of leaves in memory, each made once. */
function readerOf(leaves: readonly Uint8Array[]): HashReader {
  const known = new Map<string, Uint8Array>();
  const hashOf = (level: number, index: number): Uint8Array => {
    const leaf = leaves[index];
    if (level === 0 && leaf) return leaf;
    const key = `${level}/${index}`;
    const hash =
      known.get(key) ?? nodeHash(crypto, hashOf(level - 1, index * 2), hashOf(level - 1, index * 2 + 1));
    known.set(key, hash);
    return hash;
  };
  return (nodes) => Promise.resolve(nodes.map(({ level, index }) => hashOf(level, index)));
}

const leaves = someEntries(2000).map((entry) => leafHash(crypto, entry));
const read = readerOf(leaves);
const roots = new Map<number, Uint8Array>();
function rootAt(size: number): Uint8Array {
  const root = roots.get(size) ?? definedRoot(leaves.slice(0, size));
  roots.set(size, root);
  return root;
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = new Uint8Array(bytes);
  const at = Math.floor(bit / 8) % bytes.length;
  changed[at] = (changed[at] ?? 0) ^ (1 << (bit % 8));
  return changed;
}

const b64 = (text: string) => fromBase64(text) ?? expect.fail(text);

describe('the published vectors', () => {
  // Leaves and roots by which Certificate Transparency's implementations test themselves.
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const expected = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const vector = readerOf(inputs.map((hex) => leafHash(crypto, Uint8Array.fromHex(hex))));

  it.each(expected.map((root, size) => ({ size, root })))(
    'the tree of $size leaves has its root',
    async (tree) => {
      expect((await rootOf(crypto, tree.size, vector)).toHex()).toBe(tree.root);
    },
  );

  it('leaf 5 of 8 is included by the published path', async () => {
    const proof = [
      'vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=',
      'yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=',
      '037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=',
    ].map(b64);
    expect(await inclusionProof(crypto, 5, 8, vector)).toEqual(proof.map((hash) => Buffer.from(hash)));
    const own = leafHash(crypto, Uint8Array.fromHex('40414243'));
    const root = Uint8Array.fromHex(expected[8] ?? '');
    expect(isIncluded(crypto, { leafHash: own, index: 5, size: 8, root, proof })).toBe(true);
  });

  it.each([
    [
      1,
      8,
      [
        'lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=',
        'Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=',
        'a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=',
      ],
    ],
    [2, 5, ['Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=', 'vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=']],
  ])('the tree of %i leaves begins that of %i by the published proof', async (older, newer, texts) => {
    const proof = texts.map(b64);
    expect((await consistencyProof(crypto, older, newer, vector)).map((hash) => hash.toBase64())).toEqual(
      texts,
    );
    const head = (size: number) => ({ size, root: Uint8Array.fromHex(expected[size] ?? '') });
    expect(isConsistent(crypto, head(older), head(newer), proof)).toBe(true);
  });
});

describe('proofs of any tree', () => {
  const aTree = fc.integer({ min: 1, max: leaves.length });

  it('show that a leaf is included, and no changed bit gets by', async () => {
    await fc.assert(
      fc.asyncProperty(aTree, fc.nat(), fc.nat(), fc.nat(), async (size, any, bit, where) => {
        const index = any % size;
        const proof = await inclusionProof(crypto, index, size, read);
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        const own = leaves[index] ?? expect.fail();
        const claim = { leafHash: own, index, size, root: rootAt(size), proof };
        expect(isIncluded(crypto, claim)).toBe(true);
        expect(isIncluded(crypto, { ...claim, root: flipped(claim.root, bit) })).toBe(false);
        expect(isIncluded(crypto, { ...claim, leafHash: flipped(own, bit) })).toBe(false);
        expect(isIncluded(crypto, { ...claim, proof: [...proof, own] })).toBe(false);
        expect(isIncluded(crypto, { ...claim, index: size })).toBe(false);
        if (proof.length === 0) return;
        const at = where % proof.length;
        const changed = proof.with(at, flipped(proof[at] ?? own, bit));
        expect(isIncluded(crypto, { ...claim, proof: changed })).toBe(false);
        expect(isIncluded(crypto, { ...claim, proof: proof.slice(1) })).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('show that a tree continues another, and no changed bit gets by', async () => {
    await fc.assert(
      fc.asyncProperty(aTree, fc.nat(), fc.nat(), fc.nat(), async (size, any, bit, where) => {
        const older = { size: any % (size + 1), root: rootAt(any % (size + 1)) };
        const newer = { size, root: rootAt(size) };
        const proof = await consistencyProof(crypto, older.size, size, read);
        expect(isConsistent(crypto, older, newer, proof)).toBe(true);
        const otherOlder = { ...older, root: flipped(older.root, bit) };
        expect(isConsistent(crypto, otherOlder, newer, proof)).toBe(false);
        expect(isConsistent(crypto, older, newer, [...proof, older.root])).toBe(false);
        // The empty tree begins any, so of the newer one nothing is proved.
        if (older.size === 0) return;
        expect(isConsistent(crypto, older, { ...newer, root: flipped(newer.root, bit) }, proof)).toBe(false);
        if (proof.length === 0) return;
        const at = where % proof.length;
        const changed = proof.with(at, flipped(proof[at] ?? older.root, bit));
        expect(isConsistent(crypto, older, newer, changed)).toBe(false);
        expect(isConsistent(crypto, older, newer, proof.slice(1))).toBe(false);
        expect(isConsistent(crypto, newer, older, proof)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('are not made for what is not there', () => {
    expect(() => inclusionProof(crypto, 5, 5, read)).toThrow(RangeError);
    expect(() => consistencyProof(crypto, 6, 5, read)).toThrow(RangeError);
  });

  it('hold beyond the numbers that 32 bits count', async () => {
    const size = 2 ** 49 - 1;
    // Every subtree of one height is the same here.
    const levels: Uint8Array[] = [leaves[0] ?? expect.fail()];
    for (let level = 1; level <= 49; level += 1) {
      const below = levels[level - 1] ?? expect.fail();
      levels.push(nodeHash(crypto, below, below));
    }
    const same: HashReader = (nodes) => Promise.resolve(nodes.flatMap(({ level }) => levels[level] ?? []));
    const root = await rootOf(crypto, size, same);
    const index = 2 ** 48 + 5;
    const proof = await inclusionProof(crypto, index, size, same);
    expect(isIncluded(crypto, { leafHash: levels[0] ?? root, index, size, root, proof })).toBe(true);
    const older = { size: 2 ** 33 + 7, root: await rootOf(crypto, 2 ** 33 + 7, same) };
    const path = await consistencyProof(crypto, older.size, size, same);
    expect(isConsistent(crypto, older, { size, root }, path)).toBe(true);
    expect([2 ** 49 - 1, 2 ** 49, 2 ** 32, 2 ** 32 - 1, 1].map(wholeLog2)).toEqual([48, 49, 32, 31, 0]);
  });
});
