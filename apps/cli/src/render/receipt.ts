import type { ParkKeys } from '@twinpark/transparency/keys.ts';
import type { ReceiptCheck, ReceiptVerdict } from '@twinpark/transparency/verify-receipt.ts';
import { parkNameOf } from '../commands/open-keys.ts';
import { fill, type Messages } from '../i18n/messages.ts';
import type { Terminal } from '../terminal.ts';
import { pairs } from './pairs.ts';
import { printable } from './printable.ts';
import { wrap } from './width.ts';

/** What was found of a receipt: what it states, where that stands, who signed when, and each check. */
export function verdictInWords(
  verdict: ReceiptVerdict,
  keys: ParkKeys,
  m: Messages,
  terminal: Terminal,
): string {
  const { valid, checks, receipt } = verdict;
  const words = m.proof.receipt;
  const title = valid ? words.valid : words.invalid;
  const section = (heading: string, rows: readonly (readonly [string, string])[]) => [
    '',
    terminal.paint('strong', heading),
    ...pairs(
      rows.map(([word, about]) => [printable(word), printable(about)] as const),
      terminal.width,
    ),
  ];
  return [
    ...wrap(title, terminal.width).map((line) => terminal.paint(valid ? 'good' : 'bad', line)),
    ...(receipt ? section(valid ? words.states : words.unproved, statedRows(receipt, keys, m)) : []),
    ...section(
      words.checks,
      checks.map((check) => [markOf(check, m), checkInWords(check, m)]),
    ),
    '',
  ].join('\n');
}

/** The same for programs. */
export function describeVerdict({ valid, checks, receipt }: ReceiptVerdict, m: Messages): object {
  const described = checks.map((check) => ({
    ...check,
    message: check.reason === null ? m.proof.checks[check.name] : reasonInWords(check, m),
  }));
  return { ok: valid, valid, ...(receipt ?? { statement: null }), checks: described };
}

type Receipt = NonNullable<ReceiptVerdict['receipt']>;

function statedRows(
  receipt: Receipt,
  { cards }: ParkKeys,
  m: Messages,
): readonly (readonly [string, string])[] {
  const words = m.proof.receipt;
  const { statement, origin, index, size, witness, cosignedAt } = receipt;
  const { format, zone, park, at, ...rest } = statement;
  const card = cards.find((other) => other.zone === zone && other.park === park);
  const name = card ? parkNameOf(card, m) : park;
  const position = { origin, index: String(index), size: String(size) };
  return [
    [words.park, fill(words.parkNamed, { name, zone, park })],
    [words.kind, format],
    [words.made, at],
    ...Object.entries(rest).map(([member, value]) => [member, shownValue(value)] as const),
    [words.log, fill(words.position, position)],
    ...(witness !== null && cosignedAt !== null
      ? [[words.cosigned, fill(words.cosignedBy, { at: cosignedAt, witness })] as const]
      : []),
  ];
}

/** A statement may hold anything; only its own words are shown as words. */
function shownValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function markOf({ passed, reason }: ReceiptCheck, m: Messages): string {
  const { passed: yes, failed, unchecked } = m.proof.receipt;
  if (passed) return yes;
  return reason === 'notReached' ? unchecked : failed;
}

function checkInWords(check: ReceiptCheck, m: Messages): string {
  const text = m.proof.checks[check.name];
  if (check.reason === null) return text;
  return fill(m.proof.receipt.notPassed, { check: text, reason: reasonInWords(check, m) });
}

function reasonInWords({ reason, facts }: ReceiptCheck, m: Messages): string {
  if (reason === null) return '';
  const { place, ...others } = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, String(value)]),
  );
  const text = fill(m.proof.reasons[reason], others);
  return place ? fill(m.proof.receipt.place, { reason: text, place }) : text;
}
