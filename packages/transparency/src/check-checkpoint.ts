import { parseSignedCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { cosignedAt } from './cosignature.ts';
import type { Crypto } from './crypto.ts';
import { isGoodAt, logName, noteKeysOf, type ParkCard, type ParkKeys } from './keys.ts';
import { isSignedBy } from './signed-note.ts';

/** Why a checkpoint cannot be trusted. */
export const checkpointFaults = [
  'notACheckpoint',
  'unknownLog',
  'noLogSignature',
  'wrongLogSignature',
  'wrongCosignature',
  'witnessKeyNotGoodThen',
] as const;
export type CheckpointFault = (typeof checkpointFaults)[number];

export interface Cosigner {
  readonly witness: string;
  /** Instant in UTC. */
  readonly at: string;
}

export interface TrustedCheckpoint extends SignedCheckpoint {
  /** Whose log it is. */
  readonly card: ParkCard;
  /** Other parks of the zone that have cosigned it; none while it is fresh. */
  readonly cosigners: readonly Cosigner[];
}

/** A checkpoint of a log of one of the parks whose keys are known, signed by it; or why not. */
export function checkCheckpoint(
  text: string,
  { cards }: ParkKeys,
  crypto: Crypto,
): { readonly trusted: TrustedCheckpoint } | { readonly reason: CheckpointFault } {
  const signed = parseSignedCheckpoint(text);
  if (signed === null) return { reason: 'notACheckpoint' };
  const { checkpoint, note } = signed;
  const card = cards.find(({ zone, park }) => logName(zone, park) === checkpoint.origin);
  if (!card) return { reason: 'unknownLog' };
  const verdicts = noteKeysOf(card, 'log', crypto).map(({ key }) => isSignedBy(crypto, note, key));
  if (verdicts.includes(false)) return { reason: 'wrongLogSignature' };
  if (!verdicts.includes(true)) return { reason: 'noLogSignature' };
  const cosigners: Cosigner[] = [];
  for (const other of cards.filter(({ zone, park }) => zone === card.zone && park !== card.park)) {
    for (const { key, listed } of noteKeysOf(other, 'witness', crypto)) {
      const seconds = cosignedAt(crypto, note, key);
      if (seconds === false) return { reason: 'wrongCosignature' };
      if (seconds === null) continue;
      const at = Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
      if (!isGoodAt(listed, at)) return { reason: 'witnessKeyNotGoodThen' };
      cosigners.push({ witness: key.name, at: at.toString() });
    }
  }
  return { trusted: { ...signed, card, cosigners } };
}
