import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseCookies } from 'better-auth/cookies';
import type { Config } from '../../config.ts';

/** Unit: seconds. A session ends then, however much it is used. */
export const sessionLivesSeconds = 12 * 60 * 60;

/** Two parks on one host share its cookies whatever their ports, so each has names of its own. */
export function cookiePrefixOf({ park }: Pick<Config, 'park'>): string {
  return `twinpark-${park}`;
}

export function isSecure({ publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  return publicUrl.startsWith('https://');
}

/**
 * The session token in a request's cookie, if this node signed it; null otherwise. The library signs a cookie's value
 * by HMAC-SHA-256 and appends the signature in base64.
 */
export function sessionTokenOf(
  config: Pick<Config, 'park' | 'publicUrl' | 'sessionSecret'>,
  headers: Headers,
): string | null {
  const cookies = headers.get('cookie');
  if (cookies === null) return null;
  const name = `${isSecure(config) ? '__Secure-' : ''}${cookiePrefixOf(config)}.session_token`;
  const value = parseCookies(cookies).get(name);
  const end = value?.lastIndexOf('.') ?? -1;
  if (value === undefined || end < 1) return null;
  const token = value.slice(0, end);
  const expected = createHmac('sha256', config.sessionSecret).update(token).digest();
  const given = Buffer.from(value.slice(end + 1), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}
