import type { Clock } from '../platform/clock.ts';
import { contentDigestOf, digestFault } from './http-signature/content-digest.ts';
import {
  protocolHeader,
  type RequestMessage,
  type ResponseMessage,
  type SignatureFault,
} from './http-signature/message.ts';
import { type MessageSigner, signMessage } from './http-signature/sign-message.ts';
import { verifyMessage } from './http-signature/verify-message.ts';
import type { PeerKeys } from './peer-keys.ts';
import { gatewayKeyFinder } from './signed-requests.ts';

export interface PeerClientOptions {
  /** Scheme, host and port of the other park's node, as it knows itself. */
  readonly peerUrl: string;
  readonly peerKeys: PeerKeys;
  /** The key that signs requests now. */
  readonly signer: () => MessageSigner;
  readonly clock: Clock;
}

export interface PeerCall {
  readonly protocol: number;
  /** Unit: milliseconds, from the beginning to the last byte of the answer. */
  readonly timeout?: number;
  /** Unit: bytes. */
  readonly largestAnswer?: number;
  /** Gives up when it aborts. */
  readonly signal?: AbortSignal;
}

/** What came of a call: only `answered` is the other park's own word. */
export type PeerAnswered =
  /** No answer came, or not all of it. The reason is the system's code. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'timedOut' }
  /** Something answered, but not provably the other park's node to this request. */
  | { readonly kind: 'answerUnsigned'; readonly status: number; readonly reason: AnswerFault }
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    };

export type AnswerFault = SignatureFault | 'answerTooLarge';

const usualTimeout = 30_000;
const usualLargestAnswer = 4_194_304;

/** Calls the other park's node: each request is signed, and an answer counts if it is signed for that very request. */
export class PeerClient {
  readonly #options: PeerClientOptions;

  constructor(options: PeerClientOptions) {
    this.#options = options;
  }

  async get(path: `/${string}`, call: PeerCall): Promise<PeerAnswered> {
    return await this.#send('GET', path, null, call);
  }

  async post(
    path: `/${string}`,
    content: { readonly bytes: Uint8Array; readonly mediaType: string },
    call: PeerCall,
  ): Promise<PeerAnswered> {
    return await this.#send('POST', path, content, call);
  }

  async #send(
    method: string,
    path: string,
    content: { readonly bytes: Uint8Array; readonly mediaType: string } | null,
    call: PeerCall,
  ): Promise<PeerAnswered> {
    const { timeout = usualTimeout, largestAnswer = usualLargestAnswer, protocol } = call;
    const { peerUrl, signer, clock } = this.#options;
    const bytes = content?.bytes ?? new Uint8Array();
    const plain = {
      method,
      targetUri: new URL(`${peerUrl}${path}`).href,
      headers: {
        'content-digest': contentDigestOf(bytes),
        [protocolHeader]: String(protocol),
        ...(content === null ? {} : { 'content-type': content.mediaType }),
      },
    };
    const headers = { ...plain.headers, ...signMessage(plain, signer(), clock.now()) };
    const ended = AbortSignal.timeout(timeout);
    const received = await receive(
      plain.targetUri,
      {
        method,
        // The digest is of the content as it is; nothing on the way may pack it.
        headers: { ...headers, 'accept-encoding': 'identity' },
        body: content === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        redirect: 'manual',
        signal: call.signal === undefined ? ended : AbortSignal.any([ended, call.signal]),
      },
      largestAnswer,
    );
    if ('failed' in received) {
      return ended.aborted ? { kind: 'timedOut' } : { kind: 'unreachable', reason: received.failed };
    }
    const { response, body } = received;
    return body === null
      ? { kind: 'answerUnsigned', status: response.status, reason: 'answerTooLarge' }
      : this.#judge({ ...plain, headers }, response, body);
  }

  #judge(request: RequestMessage, response: Response, body: Uint8Array): PeerAnswered {
    const { status } = response;
    const headers = Object.fromEntries(response.headers);
    const message: ResponseMessage = { status, headers, request };
    const { clock, peerKeys } = this.#options;
    const result = verifyMessage(message, clock.now(), gatewayKeyFinder(peerKeys));
    const fault = 'fault' in result ? result.fault : digestFault(headers, body);
    return fault === null
      ? { kind: 'answered', status, headers, body }
      : { kind: 'answerUnsigned', status, reason: fault };
  }
}

async function receive(
  address: string,
  request: RequestInit,
  largestAnswer: number,
): Promise<{ readonly response: Response; readonly body: Uint8Array | null } | { readonly failed: string }> {
  try {
    const response = await fetch(address, request);
    return { response, body: await readAtMost(response, largestAnswer) };
  } catch (error) {
    return { failed: reasonOf(error) };
  }
}

/** All bytes of an answer; null, and no more of it is read, when there are more than that. */
async function readAtMost({ body }: Response, most: number): Promise<Uint8Array | null> {
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (length > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** `fetch` wraps what happened on the connection. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.name : 'unknown';
}
