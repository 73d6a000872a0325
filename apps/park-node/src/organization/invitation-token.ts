import { createHash, createHmac } from 'node:crypto';
import type { Config } from '../config.ts';

/**
 * What the link of an invitation holds: nobody can make it without the node's secret, and nobody finds it in the
 * database, where only its hash is kept.
 */
export function invitationToken(
  { sessionSecret }: Pick<Config, 'sessionSecret'>,
  invitationId: string,
): string {
  return createHmac('sha256', sessionSecret).update(`invitation ${invitationId}`).digest('base64url');
}

/** A token is as hard to guess as its hash is long, so a plain hash is enough. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The token stands behind the `#`, which browsers send to nobody. */
export function invitationLink(
  config: Pick<Config, 'sessionSecret' | 'publicUrl'>,
  invitationId: string,
): string {
  return `${config.publicUrl}/join#${invitationToken(config, invitationId)}`;
}
