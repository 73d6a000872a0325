import type { Language } from '@twinpark/contract/common.ts';
import type {
  AnswerOf,
  BodyOf,
  Endpoint,
  ParamsOf,
  QueryOf,
  WholeBodyMediaType,
} from '@twinpark/contract/endpoint.ts';
import type { Idempotency } from '../../case/case-order.ts';
import type { Caller, Member } from '../auth/caller.ts';
import type { App } from './app.ts';
import type { Peer } from './peer-gate.ts';
import type { Problem } from './problem.ts';

/** A request whose data fit its endpoint and whose caller may call it. */
export interface Incoming<E extends Endpoint> {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  /** Undefined for an endpoint without a body, and for raw bytes, which `stream` or `bytes` has. */
  readonly body: BodyOf<E>;
  readonly stream: E['bodyMediaType'] extends 'application/octet-stream' ? NodeJS.ReadableStream : undefined;
  /** The body to the letter. */
  readonly bytes: E['bodyMediaType'] extends WholeBodyMediaType ? Uint8Array : undefined;
  /** Null only where the endpoint is public and nobody is signed in; a member where roles are named. */
  readonly caller: E['access'] extends readonly string[]
    ? Member
    : E['access'] extends 'signedIn'
      ? Caller
      : E['access'] extends 'peer'
        ? Peer
        : Caller | null;
  /** Set for every endpoint with an effect, but for those of the other park's node. */
  readonly idempotency: E['access'] extends 'peer' ? null : E['effect'] extends true ? Idempotency : null;
  readonly requestId: string;
  /** The reader's language, as the request asks for it. */
  readonly language: Language;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Sends `Set-Cookie` lines with the answer. */
  readonly setCookies: (lines: readonly string[]) => void;
}

/** Answers that are not JSON: bytes with their headers. */
export interface RawAnswer {
  /** Where it is not the endpoint's own, such as 206 for a range. */
  readonly status?: number;
  /** A `content-type` here goes before the endpoint's. */
  readonly headers: Readonly<Record<string, string>>;
  readonly stream: NodeJS.ReadableStream | Uint8Array;
}

export type Handler<E extends Endpoint> = (
  request: Incoming<E>,
) => HandlerAnswer<E> | Promise<HandlerAnswer<E>>;

type HandlerAnswer<E extends Endpoint> = Problem | (E['mediaType'] extends string ? RawAnswer : AnswerOf<E>);

/** Registers an endpoint: parses, authorises, answers, and puts a problem in words. */
export function route<E extends Endpoint>(app: App, endpoint: E, handler: Handler<E>): void {
  app.serve(endpoint, handler as never);
}
