import type { z } from 'zod';
import type { MemberRole } from './identity/roles.ts';
import type { ProblemCode } from './problem.ts';

/**
 * Who may call an endpoint: everybody, anybody who is signed in, the other park's node, or those who act for an
 * organisation in one of the roles named. What of the data a caller then sees is decided row by row.
 *
 * The other park's node signs each request (RFC 9421); its answers are signed, too.
 */
export type Access = 'public' | 'signedIn' | 'peer' | readonly MemberRole[];

/** Bodies that are handed over as their very bytes, because a signature covers them. */
export const wholeBodyMediaTypes = ['application/cloudevents-batch+json', 'text/plain'] as const;
export type WholeBodyMediaType = (typeof wholeBodyMediaTypes)[number];

/** One operation of a node. Server, client, OpenAPI document and tests all derive from it. */
export interface Endpoint {
  /** `operationId`; imperative, in the words of the feature. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with its parameters as `:name`. */
  readonly path: `/${string}`;
  readonly tag: Tag;
  /** What the caller gets, in one sentence. */
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** JSON, unless `bodyMediaType` says otherwise. */
  readonly body?: z.ZodType;
  /** Set for raw bytes, which have no schema: a stream of them, or from the other park's node all of them at once. */
  readonly bodyMediaType?: 'application/octet-stream' | WholeBodyMediaType;
  /** Largest body, where it is not that of every other endpoint. Unit: bytes. */
  readonly largestBodyBytes?: number;
  readonly success: { readonly status: 200 | 201 | 204; readonly body: z.ZodType | null };
  /** Set for an answer that is not JSON. */
  readonly mediaType?: string;
  /**
   * Whether it changes anything: then it needs an `Idempotency-Key` and a repetition gets the first answer again. What
   * the other park's node sends has ids of its own instead.
   */
  readonly effect: boolean;
  /** Problems of its own; those that any endpoint can have are not repeated. */
  readonly problems: readonly ProblemCode[];
}

export const tags = [
  'Node',
  'Catalogue',
  'Sign-in',
  'Organisation',
  'Dossiers',
  'Evidence',
  'Cases',
  'Deadlines',
  'Outputs',
  'Notifications',
  'Gateway',
  'Log',
  'Audit',
] as const;
export type Tag = (typeof tags)[number];

/** Keeps the literal types of a definition, so that server and client know its parameters and its answer. */
export function endpoint<const Definition extends Endpoint>(definition: Definition): Definition {
  return definition;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : Record<never, never>;
type Sent<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

export type ParamsOf<E extends Endpoint> = Parsed<E['params']>;
export type QueryOf<E extends Endpoint> = Parsed<E['query']>;
export type BodyOf<E extends Endpoint> = E['body'] extends z.ZodType ? z.output<E['body']> : undefined;
export type AnswerOf<E extends Endpoint> = E['success']['body'] extends z.ZodType
  ? z.output<E['success']['body']>
  : undefined;
export type SentParamsOf<E extends Endpoint> = Sent<E['params']>;
export type SentQueryOf<E extends Endpoint> = Sent<E['query']>;
export type SentBodyOf<E extends Endpoint> = Sent<E['body']>;
