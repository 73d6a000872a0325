import type { NodeProblemCode } from '@twinpark/contract/problem.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../../services.ts';
import type { App } from '../http/app.ts';
import { problem } from '../http/problem.ts';
import { basePath } from './library.ts';
import { reachable, requestIdHeader } from './reachable.ts';
import { webHeaders } from './web-headers.ts';

/** The sign-in library's own endpoints, as far as a browser needs them; its errors become problems. */
export function registerAuthRoutes(app: App, { config, identity }: Services): void {
  for (const { method, path } of reachable) {
    app.fastify.route({
      method,
      url: `${basePath}${path}`,
      // The library would answer HEAD with what GET does.
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        const response = await identity.handle(webRequest(request, config.publicUrl));
        reply.header('set-cookie', response.headers.getSetCookie());
        const location = response.headers.get('location');
        if (location !== null) return reply.redirect(withoutError(location, config.publicUrl), 302);
        if (!response.ok) return app.refuse(request, reply, problem(await codeOf(response, path)));
        return await sendResult(reply, path, response);
      },
    });
  }
}

function webRequest(request: FastifyRequest, publicUrl: string): Request {
  const headers = webHeaders(request.headers);
  // Set anew or wrong once the body is.
  for (const name of ['content-length', 'transfer-encoding', 'connection', 'expect']) headers.delete(name);
  headers.set(requestIdHeader, request.id);
  const hasBody = request.method === 'POST';
  return new Request(new URL(request.url, publicUrl), {
    method: request.method,
    headers,
    ...(hasBody ? { body: JSON.stringify(request.body ?? {}) } : {}),
  });
}

/** A session's token, which the library would show to scripts, stays in its cookie. */
async function sendResult(reply: FastifyReply, path: string, response: Response): Promise<FastifyReply> {
  const isCeremonyOver = path.startsWith('/passkey/verify-');
  const body: unknown = isCeremonyOver ? { signedIn: true } : await response.json();
  return reply.status(200).type('application/json').send(body);
}

/** Back from a provider without a session: the page gets a problem code, never a text from outside. */
function withoutError(location: string, publicUrl: string): string {
  const target = new URL(location, publicUrl);
  if (!target.searchParams.has('error')) return target.href;
  return `${publicUrl}/sign-in?problem=signInFailed`;
}

/** An unknown passkey, a wrong signature and a challenge that is over look alike: nobody learns which keys there are. */
async function codeOf(response: Response, path: string): Promise<NodeProblemCode> {
  const body: unknown = await response.json().catch(() => null);
  const code = body instanceof Object && 'code' in body ? String(body.code) : '';
  const named = codes[code];
  if (named !== undefined) return named;
  if (response.status === 404) return 'notFound';
  if (path.startsWith('/passkey/verify-authentication')) return 'signInFailed';
  if (path === '/passkey/verify-registration') return 'passkeyNotAccepted';
  if (response.status === 415) return 'unsupportedMediaType';
  return response.status >= 500 ? 'internalError' : 'malformedRequest';
}

const codes: Readonly<Record<string, NodeProblemCode>> = {
  SESSION_NOT_FRESH: 'signInAgain',
  INVITATION_INVALID: 'invitationInvalid',
  INVALID_ORIGIN: 'foreignOrigin',
  MISSING_OR_NULL_ORIGIN: 'foreignOrigin',
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: 'foreignOrigin',
};
