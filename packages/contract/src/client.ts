import type { AnswerOf, Endpoint, SentBodyOf, SentParamsOf, SentQueryOf } from './endpoint.ts';
import type { ProblemBody } from './problem.ts';

export interface ClientOptions {
  /** Where the node is; empty for the site that the page itself comes from. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  /** Sent with every call, such as the language of the reader. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Bytes as `fetch` takes them. */
type RawBody = NonNullable<RequestInit['body']>;

/** What a call sends: exactly what its endpoint asks for. */
export type Call<E extends Endpoint> = Given<'params', SentParamsOf<E>> &
  Given<'query', SentQueryOf<E>> &
  Given<'body', E['bodyMediaType'] extends string ? RawBody : SentBodyOf<E>> &
  (E['effect'] extends true ? { readonly idempotencyKey: string } : object) & {
    readonly signal?: AbortSignal;
  };

/** Left out where the endpoint has nothing of the kind, optional where all of it is. */
type Given<Name extends string, Value> = [Value] extends [undefined]
  ? object
  : Record<never, never> extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value };

export type Result<E extends Endpoint> =
  | { readonly ok: true; readonly status: number; readonly body: BodyOfResult<E> }
  | { readonly ok: false; readonly status: number; readonly problem: ProblemBody };

/** JSON as its value; anything else as the response itself, to be read as it comes. */
type BodyOfResult<E extends Endpoint> = E['mediaType'] extends string ? Response : AnswerOf<E>;

export interface Client {
  /** Calls an endpoint. Throws only where no answer of a node came: no network, or something else that answered. */
  call<E extends Endpoint>(endpoint: E, ...call: ArgumentsOf<Call<E>>): Promise<Result<E>>;
}

type ArgumentsOf<Sent> = Record<never, never> extends Sent ? [sent?: Sent] : [sent: Sent];

/** A typed client of a node. It runs in browsers and in Node alike. */
export function createClient({ baseUrl, fetch: send = fetch, headers = {} }: ClientOptions): Client {
  return {
    async call(endpoint, ...[given]) {
      const sent = (given ?? {}) as Sent;
      const response = await send(`${baseUrl}${addressOf(endpoint, sent.params, sent.query)}`, {
        method: endpoint.method,
        credentials: 'include',
        headers: { ...headers, ...headersOf(endpoint, sent) },
        ...bodyOf(endpoint, sent.body),
        ...(sent.signal === undefined ? {} : { signal: sent.signal }),
      });
      return (await resultOf(endpoint, response)) as Result<typeof endpoint>;
    },
  };
}

interface Sent {
  readonly params?: object;
  readonly query?: object;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** Path and query of an endpoint with its parameters filled in; what is undefined or null is left out. */
export function addressOf({ path }: Endpoint, params: object = {}, query: object = {}): string {
  const given = new Map<string, unknown>(Object.entries(params));
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(given.get(name))));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) search.append(name, String(each));
    }
  }
  return search.size > 0 ? `${filled}?${search}` : filled;
}

function headersOf({ body, bodyMediaType }: Endpoint, sent: Sent): Record<string, string> {
  return {
    ...(sent.idempotencyKey === undefined ? {} : { 'Idempotency-Key': sent.idempotencyKey }),
    ...(bodyMediaType === undefined ? {} : { 'Content-Type': bodyMediaType }),
    ...(body === undefined || sent.body === undefined ? {} : { 'Content-Type': 'application/json' }),
  };
}

function bodyOf({ bodyMediaType }: Endpoint, body: unknown): { body?: RawBody } {
  if (body === undefined) return {};
  return { body: bodyMediaType === undefined ? JSON.stringify(body) : (body as RawBody) };
}

async function resultOf({ id, mediaType }: Endpoint, response: Response): Promise<unknown> {
  const { ok, status } = response;
  if (ok && mediaType !== undefined) return { ok, status, body: response };
  if (ok) return { ok, status, body: status === 204 ? undefined : await optionalJson(response) };
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) {
    throw new Error(`${id} was answered with ${status} by something that is no node`);
  }
  return { ok, status, problem: await response.json() };
}

/** A success may have nothing to say. */
async function optionalJson(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}
