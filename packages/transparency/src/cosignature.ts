import { bytesOf, concat } from './bytes.ts';
import { type Crypto, signatureBytes } from './crypto.ts';
import {
  type NoteKey,
  type NoteSignature,
  type NoteSigner,
  type SignedNote,
  signatureOf,
} from './signed-note.ts';

/*
 * What a witness puts below a checkpoint: that at this time it was the largest it had seen of the log, and consistent
 * with all before. Source: C2SP tlog-cosignature v1, Ed25519.
 */

const timeBytes = 8;

/** A witness's signature on the text of a checkpoint. Unit of the time: whole seconds since 1970. */
export function cosign(text: string, seconds: number, { key, sign }: NoteSigner): NoteSignature {
  const time = new Uint8Array(timeBytes);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  return { name: key.name, keyId: key.keyId, signature: concat(time, sign(messageOf(text, seconds))) };
}

/**
 * When a witness says it saw the checkpoint, in whole seconds since 1970. `false` where its signature does not hold, null
 * where the note has none of it.
 */
export function cosignedAt(crypto: Crypto, note: SignedNote, key: NoteKey): number | false | null {
  const signature = signatureOf(note, key);
  if (signature === null) return null;
  if (signature.length !== timeBytes + signatureBytes) return false;
  const seconds = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0));
  if (seconds > latestSecond) return false;
  const message = messageOf(note.text, seconds);
  return crypto.verifyEd25519(key.publicKey, message, signature.subarray(timeBytes)) && seconds;
}

/** End of the calendar that instants have. */
const latestSecond = 8.64e12;

function messageOf(text: string, seconds: number): Uint8Array {
  return bytesOf(`cosignature/v1\ntime ${seconds}\n${text}`);
}
