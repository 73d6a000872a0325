import { DBOS } from '@dbos-inc/dbos-sdk';
import { decide } from '@twinpark/kernel/case/decide.ts';
import { replay } from '@twinpark/kernel/case/evolve.ts';
import { type CaseState, noCase } from '@twinpark/kernel/case/state.ts';
import { calendarsOf } from '@twinpark/pack/zone.ts';
import { systemClock } from '@twinpark/park-node/platform/clock.ts';
import { elmera, openingOrder, ordersToGrant } from '@twinpark/park-node/testing/case-orders.ts';
import type { JourneyRunner } from './journeys.ts';

/**
 * The same six decisions of the kernel as a durable workflow: each a checkpointed step whose events DBOS keeps. It has
 * no table of cases, no limits, no audit and no keys for repetition but its workflow id, which it keeps itself.
 */
export async function dbosRunner(url: string): Promise<JourneyRunner> {
  const zone = elmera();
  const calendarFor = calendarsOf(zone);
  const steps: ((milliseconds: number) => void)[] = [];
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: url, logLevel: 'error' });
  const workflow = DBOS.registerWorkflow(
    async (place: number) => {
      const opening = openingOrder(zone, systemClock);
      const service = opening.opening?.service;
      if (!service) throw new Error('The opening has no service');
      let state: CaseState = noCase;
      for (const { actor, commands } of [opening, ...ordersToGrant(opening.caseId)]) {
        const before = state;
        const began = performance.now();
        const events = await DBOS.runStep(() => {
          const at = systemClock.now();
          const today = at.toZonedDateTimeISO('Europe/Berlin').toPlainDate().toString();
          const context = { actor, today, at: at.toString(), service, calendarFor };
          const events = commands.flatMap((command) => {
            const outcome = decide(command, before, context);
            if ('refusal' in outcome) throw new Error(`${command.type}: ${outcome.refusal.code}`);
            return outcome.events;
          });
          return Promise.resolve(events);
        });
        state = replay(events, before);
        steps[place]?.(performance.now() - began);
      }
      return state.status;
    },
    { name: 'six steps' },
  );
  await DBOS.launch();
  return {
    name: 'DBOS Transact workflow',
    run: async (onStep) => {
      const place = steps.push(onStep) - 1;
      const status = await workflow(place);
      if (status !== 'decided') throw new Error(`A workflow ended with a case that is ${status}`);
    },
    close: () => DBOS.shutdown(),
  };
}
