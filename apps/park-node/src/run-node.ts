import type { Zone } from '@twinpark/pack/zone.ts';
import type { Config } from './config.ts';
import { startNode } from './node.ts';
import type { ReadyNode } from './node-message.ts';

export interface RunOptions {
  /** The zone, where it has been read already. */
  readonly zone?: Zone;
  readonly onReady: (node: ReadyNode) => void;
  /** Calls back each time the node is asked to end. Returns what ends the listening. */
  readonly onStop: (listener: () => void) => () => void;
}

/**
 * Runs a node until it is asked to end. Asked once, it finishes what it does; asked again, it ends at once: then what
 * is running is left as it is, and the process is to be ended.
 *
 * Throws: `StartFault` where it cannot be started.
 */
export async function runNode(
  config: Config,
  { zone, onReady, onStop }: RunOptions,
): Promise<{ readonly killed: boolean }> {
  const asked = Promise.withResolvers<void>();
  const askedAgain = Promise.withResolvers<void>();
  let times = 0;
  const unlisten = onStop(() => {
    times += 1;
    if (times === 1) asked.resolve();
    else askedAgain.resolve();
  });
  const killed = askedAgain.promise.then(() => ({ killed: true }));
  const orderly = async () => {
    const node = await startNode(config, zone === undefined ? {} : { zone });
    if (times === 0) onReady(node.about);
    await asked.promise;
    await node.stop();
    return { killed: false };
  };
  try {
    return await Promise.race([killed, orderly()]);
  } finally {
    unlisten();
  }
}
