import { type ConfigFault, configFaultParts } from '@twinpark/park-node/config/config-fault.ts';
import { optionOf } from '../../arguments/options.ts';
import { fill, type Messages } from '../../i18n/messages.ts';
import type { Fault } from '../../outcome.ts';

/** What is wrong with the settings of nodes, each once, as faults of the call. */
export function usageFaults(faults: readonly ConfigFault[], m: Messages): readonly Fault[] {
  const told = faults.map((fault) => usageFault(fault, m));
  const texts = told.map(({ argument, reason }) => `${argument} ${reason}`);
  return told.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
}

function usageFault(fault: ConfigFault, m: Messages): Fault {
  const { reason, remedy } = configFaultParts(fault, m.language);
  const option = optionOf(fault.name.replace(/^--/, ''));
  return {
    argument: fault.name,
    reason: fill(m.startFaults.setting, { reason, remedy }),
    example: option ? `${fault.name} ${option.example ?? ''}` : `${fault.name}=…`,
  };
}
