import { z } from 'zod';
import { fromBase64Url, toBase64Url } from './bytes.ts';
import { canonicalJson, type JsonObject } from './canonical-json.ts';
import { parseSignedCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { saltBytes } from './commitment.ts';
import { isInstant, pointerOf } from './keys.ts';
import { type LogProof, parseLogProof, writeLogProof } from './tlog-proof.ts';

/*
 * A receipt proves that a park stated something, and that the other park saw the log in which it stands: for whoever holds
 * both parks' public keys and nothing else.
 */

export const receiptFormat = 'twinpark-receipt/1';

/** What every statement says besides what it is about. */
export interface Statement extends JsonObject {
  /** What kind of statement, with its version: `twinpark-decision/1`. */
  readonly format: string;
  readonly zone: string;
  /** Whose statement it is. */
  readonly park: string;
  /** When it was made: an instant in UTC. */
  readonly at: string;
}

/** As it is given out. */
export interface Receipt {
  readonly format: typeof receiptFormat;
  readonly statement: Statement;
  /** Base64url of the 32 octets under which the statement entered the log. */
  readonly salt: string;
  /** C2SP tlog-proof: place in the log, and the checkpoint with the signatures of both parks. */
  readonly proof: string;
}

/** Why a text or a value is no receipt. */
export const receiptFaults = [
  'notJson',
  'ambiguousJson',
  'notAnObject',
  'missingMember',
  'unknownMember',
  'unknownFormat',
  'notASalt',
  'notAStatement',
  'notAnInstant',
  'noCanonicalForm',
  'notAProof',
  'notACheckpoint',
] as const;
export type ReceiptFault = (typeof receiptFaults)[number];

export interface PlacedReceiptFault {
  readonly reason: ReceiptFault;
  /** JSON pointer (RFC 6901) into the receipt. */
  readonly place: string;
}

/** A receipt taken apart. */
export interface ReadReceipt {
  readonly statement: Statement;
  readonly salt: Uint8Array;
  readonly proof: LogProof;
  readonly signed: SignedCheckpoint;
}

export function writeReceipt(statement: Statement, salt: Uint8Array, proof: LogProof): Receipt {
  return { format: receiptFormat, statement, salt: toBase64Url(salt), proof: writeLogProof(proof) };
}

/**
 * The JSON value of a receipt's text. The text must be written so that every reader finds the same in it: no member
 * twice, no number or character spelled otherwise than need be. Spaces between the parts are free.
 */
export function parseReceiptText(
  text: string,
): { readonly value: unknown } | { readonly fault: PlacedReceiptFault } {
  try {
    const value: unknown = JSON.parse(text);
    if (JSON.stringify(value) === withoutSpaces(text)) return { value };
    return { fault: { reason: 'ambiguousJson', place: '' } };
  } catch {
    return { fault: { reason: 'notJson', place: '' } };
  }
}

/** The parts of a receipt, or the first reason why it is none. */
export function readReceipt(
  value: unknown,
): { readonly receipt: ReadReceipt } | { readonly fault: PlacedReceiptFault } {
  const read = receiptSchema.safeParse(value);
  if (!read.success) return { fault: faultOf(read.error) };
  const fault = (reason: ReceiptFault, place: string) => ({ fault: { reason, place } });
  const { statement: unread, salt: saltText, proof: proofText } = read.data;
  const stated = statementSchema.safeParse(unread);
  if (!stated.success) {
    const { reason, place } = faultOf(stated.error);
    return fault(reason, `/statement${place}`);
  }
  // The value itself is what was committed to, so it is taken as it stands and not as the schema copies it.
  const statement = unread as Statement;
  if (canonicalJson(statement) === null) return fault('noCanonicalForm', '/statement');
  const salt = fromBase64Url(saltText);
  if (salt?.length !== saltBytes) return fault('notASalt', '/salt');
  const proof = parseLogProof(proofText);
  if (proof === null) return fault('notAProof', '/proof');
  const signed = parseSignedCheckpoint(proof.checkpoint);
  if (signed === null) return fault('notACheckpoint', '/proof');
  return { receipt: { statement, salt, proof, signed } };
}

const error = (reason: ReceiptFault) => ({
  error: ({ code, input }: { readonly code: string; readonly input?: unknown }): ReceiptFault => {
    if (code === 'unrecognized_keys') return 'unknownMember';
    return input === undefined ? 'missingMember' : reason;
  },
});

const receiptSchema = z.strictObject(
  {
    format: z.literal(receiptFormat, error('unknownFormat')),
    statement: z.unknown(),
    salt: z.string(error('notASalt')),
    proof: z.string(error('notAProof')),
  },
  error('notAnObject'),
);

const word = z.string(error('notAStatement')).min(1, error('notAStatement'));
const statementSchema = z.looseObject(
  {
    format: word,
    zone: word,
    park: word,
    at: z.string(error('notAnInstant')).refine(isInstant, error('notAnInstant')),
  },
  error('notAStatement'),
);

function faultOf({ issues: [issue] }: z.ZodError): PlacedReceiptFault {
  const surplus = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return {
    reason: receiptFaults.find((fault) => fault === issue?.message) ?? 'notAnObject',
    place: pointerOf([...(issue?.path ?? []), ...surplus]),
  };
}

/** JSON without the spaces between its parts. */
function withoutSpaces(json: string): string {
  return json.replaceAll(
    /("[^"\\]*(?:\\.[^"\\]*)*")|[ \t\r\n]+/g,
    (_, text: string | undefined) => text ?? '',
  );
}
