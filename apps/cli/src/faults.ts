import { fill, type Messages } from './i18n/messages.ts';
import { type Fault, failed, type Outcome } from './outcome.ts';
import { exampleInWords } from './render/text.ts';

/** Wrong usage in words: each argument with its reason and what to write instead, all at once. */
export function wrongUsage(command: string, faults: readonly Fault[], m: Messages): Outcome {
  const lines = faults.flatMap(({ argument, reason, example }) => [
    fill(m.faults.argument, { argument, reason }),
    `  ${fill(m.faults.example, { example: exampleInWords(example, m) })}`,
  ]);
  const help = ['twinpark', 'help', command].filter((word) => word !== '').join(' ');
  return failed(2, `${[...lines, fill(m.faults.seeHelp, { command: help })].join('\n')}\n`, { faults });
}
