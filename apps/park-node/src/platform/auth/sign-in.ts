import { sql } from 'kysely';
import type { Config } from '../../config.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { problem } from '../http/problem.ts';
import type { Caller } from './caller.ts';
import type { SignIn } from './identity.ts';
import { basePath, createLibrary, type Library } from './library.ts';
import { discover, openIdConfig } from './open-id-provider.ts';
import { type NewPeople, PasskeyRegistration } from './passkey-registration.ts';
import { sessionTokenOf } from './session-cookie.ts';
import { freshForMinutes, sessionHooks } from './session-hooks.ts';

export interface SignInOptions {
  readonly config: Config;
  readonly parkName: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly newPeople: NewPeople;
  /** Told what the sign-in library finds odd; never personal data. */
  readonly warn: (message: string) => void;
}

export function createSignIn(options: SignInOptions): SignIn {
  const { config, store, clock } = options;
  const libraryOptions = {
    ...options,
    registration: new PasskeyRegistration(options.newPeople, clock),
    hooks: sessionHooks(config, store, clock),
  };
  const library = createLibrary(libraryOptions, null);
  const providers = providerLibraries(config, (provider) => createLibrary(libraryOptions, provider));
  return {
    callerOf: (headers) => callerOf(options, headers),

    handle: async (request) => {
      const [, provider] = new URL(request.url).pathname.split(`${basePath}/callback/`);
      const responsible = provider === undefined ? library : await providers(provider);
      if (responsible === null) return new Response(null, { status: 404 });
      return await responsible.handler(request);
    },

    startOpenId: async (provider, returnTo, headers) => {
      const responsible = await providers(provider);
      if (responsible === null) {
        const isKnown = config.openIdProviders.some(({ id }) => id === provider);
        return isKnown ? problem('providerUnavailable', { provider }) : problem('notFound');
      }
      const callbackURL = `${config.publicUrl}${returnTo}`;
      const response = await responsible.api.signInSocial({
        body: { provider, callbackURL, disableRedirect: true },
        headers,
        asResponse: true,
      });
      const { url } = (await response.json()) as { url?: string };
      if (url === undefined) return problem('providerUnavailable', { provider });
      return { url, cookies: response.headers.getSetCookie() };
    },

    startDemo: async (personId, organizationId, headers) => {
      if (!('signInAsDemo' in library.api)) return null;
      const response = await library.api.signInAsDemo({
        body: { personId, organizationId },
        headers,
        asResponse: true,
      });
      const cookies = response.headers.getSetCookie();
      if (cookies.length === 0) return null;
      await endSession(store, sessionTokenOf(config, headers));
      return cookies;
    },

    chooseOrganization: async (headers, organizationId) => {
      await sql`update auth_sessions set acting_organization_id = ${organizationId}, updated_at = now()
        where token = ${sessionTokenOf(config, headers)}`.execute(store.identity);
    },

    endSessions: async (headers, personId, everywhere) => {
      const response = await library.api.signOut({ headers, asResponse: true });
      const { rows } = everywhere
        ? await sql`delete from auth_sessions where user_id = ${personId} returning id`.execute(
            store.identity,
          )
        : { rows: [] };
      // The request's own session is gone already.
      return { ended: rows.length + 1, cookies: response.headers.getSetCookie() };
    },

    isFresh: async (headers) => {
      const { rows } = await sql`select from auth_sessions
        where token = ${sessionTokenOf(config, headers)}
          and created_at > now() - make_interval(mins => ${freshForMinutes})`.execute(store.identity);
      return rows.length > 0;
    },
  };
}

/** One small query, whoever asks: a session that ends and a membership that changes count from the next request on. */
async function callerOf({ config, store }: SignInOptions, headers: Headers): Promise<Caller | null> {
  const token = sessionTokenOf(config, headers);
  if (token === null) return null;
  const { rows } = await sql<CallerRow>`
    select * from caller_of_session(${token}, ${config.mode === 'demo'})`.execute(store.identity);
  const [row] = rows;
  if (row === undefined) return null;
  const { personId, personName, email, assurance, demo, organizationId, ...acting } = row;
  return {
    person: { id: personId, name: personName, email, assurance, demo },
    acting:
      organizationId === null
        ? null
        : {
            organizationId,
            kind: acting.kind,
            packId: acting.packId,
            name: acting.organizationName,
            role: acting.role,
            manages: acting.manages,
          },
  };
}

type Acting = NonNullable<Caller['acting']>;

interface CallerRow extends Pick<Acting, 'kind' | 'packId' | 'role' | 'manages'> {
  readonly personId: string;
  readonly personName: string;
  readonly email: string | null;
  readonly assurance: Caller['person']['assurance'];
  readonly demo: boolean;
  /** Null where the person acts for nobody; then so are the columns of the organisation. */
  readonly organizationId: string | null;
  readonly organizationName: string;
}

async function endSession(store: Store, token: string | null): Promise<void> {
  if (token !== null) await sql`delete from auth_sessions where token = ${token}`.execute(store.identity);
}

/**
 * The library with one provider, made when the provider is first asked for and could be reached: one that is away when
 * the node starts keeps nobody from signing in otherwise, and comes back without a restart.
 */
function providerLibraries(
  config: Config,
  create: (provider: ReturnType<typeof openIdConfig>) => Library,
): (id: string) => Promise<Library | null> {
  const made = new Map<string, Promise<Library | null>>();
  const make = async (id: string): Promise<Library | null> => {
    const provider = config.openIdProviders.find((each) => each.id === id);
    const discovery = provider ? await discover(provider) : null;
    if (!provider || !discovery) return null;
    const library = create(openIdConfig(provider, discovery));
    const { socialProviders } = await library.$context;
    return socialProviders.some((each) => each.id === id) ? library : null;
  };
  return async (id) => {
    const library = made.get(id) ?? make(id);
    made.set(id, library);
    const result = await library;
    if (result === null) made.delete(id);
    return result;
  };
}
