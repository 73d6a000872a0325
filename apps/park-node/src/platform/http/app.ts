import { randomUUID } from 'node:crypto';
import type { Language } from '@twinpark/contract/common.ts';
import type { Endpoint } from '@twinpark/contract/endpoint.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import type { Config } from '../../config.ts';
import type { Caller } from '../auth/caller.ts';
import type { Identity } from '../auth/identity.ts';
import { admit, denied } from './admit.ts';
import { AnswerMisfit, sendAnswer } from './answer.ts';
import { addBodyParsers, largestJsonBytes } from './body-parsers.ts';
import { answerBrokenRequests } from './broken-requests.ts';
import { languageOf } from './language.ts';
import { createLimits } from './limits.ts';
import { logAnswered, logHooks, logSerializers } from './log.ts';
import { foreignOrigin } from './origin.ts';
import type { Peer, PeerGate } from './peer-gate.ts';
import { peerHooks, type RouteHooks } from './peer-hooks.ts';
import { type PresentProblem, problemPresenter } from './present-problem.ts';
import { Problem, problem } from './problem.ts';
import { problemOfError } from './problem-of-error.ts';
import { places, unsafeFaults } from './request-faults.ts';
import type { Handler } from './route.ts';
import { addSecurityHeaders } from './security-headers.ts';

export interface App {
  readonly fastify: FastifyInstance;
  readonly served: readonly Endpoint[];
  serve<E extends Endpoint>(endpoint: E, handler: Handler<E>): void;
  /** Answers with a problem what is not an endpoint: pages, health, the sign-in library. */
  refuse(request: FastifyRequest, reply: FastifyReply, reason: Problem): FastifyReply;
  readonly present: PresentProblem;
  /** Called for each request when it has been answered. */
  onAnswered(listener: AnswerListener): void;
  /** From now on every new request is told that the node is stopping. */
  drain(): void;
  readonly draining: boolean;
}

export type AnswerListener = (answered: Answered) => void;

export interface Answered {
  readonly request: FastifyRequest;
  /** Null for what is not an endpoint. */
  readonly endpoint: Endpoint | null;
  readonly status: number;
  /** Code of the problem; null for a success. */
  readonly code: string | null;
  readonly seconds: number;
}

export interface AppOptions {
  readonly identity: Identity;
  readonly zone: Zone;
  readonly config: Pick<Config, 'publicUrl' | 'requestsPerMinute' | 'trustProxy' | 'logLevel'>;
  /** Asked at endpoints of the other park's node; without it there can be none. */
  readonly peerGate?: PeerGate;
  /** Holds every answer against its endpoint's schema: for tests and development. */
  readonly checkAnswers: boolean;
  /** Where the log goes; standard output where it is not given. */
  readonly logStream?: { write(line: string): void };
}

/** What is known of a request besides what Fastify knows. */
interface Known {
  caller: Caller | null;
  peer: Peer | null;
  code: string | null;
}

// Unit: milliseconds. A part of a file may take two minutes on a slow line; a connection that says nothing may not.
const requestTimeout = 120_000;
const connectionTimeout = 150_000;

