import { commitmentOf } from './commitment.ts';
import { cosignedAt } from './cosignature.ts';
import type { Crypto } from './crypto.ts';
import { type DatedKey, isGoodAt, logName, noteKeysOf, type ParkCard, type ParkKeys } from './keys.ts';
import { isIncluded, leafHash } from './merkle.ts';
import {
  type PlacedReceiptFault,
  type ReadReceipt,
  type ReceiptFault,
  readReceipt,
  type Statement,
} from './receipt.ts';
import { isSignedBy } from './signed-note.ts';

/** What is checked, in this order. */
export const receiptChecks = ['wellFormed', 'included', 'signed', 'cosigned', 'timely'] as const;
export type ReceiptCheckName = (typeof receiptChecks)[number];

/** Why a check did not pass. */
export type ReceiptReason =
  | ReceiptFault
  /** An earlier check found nothing to check here. */
  | 'notReached'
  /** The statement, the salt, the place or the path is not what entered the log with this checkpoint. */
  | 'notInLog'
  /** The keys hold no card of the park that the statement names. */
  | 'unknownPark'
  /** The checkpoint is of another log than that of the park. */
  | 'otherLog'
  | 'noLogSignature'
  | 'wrongLogSignature'
  /** The keys hold no card of another park of the zone. */
  | 'unknownOtherPark'
  | 'noCosignature'
  | 'wrongCosignature'
  /** The statement says it was made after the log that holds it was seen. */
  | 'statementTooLate'
  | 'logKeyNotGoodThen'
  | 'witnessKeyNotGoodThen';

