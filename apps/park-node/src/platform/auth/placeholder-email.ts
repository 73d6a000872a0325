import { createHash } from 'node:crypto';

/**
 * Stands where the sign-in library wants an address and nobody vouches for one; nobody can have it.
 *
 * Source: RFC 2606 section 2, the top-level domain `invalid`.
 */
export function placeholderEmail(of: string): string {
  return `${createHash('sha256').update(of).digest('hex').slice(0, 40)}@nobody.invalid`;
}
