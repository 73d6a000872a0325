import type { Problem } from './problem.ts';

/** The other park's node as the caller of an endpoint, by the signature of its request. */
export interface Peer {
  /** Id of its park. */
  readonly peer: string;
  readonly keyId: string;
  /** Whether it was seen before is for the handler to say, in the transaction of the effect. */
  readonly nonce: string;
  /** Until then the nonce has to be kept: later the signature does not count any more. */
  readonly countsUntil: Temporal.Instant;
  /** Version of the protocol in which it speaks. */
  readonly protocol: number;
}

/** A request as it came, without its body. */
export interface PeerRequest {
  readonly method: string;
  /** Path and query, to the letter. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** An answer before it goes out. */
export interface PeerAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly content: Uint8Array;
}

/** Tells requests of the other park's node from everybody else's, and signs what it is answered. */
export interface PeerGate {
  /**
   * Who signed a request, before its body is read.
   *
   * Problems: `signatureMissing`, `signatureInvalid`, `protocolUnknown`.
   */
  verify(request: PeerRequest): Peer | Problem;
  /**
   * What is wrong between a verified request and the body that came with it; null when they belong together.
   *
   * Problems: `signatureInvalid`.
   */
  verifyBody(request: PeerRequest, body: Uint8Array): Problem | null;
  /** Header fields that sign an answer; none where the request has no signature that the answer could be bound to. */
  sign(request: PeerRequest, answer: PeerAnswer): Readonly<Record<string, string>>;
}
