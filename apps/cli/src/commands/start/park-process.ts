import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NodeMessage, ReadyNode } from '@twinpark/park-node/node-message.ts';

/** How a park's node is started on this machine. */
export interface ParkPlan {
  readonly park: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** How a node came to its end. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Set where the node itself said why it could not start. */
  readonly fault: Extract<NodeMessage, { kind: 'fault' }> | null;
}

export interface ParkProcess {
  readonly pid: number | undefined;
  /** What the node says of itself once it serves; null when it ends before. */
  readonly ready: Promise<ReadyNode | null>;
  readonly ended: Promise<Ending>;
  /** Asks the node to finish what it does and end. */
  stop(): void;
  kill(): void;
}

const main = fileURLToPath(import.meta.resolve('@twinpark/park-node/main.ts'));

/** Starts a node in a process of its own, which also ends by itself when this process is gone. */
export function startParkProcess({ env, logFile }: ParkPlan, program = main): ParkProcess {
  const log = openLog(logFile);
  const child = fork(program, [], {
    env,
    execArgv: [],
    stdio: ['ignore', log, log, 'ipc'],
    // A group of its own: Ctrl-C reaches this process alone, which then asks the nodes in order.
    detached: true,
  });
  closeSync(log);
  let fault: Ending['fault'] = null;
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null, fault }));
    child.once('exit', (code, signal) => resolve({ code, signal, fault }));
  });
  const ready = new Promise<ReadyNode | null>((resolve) => {
    child.on('message', (message) => {
      const told = message as NodeMessage;
      if (told.kind === 'ready') resolve(told.node);
      else fault = told;
    });
    void ended.then(() => resolve(null));
  });
  return {
    pid: child.pid,
    ready,
    ended,
    stop: () => ask(child, 'SIGTERM'),
    kill: () => ask(child, 'SIGKILL'),
  };
}

function ask(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
}

/** A new log for each start; the one before is kept beside it. */
function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    renameSync(file, `${file}.1`);
  } catch {
    // There is none yet.
  }
  return openSync(file, 'a', 0o600);
}