export interface ReceiptCheck {
  readonly name: ReceiptCheckName;
  readonly passed: boolean;
  readonly reason: ReceiptReason | null;
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface ReceiptVerdict {
  readonly valid: boolean;
  readonly checks: readonly ReceiptCheck[];
  /** Null where the receipt could not be read, and where it is not valid not to be believed. */
  readonly receipt: VerifiedReceipt | null;
}

export interface VerifiedReceipt {
  readonly statement: Statement;
  readonly origin: string;
  readonly index: number;
  readonly size: number;
  /** Name of the witness of the other park; null without its cosignature. */
  readonly witness: string | null;
  /** When the other park says it saw the log; null without its cosignature. */
  readonly cosignedAt: string | null;
}

/**
 * By so much one park's clock may run ahead of the other's: a statement seen at once may bear a later time than the
 * cosignature. Nodes that are further apart refuse each other's messages.
 */
const clockSkew = Temporal.Duration.from({ minutes: 5 });

/**
 * Whether a receipt holds: its statement stands in the log of the park that it names, under a checkpoint that this park
 * has signed and another park of the zone has cosigned, with keys that were good when it did.
 *
 * Takes the parsed JSON; `parseReceiptText` reads the text. Nothing is fetched and no clock is asked.
 */
export function verifyReceipt(value: unknown, keys: ParkKeys, crypto: Crypto): ReceiptVerdict {
  const read = readReceipt(value);
  if ('fault' in read) return unreadReceipt(read.fault);
  const { receipt } = read;
  const { origin, size } = receipt.signed.checkpoint;
  const signed = checkLogSignature(receipt, keys, crypto);
  const cosigned = checkCosignature(receipt, keys, crypto);
  const checks = [
    passed('wellFormed'),
    checkInclusion(receipt, crypto),
    signed.check,
    cosigned.check,
    checkTimes(receipt, signed.keys, cosigned.seen),
  ];
  const good = cosigned.seen.find(({ listed, at }) => isGoodAt(listed, at)) ?? cosigned.seen[0];
  return {
    valid: checks.every((check) => check.passed),
    checks,
    receipt: {
      statement: receipt.statement,
      origin,
      index: receipt.proof.index,
      size,
      witness: good?.key.name ?? null,
      cosignedAt: good?.at.toString() ?? null,
    },
  };
}

/** The verdict on what is no receipt: nothing but its form could be checked. */
export function unreadReceipt({ reason, place }: PlacedReceiptFault): ReceiptVerdict {
  const rest = receiptChecks.slice(1).map((name) => failed(name, 'notReached'));
  return { valid: false, checks: [failed('wellFormed', reason, { place }), ...rest], receipt: null };
}

function checkInclusion({ statement, salt, proof, signed }: ReadReceipt, crypto: Crypto): ReceiptCheck {
  const { index, hashes } = proof;
  const { size, root } = signed.checkpoint;
  const entry = commitmentOf(crypto, salt, statement);
  const isIn =
    entry !== null &&
    isIncluded(crypto, { leafHash: leafHash(crypto, entry), index, size, root, proof: hashes });
  return isIn ? passed('included', { index, size }) : failed('included', 'notInLog', { index, size });
}

function checkLogSignature(
  { statement, signed }: ReadReceipt,
  { cards }: ParkKeys,
  crypto: Crypto,
): { readonly check: ReceiptCheck; readonly keys: readonly DatedKey[] } {
  const { zone, park } = statement;
  const { origin } = signed.checkpoint;
  const none = (reason: ReceiptReason, facts: ReceiptCheck['facts']) => ({
    check: failed('signed', reason, facts),
    keys: [],
  });
  const card = cards.find((other) => other.zone === zone && other.park === park);
  if (!card) return none('unknownPark', { zone, park });
  if (origin !== logName(zone, park)) return none('otherLog', { origin, expected: logName(zone, park) });
  const verdicts = noteKeysOf(card, 'log', crypto).map((key) => ({
    key,
    verdict: isSignedBy(crypto, signed.note, key.key),
  }));
  if (verdicts.some(({ verdict }) => verdict === false)) return none('wrongLogSignature', { origin });
  const keys = verdicts.filter(({ verdict }) => verdict).map(({ key }) => key);
  return keys.length > 0 ? { check: passed('signed', { origin }), keys } : none('noLogSignature', { origin });
}

interface Seen extends DatedKey {
  readonly at: Temporal.Instant;
}

function checkCosignature(
  { statement: { zone, park }, signed }: ReadReceipt,
  { cards }: ParkKeys,
  crypto: Crypto,
): { readonly check: ReceiptCheck; readonly seen: readonly Seen[] } {
  const others = cards.filter((card: ParkCard) => card.zone === zone && card.park !== park);
  if (others.length === 0) return { check: failed('cosigned', 'unknownOtherPark', { zone, park }), seen: [] };
  const verdicts = others
    .flatMap((card) => noteKeysOf(card, 'witness', crypto))
    .map((key) => ({ key, seconds: cosignedAt(crypto, signed.note, key.key) }));
  if (verdicts.some(({ seconds }) => seconds === false)) {
    return { check: failed('cosigned', 'wrongCosignature'), seen: [] };
  }
  const seen = verdicts.flatMap(({ key, seconds }) =>
    typeof seconds === 'number'
      ? [{ ...key, at: Temporal.Instant.fromEpochMilliseconds(seconds * 1000) }]
      : [],
  );
  const [first] = seen;
  if (!first) return { check: failed('cosigned', 'noCosignature'), seen };
  return { check: passed('cosigned', { witness: first.key.name, at: first.at.toString() }), seen };
}

function checkTimes(
  { statement }: ReadReceipt,
  logKeys: readonly DatedKey[],
  seen: readonly Seen[],
): ReceiptCheck {
  const { compare } = Temporal.Instant;
  const [first] = seen;
  if (!first || logKeys.length === 0) return failed('timely', 'notReached');
  const good = seen.find(({ listed, at }) => isGoodAt(listed, at));
  const at = (good ?? first).at;
  const facts = { stated: statement.at, cosigned: at.toString() };
  if (!good) return failed('timely', 'witnessKeyNotGoodThen', facts);
  if (!logKeys.some(({ listed }) => isGoodAt(listed, at)))
    return failed('timely', 'logKeyNotGoodThen', facts);
  const isLate = compare(Temporal.Instant.from(statement.at), at.add(clockSkew)) > 0;
  return isLate ? failed('timely', 'statementTooLate', facts) : passed('timely', facts);
}

function passed(name: ReceiptCheckName, facts: ReceiptCheck['facts'] = {}): ReceiptCheck {
  return { name, passed: true, reason: null, facts };
}

function failed(
  name: ReceiptCheckName,
  reason: ReceiptReason,
  facts: ReceiptCheck['facts'] = {},
): ReceiptCheck {
  return { name, passed: false, reason, facts };
}
