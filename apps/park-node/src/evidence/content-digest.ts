import { createHash } from 'node:crypto';

/**
 * The SHA-256 that a `Content-Digest` header names, in hexadecimal digits; null where it names none.
 *
 * Source: RFC 9530 section 2; the value is a dictionary of byte sequences (RFC 9651).
 */
export function contentDigest(header: string | string[] | undefined): string | null {
  const text = Array.isArray(header) ? header.join(', ') : (header ?? '');
  const match = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?:,|$)/.exec(text);
  return match?.[1] ? Buffer.from(match[1], 'base64').toString('hex') : null;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
