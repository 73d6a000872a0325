import type { FastifyRequest } from 'fastify';
import { type Problem, problem } from './problem.ts';

const safeMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Keeps pages of other sites from acting with the reader's session. A browser says where a request comes from, in a
 * header that no page can set; what says nothing of the kind is no browser and carries no session that somebody else
 * could ride on. Another port of the same machine counts as another site, though it shares its cookies.
 *
 * Problems: `foreignOrigin`. Source: Fetch Metadata Request Headers; RFC 6454.
 */
export function foreignOrigin(request: FastifyRequest, publicOrigin: string): Problem | null {
  if (safeMethods.includes(request.method)) return null;
  const { 'sec-fetch-site': site, origin, host } = request.headers;
  if (site !== undefined) {
    return site === 'same-origin' || site === 'none' ? null : problem('foreignOrigin');
  }
  if (origin === undefined || origin === publicOrigin) return null;
  return hostOf(origin) === host ? null : problem('foreignOrigin');
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
