import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Problem, problem } from './problem.ts';

export interface Limits {
  /** Before anything is known of the caller: by address, so that guessing and flooding stay cheap to turn away. */
  beforeSignIn(request: FastifyRequest): Promise<Problem | null>;
  /** Once the caller is known: by person. */
  ofPerson(request: FastifyRequest): Promise<Problem | null>;
}

/** A whole office may share one address. */
const personsPerAddress = 5;
/** The other park's node speaks for everybody there. */
const personsPerPeer = 20;
/** Who signs in again and again is guessing. */
const requestsPerSignIn = 20;

/**
 * How many requests may come in a minute. Each process of a park counts its own.
 *
 * Problems: `rateLimited`.
 */
export function createLimits(
  fastify: FastifyInstance,
  requestsPerMinute: number,
  kindOf: (request: FastifyRequest) => 'signIn' | 'peer' | 'other',
  personOf: (request: FastifyRequest) => string | null,
): Limits {
  fastify.register(rateLimit, { global: false });
  type Limiter = ReturnType<FastifyInstance['createRateLimit']>;
  let limiters: Readonly<Record<'address' | 'signIn' | 'peer' | 'person', Limiter>> | null = null;
  const made = () => {
    limiters ??= {
      address: fastify.createRateLimit({ max: requestsPerMinute * personsPerAddress, timeWindow: 60_000 }),
      signIn: fastify.createRateLimit({
        max: Math.ceil(requestsPerMinute / requestsPerSignIn),
        timeWindow: 60_000,
      }),
      peer: fastify.createRateLimit({ max: requestsPerMinute * personsPerPeer, timeWindow: 60_000 }),
      person: fastify.createRateLimit({
        max: requestsPerMinute,
        timeWindow: 60_000,
        keyGenerator: (request) => personOf(request) ?? request.ip,
      }),
    };
    return limiters;
  };
  return {
    beforeSignIn: async (request) => {
      const { address, signIn, peer } = made();
      return await ask({ signIn, peer, other: address }[kindOf(request)], request);
    },
    ofPerson: async (request) => await ask(made().person, request),
  };
}

async function ask(
  limiter: ReturnType<FastifyInstance['createRateLimit']>,
  request: FastifyRequest,
): Promise<Problem | null> {
  const count = await limiter(request);
  if (count.isAllowed || !count.isExceeded) return null;
  return problem('rateLimited', { retryAfterSeconds: Math.max(1, count.ttlInSeconds) });
}
