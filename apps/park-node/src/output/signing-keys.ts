import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import type { Clock } from '../platform/clock.ts';
import { StartFault } from '../platform/start-fault.ts';

/** An Ed25519 key of the park (RFC 8037). */
export interface SigningKey {
  /** Thumbprint of the public key (RFC 7638). */
  readonly keyId: string;
  readonly publicKey: KeyObject;
  /** Base64url of the public key's bytes, `x` of its JWK. */
  readonly x: string;
  /** Null for a key that is retired: it still verifies what it signed. */
  readonly privateKey: KeyObject | null;
}

const fileName = /^signing-[0-9A-Za-z-]+\.jwk$/;
const readableByOthers = 0o077;

/**
 * The keys of a folder, the one that signs last: the private key whose file name comes last. A file holds one JWK, and
 * its name the time it was made, `signing-20260102T030405Z.jwk`; a retired key may be kept without its private part.
 * With `create`, a folder without a private key gets one.
 *
 * Faults: `signingKeyMissing`, `keyUnusable`, `signingKeyExposed` where others than the node's user may read it.
 */
export function loadSigningKeys(
  folder: string,
  options: { readonly create: boolean; readonly clock: Clock },
): readonly [SigningKey, ...SigningKey[]] {
  const keys = readKeys(folder);
  if (!keys.some(({ privateKey }) => privateKey) && options.create) {
    createKey(folder, options.clock);
    keys.push(...readKeys(folder));
  }
  const signing = keys.findLast(({ privateKey }) => privateKey !== null);
  if (!signing) throw new StartFault('signingKeyMissing', { folder });
  const others = new Map(keys.map((key) => [key.keyId, key]));
  others.delete(signing.keyId);
  return [signing, ...others.values()];
}

function readKeys(folder: string): SigningKey[] {
  return listKeyFiles(folder).map((name) => {
    const file = join(folder, name);
    try {
      const key = keyOf(JSON.parse(readFileSync(file, 'utf8')) as JWK);
      if (key.privateKey !== null && process.platform !== 'win32' && statSync(file).mode & readableByOthers) {
        throw new StartFault('signingKeyExposed', { file });
      }
      return key;
    } catch (error) {
      throw error instanceof StartFault
        ? error
        : new StartFault('keyUnusable', { file, reason: String(error) }, error);
    }
  });
}

function listKeyFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => fileName.test(name))
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function keyOf(jwk: JWK): SigningKey {
  const { kty, crv, x, d } = jwk;
  if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined) throw new TypeError('Not an Ed25519 key');
  const publicKey = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
  const privateKey = d === undefined ? null : createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' });
  // The public part of a damaged file may be another key's.
  if (privateKey && !createPublicKey(privateKey).equals(publicKey)) throw new TypeError('Two different keys');
  return { keyId: thumbprintOf(x), publicKey, x, privateKey };
}

/** RFC 7638 with the members that RFC 8037 section 2 requires. */
function thumbprintOf(x: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
}

function createKey(folder: string, clock: Clock): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const madeAt = clock.now().toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
  const file = join(folder, `signing-${madeAt}.jwk`);
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  // Whole under another name first: of two nodes that start at once the first wins, and neither reads half a key.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(jwk)}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
