import { bytesOf, concat, fromBase64, toBase64 } from './bytes.ts';
import { type Crypto, publicKeyBytes } from './crypto.ts';

/*
 * Texts with signatures below them. Source: C2SP signed-note v1.
 */

export interface NoteSignature {
  /** Name of the key. */
  readonly name: string;
  /** Eight hexadecimal digits. Short, so it tells keys apart and proves nothing. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

export interface SignedNote {
  /** With its final line feed, without the empty line before the signatures: what is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Kinds of signatures, by the octet that tells them apart in key ids. */
export const keyTypes = { ed25519: 0x01, cosignature: 0x04 } as const;
export type KeyType = keyof typeof keyTypes;

/** A key whose signatures are known when met. */
export interface NoteKey {
  readonly name: string;
  readonly keyId: string;
  readonly type: KeyType;
  readonly publicKey: Uint8Array;
}

const mark = '\u2014 ';
/** More than anybody has a use for, and few enough to check; as in Go's implementation. */
const mostSignatures = 100;
const textEnd = '\n\n';

/** A key of that name, with the id that the text prescribes. */
export function noteKey(crypto: Crypto, type: KeyType, name: string, publicKey: Uint8Array): NoteKey {
  const hash = crypto.sha256(bytesOf(`${name}\n`), typed(type, publicKey));
  return { name, keyId: hash.subarray(0, 4).toHex(), type, publicKey };
}

/** A verifier key as text: `name+id+key`. */
export function writeVerifierKey({ name, keyId, type, publicKey }: NoteKey): string {
  return `${name}+${keyId}+${toBase64(typed(type, publicKey))}`;
}

/** The key that a verifier key spells; null for a kind of key that is not known here and for what is none. */
export function parseVerifierKey(crypto: Crypto, text: string): NoteKey | null {
  const [, name = '', keyId = '', material = ''] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/.exec(text) ?? [];
  const bytes = fromBase64(material);
  const type = (Object.keys(keyTypes) as KeyType[]).find((known) => keyTypes[known] === bytes?.[0]);
  if (!isKeyName(name) || !bytes || !type || bytes.length !== 1 + publicKeyBytes) return null;
  const key = noteKey(crypto, type, name, bytes.slice(1));
  return key.keyId === keyId ? key : null;
}

/** Names may hold neither a space of any kind nor a plus. */
export function isKeyName(name: string): boolean {
  return name.isWellFormed() && /^[^\p{White_Space}\p{Cc}+]+$/u.test(name);
}

/** The note as it is passed on. */
export function writeNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map(signatureLine).join('')}`;
}

/** One line of signature, with its line feed. */
export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  return `${mark}${name} ${toBase64(concat(Uint8Array.fromHex(keyId), signature))}\n`;
}

/** The parts of a note; null where it is not written as a note is, to the last character. */
export function parseNote(note: string): SignedNote | null {
  if (!note.isWellFormed() || /[^\P{Cc}\n\u007f-\u009f]/u.test(note)) return null;
  const split = note.lastIndexOf(textEnd);
  if (split < 0) return null;
  const text = note.slice(0, split + 1);
  const signatures = parseSignatureLines(note.slice(split + textEnd.length));
  return text === '\n' || signatures === null ? null : { text, signatures };
}

/** Lines of signatures, at least one; null where any is not written as it must be. */
export function parseSignatureLines(lines: string): readonly NoteSignature[] | null {
  if (!lines.endsWith('\n')) return null;
  const signatures = lines.slice(0, -1).split('\n').map(parseSignatureLine);
  if (signatures.length > mostSignatures || signatures.includes(null)) return null;
  return signatures.flatMap((signature) => signature ?? []);
}

function parseSignatureLine(line: string): NoteSignature | null {
  if (!line.startsWith(mark)) return null;
  const [name = '', encoded = '', ...rest] = line.slice(mark.length).split(' ');
  const bytes = fromBase64(encoded);
  if (!isKeyName(name) || !bytes || bytes.length <= 4 || rest.length > 0) return null;
  return { name, keyId: bytes.subarray(0, 4).toHex(), signature: bytes.slice(4) };
}

/** The signature of a key on a note: the octets, or null where the note has none of it. */
export function signatureOf({ signatures }: SignedNote, key: NoteKey): Uint8Array | null {
  // Of several by one key the first counts, as in Go's implementation.
  return signatures.find(({ name, keyId }) => name === key.name && keyId === key.keyId)?.signature ?? null;
}

/** Who signs, and how. Where the private key lies is the caller's to know. */
export interface NoteSigner {
  readonly key: NoteKey;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** A plain signature over a note's text. */
export function signText(text: string, { key, sign }: NoteSigner): NoteSignature {
  return { name: key.name, keyId: key.keyId, signature: sign(bytesOf(text)) };
}

/** Whether a key has signed a note; null where the note holds no signature of it. */
export function isSignedBy(crypto: Crypto, note: SignedNote, key: NoteKey): boolean | null {
  const signature = signatureOf(note, key);
  return signature && crypto.verifyEd25519(key.publicKey, bytesOf(note.text), signature);
}

function typed(type: KeyType, publicKey: Uint8Array): Uint8Array {
  return concat(new Uint8Array([keyTypes[type]]), publicKey);
}
