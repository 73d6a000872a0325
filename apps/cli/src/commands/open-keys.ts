import {
  type ParkCard,
  type ParkKeys,
  type PlacedKeyFault,
  readParkKeys,
} from '@twinpark/transparency/keys.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { faultOf } from '../dispatch.ts';
import { wrongUsage } from '../faults.ts';
import { readNamedFile } from '../files.ts';
import { fill, type Messages } from '../i18n/messages.ts';
import { type Fault, failed, type Outcome } from '../outcome.ts';
import { type Command, type Input, nameOf, optionValue, type Session } from './command.ts';

/**
 * The public keys that a command is given, or the answer that they or other arguments cannot be used.
 * `others` are faults that the command has found itself, so that all are told at once.
 */
export async function openKeys(
  command: Command,
  input: Input,
  others: readonly Fault[],
  { m, resolve }: Session,
): Promise<{ readonly keys: ParkKeys } | { readonly outcome: Outcome }> {
  const shown = optionValue(input, 'keys');
  const read = shown === undefined ? null : await readNamedFile(resolve(shown), shown, m);
  const missing = read && 'reason' in read ? [faultOf('keys', read.reason)] : [];
  const faults = [...input.faults, ...others, ...missing];
  if (faults.length > 0 || !read || !('source' in read) || !('bytes' in read.source)) {
    return { outcome: wrongUsage(nameOf(command), faults, m) };
  }
  const value = parseJson(read.source.bytes);
  const opened =
    value === undefined
      ? { faults: [{ place: '', reason: 'notJson' as const }] }
      : readParkKeys(value, nodeCrypto);
  if ('keys' in opened) return opened;
  return { outcome: brokenKeys(read.source.path, opened.faults, m) };
}

/** The JSON value that the bytes spell; undefined where they spell none. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Where a file of keys or a card is, and what it lacks. */
export type KeyFileFault = Omit<PlacedKeyFault, 'reason'> & {
  readonly reason: keyof Messages['proof']['keyFaults'];
};

/** Name of a park in the reader's language, or in the nearest that its card has. */
export function parkNameOf({ name, park }: ParkCard, { language }: Messages): string {
  return name[language] ?? name['en'] ?? Object.values(name)[0] ?? park;
}

function brokenKeys(path: string, faults: readonly KeyFileFault[], m: Messages): Outcome {
  const words = m.proof;
  const problems = faults.map(({ place, reason }) => ({
    path,
    place,
    code: reason,
    message: words.keyFaults[reason],
  }));
  const lines = problems.map(({ place, message }) =>
    fill(words.faults.keysBroken, { path, place: place && `#${place}`, reason: message }),
  );
  return failed(1, `${[...lines, words.faults.keysRemedy].join('\n')}\n`, { problems });
}
