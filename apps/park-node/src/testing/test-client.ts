import { randomUUID } from 'node:crypto';
import { addressOf } from '@twinpark/contract/client.ts';
import type {
  AnswerOf,
  Endpoint,
  SentBodyOf,
  SentParamsOf,
  SentQueryOf,
} from '@twinpark/contract/endpoint.ts';
import type { ProblemBody } from '@twinpark/contract/problem.ts';
import type { FastifyInstance } from 'fastify';

/** What a test sends besides the address of the endpoint. */
export interface Sent<E extends Endpoint> {
  readonly params?: SentParamsOf<E>;
  readonly query?: SentQueryOf<E>;
  readonly body?: E['bodyMediaType'] extends string ? Uint8Array : SentBodyOf<E>;
  /** Fresh for each call unless given. */
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Received<E extends Endpoint> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The answer of a success; undefined otherwise. */
  readonly answer: AnswerOf<E> | undefined;
  /** The problem of a failure; undefined otherwise. */
  readonly problem: ProblemBody | undefined;
  readonly bytes: Uint8Array;
}

/** Calls endpoints of a node in this process as one person acting for one organisation, or as nobody. */
export class TestClient {
  readonly #fastify: FastifyInstance;
  /** Tell the node who is calling. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(fastify: FastifyInstance, headers: Readonly<Record<string, string>>) {
    this.#fastify = fastify;
    this.headers = headers;
  }

  async call<E extends Endpoint>(endpoint: E, sent: Sent<E> = {}): Promise<Received<E>> {
    const { params, query, body, idempotencyKey, headers } = sent;
    const response = await this.#fastify.inject({
      method: endpoint.method,
      url: addressOf(endpoint, params ?? {}, query ?? {}),
      headers: {
        ...this.headers,
        ...(endpoint.effect ? { 'idempotency-key': idempotencyKey ?? randomUUID() } : {}),
        ...bodyHeaders(endpoint, body),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { payload: endpoint.bodyMediaType ? Buffer.from(body as Uint8Array) : JSON.stringify(body) }),
    });
    const { statusCode: status, rawPayload: bytes } = response;
    const isProblem = String(response.headers['content-type']).startsWith('application/problem+json');
    const isJson = isProblem || (endpoint.mediaType === undefined && bytes.length > 0);
    const parsed: unknown = isJson ? JSON.parse(bytes.toString('utf8')) : undefined;
    return {
      status,
      headers: response.headers,
      answer: isProblem ? undefined : (parsed as AnswerOf<E>),
      problem: isProblem ? (parsed as ProblemBody) : undefined,
      bytes,
    };
  }

  /** The answer of a call that must succeed; throws with the problem where it does not. */
  async get<E extends Endpoint>(endpoint: E, sent: Sent<E> = {}): Promise<AnswerOf<E>> {
    const { status, answer, problem } = await this.call(endpoint, sent);
    if (problem || status >= 300) throw new Error(`${endpoint.id}: ${status} ${JSON.stringify(problem)}`);
    return answer as AnswerOf<E>;
  }

  /** The problem of a call that must fail; throws where it succeeds. */
  async problem<E extends Endpoint>(endpoint: E, sent: Sent<E> = {}): Promise<ProblemBody> {
    const { status, problem } = await this.call(endpoint, sent);
    if (!problem) throw new Error(`${endpoint.id} answered ${status} where a problem was expected`);
    return problem;
  }
}

function bodyHeaders(endpoint: Endpoint, body: unknown): Readonly<Record<string, string>> {
  if (body === undefined) return {};
  return { 'content-type': endpoint.bodyMediaType ?? 'application/json' };
}
