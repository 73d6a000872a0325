import type { ParkKeys } from '@twinpark/transparency/keys.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { type PlacedReceiptFault, parseReceiptText } from '@twinpark/transparency/receipt.ts';
import { type ReceiptVerdict, unreadReceipt, verifyReceipt } from '@twinpark/transparency/verify-receipt.ts';
import { readNamedFile } from '../../files.ts';
import { done, json, type Outcome } from '../../outcome.ts';
import { describeVerdict, verdictInWords } from '../../render/receipt.ts';
import { type Command, type Input, nameOf, type Session } from '../command.ts';
import { openKeys } from '../open-keys.ts';

/** Verifies a receipt with the parks' public keys alone: nothing is fetched. */
export const receiptVerify: Command = {
  words: ['receipt', 'verify'],
  summary: (m) => m.proof.about.receiptVerify,
  operands: [{ value: 'file', required: true, example: 'receipt.json --keys keys.json' }],
  options: [
    { name: 'keys', required: true, about: (m) => m.proof.options.keys },
    { name: 'json', about: (m) => m.options.json },
  ],
  examples: ['twinpark receipt verify receipt.json --keys keys.json'],
  run,
};

async function run(input: Input, session: Session): Promise<Outcome> {
  const { m, terminal, resolve } = session;
  const [shown] = input.operands;
  const read = shown ? await readNamedFile(resolve(shown), shown, m) : null;
  const example = `twinpark ${nameOf(receiptVerify)} receipt.json --keys keys.json`;
  const missing = read && 'reason' in read ? [{ argument: m.values.file, reason: read.reason, example }] : [];
  const opened = await openKeys(receiptVerify, input, missing, session);
  if ('outcome' in opened) return opened.outcome;
  const bytes = read && 'source' in read && 'bytes' in read.source ? read.source.bytes : new Uint8Array();
  const verdict = verdictOf(bytes, opened.keys);
  const code = verdict.valid ? 0 : 1;
  return input.flags.has('json')
    ? json(describeVerdict(verdict, m), code)
    : done(verdictInWords(verdict, opened.keys, m, terminal), code);
}

function verdictOf(bytes: Uint8Array, keys: ParkKeys): ReceiptVerdict {
  const parsed = parseText(bytes);
  return 'fault' in parsed ? unreadReceipt(parsed.fault) : verifyReceipt(parsed.value, keys, nodeCrypto);
}

function parseText(bytes: Uint8Array): { readonly value: unknown } | { readonly fault: PlacedReceiptFault } {
  try {
    return parseReceiptText(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return { fault: { reason: 'notJson', place: '' } };
  }
}
