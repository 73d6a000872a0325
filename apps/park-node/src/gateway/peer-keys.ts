import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { KeyUse, ParkKey } from '@twinpark/contract/node/park-card.ts';
import type { Clock } from '../platform/clock.ts';
import { publicKeyOf } from '../platform/keys/key-ring.ts';
import { StartFault } from '../platform/start-fault.ts';
import { type ParkName, readPeerCard } from './peer-card.ts';

/** A public key of the other park, ready to verify with. */
export interface PeerKey {
  readonly use: KeyUse;
  readonly name: string;
  readonly keyId: string;
  readonly publicKey: KeyObject;
  readonly from: Temporal.Instant;
  /** Null while it counts. */
  readonly until: Temporal.Instant | null;
}

export interface PeerKeysOptions {
  /** File with the other park's card; null where it is not known. */
  readonly cardFile: string | null;
  readonly peer: ParkName;
  readonly clock: Clock;
  /** The keys that the other park has announced so far, as this park has kept them. */
  readonly readAnnounced: () => Promise<readonly ParkKey[]>;
  /** Told when a card that has changed cannot be used; the keys known before then go on counting. */
  readonly onFault: (fault: StartFault) => void;
}

/** A stranger who makes up key ids has the file read no more often. Unit: milliseconds. */
const leastPause = 1_000;

/**
 * The other park's keys: those of its card, and those that it announced under a key known before. The card is read when
 * a key is first needed and again when one comes that is not known, because in a demo the other node may write it later.
 */
export class PeerKeys {
  readonly #options: PeerKeysOptions;
  #ofCard: ReadonlyMap<string, PeerKey> = new Map();
  readonly #learnt = new Map<string, PeerKey>();
  #readAt: number | null = null;

  constructor(options: PeerKeysOptions) {
    this.#options = options;
  }

  /**
   * Looks at the card before anything depends on it. With `mayBeMissing` it need not be there yet.
   *
   * Faults: those of `readPeerCard`.
   */
  check(mayBeMissing: boolean): void {
    const { cardFile, peer } = this.#options;
    if (cardFile === null || (mayBeMissing && !existsSync(cardFile))) return;
    this.#ofCard = keysOf(readPeerCard(cardFile, peer).keys);
  }

  /** The key of that id if it has that use and counted at that instant. */
  find(keyId: string, use: KeyUse, at: Temporal.Instant): PeerKey | null {
    const key = this.findAny(keyId);
    return key !== null && key.use === use && countsAt(key, at) ? key : null;
  }

  /** The key of that id, whatever it is for and whether or not it still counts. */
  findAny(keyId: string): PeerKey | null {
    const known = this.#known(keyId);
    if (known !== null) return known;
    this.#readAgain();
    return this.#known(keyId);
  }

  /** Every key of a use that counted at an instant, for signatures that do not name theirs by its id. */
  list(use: KeyUse, at: Temporal.Instant): readonly PeerKey[] {
    this.#readAgain();
    const ids = new Set([...this.#ofCard.keys(), ...this.#learnt.keys()]);
    const keys = [...ids].flatMap((keyId) => this.#known(keyId) ?? []);
    return keys.filter((key) => key.use === use && countsAt(key, at));
  }

  /** Takes what this or another process of the park was told. */
  async refresh(): Promise<void> {
    this.learn(await this.#options.readAnnounced());
  }

  /** Takes keys that the other park has announced; where one is on the card as well, the earlier end counts. */
  learn(keys: readonly ParkKey[]): void {
    for (const [keyId, key] of keysOf(keys)) this.#learnt.set(keyId, key);
  }

  #known(keyId: string): PeerKey | null {
    const [announced, listed] = [this.#learnt.get(keyId), this.#ofCard.get(keyId)];
    if (!announced || !listed) return announced ?? listed ?? null;
    return endOf(listed) < endOf(announced) ? listed : announced;
  }

  #readAgain(): void {
    const now = this.#options.clock.now().epochMilliseconds;
    // A clock that was put back is no reason to wait.
    if (this.#readAt !== null && now >= this.#readAt && now < this.#readAt + leastPause) return;
    this.#readAt = now;
    // Too late for whoever asks now: the message comes again.
    this.refresh().catch(() => {});
    try {
      this.check(true);
    } catch (error) {
      if (!(error instanceof StartFault)) throw error;
      this.#options.onFault(error);
    }
  }
}

function endOf({ until }: PeerKey): number {
  return until?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
}

function countsAt({ from, until }: PeerKey, at: Temporal.Instant): boolean {
  const isEarly = Temporal.Instant.compare(at, from) < 0;
  return !isEarly && (until === null || Temporal.Instant.compare(at, until) < 0);
}

function keysOf(keys: readonly ParkKey[]): ReadonlyMap<string, PeerKey> {
  return new Map(
    keys.map(({ use, name, kid, x, from, until }) => [
      kid,
      {
        use,
        name,
        keyId: kid,
        publicKey: publicKeyOf(x),
        from: Temporal.Instant.from(from),
        until: until === null ? null : Temporal.Instant.from(until),
      },
    ]),
  );
}
