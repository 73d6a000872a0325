import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../platform/database/store.ts';
import { newId } from '../platform/ids.ts';
import type { Services } from '../services.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { Courier } from './courier.ts';
import { dossierStream, sendToPeer } from './outgoing.ts';
import type { PeerClient } from './peer-client.ts';

describe('The courier', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode();
  });
  afterAll(async () => await node.stop());

  it('finds what it was told of also when the transaction is done after it has looked', async () => {
    const { clock } = node.services;
    const posted = Promise.withResolvers<void>();
    const client: Pick<PeerClient, 'post'> = {
      post: () => {
        posted.resolve();
        return Promise.resolve({ kind: 'unreachable', reason: 'ECONNREFUSED' });
      },
    };
    const courier = new Courier(client as PeerClient, { polling: anHour, longestPause: 0 });
    const looks = countLooks(node.services);
    courier.start(looks.services);
    await looks.reached(1);
    courier.nudge();
    await looks.reached(looks.count() + 2);
    const dossierId = newId(clock);
    const place = { panel: 'panel', caseId: newId(clock), fromAuthority: 'a', toAuthority: 'b' };
    await node.services.store.write((tx) =>
      sendToPeer(tx, clock, [
        {
          type: 'org.twinpark.joint.ended',
          stream: dossierStream(dossierId),
          subject: null,
          data: { dossierId, ...place },
        },
      ]),
    );
    await expect(posted.promise).resolves.toBeUndefined();
    await courier.stop();
  });
});

/** Unit: milliseconds. */
const anHour = 3_600_000;

/** The services of a node, and how often its store was written to through them. */
function countLooks(services: Services) {
  let count = 0;
  const waiting: { readonly goal: number; readonly resolve: () => void }[] = [];
  const write: Store['write'] = async (work) => {
    const result = await services.store.write(work);
    count += 1;
    for (const { goal, resolve } of waiting) if (count >= goal) resolve();
    return result;
  };
  return {
    services: { ...services, store: { ...services.store, write } } as Services,
    count: () => count,
    reached: async (goal: number) => {
      if (count < goal) await new Promise<void>((resolve) => waiting.push({ goal, resolve }));
    },
  };
}
