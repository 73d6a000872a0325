import { bytesOf } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Crypto } from './crypto.ts';

/** Octets of a salt, and of a log entry. */
export const saltBytes = 32;
export const entryBytes = 32;

/**
 * What enters the log for a statement: HMAC-SHA-256 of its canonical JSON under a salt. Without the salt nobody can tell
 * what an entry is about, even by trying every statement; once the salt is gone the log stays valid and its subject
 * cannot be found. Null for a statement without canonical form.
 */
export function commitmentOf(crypto: Crypto, salt: Uint8Array, statement: unknown): Uint8Array | null {
  if (salt.length !== saltBytes) throw new RangeError(`A salt of ${salt.length} octets`);
  const json = canonicalJson(statement);
  return json === null ? null : crypto.hmacSha256(salt, bytesOf(json));
}
