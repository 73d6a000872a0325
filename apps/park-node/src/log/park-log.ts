import type { NoteSigner } from '@twinpark/transparency/signed-note.ts';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import type { Store } from '../platform/database/store.ts';
import { findPlaces } from './queries/tree.ts';
import { largestRun, sequenceBatch } from './sequence-batch.ts';

export interface ParkLogOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Of the key that signs today. */
  readonly signer: () => NoteSigner;
  readonly logger: Pick<FastifyBaseLogger, 'error'>;
  /** Pause between a nudge and the run that follows it, so that a crowd shares one. Unit: milliseconds. */
  readonly pause?: number;
  /** How often to look for what other processes, or one that died, left without a place. Unit: milliseconds. */
  readonly polling?: number;
}

/**
 * The park's own log. What is to be logged waits from the transaction of its act on; here it gets its place, soon after
 * and in runs, each a transaction of its own with one signature. Any number of processes may do so at once.
 *
 * Between `start` and `stop` it works on its own, whenever it is nudged. A process that dies leaves the others, or its
 * successor, everything that had no place yet.
 */
export class ParkLog {
  readonly #options: ParkLogOptions;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #polling: NodeJS.Timeout | null = null;
  #onGrown: () => void = () => {};

  constructor(options: ParkLogOptions) {
    this.#options = options;
  }

  /** Name of the log in its checkpoints. */
  get origin(): string {
    return this.#options.signer().key.name;
  }

  /**
   * Returns when everything that was to be logged when it was called has its place. Who calls while a run is under way
   * shares the next one.
   */
  async sequence(): Promise<void> {
    if (this.#running === null) {
      this.#running = this.#run().finally(() => {
        this.#running = null;
      });
      await this.#running;
      return;
    }
    const current = this.#running;
    this.#next ??= current
      .catch(() => {})
      .then(() => {
        this.#next = null;
        return this.sequence();
      });
    await this.#next;
  }

  /** Something has just been logged, or will have been in a moment. */
  nudge(): void {
    if (this.#polling === null || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.sequence().catch((error: unknown) => this.#options.logger.error({ err: error }, 'log'));
    }, this.#options.pause ?? 100);
    this.#timer.unref();
  }

  /** Places of entries, from 0; those that have none yet are left out. */
  async positionsOf(entryIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return await this.#options.store.write((tx) => findPlaces(tx, entryIds));
  }

  /** Works on its own from now on, first on what was left. `onGrown` is called after each run. */
  start(onGrown: () => void): void {
    this.#onGrown = onGrown;
    this.#polling = setInterval(() => this.nudge(), this.#options.polling ?? 5_000);
    this.#polling.unref();
    this.nudge();
  }

  /** Lets a run that is under way come to its end. */
  async stop(): Promise<void> {
    if (this.#polling !== null) clearInterval(this.#polling);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#polling = null;
    this.#timer = null;
    await this.#next?.catch(() => {});
    await this.#running?.catch(() => {});
  }

  async #run(): Promise<void> {
    const { store, clock, signer } = this.#options;
    for (;;) {
      const count = await store.write((tx) => sequenceBatch(tx, clock, signer()));
      if (count < largestRun) break;
    }
    this.#onGrown();
  }
}
