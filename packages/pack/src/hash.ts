import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * SHA-256 (hex) of a value's canonical JSON (RFC 8785): the same content gives the same hash whatever the order of its
 * keys. The order of a list is content.
 *
 * Throws: for what has no canonical form (a number that is not finite, half a character), which no compiled
 * definition holds.
 */
export function hashOf(value: unknown): string {
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError(`${typeof value} has no canonical form`);
  return createHash('sha256').update(json, 'utf8').digest('hex');
}
