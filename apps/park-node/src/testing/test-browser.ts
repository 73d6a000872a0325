import type { AnswerOf, Endpoint } from '@twinpark/contract/endpoint.ts';
import type { FastifyInstance } from 'fastify';
import { type Received, type Sent, TestClient } from './test-client.ts';

/** Calls a node as a browser does that keeps its cookies. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly #fastify: FastifyInstance;
  readonly #origin: string;

  constructor(fastify: FastifyInstance, origin = 'http://localhost') {
    this.#fastify = fastify;
    this.#origin = origin;
  }

  /** Calls an endpoint of the contract. */
  async call<E extends Endpoint>(endpoint: E, sent: Sent<E> = {}): Promise<Received<E>> {
    const received = await this.#client().call(endpoint, sent);
    this.#keep(received.headers['set-cookie']);
    return received;
  }

  async get<E extends Endpoint>(endpoint: E, sent: Sent<E> = {}): Promise<AnswerOf<E>> {
    const { status, answer, problem } = await this.call(endpoint, sent);
    if (problem || answer === undefined)
      throw new Error(`${endpoint.id}: ${status} ${JSON.stringify(problem)}`);
    return answer as AnswerOf<E>;
  }

  /** The code of the problem that a call comes to; null for a success. */
  async refusal<E extends Endpoint>(endpoint: E, sent: Sent<E> = {}): Promise<string | null> {
    return (await this.call(endpoint, sent)).problem?.code ?? null;
  }

  /** Any other address of the node. */
  async fetch(
    method: 'GET' | 'POST',
    url: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: Readonly<Record<string, unknown>>; location: string | null }> {
    const response = await this.#fastify.inject({
      method,
      url,
      headers: { ...this.#headers(), ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    this.#keep(response.headers['set-cookie']);
    const isJson = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      body: isJson ? response.json() : {},
      location: (response.headers['location'] as string | undefined) ?? null,
    };
  }

  #client(): TestClient {
    return new TestClient(this.#fastify, this.#headers());
  }

  #headers(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { origin: this.#origin, ...(cookie === '' ? {} : { cookie }) };
  }

  #keep(lines: unknown): void {
    for (const line of [lines ?? []].flat() as string[]) {
      const [pair = '', ...attributes] = line.split('; ');
      const name = pair.slice(0, pair.indexOf('='));
      if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
      else this.cookies.set(name, pair.slice(name.length + 1));
    }
  }
}
