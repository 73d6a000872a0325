import type { GenericOAuthConfig } from 'better-auth/plugins';
import { decodeJwt } from 'jose';
import type { OpenIdProvider } from '../../config.ts';
import { placeholderEmail } from './placeholder-email.ts';

/** What is used of a provider's discovery document (OpenID Connect Discovery 1.0 section 3). */
interface Discovery {
  readonly issuer: string;
  readonly userinfo_endpoint?: string;
}

const discoveryTimeoutMilliseconds = 5_000;

/** The provider's own description of itself; null while it cannot be reached or describes somebody else. */
export async function discover({ issuer }: OpenIdProvider): Promise<Discovery | null> {
  try {
    const signal = AbortSignal.timeout(discoveryTimeoutMilliseconds);
    const response = await fetch(discoveryUrlOf(issuer), { signal });
    if (!response.ok) return null;
    const discovery = (await response.json()) as Discovery;
    return discovery.issuer === issuer ? discovery : null;
  } catch {
    return null;
  }
}

/**
 * A provider as the sign-in library takes it: authorisation code with PKCE, state and nonce; the ID token's signature,
 * issuer, audience and nonce are checked against the discovered keys.
 */
export function openIdConfig(provider: OpenIdProvider, discovery: Discovery): GenericOAuthConfig {
  return {
    providerId: provider.id,
    name: provider.name,
    discoveryUrl: discoveryUrlOf(provider.issuer),
    requireIdTokenVerification: true,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    disableProviderLogout: true,
    accountSubject: ({ profile }) => String(profile.sub ?? ''),
    getUserInfo: async ({ idToken, accessToken }) => {
      // Without an ID token nothing would have been verified.
      if (idToken === undefined) return null;
      const identified = decodeJwt<Claims>(idToken);
      if (!identified.sub) return null;
      const claims = { ...(await userInfoOf(discovery, accessToken, identified.sub)), ...identified };
      return personOf(provider, claims, identified.sub);
    },
  };
}

interface Claims {
  readonly sub?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly preferred_username?: string;
}

/**
 * Claims that the ID token leaves to the user-info endpoint. An answer about somebody else is left aside.
 *
 * Source: OpenID Connect Core 1.0 section 5.3.2.
 */
async function userInfoOf(
  { userinfo_endpoint: endpoint }: Discovery,
  accessToken: string | undefined,
  subject: string,
): Promise<Claims> {
  if (endpoint === undefined || accessToken === undefined) return {};
  const response = await fetch(endpoint, {
    headers: { authorization: `Bearer ${accessToken}` },
    signal: AbortSignal.timeout(discoveryTimeoutMilliseconds),
  });
  if (!response.ok) return {};
  const claims = (await response.json()) as Claims;
  return claims.sub === subject ? claims : {};
}

/** An address that the provider does not vouch for is not taken over: it might be anybody's. */
function personOf(provider: OpenIdProvider, claims: Claims, subject: string) {
  const vouched = claims.email_verified === true && typeof claims.email === 'string';
  const email = vouched ? claims.email : placeholderEmail(`${provider.id} ${subject}`);
  return {
    sub: subject,
    email,
    emailVerified: vouched,
    name: claims.name ?? claims.preferred_username ?? provider.name,
  };
}

function discoveryUrlOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}
