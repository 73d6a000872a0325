import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyUses, type ParkCard, type ParkKey } from '@twinpark/contract/node/park-card.ts';
import type { Park, Zone } from '@twinpark/pack/zone.ts';
import type { KeyRing, ParkKeyPair } from './key-ring.ts';
import type { NodeKeys } from './node-keys.ts';

/** The public half of a node's keys, by use and then by age. */
export function parkCardOf(
  { zone, park, address }: { readonly zone: Zone; readonly park: Park; readonly address: string | null },
  keys: NodeKeys,
): ParkCard {
  return {
    format: 'twinpark-park-card/1',
    zone: zone.id,
    park: park.id,
    name: { ...park.name },
    address,
    keys: keyUses.flatMap((use) => keysOf(keys[use], `twinpark/${zone.id}/${park.id}/${use}`)),
  };
}

export function parkCardFile(dataFolder: string): string {
  return join(dataFolder, 'park-card.json');
}

/** Writes the card where the operator, and in a demo the other park's node, finds it: whole or not at all. */
export function writeParkCard(dataFolder: string, card: ParkCard): void {
  const file = parkCardFile(dataFolder);
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, `${JSON.stringify(card, null, 2)}\n`, { mode: 0o644, flush: true });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function keysOf(ring: KeyRing, name: string): readonly ParkKey[] {
  const byAge = [...ring].sort((one, other) => Temporal.Instant.compare(one.from, other.from));
  return byAge.map((key, index) => ({
    use: key.use,
    name,
    kid: key.keyId,
    x: key.x,
    from: key.from.toString(),
    until: untilOf(key, byAge[index + 1]),
  }));
}

/** A key whose private part is gone has signed nothing since the next one was made. */
function untilOf({ privateKey }: ParkKeyPair, next: ParkKeyPair | undefined): string | null {
  return privateKey === null && next ? next.from.toString() : null;
}