/** An HTTP server without endpoints yet. */
export function createApp(options: AppOptions): App {
  const { identity, zone, config, peerGate, checkAnswers, logStream } = options;
  const present = problemPresenter(zone);
  const publicOrigin = new URL(config.publicUrl).origin;
  const served: Endpoint[] = [];
  const endpointsByRoute = new Map<string, Endpoint>();
  const listeners: AnswerListener[] = [];
  const known = new WeakMap<FastifyRequest, Known>();
  const knownOf = (request: FastifyRequest): Known => {
    const found = known.get(request) ?? { caller: null, peer: null, code: null };
    known.set(request, found);
    return found;
  };
  const refuse: App['refuse'] = (request, reply, reason) => {
    knownOf(request).code = reason.code;
    return sendProblem(reply, reason, present, readerOf(request), request.id);
  };
  const endpointOf = (request: FastifyRequest): Endpoint | null =>
    endpointsByRoute.get(
      `${request.method === 'HEAD' ? 'GET' : request.method} ${request.routeOptions.url}`,
    ) ?? null;

  const fastify: FastifyInstance = Fastify({
    ...serverOptions(config, logStream),
    frameworkErrors: (error, request, reply) => void refuse(request, reply, problemOfError(error)),
    clientErrorHandler: answerBrokenRequests(present),
  });
  fastify.server.on('checkExpectation', (request, response) =>
    fastify.server.emit('request', request, response),
  );
  addBodyParsers(fastify);
  addSecurityHeaders(fastify, config.publicUrl);
  const limits = createLimits(
    fastify,
    config.requestsPerMinute,
    (request) => limitedAs(request, endpointOf(request)),
    (request) => knownOf(request).caller?.person.id ?? null,
  );
  let draining = false;

  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-Id', request.id);
    reply.header('Cache-Control', 'no-store');
    const reason =
      (draining && !request.url.startsWith('/health/') ? problem('shuttingDown') : null) ??
      (await limits.beforeSignIn(request)) ??
      // A signature stands for itself; there is no session that a page could ride on.
      (endpointOf(request)?.access === 'peer' ? null : foreignOrigin(request, publicOrigin));
    return reason === null ? undefined : refuse(request, reply, reason);
  });
  // A connection that stayed open for a next request would keep the node from ending.
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (draining) reply.header('Connection', 'close');
    done(null, payload);
  });
  // An endpoint asks the same of each part of a request before it looks at its schema.
  fastify.addHook('preHandler', (request, reply, done) => {
    const language = readerOf(request);
    const errors =
      endpointOf(request) === null
        ? places.flatMap((place) => unsafeFaults(place, request[place], language))
        : [];
    if (errors.length === 0) done();
    else refuse(request, reply, new Problem('validationFailed', { errors }));
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { caller, code } = knownOf(request);
    const status = reply.statusCode;
    logAnswered(request.log, request, {
      status,
      milliseconds: reply.elapsedTime,
      person: caller?.person.id ?? null,
    });
    for (const listener of listeners) {
      listener({ request, endpoint: endpointOf(request), status, code, seconds: reply.elapsedTime / 1_000 });
    }
    done();
  });
  fastify.setNotFoundHandler((request, reply) => {
    const allowed = methodsAt(served, request.url);
    const reason = allowed.length === 0 ? problem('notFound') : problem('methodNotAllowed', { allowed });
    return refuse(request, reply, reason);
  });
  fastify.setErrorHandler((error, request, reply) => {
    const reason = problemOfError(error, endpointOf(request)?.largestBodyBytes);
    if (reason.code === 'internalError') request.log.error(error);
    const told = checkAnswers && error instanceof AnswerMisfit ? { reason: error.message } : {};
    return refuse(request, reply, new Problem(reason.code, { facts: { ...reason.facts, ...told } }));
  });

  // Before the body is read: who may not call an endpoint has nothing parsed or stored for it.
  const personHooks = (endpoint: Endpoint): RouteHooks => ({
    onRequest: async (request, reply) => {
      const caller = await identity.callerOf(headersOf(request));
      knownOf(request).caller = caller;
      const reason = (await limits.ofPerson(request)) ?? denied(endpoint, caller);
      return reason === null ? undefined : refuse(request, reply, reason);
    },
  });
  const gateOf = ({ id }: Endpoint): PeerGate => {
    if (peerGate === undefined) throw new TypeError(`Nothing can tell who calls ${id}`);
    return peerGate;
  };
  const peerHooksFor = (endpoint: Endpoint): RouteHooks =>
    peerHooks(endpoint, gateOf(endpoint), {
      known: (request, peer) => {
        knownOf(request).peer = peer;
      },
      refuse,
    });

  return {
    fastify,
    served,
    present,
    refuse,
    get draining() {
      return draining;
    },
    drain: () => {
      draining = true;
    },
    onAnswered: (listener) => {
      listeners.push(listener);
    },
    serve(endpoint, handler) {
      served.push(endpoint);
      endpointsByRoute.set(`${endpoint.method} ${endpoint.path}`, endpoint);
      fastify.route({
        method: endpoint.method,
        url: endpoint.path,
        ...(endpoint.largestBodyBytes === undefined ? {} : { bodyLimit: endpoint.largestBodyBytes }),
        ...(endpoint.access === 'peer' ? peerHooksFor(endpoint) : personHooks(endpoint)),
        handler: async (request, reply) => {
          const language = readerOf(request);
          reply.header('Content-Language', language);
          const { caller, peer } = knownOf(request);
          const incoming = admit(endpoint, request, peer ?? caller, language);
          if (incoming instanceof Problem) return refuse(request, reply, incoming);
          const setCookies = (lines: readonly string[]) => void reply.header('set-cookie', [...lines]);
          const answer: unknown = await handler({ ...incoming, setCookies } as never);
          if (answer instanceof Problem) return refuse(request, reply, answer);
          return sendAnswer(reply, endpoint, answer, checkAnswers);
        },
      });
    },
  };
}

