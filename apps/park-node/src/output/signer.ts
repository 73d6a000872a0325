import type { PublicSigningKey } from '@twinpark/contract/output/output.ts';

/** The park's signing key. What it signs is verified with the keys that the node publishes. */
export interface Signer {
  /** Id by which the published keys name this one: its thumbprint (RFC 7638). */
  readonly keyId: string;
  /** The same with the key that signs now, whichever signs later: for what is printed before it is signed. */
  hold(): Signer;
  /** JWS compact serialisation with detached payload (RFC 7515 appendix F) over the canonical JSON of a value. */
  sign(statement: unknown): Promise<string>;
  verify(statement: unknown, signature: string): Promise<boolean>;
  /** Every public key under which something of this park was ever signed. */
  readonly publicKeys: readonly PublicSigningKey[];
}
