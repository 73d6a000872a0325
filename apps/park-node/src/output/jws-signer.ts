import type { PublicSigningKey } from '@twinpark/contract/output/output.ts';
import canonicalize from 'canonicalize';
import { FlattenedSign, flattenedVerify } from 'jose';
import type { Signer } from './signer.ts';
import type { SigningKey } from './signing-keys.ts';

/**
 * Signs with the first key and verifies with all. A signature is taken in the one form in which it is given out: the
 * library also reads base64url with stray bits, and headers with members that mean nothing here.
 */
export function createSigner(keys: readonly [SigningKey, ...SigningKey[]]): Signer {
  const [{ keyId, privateKey }] = keys;
  if (privateKey === null) throw new TypeError('The key that signs has no private part');
  const byHeader = new Map(keys.map((key) => [headerOf(key), key]));
  return {
    keyId,
    publicKeys: keys.map(publicJwk),
    async sign(statement) {
      const signed = await new FlattenedSign(payloadOf(statement))
        .setProtectedHeader({ alg: 'EdDSA', kid: keyId })
        .sign(privateKey);
      return `${signed.protected}..${signed.signature}`;
    },
    async verify(statement, signature) {
      const [header = '', payload, bytes = '', ...more] = signature.split('.');
      const key = byHeader.get(header);
      if (!key || payload !== '' || more.length > 0 || !isExactBase64url(bytes)) return false;
      const jws = { protected: header, payload: payloadOf(statement), signature: bytes };
      try {
        await flattenedVerify(
          { ...jws, payload: Buffer.from(jws.payload).toString('base64url') },
          key.publicKey,
          { algorithms: ['EdDSA'] },
        );
        return true;
      } catch {
        return false;
      }
    },
  };
}

function headerOf({ keyId }: SigningKey): string {
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

function publicJwk({ keyId, x }: SigningKey): PublicSigningKey {
  return { kty: 'OKP', crv: 'Ed25519', x, kid: keyId, alg: 'EdDSA', use: 'sig' };
}