function serverOptions(
  { logLevel, trustProxy }: AppOptions['config'],
  logStream: AppOptions['logStream'],
): FastifyServerOptions {
  return {
    logger: {
      level: logLevel,
      serializers: logSerializers,
      hooks: logHooks,
      base: null,
      ...(logStream === undefined ? {} : { stream: logStream }),
    },
    // One line a request, when it has been answered, is written by the hook below.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    genReqId: () => randomUUID(),
    trustProxy: trustProxy === 0 ? false : (_address: string, hop: number) => hop < trustProxy,
    bodyLimit: largestJsonBytes,
    requestTimeout,
    connectionTimeout,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 500 },
  };
}

/** The language that a request wants to be answered in. */
function readerOf(request: FastifyRequest): Language {
  return languageOf(request.headers['accept-language']);
}

function limitedAs(request: FastifyRequest, endpoint: Endpoint | null): 'signIn' | 'peer' | 'other' {
  if (endpoint === null) return request.url.startsWith('/api/auth/') ? 'signIn' : 'other';
  if (endpoint.access === 'peer') return 'peer';
  const isSignIn = endpoint.tag === 'Sign-in' && endpoint.access === 'public' && endpoint.effect;
  return isSignIn ? 'signIn' : 'other';
}

/** Methods that an address takes; none where there is nothing. */
function methodsAt(served: readonly Endpoint[], url: string): readonly string[] {
  const path = url.split('?', 1)[0] ?? '';
  const methods = served.filter((endpoint) => patternOf(endpoint).test(path)).map(({ method }) => method);
  return [...new Set(methods)].sort();
}

function patternOf({ path }: Endpoint): RegExp {
  return new RegExp(`^${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`);
}

function sendProblem(
  reply: FastifyReply,
  reason: Problem,
  present: PresentProblem,
  language: Language,
  requestId: string,
): FastifyReply {
  const body = present(reason, language, requestId);
  reply.headers({
    'X-Request-Id': requestId,
    'Cache-Control': 'no-store',
    'Content-Language': language,
    Vary: 'Accept-Language',
  });
  const { retryAfterSeconds, allowed } = reason.facts;
  if (typeof retryAfterSeconds === 'number') reply.header('Retry-After', retryAfterSeconds);
  else if (body.status === 503) reply.header('Retry-After', 2);
  if (Array.isArray(allowed)) reply.header('Allow', allowed.join(', '));
  if (body.status === 401) {
    const scheme = reason.code.startsWith('signature') ? 'Signature' : 'Cookie';
    reply.header('WWW-Authenticate', `${scheme} realm="twinpark"`);
  }
  return reply.status(body.status).type('application/problem+json').send(body);
}

function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
