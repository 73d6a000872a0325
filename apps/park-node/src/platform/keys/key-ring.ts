import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyUse } from '@twinpark/contract/node/park-card.ts';
import { thumbprintOf as thumbprint } from '@twinpark/transparency/keys.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import type { JWK } from 'jose';

/** An Ed25519 key of the park (RFC 8037), with one use. */
export interface ParkKeyPair {
  readonly use: KeyUse;
  readonly file: string;
  /** Thumbprint of the public key (RFC 7638). */
  readonly keyId: string;
  readonly publicKey: KeyObject;
  /** Base64url of the public key's bytes, `x` of its JWK. */
  readonly x: string;
  /** Since when it counts, as the name of its file says; 1970 where that says nothing. */
  readonly from: Temporal.Instant;
  /** Null for a key that is retired: it still verifies what it signed. */
  readonly privateKey: KeyObject | null;
}

/** A key that can sign. */
export interface SigningKey extends ParkKeyPair {
  readonly privateKey: KeyObject;
}

/** All keys of one use, the one that signs first. */
export type KeyRing = readonly [SigningKey, ...ParkKeyPair[]];

/** Throws what is wrong with a JWK that is no Ed25519 key, or of whose halves one belongs to another key. */
export function keyPairOf(jwk: JWK, about: Pick<ParkKeyPair, 'use' | 'file' | 'from'>): ParkKeyPair {
  const { kty, crv, x, d } = jwk;
  if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined) throw new TypeError('Not an Ed25519 key');
  const publicKey = publicKeyOf(x);
  const privateKey = d === undefined ? null : createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' });
  // The public part of a damaged file may be another key's.
  if (privateKey && !createPublicKey(privateKey).equals(publicKey)) throw new TypeError('Two different keys');
  return { ...about, keyId: thumbprintOf(x), publicKey, x, privateKey };
}

/** RFC 8037 section 2. */
export function publicKeyOf(x: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** RFC 7638 with the members that RFC 8037 section 2 requires. */
export function thumbprintOf(x: string): string {
  return thumbprint(nodeCrypto, x);
}

export function canSign(key: ParkKeyPair): key is SigningKey {
  return key.privateKey !== null;
}
