import { messageLanguages } from '@twinpark/pack/problems.ts';
import { configFaultText } from './config/config-fault.ts';
import { readConfig } from './config.ts';
import type { NodeMessage, ReadyNode } from './node-message.ts';
import { StartFault } from './platform/start-fault.ts';
import { startFaultText } from './platform/start-fault-text.ts';
import { runNode } from './run-node.ts';

/** One park's node as a process of its own, set up by its environment. Ends with code 2 for what its operator can mend. */
async function main(): Promise<number> {
  const read = readConfig(process.env);
  if ('faults' in read) {
    for (const language of messageLanguages) {
      complain(read.faults.map((fault) => configFaultText(fault, language)));
    }
    return 2;
  }
  try {
    const onReady = (node: ReadyNode) => {
      tell({ kind: 'ready', node });
      // For the operator alone: on the terminal, not in the log.
      if (node.firstOperatorLink !== null) complain([node.firstOperatorLink]);
    };
    const { killed } = await runNode(read.config, { onReady, onStop });
    return killed ? 1 : 0;
  } catch (error) {
    if (!(error instanceof StartFault)) throw error;
    tell({ kind: 'fault', code: error.code, facts: error.facts });
    complain(messageLanguages.map((language) => startFaultText(error, language)));
    return 2;
  }
}

function complain(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
}

/** Tells the process that started this one, if it listens. */
function tell(message: NodeMessage): void {
  process.send?.(message, undefined, undefined, () => {});
}

function onStop(listener: () => void): () => void {
  const events = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const;
  for (const event of events) process.on(event, listener);
  return () => {
    for (const event of events) process.off(event, listener);
  };
}

process.exit(await main());
