/** What the log needs of a platform's cryptography; a browser brings its own. */
export interface Crypto {
  /** SHA-256 of the parts, one after the other. */
  readonly sha256: (...parts: readonly Uint8Array[]) => Uint8Array;
  readonly hmacSha256: (key: Uint8Array, data: Uint8Array) => Uint8Array;
  /** False for a key that is none and for a signature of the wrong length, too. */
  readonly verifyEd25519: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
}

/** Octets of a SHA-256 hash. */
export const hashBytes = 32;
/** Octets of an Ed25519 public key (RFC 8032). */
export const publicKeyBytes = 32;
/** Octets of an Ed25519 signature (RFC 8032). */
export const signatureBytes = 64;
