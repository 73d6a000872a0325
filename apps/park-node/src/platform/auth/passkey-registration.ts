import { APIError } from 'better-auth/api';
import type { Clock } from '../clock.ts';
import { newId } from '../ids.ts';

/** Who may become a person of this node by a passkey alone. */
export interface NewPeople {
  /** Whether the token of a link is good for one more person. */
  mayJoin(token: string): Promise<boolean>;
  /** Uses the token up and makes the person; false when it is not good any more. */
  join(token: string, person: { readonly id: string; readonly name: string }): Promise<boolean>;
}

/**
 * How somebody gets a passkey who has no account: the link of an invitation says for which organisation, the passkey
 * then is the account. Where the person is signed in, the library adds the passkey to its account.
 */
export class PasskeyRegistration {
  readonly #newPeople: NewPeople;
  readonly #clock: Clock;

  constructor(newPeople: NewPeople, clock: Clock) {
    this.#newPeople = newPeople;
    this.#clock = clock;
  }

  /** Who a passkey is for before there is an account: the link's token and the name that the person gives itself. */
  async personOf(context: string | null): Promise<{ id: string; name: string }> {
    const { token, name } = readContext(context);
    if (!(await this.#newPeople.mayJoin(token))) throw invalid();
    return { id: newId(this.#clock), name };
  }

  /**
   * Uses the invitation up and makes the account, when the device has proved that it holds the key. Without an
   * invitation the key is one more of whoever is signed in, and still is.
   */
  async verified(
    { userVerified, isSignedIn }: { readonly userVerified: boolean; readonly isSignedIn: boolean },
    { id }: { readonly id: string },
    context: string | null,
  ): Promise<{ userId: string } | undefined> {
    this.mustHaveVerified(userVerified);
    if (context === null) {
      if (!isSignedIn) throw new APIError('UNAUTHORIZED', { code: 'SESSION_ENDED' });
      return undefined;
    }
    const { token, name } = readContext(context);
    if (!(await this.#newPeople.join(token, { id, name }))) throw invalid();
    return { userId: id };
  }

  /** A device alone is not enough: it must have asked for a PIN, a finger or a face. */
  mustHaveVerified(userVerified: boolean): void {
    if (!userVerified) throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED' });
  }
}

const longestName = 100;

function readContext(context: string | null): { readonly token: string; readonly name: string } {
  try {
    const { token, name } = JSON.parse(context ?? '') as Record<string, unknown>;
    if (typeof token !== 'string' || typeof name !== 'string') throw invalid();
    const clean = name
      .normalize('NFC')
      .replace(/\p{Cc}|\p{Cf}/gu, '')
      .trim();
    if (clean === '' || clean.length > longestName) throw invalid();
    return { token, name: clean };
  } catch {
    throw invalid();
  }
}

function invalid(): APIError {
  return new APIError('UNPROCESSABLE_ENTITY', { code: 'INVITATION_INVALID' });
}
