import { systemClock } from '@twinpark/park-node/platform/clock.ts';
import type { Store } from '@twinpark/park-node/platform/database/store.ts';
import {
  elmera,
  openCommander,
  openingOrder,
  ordersToGrant,
} from '@twinpark/park-node/testing/case-orders.ts';
import type { JourneyRunner } from './journeys.ts';

/**
 * The store's own way: six orders, each answered when its events, the case's row, its limits and its audit entry are
 * durable.
 */
export async function twinparkRunner(store: Store): Promise<JourneyRunner> {
  const zone = elmera();
  const commander = await openCommander(store, systemClock);
  const carryOut = async (order: Parameters<typeof commander.submit>[0]): Promise<void> => {
    const idempotency = { scope: 'bench', key: crypto.randomUUID(), requestHash: 'bench' };
    const result = await commander.submit({ ...order, idempotency });
    if (result.kind !== 'done') throw new Error(`An order was answered with ${result.kind}`);
  };
  return {
    name: 'Twinpark CaseCommander',
    run: async (onStep) => {
      const opening = openingOrder(zone, systemClock);
      for (const order of [opening, ...ordersToGrant(opening.caseId)]) {
        const began = performance.now();
        await carryOut(order);
        onStep(performance.now() - began);
      }
    },
    close: () => store.close(),
  };
}
