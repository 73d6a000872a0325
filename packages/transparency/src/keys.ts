import { z } from 'zod';
import { bytesOf, fromBase64Url, toBase64Url } from './bytes.ts';
import { type Crypto, publicKeyBytes } from './crypto.ts';
import { isKeyName, type NoteKey, noteKey } from './signed-note.ts';

/*
 * Whom a verifier trusts: the cards of parks, each with the park's public keys. Everything else is worth what the way is
 * worth by which these came.
 */

const keyUses = ['documents', 'gateway', 'log', 'witness'] as const;

/** Why a file of keys cannot be used. */
export const keyFaults = [
  'notAnObject',
  'unknownMember',
  'wrongFormat',
  'noCards',
  'notAName',
  'notAText',
  'notAUse',
  'notAKey',
  'notAnInstant',
  'endsBeforeItBegins',
  'otherKeyId',
  'otherKeyName',
  'keyTwice',
  'parkTwice',
] as const;
export type KeyFault = (typeof keyFaults)[number];

export interface PlacedKeyFault {
  /** JSON pointer (RFC 6901) into the file. */
  readonly place: string;
  readonly reason: KeyFault;
}

const error = (reason: KeyFault) => ({ error: reason });
const nameSchema = z.string(error('notAName')).regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, error('notAName'));
/** An instant in UTC, as `Temporal.Instant` writes it. */
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;
const instantSchema = z.string(error('notAnInstant')).refine(isInstant, error('notAnInstant'));

const parkKeySchema = z.strictObject(
  {
    use: z.enum(keyUses, error('notAUse')),
    name: z.string(error('notAName')).refine(isKeyName, error('notAName')),
    kid: z.string(error('otherKeyId')),
    x: z
      .string(error('notAKey'))
      .refine((x) => fromBase64Url(x)?.length === publicKeyBytes, error('notAKey')),
    from: instantSchema,
    until: instantSchema.nullable(),
  },
  { error: ({ code }) => (code === 'unrecognized_keys' ? 'unknownMember' : 'notAnObject') },
);
export type ParkKey = Readonly<z.infer<typeof parkKeySchema>>;

/** What a park says of itself at `/.well-known/twinpark/card.json`. */
export const parkCardSchema = z.strictObject(
  {
    format: z.literal('twinpark-park-card/1', error('wrongFormat')),
    zone: nameSchema,
    park: nameSchema,
    name: z.record(z.string(), z.string(error('notAText')), error('notAnObject')),
    address: z.string(error('notAText')).nullable(),
    keys: z.array(parkKeySchema, error('notAnObject')),
  },
  { error: ({ code }) => (code === 'unrecognized_keys' ? 'unknownMember' : 'notAnObject') },
);
export type ParkCard = Readonly<z.infer<typeof parkCardSchema>>;

const parkKeysSchema = z.strictObject(
  {
    format: z.literal('twinpark-keys/1', error('wrongFormat')),
    cards: z.array(parkCardSchema, error('notAnObject')).min(1, error('noCards')),
  },
  { error: ({ code }) => (code === 'unrecognized_keys' ? 'unknownMember' : 'notAnObject') },
);
export type ParkKeys = Readonly<z.infer<typeof parkKeysSchema>>;

/** The keys of a file, or everything that is wrong with it. */
export function readParkKeys(
  value: unknown,
  crypto: Crypto,
): { readonly keys: ParkKeys } | { readonly faults: readonly PlacedKeyFault[] } {
  const read = parkKeysSchema.safeParse(value);
  if (!read.success) return { faults: faultsOf(read.error) };
  const keys = read.data;
  const faults = keys.cards.flatMap((card, at) => cardFaults(card, crypto, `/cards/${at}`));
  const seen = new Set<string>();
  keys.cards.forEach(({ zone, park }, at) => {
    const name = `${zone}/${park}`;
    if (seen.has(name)) faults.push({ place: `/cards/${at}/park`, reason: 'parkTwice' });
    seen.add(name);
  });
  return faults.length > 0 ? { faults } : { keys };
}

/** The card of one park, or everything that is wrong with it. */
export function readParkCard(
  value: unknown,
  crypto: Crypto,
): { readonly card: ParkCard } | { readonly faults: readonly PlacedKeyFault[] } {
  const read = parkCardSchema.safeParse(value);
  if (!read.success) return { faults: faultsOf(read.error) };
  const faults = cardFaults(read.data, crypto, '');
  return faults.length > 0 ? { faults } : { card: read.data };
}

/** Origin of a park's log, and the name of the key that signs it. */
export function logName(zone: string, park: string): string {
  return `twinpark/${zone}/${park}/log`;
}

/** Name of the key by which a park cosigns the other's log. */
export function witnessName(zone: string, park: string): string {
  return `twinpark/${zone}/${park}/witness`;
}

/** Thumbprint of an Ed25519 key by its JWK's `x`. Source: RFC 7638 with the members that RFC 8037 section 2 requires. */
export function thumbprintOf(crypto: Crypto, x: string): string {
  return toBase64Url(crypto.sha256(bytesOf(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))));
}

export interface DatedKey {
  readonly key: NoteKey;
  readonly listed: ParkKey;
}

/** The keys of a card for one use, as they sign notes. */
export function noteKeysOf(card: ParkCard, use: 'log' | 'witness', crypto: Crypto): readonly DatedKey[] {
  const type = use === 'log' ? 'ed25519' : 'cosignature';
  return card.keys
    .filter((listed) => listed.use === use)
    .flatMap((listed) => {
      const bytes = fromBase64Url(listed.x);
      return bytes ? [{ key: noteKey(crypto, type, listed.name, bytes), listed }] : [];
    });
}

/** Whether a key was good at an instant: from its first on, before its end. */
export function isGoodAt({ from, until }: ParkKey, instant: Temporal.Instant): boolean {
  const { compare } = Temporal.Instant;
  return compare(from, instant) <= 0 && (until === null || compare(instant, until) < 0);
}

export function isInstant(text: string): boolean {
  if (!instantPattern.test(text)) return false;
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
}

function cardFaults({ zone, park, keys }: ParkCard, crypto: Crypto, place: string): PlacedKeyFault[] {
  const names = { log: logName(zone, park), witness: witnessName(zone, park) } as const;
  return keys.flatMap((key, at): PlacedKeyFault[] => {
    const { use, name, kid, x, from, until } = key;
    const own = `${place}/keys/${at}`;
    const isTwice = keys.slice(0, at).some((other) => other.use === use && other.kid === kid);
    const expected = use === 'log' || use === 'witness' ? names[use] : name;
    return [
      ...(name === expected ? [] : [{ place: `${own}/name`, reason: 'otherKeyName' as const }]),
      ...(kid === thumbprintOf(crypto, x) ? [] : [{ place: `${own}/kid`, reason: 'otherKeyId' as const }]),
      ...(isTwice ? [{ place: own, reason: 'keyTwice' as const }] : []),
      ...(until !== null && Temporal.Instant.compare(until, from) <= 0
        ? [{ place: `${own}/until`, reason: 'endsBeforeItBegins' as const }]
        : []),
    ];
  });
}

function faultsOf({ issues }: z.ZodError): readonly PlacedKeyFault[] {
  return issues.flatMap((issue): PlacedKeyFault[] => {
    const path =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    const reason = keyFaults.find((fault) => fault === issue.message) ?? 'notAnObject';
    return path.map((parts) => ({ place: pointerOf(parts), reason }));
  });
}

/** RFC 6901. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
