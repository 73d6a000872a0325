import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Store } from '../platform/database/store.ts';
import { type FaultyLink, openLink } from './faulty-link.ts';
import { freePort } from './node-process.ts';
import { startTestNode, type TestNode } from './test-node.ts';

/** Two nodes in this process, joined by a line in each direction. */
export interface TwoParks {
  /** As it was last started. */
  readonly north: TestNode;
  readonly south: TestNode;
  /** The line on which the north sends, and the one on which the south does. */
  readonly links: { readonly fromNorth: FaultyLink; readonly fromSouth: FaultyLink };
  /** Ends a node and starts it again, as `restart` of a node does. */
  restart(side: 'north' | 'south', store?: Store): Promise<TestNode>;
  stop(): Promise<void>;
}

export interface TwoParksOptions {
  readonly kind?: Store['kind'];
  readonly now?: string;
  /** Whether each node does its own work, such as sending; without it nothing moves by itself. */
  readonly jobs?: boolean;
  /** Whether the lines keep every byte that goes over them. */
  readonly keepWire?: boolean;
  readonly config?: Partial<Config>;
  /** Where the logs of both go. */
  readonly logStream?: { write(line: string): void };
}

export async function startTwoParks(options: TwoParksOptions = {}): Promise<TwoParks> {
  const { keepWire = false, config = {}, ...others } = options;
  const ports = { north: await freePort(), south: await freePort() };
  const lines = { fromNorth: await freePort(), fromSouth: await freePort() };
  // The address by which a node is known is that of the line to it.
  const url = (port: number) => `http://127.0.0.1:${port}`;
  const fromNorth = await openLink(lines.fromNorth, () => url(ports.south), { keep: keepWire });
  const fromSouth = await openLink(lines.fromSouth, () => url(ports.north), { keep: keepWire });
  const north = await startTestNode({
    ...others,
    park: 'north',
    config: { ...config, publicUrl: fromSouth.url, peerUrl: fromNorth.url },
    peerCardIn: 'own folder',
  });
  const south = await startTestNode({
    ...others,
    park: 'south',
    config: { ...config, publicUrl: fromNorth.url, peerUrl: fromSouth.url },
    peerCardIn: 'own folder',
  });
  exchangeCards(north, south);
  const nodes = { north, south };
  const listen = (side: keyof typeof nodes) =>
    nodes[side].app.fastify.listen({ port: ports[side], host: '127.0.0.1' });
  await listen('north');
  await listen('south');
  return {
    get north() {
      return nodes.north;
    },
    get south() {
      return nodes.south;
    },
    links: { fromNorth, fromSouth },
    restart: async (side, store) => {
      nodes[side] = await nodes[side].restart(store);
      await listen(side);
      return nodes[side];
    },
    stop: async () => {
      await Promise.all([nodes.north.stop(), nodes.south.stop()]);
      await Promise.all([fromNorth.close(), fromSouth.close()]);
    },
  };
}

/** As two operators do before they join their nodes. */
function exchangeCards(one: TestNode, other: TestNode): void {
  const cardOf = ({ services }: TestNode) => join(services.config.dataFolder, 'park-card.json');
  const placeAt = ({ services }: TestNode) => services.config.peerCard ?? '';
  copyFileSync(cardOf(one), placeAt(other));
  copyFileSync(cardOf(other), placeAt(one));
}
