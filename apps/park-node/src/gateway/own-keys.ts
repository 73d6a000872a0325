import type { ParkCard } from '@twinpark/contract/node/park-card.ts';
import { type Clock, instantNow } from '../platform/clock.ts';
import type { Store } from '../platform/database/store.ts';
import { canSign, type KeyRing, type SigningKey } from '../platform/keys/key-ring.ts';
import { nodeStream, sendToPeer } from './outgoing.ts';
import { insertAnnouncedKeys, listAnnouncedKeys } from './queries/announced-keys.ts';

export interface OwnKeysOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly card: ParkCard;
  /** Whether there is another park's node to tell. */
  readonly hasPeer: boolean;
}

/**
 * Which of this park's keys the other park knows: nothing that goes there is signed with another. A new key is announced
 * under an old one, and used once the other park has taken note of it.
 */
export class OwnKeys {
  readonly #options: OwnKeysOptions;
  #unknown: ReadonlySet<string> = new Set();

  constructor(options: OwnKeysOptions) {
    this.#options = options;
  }

  /**
   * Tells the other park of keys that this node has got since it last started. At the first start nothing is told: then
   * the two operators have exchanged cards.
   */
  async announce(): Promise<void> {
    const { store, clock, card, hasPeer } = this.#options;
    const at = instantNow(clock);
    await store.write(async (tx) => {
      const announced = await listAnnouncedKeys(tx);
      const fresh = card.keys.filter(({ kid }) => !announced.has(kid));
      const isTold = announced.size > 0 && hasPeer;
      await insertAnnouncedKeys(tx, fresh, { at, knownAt: isTold ? null : at });
      if (!isTold || fresh.length === 0) return;
      await sendToPeer(tx, clock, [
        { type: 'org.twinpark.keys.announced', stream: nodeStream, subject: null, data: { keys: fresh } },
      ]);
    });
    await this.refresh();
  }

  /** Looks again which keys the other park has taken note of. */
  async refresh(): Promise<void> {
    const { store, card } = this.#options;
    const announced = await store.write((tx) => listAnnouncedKeys(tx));
    const isUnknown = (kid: string) => (announced.get(kid) ?? null) === null;
    this.#unknown = new Set(card.keys.map(({ kid }) => kid).filter(isUnknown));
  }

  /** The newest key of a ring that the other park knows. */
  signer(ring: KeyRing): SigningKey {
    return [...ring].filter(canSign).find(({ keyId }) => !this.#unknown.has(keyId)) ?? ring[0];
  }
}
