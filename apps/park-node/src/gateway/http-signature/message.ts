/** Header fields by their names in lower case; several lines of one field as a list. */
export type HeaderFields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What of a request is signed; its content by the digest among the headers. */
export interface RequestMessage {
  readonly method: string;
  /** Whole address, as the receiver is known to the public. */
  readonly targetUri: string;
  readonly headers: HeaderFields;
}

export interface ResponseMessage {
  readonly status: number;
  readonly headers: HeaderFields;
  /** The signed request that it answers. */
  readonly request: RequestMessage;
}

export type Message = RequestMessage | ResponseMessage;

/** Name of our signature within a message, and what it is for. */
export const signatureLabel = 'twinpark';
export const signatureTag = 'twinpark';
export const signatureAlgorithm = 'ed25519';

/** The header that names the version of the protocol between the parks. */
export const protocolHeader = 'twinpark-protocol';

/**
 * Why a signature does not count. Each is a fact about the message, so that whoever sent it can mend it.
 */
export const signatureFaults = [
  'signatureMissing',
  'unparsable',
  'labelUnknown',
  'tagUnknown',
  'algorithmUnknown',
  'componentMissing',
  'componentTwice',
  'componentUnknown',
  'nonceMissing',
  'nonceMalformed',
  'timeMissing',
  'fromTheFuture',
  'expired',
  'keyUnknown',
  'keyNotValid',
  'signatureBad',
  'digestMissing',
  'digestAlgorithmUnknown',
  'digestMismatch',
] as const;
export type SignatureFault = (typeof signatureFaults)[number];

/** The value of a field as it is signed: its lines without the space around them, folded ones unfolded, in one. */
export function fieldValue(headers: HeaderFields, name: string): string | null {
  if (!Object.hasOwn(headers, name)) return null;
  const given = headers[name];
  if (given === undefined) return null;
  const lines = typeof given === 'string' ? [given] : given;
  return lines
    .map((line) => line.replace(/[ \t]*\r?\n[ \t]+/g, ' ').replace(/^[ \t]+|[ \t]+$/g, ''))
    .join(', ');
}
