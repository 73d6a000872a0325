import { type KeyObject, verify } from 'node:crypto';
import { type InnerList, isInnerList, parseDictionary } from 'structured-headers';
import { coveredComponents } from './covered-components.ts';
import {
  fieldValue,
  type Message,
  type RequestMessage,
  type SignatureFault,
  signatureAlgorithm,
  signatureLabel,
  signatureTag,
} from './message.ts';
import { signatureLifeSeconds } from './sign-message.ts';
import { identifierOf, signatureBase } from './signature-base.ts';

/** What a signature that counts says. Whether its nonce was seen before is for whoever keeps them to say. */
export interface VerifiedSignature {
  readonly keyId: string;
  readonly nonce: string;
  readonly created: Temporal.Instant;
  /** Until then a repetition would count as well, so the nonce has to be kept. */
  readonly countsUntil: Temporal.Instant;
}

/** The key of that id as it stood at an instant. */
export type FindKey = (
  keyId: string,
  at: Temporal.Instant,
) => { readonly publicKey: KeyObject } | 'keyUnknown' | 'keyNotValid';

/** Clocks of two nodes may differ. Unit: seconds. */
const largestSkewSeconds = 60;

/**
 * Whether a message carries our signature by a key that counts, over everything it has to cover. The content is not
 * looked at: the signature covers its digest, which `digestFault` holds against the bytes once they are there.
 *
 * Source: RFC 9421 section 3.2.
 */
export function verifyMessage(
  message: Message,
  now: Temporal.Instant,
  findKey: FindKey,
): { readonly verified: VerifiedSignature } | { readonly fault: SignatureFault } {
  const read = readSignature(message);
  if ('fault' in read) return read;
  const { input, bytes } = read;
  const said = readParameters(input, now);
  if ('fault' in said) return said;
  if (fieldValue(message.headers, 'content-digest') === null) return { fault: 'digestMissing' };
  const covered = new Set(input[0].map(identifierOf));
  if (coveredComponents(message).some((each) => !covered.has(identifierOf(each)))) {
    return { fault: 'componentMissing' };
  }
  const based = signatureBase(message, input);
  if ('fault' in based) return based;
  const key = findKey(said.verified.keyId, said.verified.created);
  if (typeof key === 'string') return { fault: key };
  return verify(null, Buffer.from(based.base, 'latin1'), key.publicKey, bytes)
    ? said
    : { fault: 'signatureBad' };
}

/** Whether an answer to a request can be bound to it, as a signature between the parks has to be. */
export function bindsAnswer(request: RequestMessage): boolean {
  return !('fault' in readSignature(request)) && fieldValue(request.headers, 'content-digest') !== null;
}

/** Our signature among those that the message may carry. */
function readSignature({
  headers,
}: Message): { readonly input: InnerList; readonly bytes: Uint8Array } | { readonly fault: SignatureFault } {
  const inputs = fieldValue(headers, 'signature-input');
  const signatures = fieldValue(headers, 'signature');
  if (inputs === null || signatures === null) return { fault: 'signatureMissing' };
  try {
    const input = parseDictionary(inputs).get(signatureLabel);
    const signature = parseDictionary(signatures).get(signatureLabel);
    if (input === undefined || signature === undefined) return { fault: 'labelUnknown' };
    const [bytes] = signature;
    if (!isInnerList(input) || !(bytes instanceof ArrayBuffer)) return { fault: 'unparsable' };
    return { input, bytes: new Uint8Array(bytes) };
  } catch {
    return { fault: 'unparsable' };
  }
}

function readParameters(
  [, parameters]: InnerList,
  now: Temporal.Instant,
): { readonly verified: VerifiedSignature } | { readonly fault: SignatureFault } {
  const { created, expires, nonce, keyid, alg, tag } = Object.fromEntries(parameters);
  if (tag !== signatureTag) return { fault: 'tagUnknown' };
  if (alg !== signatureAlgorithm) return { fault: 'algorithmUnknown' };
  if (nonce === undefined) return { fault: 'nonceMissing' };
  if (typeof nonce !== 'string' || !nonceForm.test(nonce)) return { fault: 'nonceMalformed' };
  if (!isSecond(created) || !isSecond(expires)) return { fault: 'timeMissing' };
  if (typeof keyid !== 'string') return { fault: 'keyUnknown' };
  const second = now.epochMilliseconds / 1_000;
  if (created > second + largestSkewSeconds) return { fault: 'fromTheFuture' };
  const end = Math.min(expires, created + signatureLifeSeconds);
  if (end < second) return { fault: 'expired' };
  const instant = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1_000);
  return { verified: { keyId: keyid, nonce, created: instant(created), countsUntil: instant(end) } };
}

/** 128 random bits in base64url. */
const nonceForm = /^[A-Za-z0-9_-]{22}$/;

/** Seconds since 1970 that a date can be made of. */
function isSecond(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < 1e11;
}
