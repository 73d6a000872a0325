import type { Problem } from '../http/problem.ts';
import type { Caller } from './caller.ts';

/** Who is asking, by the session that a request carries. */
export interface Identity {
  /** Null for a request without a valid session. */
  callerOf(headers: Headers): Promise<Caller | null>;
  /** The sign-in library's own endpoints, below `/api/auth/`. */
  handle(request: Request): Promise<Response>;
}

/** How people come in and go out. Cookies are `Set-Cookie` lines for the browser. */
export interface SignIn extends Identity {
  /**
   * The address of an identity provider where the person signs in; it comes back to `returnTo`, a path of this node.
   *
   * Problems: `notFound`, `providerUnavailable`.
   */
  startOpenId(
    provider: string,
    returnTo: string,
    headers: Headers,
  ): Promise<{ readonly url: string; readonly cookies: readonly string[] } | Problem>;
  /** A session of an invented person; null where this node is none of a demonstration or there is no such account. */
  startDemo(personId: string, organizationId: string, headers: Headers): Promise<readonly string[] | null>;
  /** Sets the organisation of the request's own session. Whether the person belongs to it is the caller's to check. */
  chooseOrganization(headers: Headers, organizationId: string | null): Promise<void>;
  /** Ends the request's session, or all of the person's. */
  endSessions(
    headers: Headers,
    personId: string,
    everywhere: boolean,
  ): Promise<{ readonly ended: number; readonly cookies: readonly string[] }>;
  /** Whether the person signed in a short while ago, as a change of the ways to sign in asks for. */
  isFresh(headers: Headers): Promise<boolean>;
}
