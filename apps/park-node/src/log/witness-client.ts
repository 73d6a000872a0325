import { countOf } from '@twinpark/transparency/bytes.ts';
import { cosignedAt } from '@twinpark/transparency/cosignature.ts';
import { consistencyProof } from '@twinpark/transparency/merkle-proofs.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { parseNote, parseSignatureLines, signatureLine } from '@twinpark/transparency/signed-note.ts';
import { sizeMediaType, writeAddCheckpoint } from '@twinpark/transparency/witness.ts';
import type { Services } from '../services.ts';
import { peerNoteKey } from './note-signers.ts';
import { findCosignedSize, findNewestCheckpoint, insertCosignature } from './queries/checkpoints.ts';
import { treeReader } from './tree-reader.ts';

/** What came of asking the other park to cosign the log. */
export type Asked =
  /** It has cosigned the newest checkpoint, now or before. */
  | 'cosigned'
  /** It does not answer, or not with what can be used. Worth trying later. */
  | 'failed'
  /** It has seen a larger log than there is here: this node has lost entries, such as by an old backup. */
  | 'ahead';

export interface WitnessClientOptions {
  /** Address of the other park's node. */
  readonly peerUrl: string;
  readonly send?: typeof fetch;
}

/** Unit: milliseconds. */
const longestAnswer = 10_000;
const largestAnswer = 65_536;
const mostQuestions = 3;

/**
 * Asks the other park to cosign the newest checkpoint, with the proof that the log has only grown since the one that it
 * cosigned last; where it knows another size, once more from that.
 */
export async function askForCosignature(services: Services, options: WitnessClientOptions): Promise<Asked> {
  const { store, logger } = services;
  let from = await store.write(findCosignedSize);
  for (let question = 1; question <= mostQuestions; question += 1) {
    const newest = await store.write(findNewestCheckpoint);
    if (newest === null || newest.cosignedAt !== null) return 'cosigned';
    if (from > newest.size) {
      logger.error(
        { seen: from, size: newest.size },
        'The other park has seen a longer log than there is here',
      );
      return 'ahead';
    }
    const proof = await store.write((tx) => consistencyProof(nodeCrypto, from, newest.size, treeReader(tx)));
    const body = writeAddCheckpoint({ oldSize: from, proof, checkpoint: newest.note });
    const answer = await post(options, body);
    if (answer === null) return 'failed';
    if (answer.status === 409 && answer.mediaType === sizeMediaType) {
      const known = countOf(answer.text.trimEnd());
      if (known === null) return 'failed';
      from = known;
      continue;
    }
    if (answer.status !== 200) {
      logger.warn({ status: answer.status }, 'The other park does not cosign the log');
      return 'failed';
    }
    return (await keepCosignature(services, newest, answer.text)) ? 'cosigned' : 'failed';
  }
  return 'failed';
}

/** Keeps the line by a witness key of the other park that is genuine; false where there is none. */
async function keepCosignature(
  { store, clock, peerKeys, logger }: Services,
  checkpoint: { readonly size: number; readonly note: string },
  lines: string,
): Promise<boolean> {
  const signatures = parseSignatureLines(lines) ?? [];
  const text = parseNote(checkpoint.note)?.text ?? '';
  for (const key of peerKeys.list('witness', clock.now())) {
    const seconds = cosignedAt(nodeCrypto, { text, signatures }, peerNoteKey('cosignature', key));
    const line = signatures.find(({ keyId }) => keyId === peerNoteKey('cosignature', key).keyId);
    if (typeof seconds !== 'number' || !line) continue;
    await store.write((tx) =>
      insertCosignature(tx, {
        size: checkpoint.size,
        witness: key.name,
        line: signatureLine(line),
        cosignedAt: new Date(seconds * 1_000),
      }),
    );
    return true;
  }
  logger.error('What the other park signed the log with is not its witness key');
  return false;
}

/** Null where no answer came. The note is signed, so the request needs no signature of its own. */
async function post(
  { peerUrl, send = fetch }: WitnessClientOptions,
  body: string,
): Promise<{ readonly status: number; readonly mediaType: string; readonly text: string } | null> {
  try {
    const response = await send(`${peerUrl}/witness/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(longestAnswer),
    });
    const mediaType = response.headers.get('content-type')?.split(';', 1)[0]?.trim() ?? '';
    return { status: response.status, mediaType, text: await readBounded(response) };
  } catch {
    return null;
  }
}

async function readBounded({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > largestAnswer) throw new RangeError('The answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
