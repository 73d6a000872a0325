import { setTimeout as pause } from 'node:timers/promises';
import type { ReadyNode } from '@twinpark/park-node/node-message.ts';
import type { Session } from '../command.ts';
import { type Ending, type ParkPlan, type ParkProcess, startParkProcess } from './park-process.ts';

/** What happens while both parks are kept running, in the order in which it happens. */
export type StartEvent =
  | { readonly event: 'starting'; readonly parks: readonly string[] }
  | { readonly event: 'ready'; readonly nodes: readonly RunningPark[] }
  | { readonly event: 'silent'; readonly node: RunningPark }
  | { readonly event: 'ended'; readonly park: string; readonly ending: Ending; readonly restarts: boolean }
  | { readonly event: 'back'; readonly node: RunningPark }
  | { readonly event: 'stopping' }
  | { readonly event: 'stopped'; readonly killed: boolean };

export interface RunningPark extends ReadyNode {
  readonly pid: number | undefined;
}

/** Why the parks do not run any more. */
export type KeepingEnd =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'fault'; readonly park: string; readonly fault: NonNullable<Ending['fault']> }
  | { readonly kind: 'givenUp'; readonly park: string };

export const restartBounds = { count: 5, withinMinutes: 10 };
const firstDelayMilliseconds = 500;

/** What keeping takes from outside: processes and time. */
export interface Surroundings {
  readonly start: (plan: ParkPlan) => ParkProcess;
  /** Unit: milliseconds, from any beginning. */
  readonly now: () => number;
  readonly wait: (milliseconds: number, stop: AbortSignal) => Promise<void>;
}

const thisMachine: Surroundings = {
  start: (plan) => startParkProcess(plan),
  now: () => performance.now(),
  wait: (milliseconds, signal) => pause(milliseconds, undefined, { signal }).catch(() => {}),
};

/**
 * Runs the nodes until the reader stops them. A node that ends by itself is started again, unless it says what is
 * wrong or has ended too often; then the others are stopped, too.
 */
export async function keepParks(
  plans: readonly ParkPlan[],
  { onStop }: Pick<Session, 'onStop'>,
  tell: (event: StartEvent) => void,
  surroundings = thisMachine,
): Promise<KeepingEnd> {
  const { start } = surroundings;
  const keeper = new Keeper(tell, surroundings);
  let asked = 0;
  const unlisten = onStop(() => {
    asked += 1;
    if (asked === 1) tell({ event: 'stopping' });
    keeper.stop(asked > 1);
  });
  try {
    tell({ event: 'starting', parks: plans.map(({ park }) => park) });
    const first = plans.map((plan) => start(plan));
    const endings = plans.map((plan, index) => keeper.keep(plan, first[index] ?? start(plan)));
    const nodes = await Promise.all(first.map(readyNode));
    const running = nodes.filter((node) => node !== null);
    if (running.length === plans.length && !keeper.stopping) {
      for (const node of running) if (!(await isHealthy(node.url))) tell({ event: 'silent', node });
      tell({ event: 'ready', nodes: running });
    }
    const results = await Promise.all(endings);
    const end = results.find(({ kind }) => kind !== 'stopped') ?? { kind: 'stopped' as const };
    if (end.kind === 'stopped') tell({ event: 'stopped', killed: asked > 1 });
    return end;
  } finally {
    unlisten();
  }
}

class Keeper {
  readonly #tell: (event: StartEvent) => void;
  readonly #running = new Set<ParkProcess>();
  readonly #stop = new AbortController();
  readonly #surroundings: Surroundings;
  #killing = false;

  constructor(tell: (event: StartEvent) => void, surroundings: Surroundings) {
    this.#tell = tell;
    this.#surroundings = surroundings;
  }

  get stopping(): boolean {
    return this.#stop.signal.aborted;
  }

  stop(atOnce: boolean): void {
    this.#killing ||= atOnce;
    this.#stop.abort();
    for (const process of this.#running) {
      if (this.#killing) process.kill();
      else process.stop();
    }
  }

  /** Resolves when the park is not to run any more. */
  async keep(plan: ParkPlan, first: ParkProcess): Promise<KeepingEnd> {
    const { start, now: clock, wait } = this.#surroundings;
    const endings: number[] = [];
    let process = first;
    for (;;) {
      const ending = await this.#untilEnd(process);
      if (this.stopping) return { kind: 'stopped' };
      if (ending.fault) {
        this.stop(false);
        return { kind: 'fault', park: plan.park, fault: ending.fault };
      }
      const now = clock();
      endings.push(now);
      const recent = endings.filter((then) => now - then < restartBounds.withinMinutes * 60_000);
      const restarts = recent.length <= restartBounds.count;
      this.#tell({ event: 'ended', park: plan.park, ending, restarts });
      if (!restarts) {
        this.stop(false);
        return { kind: 'givenUp', park: plan.park };
      }
      await wait(firstDelayMilliseconds * 2 ** (recent.length - 1), this.#stop.signal);
      if (this.stopping) return { kind: 'stopped' };
      process = start(plan);
      void readyNode(process).then((node) => {
        if (node && !this.stopping) this.#tell({ event: 'back', node });
      });
    }
  }

  async #untilEnd(process: ParkProcess): Promise<Ending> {
    this.#running.add(process);
    // Asked to stop while it was being started.
    if (this.stopping) this.stop(this.#killing);
    const ending = await process.ended;
    this.#running.delete(process);
    return ending;
  }
}

async function readyNode(process: ParkProcess): Promise<RunningPark | null> {
  const node = await process.ready;
  return node && { ...node, pid: process.pid };
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(new URL('/health/ready', url), { signal: AbortSignal.timeout(5_000) });
    return ok;
  } catch {
    return false;
  }
}
