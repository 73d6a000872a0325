import { createHash } from 'node:crypto';
import { parseDictionary, serializeDictionary } from 'structured-headers';
import { fieldValue, type HeaderFields, type SignatureFault } from './message.ts';

/**
 * The `Content-Digest` of a message's content, which may be empty.
 *
 * Source: RFC 9530 section 2; SHA-256 alone.
 */
export function contentDigestOf(content: Uint8Array): string {
  return serializeDictionary(new Map([['sha-256', [sha256(content), new Map()]]]));
}

/** What is wrong between a message's content and the digest that its headers give; null when they agree. */
export function digestFault(headers: HeaderFields, content: Uint8Array): SignatureFault | null {
  const field = fieldValue(headers, 'content-digest');
  if (field === null) return 'digestMissing';
  const given = givenDigest(field);
  if (typeof given === 'string') return given;
  return sha256(content).equals(given) ? null : 'digestMismatch';
}

function givenDigest(field: string): Uint8Array | SignatureFault {
  try {
    const [value] = parseDictionary(field).get('sha-256') ?? [];
    if (value === undefined) return 'digestAlgorithmUnknown';
    return value instanceof ArrayBuffer ? new Uint8Array(value) : 'unparsable';
  } catch {
    return 'unparsable';
  }
}

function sha256(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
