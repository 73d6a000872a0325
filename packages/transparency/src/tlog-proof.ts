import { countOf, fromBase64, toBase64 } from './bytes.ts';
import { hashBytes } from './crypto.ts';

/** That an entry is in a log, for whoever has no connection. Source: C2SP tlog-proof v1. */
export interface LogProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, as it stands. */
  readonly checkpoint: string;
}

const header = 'c2sp.org/tlog-proof@v1';
/** No tree that a number can count is higher. */
const mostHashes = 63;

export function writeLogProof({ index, hashes, checkpoint }: LogProof): string {
  return [header, `index ${index}`, ...hashes.map(toBase64), '', checkpoint].join('\n');
}

/** The parts of a proof; null where it is not written as one. Extra data, which nothing authenticates, is not taken. */
export function parseLogProof(text: string): LogProof | null {
  const split = text.indexOf('\n\n');
  if (split < 0) return null;
  const [first, indexLine = '', ...lines] = text.slice(0, split).split('\n');
  const index = indexLine.startsWith('index ') ? countOf(indexLine.slice('index '.length)) : null;
  const hashes = lines.map(fromBase64);
  if (first !== header || index === null || hashes.length > mostHashes) return null;
  if (hashes.some((hash) => hash?.length !== hashBytes)) return null;
  return { index, hashes: hashes.flatMap((hash) => hash ?? []), checkpoint: text.slice(split + 2) };
}
