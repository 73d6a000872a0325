import type { Endpoint } from '@twinpark/contract/endpoint.ts';
import type { FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import type { Peer, PeerAnswer, PeerGate } from './peer-gate.ts';
import { Problem, problem } from './problem.ts';

export type RouteHooks = Pick<RouteShorthandOptions, 'onRequest' | 'preValidation' | 'onSend'>;

/**
 * What is done around an endpoint of the other park's node: its signature is verified before the body is read, the body
 * is held against its digest before anything looks at it, and whatever is answered is signed, problems included.
 */
export function peerHooks(
  { id, body, bodyMediaType }: Endpoint,
  gate: PeerGate,
  {
    known,
    refuse,
  }: {
    readonly known: (request: FastifyRequest, peer: Peer) => void;
    readonly refuse: (request: FastifyRequest, reply: FastifyReply, reason: Problem) => FastifyReply;
  },
): RouteHooks {
  if (body !== undefined || bodyMediaType === 'application/octet-stream') {
    throw new TypeError(`${id} would take a body that no signature was held against`);
  }
  const bodyProblem = (request: FastifyRequest): Problem | null => {
    const sent = request.body ?? new Uint8Array();
    if (sent instanceof Uint8Array) return gate.verifyBody(request, sent);
    return problem('unsupportedMediaType', bodyMediaType === undefined ? {} : { expected: bodyMediaType });
  };
  return {
    onRequest: (request, reply, done) => {
      const verified = gate.verify(request);
      if (verified instanceof Problem) {
        refuse(request, reply, verified);
        return;
      }
      known(request, verified);
      done();
    },
    preValidation: (request, reply, done) => {
      const reason = bodyProblem(request);
      if (reason === null) done();
      else refuse(request, reply, reason);
    },
    onSend: (request, reply, payload, done) => {
      reply.headers(gate.sign(request, answerOf(reply, payload)));
      done(null, payload);
    },
  };
}

/** What is about to go out: whole, since a signature needs the digest before the first byte. */
function answerOf(reply: FastifyReply, payload: unknown): PeerAnswer {
  const contentType = reply.getHeader('content-type');
  return {
    status: reply.statusCode,
    contentType: contentType === undefined ? null : String(contentType),
    content: bytesOf(payload),
  };
}

function bytesOf(payload: unknown): Uint8Array {
  if (payload === undefined || payload === null) return new Uint8Array();
  if (typeof payload === 'string' || payload instanceof Uint8Array) return Buffer.from(payload);
  throw new TypeError('What the other park’s node is answered goes out whole');
}
