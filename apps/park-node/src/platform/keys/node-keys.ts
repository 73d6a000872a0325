import { join } from 'node:path';
import { type KeyUse, keyUses } from '@twinpark/contract/node/park-card.ts';
import type { Clock } from '../clock.ts';
import { StartFault } from '../start-fault.ts';
import { keyFileName, makeKeyFile, readKeyFiles } from './key-files.ts';
import { canSign, type KeyRing } from './key-ring.ts';

/** The keys of a node, by what they are for; none is used for anything else. */
export type NodeKeys = Readonly<Record<KeyUse, KeyRing>>;

export function keysFolder(dataFolder: string): string {
  return join(dataFolder, 'keys');
}

/**
 * The keys below a node's data folder. The private key whose file name comes last signs, and the name holds the time
 * it was made; a retired key may be kept without its private part. With `create`, what is missing is made.
 *
 * Faults: `keyMissing`, `keyUnusable`, `keyExposed` where others than the node's user may read it.
 */
export function loadNodeKeys(
  dataFolder: string,
  options: { readonly create: boolean; readonly clock: Clock },
): NodeKeys {
  if (options.create) makeMissingKeys(dataFolder, options.clock.now());
  const rings = keyUses.map((use) => [use, loadRing(dataFolder, use, options.clock)] as const);
  return Object.fromEntries(rings) as Record<KeyUse, KeyRing>;
}

/**
 * Makes a key for each use that has none that signs. Returns the files that were made.
 *
 * Faults: `keyUnusable`, `keyExposed`.
 */
export function makeMissingKeys(dataFolder: string, now: Temporal.Instant): readonly string[] {
  const folder = keysFolder(dataFolder);
  return keyUses
    .filter((use) => !readKeyFiles(folder, use).some(canSign))
    .map((use) => makeKeyFile(folder, use, now))
    .filter((file) => file !== null);
}

function loadRing(dataFolder: string, use: KeyUse, clock: Clock): KeyRing {
  const folder = keysFolder(dataFolder);
  const keys = readKeyFiles(folder, use);
  const signing = keys.findLast(canSign);
  if (!signing) {
    const file = join(folder, keyFileName(use, clock.now()));
    throw new StartFault('keyMissing', { file, folder: dataFolder });
  }
  const others = new Map(keys.map((key) => [key.keyId, key]));
  others.delete(signing.keyId);
  return [signing, ...others.values()];
}
