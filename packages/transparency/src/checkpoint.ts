import { countOf, fromBase64, toBase64 } from './bytes.ts';
import { hashBytes } from './crypto.ts';
import type { TreeHead } from './merkle.ts';
import { parseNote, type SignedNote } from './signed-note.ts';

/** What a log says of itself at one size. Source: C2SP tlog-checkpoint v1. */
export interface Checkpoint extends TreeHead {
  /** Which log. */
  readonly origin: string;
  /** Further lines, of which nothing is made here. */
  readonly extensions: readonly string[];
}

export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: SignedNote;
}

/** The text that is signed. */
export function writeCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  return `${[origin, String(size), toBase64(root), ...extensions].join('\n')}\n`;
}

/** What a text says of a log; null where it is not written as a checkpoint is. */
export function parseCheckpoint(text: string): Checkpoint | null {
  if (!text.endsWith('\n')) return null;
  const lines = text.slice(0, -1).split('\n');
  const [origin = '', sizeLine = '', rootLine = '', ...extensions] = lines;
  const size = countOf(sizeLine);
  const root = fromBase64(rootLine);
  if (lines.includes('') || size === null || root?.length !== hashBytes) return null;
  return { origin, size, root, extensions };
}

/** A checkpoint with the signatures below it; null where either is not written as it must be. */
export function parseSignedCheckpoint(text: string): SignedCheckpoint | null {
  const note = parseNote(text);
  const checkpoint = note && parseCheckpoint(note.text);
  return note && checkpoint && { checkpoint, note };
}
