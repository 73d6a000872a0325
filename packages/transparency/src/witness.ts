import { areEqual, countOf, fromBase64, toBase64 } from './bytes.ts';
import { parseSignedCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { type Crypto, hashBytes } from './crypto.ts';
import { isConsistent, type TreeHead } from './merkle.ts';
import { isSignedBy, type NoteKey } from './signed-note.ts';

/*
 * How a log asks another for its cosignature. Source: C2SP tlog-witness, add-checkpoint.
 */

export interface AddCheckpoint {
  /** Size that the log believes the witness to know. */
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, as it stands. */
  readonly checkpoint: string;
}

/** No proof between sizes below 2^63 has more. */
const mostProofLines = 63;

/** Media type of the answer that names the size the witness knows. */
export const sizeMediaType = 'text/x.tlog.size';

/** The body of the request. */
export function writeAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return [`old ${oldSize}`, ...proof.map(toBase64), '', checkpoint].join('\n');
}

export function parseAddCheckpoint(body: string): AddCheckpoint | null {
  const split = body.indexOf('\n\n');
  if (split < 0) return null;
  const [first = '', ...lines] = body.slice(0, split).split('\n');
  const oldSize = first.startsWith('old ') ? countOf(first.slice('old '.length)) : null;
  const proof = lines.map(fromBase64);
  if (oldSize === null || proof.length > mostProofLines) return null;
  if (proof.some((hash) => hash?.length !== hashBytes)) return null;
  return { oldSize, proof: proof.flatMap((hash) => hash ?? []), checkpoint: body.slice(split + 2) };
}

/** Why a witness does not cosign, with the HTTP status that the text gives it. */
export const witnessRefusals = {
  malformed: 400,
  oldSizeTooLarge: 400,
  notSigned: 403,
  unknownLog: 404,
  otherSize: 409,
  otherRoot: 409,
  inconsistent: 422,
} as const;
export type WitnessRefusal = keyof typeof witnessRefusals;

/** The whole checkpoint to cosign, to be remembered before the answer is given; or why not. */
export type WitnessDecision =
  | { readonly cosign: SignedCheckpoint }
  | {
      readonly refused: WitnessRefusal;
      readonly status: (typeof witnessRefusals)[WitnessRefusal];
      /** `otherSize` alone: the size that the witness knows, as the answer says it. */
      readonly body: string | null;
    };

/** What a witness knows of a log: its keys, and the last of its heads that was cosigned; null before the first. */
export interface KnownLog {
  readonly keys: readonly NoteKey[];
  readonly last: TreeHead | null;
}

/**
 * What a witness answers to a request to cosign. `knownLog` finds what it knows of an origin; null for a log that it does
 * not watch. Whoever carries the decision out does so in one step with reading what is known: between the two nothing may
 * change, or the log could be rolled back.
 */
export function decideWitness(
  crypto: Crypto,
  body: string,
  knownLog: (origin: string) => KnownLog | null,
): WitnessDecision {
  const request = parseAddCheckpoint(body);
  const signed = request && parseSignedCheckpoint(request.checkpoint);
  if (!request || !signed) return refuse('malformed');
  const { checkpoint, note } = signed;
  const log = knownLog(checkpoint.origin);
  if (log === null) return refuse('unknownLog');
  const verdicts = log.keys.map((key) => isSignedBy(crypto, note, key));
  if (!verdicts.includes(true) || verdicts.includes(false)) return refuse('notSigned');
  if (request.oldSize > checkpoint.size) return refuse('oldSizeTooLarge');
  const last = log.last ?? { size: 0, root: null };
  if (request.oldSize !== last.size) return refuse('otherSize', `${last.size}\n`);
  if (last.root !== null && last.size === checkpoint.size && !areEqual(last.root, checkpoint.root)) {
    return refuse('otherRoot');
  }
  const older = { size: last.size, root: last.root ?? crypto.sha256(new Uint8Array()) };
  return isConsistent(crypto, older, checkpoint, request.proof) ? { cosign: signed } : refuse('inconsistent');
}

function refuse(refused: WitnessRefusal, body: string | null = null): WitnessDecision {
  return { refused, status: witnessRefusals[refused], body };
}
