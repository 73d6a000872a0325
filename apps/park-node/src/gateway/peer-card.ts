import { readFileSync } from 'node:fs';
import { type ParkCard, type ParkKey, parkCardSchema } from '@twinpark/contract/node/park-card.ts';
import { publicKeyOf, thumbprintOf } from '../platform/keys/key-ring.ts';
import { StartFault } from '../platform/start-fault.ts';

/** The park whose card is meant. */
export interface ParkName {
  readonly zone: string;
  readonly park: string;
}

/** A card is a few kilobytes. Unit: bytes. */
const largestCardBytes = 1_048_576;

/**
 * The card of the park across the border, from the file that its operator sent.
 *
 * Faults: `peerCardUnusable` with the place of what is wrong, `peerCardOfAnother`.
 */
export function readPeerCard(file: string, expected: ParkName): ParkCard {
  const unusable = (reason: string, cause?: unknown) =>
    new StartFault('peerCardUnusable', { file, reason }, cause);
  const parsed = parkCardSchema.safeParse(contentOf(file, unusable));
  if (!parsed.success) throw unusable(placeOf(parsed.error.issues[0]?.path ?? []));
  const card = parsed.data;
  if (card.zone !== expected.zone || card.park !== expected.park) {
    const { zone, park } = card;
    throw new StartFault('peerCardOfAnother', {
      file,
      zone,
      park,
      expectedZone: expected.zone,
      expectedPark: expected.park,
    });
  }
  const broken = card.keys.findIndex((key) => !isKey(key));
  if (broken >= 0) throw unusable(placeOf(['keys', broken]));
  return card;
}

function contentOf(file: string, unusable: (reason: string, cause: unknown) => StartFault): unknown {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw unusable(reason, error);
  }
  if (bytes.byteLength > largestCardBytes) throw unusable(`> ${largestCardBytes}`, null);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw unusable('JSON', error);
  }
}

/** The thumbprint tells a key that somebody has changed by a character. */
function isKey({ x, kid }: ParkKey): boolean {
  try {
    return thumbprintOf(x) === kid && publicKeyOf(x).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

/** `keys[0].x`; the whole file where nothing in it can be named. */
function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return place.replace(/^\./, '') || 'JSON';
}
