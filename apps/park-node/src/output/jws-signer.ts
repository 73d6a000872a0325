import type { KeyObject } from 'node:crypto';
import type { PublicSigningKey } from '@twinpark/contract/output/output.ts';
import canonicalize from 'canonicalize';
import { FlattenedSign, flattenedVerify } from 'jose';
import type { KeyRing, ParkKeyPair, SigningKey } from '../platform/keys/key-ring.ts';
import type { Signer } from './signer.ts';

/**
 * Signs with the newest key unless told otherwise, and verifies with all. A signature is taken in the one form in which it is given out: the
 * library also reads base64url with stray bits, and headers with members that mean nothing here.
 */
export function createSigner(keys: KeyRing, signingKey: () => SigningKey = () => keys[0]): Signer {
  const byHeader = new Map(keys.map((key) => [headerOf(key), key]));
  return {
    get keyId() {
      return signingKey().keyId;
    },
    hold: () => {
      const key = signingKey();
      return createSigner(keys, () => key);
    },
    publicKeys: keys.map(publicJwk),
    async sign(statement) {
      const { keyId, privateKey } = signingKey();
      const signed = await new FlattenedSign(payloadOf(statement))
        .setProtectedHeader({ alg: 'EdDSA', kid: keyId })
        .sign(privateKey);
      return `${signed.protected}..${signed.signature}`;
    },
    verify: (statement, signature) =>
      verifySignature(statement, signature, (header) => byHeader.get(header)?.publicKey ?? null),
  };
}

/** Whether a signature over a statement was made with the other park's key that it names. */
export async function verifyPeerSignature(
  statement: unknown,
  signature: string,
  keyOf: (keyId: string) => KeyObject | null,
): Promise<boolean> {
  return await verifySignature(statement, signature, (header) => {
    const keyId = keyIdIn(header);
    // Only the one form of a header counts.
    return keyId !== null && headerOf({ keyId }) === header ? keyOf(keyId) : null;
  });
}

async function verifySignature(
  statement: unknown,
  signature: string,
  keyOf: (header: string) => KeyObject | null,
): Promise<boolean> {
  const [header = '', payload, bytes = '', ...more] = signature.split('.');
  const key = keyOf(header);
  if (!key || payload !== '' || more.length > 0 || !isExactBase64url(bytes)) return false;
  const signed = Buffer.from(payloadOf(statement)).toString('base64url');
  try {
    await flattenedVerify({ protected: header, payload: signed, signature: bytes }, key, {
      algorithms: ['EdDSA'],
    });
    return true;
  } catch {
    return false;
  }
}

function keyIdIn(header: string): string | null {
  try {
    const { kid }: { readonly kid?: unknown } = JSON.parse(Buffer.from(header, 'base64url').toString());
    return typeof kid === 'string' ? kid : null;
  } catch {
    return null;
  }
}

function headerOf({ keyId }: Pick<ParkKeyPair, 'keyId'>): string {
  return Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: keyId })).toString('base64url');
}

function payloadOf(statement: unknown): Uint8Array {
  const json = canonicalize(statement);
  if (json === undefined) throw new TypeError(`${typeof statement} has no canonical form`);
  return new TextEncoder().encode(json);
}

function isExactBase64url(text: string): boolean {
  return Buffer.from(text, 'base64url').toString('base64url') === text;
}

function publicJwk({ keyId, x }: ParkKeyPair): PublicSigningKey {
  return { kty: 'OKP', crv: 'Ed25519', x, kid: keyId, alg: 'EdDSA', use: 'sig' };
}
