import { writeCheckpoint } from '@twinpark/transparency/checkpoint.ts';
import { leafHash } from '@twinpark/transparency/merkle.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import {
  type NoteSigner,
  parseNote,
  signatureOf,
  signText,
  writeNote,
} from '@twinpark/transparency/signed-note.ts';
import { appendLeaves } from '@twinpark/transparency/tile-log.ts';
import { type Clock, instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import { findNewestCheckpoint, insertCheckpoint, removeCheckpoint } from './queries/checkpoints.ts';
import { appendEntries, type Head, listPending, lockHead, readEdge } from './queries/tree.ts';

/** Entries that get their place in one transaction. */
export const largestRun = 4_096;

/**
 * Gives the entries that wait the longest their place, and signs what the log then is. Processes of the park take turns:
 * the row of the head is locked until the transaction is done, so what was committed is whole, and what was not has left
 * nothing. Returns how many entries got their place.
 */
export async function sequenceBatch(tx: Tx, clock: Clock, signer: NoteSigner): Promise<number> {
  const head = await lockHead(tx);
  const pending = await listPending(tx, largestRun);
  if (pending.length === 0) {
    await signHead(tx, clock, signer, head);
    return 0;
  }
  const edge = await readEdge(tx, head.size);
  const grown = appendLeaves(
    nodeCrypto,
    edge,
    pending.map(({ commitment }) => leafHash(nodeCrypto, commitment)),
  );
  const newHead = { size: grown.edge.size, root: grown.root };
  await appendEntries(tx, {
    from: head.size,
    entries: pending,
    changed: grown.changed,
    head: newHead,
    at: instantNow(clock),
  });
  await insertCheckpoint(tx, checkpointOf(clock, signer, newHead));
  return pending.length;
}

/** The log of a new park is signed when it is empty; what an old key signed and nobody has cosigned is signed anew. */
async function signHead(tx: Tx, clock: Clock, signer: NoteSigner, head: Head): Promise<void> {
  const newest = await findNewestCheckpoint(tx);
  if (newest !== null) {
    const note = parseNote(newest.note);
    if (newest.cosignedAt !== null || (note && signatureOf(note, signer.key))) return;
    await removeCheckpoint(tx, newest.size);
  }
  await insertCheckpoint(tx, checkpointOf(clock, signer, head));
}

function checkpointOf(clock: Clock, signer: NoteSigner, { size, root }: Head) {
  const text = writeCheckpoint({ origin: signer.key.name, size, root, extensions: [] });
  return {
    size,
    note: writeNote({ text, signatures: [signText(text, signer)] }),
    signedAt: instantNow(clock),
  };
}
