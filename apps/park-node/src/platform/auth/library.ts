import { passkey } from '@better-auth/passkey';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { getSessionFromCtx, isAPIError } from 'better-auth/api';
import { type GenericOAuthConfig, genericOAuth } from 'better-auth/plugins';
import type { Config } from '../../config.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { newId } from '../ids.ts';
import { demoSignIn } from './demo-sign-in.ts';
import type { PasskeyRegistration } from './passkey-registration.ts';
import { cookiePrefixOf, isSecure, sessionLivesSeconds } from './session-cookie.ts';
import type { sessionHooks } from './session-hooks.ts';

export interface LibraryOptions {
  readonly config: Config;
  /** What people see when their device asks for a passkey. */
  readonly parkName: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly registration: PasskeyRegistration;
  readonly hooks: ReturnType<typeof sessionHooks>;
  readonly warn: (message: string) => void;
}

export const basePath = '/api/auth';

/**
 * The sign-in library over the store's own tables, with passkeys and with one provider of identities or none. There are
 * no passwords. Accounts are never joined by their address: whoever controls a mailbox at one provider is not thereby
 * somebody who signed in another way.
 */
export function createLibrary(options: LibraryOptions, provider: GenericOAuthConfig | null) {
  const { config, registration } = options;
  return betterAuth({
    ...commonOptions(options),
    plugins: [
      passkey({
        rpID: new URL(config.publicUrl).hostname,
        rpName: options.parkName,
        origin: new URL(config.publicUrl).origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          requireSession: false,
          resolveUser: ({ context }) => registration.personOf(context ?? null),
          afterVerification: async ({ ctx, verification, user, context }) => {
            const userVerified = verification.registrationInfo?.userVerified === true;
            const isSignedIn = (await getSessionFromCtx(ctx)) !== null;
            return await registration.verified({ userVerified, isSignedIn }, user, context ?? null);
          },
        },
        authentication: {
          afterVerification: ({ verification }) =>
            registration.mustHaveVerified(verification.authenticationInfo.userVerified),
        },
        schema: {
          passkey: { modelName: 'authPasskeys', fields: { credentialID: 'credentialId' } },
        },
      }),
      ...(provider === null ? [] : [genericOAuth({ config: [provider] })]),
      ...(config.mode === 'demo' ? [demoSignIn] : []),
    ],
  });
}

export type Library = ReturnType<typeof createLibrary>;

function commonOptions({ config, store, clock, hooks, warn }: LibraryOptions) {
  return {
    appName: 'Twinpark',
    baseURL: config.publicUrl,
    basePath,
    secret: config.sessionSecret,
    trustedOrigins: [new URL(config.publicUrl).origin],
    database: { db: store.identity, type: 'postgres', transaction: true },
    user: {
      modelName: 'authUsers',
      additionalFields: {
        assurance: { type: 'string', required: false, defaultValue: 'low', input: false },
        demo: { type: 'boolean', required: false, defaultValue: false, input: false },
      },
    },
    session: {
      modelName: 'authSessions',
      expiresIn: sessionLivesSeconds,
      disableSessionRefresh: true,
      additionalFields: { actingOrganizationId: { type: 'string', required: false, input: false } },
    },
    account: {
      modelName: 'authAccounts',
      updateAccountOnSignIn: false,
      accountLinking: { enabled: false, disableImplicitLinking: true },
    },
    verification: { modelName: 'authVerifications', storeIdentifier: 'hashed' },
    hooks,
    databaseHooks: {
      // Neither where somebody sat nor what a provider would still let us ask is of any use here.
      session: {
        create: {
          before: (session) => Promise.resolve({ data: { ...session, ipAddress: null, userAgent: null } }),
        },
      },
      account: {
        create: {
          before: (account) =>
            Promise.resolve({ data: { ...account, accessToken: null, refreshToken: null, idToken: null } }),
        },
      },
      user: {
        create: {
          before: (user, context) => {
            const id: unknown = context?.params?.['id'];
            const provider = config.openIdProviders.find((each) => each.id === id);
            return Promise.resolve({ data: { ...user, assurance: provider?.assurance ?? 'low' } });
          },
        },
      },
    },
    emailAndPassword: { enabled: false },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    onAPIError: {
      errorURL: `${config.publicUrl}/sign-in`,
      onError: (error) => {
        if (!isAPIError(error) || error.statusCode >= 500) warn(String(error));
      },
    },
    logger: { level: 'warn', log: (_level, message) => warn(message) },
    advanced: {
      cookiePrefix: cookiePrefixOf(config),
      useSecureCookies: isSecure(config),
      // Said outright, because the library leaves these checks out where it believes to be in a test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => newId(clock), validateSchema: false },
    },
  } satisfies BetterAuthOptions;
}
