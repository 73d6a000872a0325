import { leafHash } from '@twinpark/transparency/merkle.ts';
import type { HashReader } from '@twinpark/transparency/merkle-proofs.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { appendLeaves, emptyEdge, type LogEdge, tileHashReader } from '@twinpark/transparency/tile-log.ts';

/** A log whose tiles lie in memory. */
export class MemoryLog {
  readonly #tiles = new Map<string, Uint8Array>();
  #edge: LogEdge = emptyEdge;
  #root: Uint8Array = new Uint8Array();

  get edge(): LogEdge {
    return this.#edge;
  }

  get root(): Uint8Array {
    return this.#root;
  }

  readonly read: HashReader = tileHashReader(
    nodeCrypto,
    (level, index) => this.#tiles.get(`${level}/${index}`) ?? new Uint8Array(),
  );

  append(entries: readonly Uint8Array[]): void {
    const leaves = entries.map((entry) => leafHash(nodeCrypto, entry));
    const { edge, root, changed } = appendLeaves(nodeCrypto, this.#edge, leaves);
    for (const { level, index, hashes } of changed) this.#tiles.set(`${level}/${index}`, hashes);
    this.#edge = edge;
    this.#root = root;
  }
}

/** Entries as a log holds them: the same for everybody who asks for the same places. */
export function entriesFrom(first: number, count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, at) => {
    const entry = Buffer.alloc(32);
    entry.writeDoubleBE(first + at);
    return entry;
  });
}
