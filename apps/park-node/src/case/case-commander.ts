import type { NodeProblemCode } from '@twinpark/contract/problem.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { repeated } from '../platform/database/repeated.ts';
import { violatedConstraintOf } from '../platform/database/sql.ts';
import type { Store } from '../platform/database/store.ts';
import { type CarryOutOptions, carryOut } from './carry-out.ts';
import type { CaseOrder, Idempotency, OrderResult } from './case-order.ts';

export interface CommanderOptions extends CarryOutOptions {
  readonly store: Store;
}

/**
 * Carries out orders, many in one transaction. While one batch is being written, orders gather for the next, so a
 * single order goes out at once and a crowd shares the cost of a commit.
 *
 * An order is done when its events are durable; its answer is kept with them, so whoever repeats the request gets it
 * again. An order that cannot be written fails alone: the batch it was in is divided until the others are through.
 */
export class CaseCommander {
  readonly #options: CommanderOptions;
  #waiting: Waiting[] = [];
  /** Keys of requests that are waiting or being written. */
  readonly #inFlight = new Set<string>();
  readonly #busyCases = new Set<string>();
  #batches = 0;
  #scheduled = false;
  #stopped: PromiseWithResolvers<void> | null = null;

  constructor(options: CommanderOptions) {
    this.#options = options;
  }

  /**
   * Throws: what stood in the way of this order. Then it has not happened, unless the connection broke in the very
   * commit; given again under its key, it is done or tells what it was told.
   */
  async submit(order: CaseOrder): Promise<OrderResult> {
    if (this.#stopped) return { kind: 'shuttingDown' };
    const key = order.idempotency && inFlightKey(order.idempotency);
    if (key !== null) {
      if (this.#inFlight.has(key)) return { kind: 'keyInFlight' };
      this.#inFlight.add(key);
    }
    try {
      return await new Promise((settle, fail) => {
        this.#waiting.push({ order, settle, fail });
        this.#scheduleNext();
      });
    } finally {
      if (key !== null) this.#inFlight.delete(key);
    }
  }

  /** Takes no more orders, and returns when those that it has taken are settled. */
  async stop(): Promise<void> {
    this.#stopped ??= Promise.withResolvers();
    this.#scheduleNext();
    await this.#stopped.promise;
  }

  /** Not before everything that has just come in is waiting: a crowd whose answers came at once comes back at once. */
  #scheduleNext(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#next();
    });
  }

  #next(): void {
    for (let free = this.#freePlaces(); free > 0; free = this.#freePlaces()) {
      const batch = this.#takeBatch(Math.max(crowd, Math.ceil(this.#waiting.length / free)));
      if (batch.length === 0) break;
      this.#batches += 1;
      void this.#run(batch).finally(() => {
        for (const { order } of batch) this.#busyCases.delete(order.caseId);
        this.#batches -= 1;
        this.#scheduleNext();
      });
    }
    if (this.#batches === 0 && this.#waiting.length === 0) this.#stopped?.resolve();
  }

  /** How many batches may start now. Few orders wait for the one that is being written, to go together in the next. */
  #freePlaces(): number {
    if (this.#batches === 0 && this.#waiting.length <= crowd) return 1;
    if (this.#batches > 0 && this.#waiting.length < crowd) return 0;
    return (this.#options.store.kind === 'embedded' ? 1 : batchesAtOnce) - this.#batches;
  }

  /** The oldest orders, one a case; those of a case that another batch holds wait for it. */
  #takeBatch(size: number): readonly Waiting[] {
    const batch: Waiting[] = [];
    const left: Waiting[] = [];
    for (const candidate of this.#waiting) {
      const { caseId } = candidate.order;
      if (batch.length === Math.min(size, largestBatch) || this.#busyCases.has(caseId)) {
        left.push(candidate);
      } else {
        this.#busyCases.add(caseId);
        batch.push(candidate);
      }
    }
    this.#waiting = left;
    return batch;
  }

  async #run(batch: readonly Waiting[]): Promise<void> {
    const orders = batch.map(({ order }) => order);
    const write = () => this.#options.store.write((tx) => carryOut(tx, orders, this.#options));
    try {
      const results = await (batch.length > 1 ? write() : repeated(write));
      batch.forEach(({ settle }, index) => {
        const result = results[index];
        if (result) settle(result);
      });
    } catch (error) {
      if (batch.length > 1) {
        const middle = Math.ceil(batch.length / 2);
        await this.#run(batch.slice(0, middle));
        await this.#run(batch.slice(middle));
      } else {
        for (const single of batch) await this.#giveUp(single, error);
      }
    }
  }

  async #giveUp({ order, settle, fail }: Waiting, error: unknown): Promise<void> {
    if (violatedConstraintOf(error) === 'dossier_filings_pkey') {
      await this.#auditAlone(order, 'refused', 'versionConflict');
      settle({ kind: 'stepFiled' });
      return;
    }
    await this.#auditAlone(order, 'failed', 'internalError');
    fail(error);
  }

  /** The entry of an order whose own transaction came to nothing; without a database there is none. */
  async #auditAlone(
    { audit }: CaseOrder,
    outcome: 'refused' | 'failed',
    code: NodeProblemCode,
  ): Promise<void> {
    const { store, clock } = this.#options;
    try {
      await store.write((tx) => recordAudit(tx, clock, audit, outcome, code));
    } catch {
      // What stood in the way of the order stands in the way of this, and is what the caller is told.
    }
  }
}

interface Waiting {
  readonly order: CaseOrder;
  readonly settle: (result: OrderResult) => void;
  readonly fail: (error: unknown) => void;
}

const largestBatch = 100;
/** While one waits for the disk, another can be decided on. */
const batchesAtOnce = 2;
/** Orders that share the cost of a transaction well; fewer had better stay together. */
const crowd = 20;

function inFlightKey({ scope, key }: Idempotency): string {
  return JSON.stringify([scope, key]);
}
