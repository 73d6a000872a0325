import { logName, witnessName } from '@twinpark/transparency/keys.ts';
import { nodeCrypto, signEd25519 } from '@twinpark/transparency/node-crypto.ts';
import { type KeyType, type NoteKey, type NoteSigner, noteKey } from '@twinpark/transparency/signed-note.ts';
import type { PeerKey } from '../gateway/peer-keys.ts';
import type { SigningKey } from '../platform/keys/key-ring.ts';

export interface ParkOfZone {
  readonly zone: string;
  readonly park: string;
}

/** Signs the checkpoints of a park's own log. */
export function logSigner({ zone, park }: ParkOfZone, key: SigningKey): NoteSigner {
  return signerOf('ed25519', logName(zone, park), key);
}

/** Cosigns the checkpoints of the other park's log. */
export function witnessSigner({ zone, park }: ParkOfZone, key: SigningKey): NoteSigner {
  return signerOf('cosignature', witnessName(zone, park), key);
}

/** A key of the other park as it signs notes. */
export function peerNoteKey(
  type: KeyType,
  { name, publicKey }: Pick<PeerKey, 'name' | 'publicKey'>,
): NoteKey {
  return noteKeyOf(type, name, publicKey.export({ format: 'jwk' }).x ?? '');
}

function signerOf(type: KeyType, name: string, { x, privateKey }: SigningKey): NoteSigner {
  return { key: noteKeyOf(type, name, x), sign: (message) => signEd25519(privateKey, message) };
}

function noteKeyOf(type: KeyType, name: string, x: string): NoteKey {
  return noteKey(nodeCrypto, type, name, Uint8Array.fromBase64(x, { alphabet: 'base64url' }));
}
