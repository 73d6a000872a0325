import { type ProtocolVersion, protocolVersions } from '@twinpark/contract/gateway/exchange.ts';
import type { Services } from '../services.ts';
import type { PeerClient } from './peer-client.ts';
import { type Sent, sendDue } from './send-batch.ts';

export interface CourierOptions {
  /** How often to look for what other processes have put into the outbox. Unit: milliseconds. */
  readonly polling?: number;
  /** Longest pause while the other park does not answer. Unit: milliseconds. */
  readonly longestPause?: number;
}

/**
 * Takes messages to the other park. While there is much to send, one request is prepared as the other is under way, of
 * other streams, so that both nodes have something to do. When the other park does not answer, pauses double up to a
 * minute; what waits goes out in the order of its streams once it is back, a request at a time, so that it costs the
 * memory of two requests however long it was away.
 *
 * Before `start` and after `stop` nothing is sent.
 */
export class Courier {
  readonly #client: PeerClient;
  readonly #polling: number;
  readonly #longestPause: number;
  readonly #main = alarm();
  readonly #side = alarm();
  #pause = momentMilliseconds;
  #nudged: NodeJS.Timeout | null = null;
  #version: ProtocolVersion = newestVersion;
  #failures = 0;
  #lanes: Promise<unknown> | null = null;
  #stopped = false;

  constructor(client: PeerClient, { polling = 500, longestPause = 60_000 }: CourierOptions = {}) {
    this.#client = client;
    this.#polling = polling;
    this.#longestPause = longestPause;
  }

  start(services: Services): void {
    this.#lanes ??= Promise.all([this.#runMainLane(services), this.#runSideLane(services)]);
  }

  /**
   * Something will have been put into the outbox in a moment: looks then, and again after pauses that double, as the
   * transaction may take longer. While the other park is away, it waits with the rest.
   */
  nudge(): void {
    if (this.#lanes === null || this.#failures > 0) return;
    this.#pause = momentMilliseconds;
    this.#nudged ??= setTimeout(() => {
      this.#nudged = null;
      this.#main.ring();
    }, momentMilliseconds);
  }

  /** The other park's node has just called: it is there. */
  heard(): void {
    if (this.#failures === 0) return;
    this.#failures = 0;
    this.#main.ring();
  }

  /** Lets the requests that are under way come to their end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#main.ring();
    this.#side.ring();
    await this.#lanes;
  }

  async #runMainLane(services: Services): Promise<void> {
    while (!this.#stopped) {
      const sent = await this.#send(services);
      switch (sent.kind) {
        case 'sent':
          this.#failures = 0;
          this.#side.ring();
          break;
        case 'idle':
          await this.#main.wait(Math.min(this.#pause, this.#polling));
          this.#pause = Math.min(this.#pause * 2, this.#polling);
          break;
        case 'otherVersion': {
          const known = protocolVersions.findLast(
            (version) => version !== this.#version && sent.known.includes(version),
          );
          if (known !== undefined) this.#version = known;
          else await this.#main.wait(this.#longestPause);
          break;
        }
        case 'failed': {
          const milliseconds = this.#pauseAfterFailure();
          this.#failures += 1;
          await this.#main.wait(milliseconds);
        }
      }
    }
  }

  /** Helps as long as the main lane gets through and something is left to send. */
  async #runSideLane(services: Services): Promise<void> {
    while (!this.#stopped) {
      const sent = this.#failures > 0 ? null : await this.#send(services);
      if (sent?.kind !== 'sent') await this.#side.wait(null);
    }
  }

  async #send(services: Services): Promise<Sent> {
    const options = {
      client: this.#client,
      version: this.#version,
      pauseAfterFailure: this.#pauseAfterFailure(),
    };
    try {
      return await sendDue(services, options);
    } catch (error) {
      services.logger.error({ err: error }, 'Sending to the other park failed');
      return { kind: 'failed', problem: { code: 'internalError', raisedBy: 'node', facts: {} } };
    }
  }

  #pauseAfterFailure(): number {
    return Math.min(this.#longestPause, 500 * 2 ** Math.min(this.#failures, 10));
  }
}

/** By then the transaction that was under way is often done. */
const momentMilliseconds = 10;
const newestVersion: ProtocolVersion = 2;

/** Something to wait for, for some time at the most; a ring while nobody waits is heard by the next. */
function alarm() {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring(): void {
      rung = true;
      wake?.();
    },
    async wait(milliseconds: number | null): Promise<void> {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = milliseconds === null ? null : setTimeout(resolve, milliseconds);
          wake = () => {
            if (timer !== null) clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
      wake = null;
    },
  };
}
