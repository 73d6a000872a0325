import { type ParkCard, type ParkKeys, readParkCard, readParkKeys } from '@twinpark/transparency/keys.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { wrongUsage } from '../../faults.ts';
import { FetchFault, fetchFile, readUrl } from '../../http/fetch-file.ts';
import { fill, type Messages } from '../../i18n/messages.ts';
import { failed, json, type Outcome } from '../../outcome.ts';
import { pairs } from '../../render/pairs.ts';
import { printable } from '../../render/printable.ts';
import { wrap } from '../../render/width.ts';
import type { Terminal } from '../../terminal.ts';
import { type Command, type Input, nameOf, type Session } from '../command.ts';
import { type KeyFileFault, parkNameOf, parseJson } from '../open-keys.ts';

/** Prints a file of the public keys that nodes publish; what to compare goes to the error output. */
export const keysFetch: Command = {
  words: ['keys', 'fetch'],
  summary: (m) => m.proof.about.keysFetch,
  operands: [{ value: 'url', required: true, repeats: true, example: 'https://park.example.org' }],
  options: [{ name: 'json', about: (m) => m.options.json }],
  examples: ['twinpark keys fetch https://park.example.org https://other-park.example.org > keys.json'],
  run,
};

const cardPath = '/.well-known/twinpark/card.json';
const cardBytes = 256 * 1024;

async function run(input: Input, { m, terminal }: Session): Promise<Outcome> {
  const addresses = input.operands.filter((written) => written !== '').map((written) => readUrl(written, m));
  const example = `twinpark ${nameOf(keysFetch)} https://park.example.org`;
  const wrong = addresses.flatMap((address) =>
    'reason' in address ? [{ argument: m.values.url, reason: address.reason, example }] : [],
  );
  const faults = [...input.faults, ...wrong];
  if (faults.length > 0) return wrongUsage(nameOf(keysFetch), faults, m);
  const urls = addresses.flatMap((address) => ('url' in address ? [`${address.url}${cardPath}`] : []));
  const fetched = await Promise.all(urls.map((url) => fetchCard(url, m)));
  const unusable = fetched.flatMap((found) => ('problems' in found ? found.problems : []));
  if (unusable.length > 0) return broken(unusable, m);
  const cards = fetched.flatMap((found) => ('card' in found ? [found.card] : []));
  const read = readParkKeys({ format: 'twinpark-keys/1', cards }, nodeCrypto);
  if ('faults' in read) {
    // The same park twice: its second card is named by where it came from.
    const problems = read.faults.flatMap(({ place, reason }) => {
      const [, at = '', rest = ''] = /^\/cards\/(\d+)(.*)$/.exec(place) ?? [];
      return problemsOf(urls[Number(at)] ?? '', [{ place: rest, reason }], m);
    });
    return broken(problems, m);
  }
  return { ...json(read.keys), err: toCompare(read.keys, m, terminal) };
}

interface KeyProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  /** What the reader reads. */
  readonly line: string;
}

async function fetchCard(
  url: string,
  m: Messages,
): Promise<{ readonly card: ParkCard } | { readonly problems: readonly KeyProblem[] }> {
  const words = m.proof.faults;
  const problem = (code: string, message: string) => ({
    problems: [{ path: url, code, message, line: message }],
  });
  try {
    const bytes = await fetchFile(url, cardBytes);
    if (bytes === null) return problem('absent', fill(words.absent, { url }));
    const value = parseJson(bytes);
    if (value === undefined) return { problems: problemsOf(url, [{ place: '', reason: 'notJson' }], m) };
    const read = readParkCard(value, nodeCrypto);
    return 'card' in read ? read : { problems: problemsOf(url, read.faults, m) };
  } catch (error) {
    if (error instanceof FetchFault) return problem('unreachable', error.words(m));
    throw error;
  }
}

function problemsOf(url: string, faults: readonly KeyFileFault[], m: Messages): readonly KeyProblem[] {
  const { keyFaults, faults: words } = m.proof;
  return faults.map(({ place, reason }) => {
    const message = keyFaults[reason];
    const line = fill(words.cardBroken, { url, place: place && `#${place}`, reason: message });
    return { path: url, code: reason, place, message, line };
  });
}

function broken(problems: readonly KeyProblem[], m: Messages): Outcome {
  const isOfCard = problems.some(({ message, line }) => message !== line);
  const lines = [...problems.map(({ line }) => line), ...(isOfCard ? [m.proof.faults.cardRemedy] : [])];
  return failed(1, `${lines.join('\n')}\n`, { problems: problems.map(({ line, ...problem }) => problem) });
}

/** Each key's fingerprint, and how to make sure of it. */
function toCompare({ cards }: ParkKeys, m: Messages, terminal: Terminal): string {
  const words = m.proof.keys;
  const parks = cards.flatMap((card) => [
    fill(words.of, { name: parkNameOf(card, m), zone: card.zone, park: card.park }),
    ...pairs(
      card.keys.map(({ use, kid }) => [use, kid] as const),
      terminal.width,
    ),
  ]);
  return `${[...parks, ...wrap(words.compare, terminal.width)].map(printable).join('\n')}\n`;
}
