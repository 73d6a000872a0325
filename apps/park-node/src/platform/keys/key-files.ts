import { generateKeyPairSync } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyUse } from '@twinpark/contract/node/park-card.ts';
import type { JWK } from 'jose';
import { StartFault } from '../start-fault.ts';
import { keyPairOf, type ParkKeyPair } from './key-ring.ts';

const readableByOthers = 0o077;
const epoch = Temporal.Instant.fromEpochMilliseconds(0);

/** Name of the file of a key of that use made at an instant: `gateway-20260102T030405Z.jwk`. */
export function keyFileName(use: KeyUse, madeAt: Temporal.Instant): string {
  const written = madeAt.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
  return `${filePrefix(use)}-${written}.jwk`;
}

/** Every key of a use that a folder holds, the oldest first: a file each, which holds one JWK. */
export function readKeyFiles(folder: string, use: KeyUse): readonly ParkKeyPair[] {
  return listKeyFiles(folder, use).map((name) => {
    const file = join(folder, name);
    try {
      const key = keyPairOf(JSON.parse(readFileSync(file, 'utf8')) as JWK, {
        use,
        file,
        from: madeAtOf(name),
      });
      if (key.privateKey !== null && process.platform !== 'win32' && statSync(file).mode & readableByOthers) {
        throw new StartFault('keyExposed', { file });
      }
      return key;
    } catch (error) {
      throw error instanceof StartFault
        ? error
        : new StartFault('keyUnusable', { file, reason: String(error) }, error);
    }
  });
}

/** Makes a key, whole or not at all. Returns its file; null where there is one of that name, which stays as it is. */
export function makeKeyFile(folder: string, use: KeyUse, madeAt: Temporal.Instant): string | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, keyFileName(use, madeAt));
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  // Whole under another name first: of two nodes that start at once the first wins, and neither reads half a key.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(jwk)}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
    return file;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Keys for documents are the oldest use: their files are named by what they do. */
function filePrefix(use: KeyUse): string {
  return use === 'documents' ? 'signing' : use;
}

function listKeyFiles(folder: string, use: KeyUse): readonly string[] {
  const form = new RegExp(`^${filePrefix(use)}-[0-9A-Za-z-]+\\.jwk$`);
  try {
    return readdirSync(folder)
      .filter((name) => form.test(name))
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function madeAtOf(name: string): Temporal.Instant {
  const [, date, time] = /-(\d{8})T(\d{6})Z\.jwk$/.exec(name) ?? [];
  try {
    return date && time ? Temporal.Instant.from(`${date}T${time}Z`) : epoch;
  } catch {
    return epoch;
  }
}
