import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { zoneFolder } from '@twinpark/testkit/invented-zone.ts';
import { type CrossedDossier, type Side, startCrossingLoad } from './crossing-load.ts';
import { type Faults, type FaultyLink, noFaults, openLink } from './faulty-link.ts';
import { freePort, type NodeProcess, startNodeProcess } from './node-process.ts';

const sides = ['north', 'south'] as const;

export interface FaultyParksOptions {
  /** Where both parks keep their data, each in a folder of its own. */
  readonly folder: string;
  /** Processes of each park; more than one needs a database server. */
  readonly processes: number;
  readonly databaseUrlOf?: (side: Side) => string;
  readonly clients: number;
  /** Dossiers that are seen through to their end at the least. */
  readonly dossiers: number;
  /** How often a process is killed at the least. */
  readonly kills: number;
  /** What the lines do between the parks while processes are killed. */
  readonly faults: Faults;
}

export interface FaultyParksRun {
  readonly finished: readonly CrossedDossier[];
  readonly kills: number;
  /** By what happened to them, the requests between the nodes, both lines together. */
  readonly requests: Readonly<Record<string, number>>;
}

/**
 * Two parks under load on a bad line, whose processes are killed at any moment; one of them lives at a time at least
 * where a park has two. In the end the line is good, everybody lives, what waits comes through, and all stop in order.
 */
export async function runFaultyParks(options: FaultyParksOptions): Promise<FaultyParksRun> {
  const parks = await startParks(options);
  try {
    const load = await startCrossingLoad(
      { north: { url: parks.doorOf('north') }, south: { url: parks.doorOf('south') } },
      options.clients,
    );
    await load.reached(5);
    for (const link of parks.links) link.faults = options.faults;
    let kills = 0;
    for (; kills < options.kills; kills += 1) {
      const goal = Math.ceil(((kills + 1) * options.dossiers) / (options.kills + 1));
      await load.reached(Math.min(goal, options.dossiers));
      await pause(Math.random() * 300);
      if (kills % 5 === 4) await cutFor(parks.links, 1_000 + Math.random() * 2_000);
      await parks.killOne(kills);
    }
    await load.reached(options.dossiers);
    for (const link of parks.links) link.faults = noFaults;
    await parks.everybodyServes();
    await load.finish();
    await parks.settled();
    return { finished: load.finished, kills, requests: parks.requests() };
  } catch (error) {
    throw new Error(`${String(error)}\n${parks.printed()}`, { cause: error });
  } finally {
    await parks.end();
  }
}

async function cutFor(links: readonly FaultyLink[], milliseconds: number): Promise<void> {
  for (const link of links) link.isCut = true;
  await pause(milliseconds);
  for (const link of links) link.isCut = false;
}

async function startParks({ folder, processes, databaseUrlOf }: FaultyParksOptions) {
  const running: Record<Side, NodeProcess[]> = { north: [], south: [] };
  const ports: Record<Side, number[]> = { north: [], south: [] };
  for (const side of sides) {
    for (let index = 0; index < processes; index += 1) ports[side].push(await freePort());
  }
  const doorOf = (side: Side) => () => {
    const nodes = running[side];
    return nodes[Math.floor(Math.random() * nodes.length)]?.url ?? '';
  };
  const toNorth = await openLink(await freePort(), doorOf('north'));
  const toSouth = await openLink(await freePort(), doorOf('south'));
  const linkTo: Readonly<Record<Side, FaultyLink>> = { north: toNorth, south: toSouth };
  const start = (side: Side, index: number): NodeProcess => {
    const other: Side = side === 'north' ? 'south' : 'north';
    return startNodeProcess(
      {
        TWINPARK_PARK: side,
        TWINPARK_ZONE: zoneFolder,
        TWINPARK_DATA: join(folder, side),
        TWINPARK_PUBLIC_URL: linkTo[side].url,
        TWINPARK_PEER_URL: linkTo[other].url,
        TWINPARK_PEER_CARD: join(folder, other, 'park-card.json'),
        ...(databaseUrlOf ? { TWINPARK_DATABASE_URL: databaseUrlOf(side) } : {}),
      },
      ports[side][index] ?? 0,
    );
  };
  for (const side of sides) {
    // The first makes the keys and the tables that the others find.
    running[side] = [start(side, 0)];
    await running[side][0]?.serves();
    for (let index = 1; index < processes; index += 1) running[side].push(start(side, index));
  }
  const everybodyServes = async () => {
    for (const side of sides) await Promise.all(running[side].map((node) => node.serves()));
  };
  await everybodyServes();
  return {
    doorOf,
    links: [toNorth, toSouth],
    everybodyServes,
    /** Kills a process and starts it again: now of this park, now of that, now while it is still starting. */
    killOne: async (turn: number) => {
      const side = sides[turn % 2] ?? 'north';
      const index = Math.floor(turn / 2) % processes;
      const node = running[side][index];
      if (turn % 4 !== 3 || processes > 1) await node?.serves();
      else await pause(Math.random() * 1_500);
      await node?.kill();
      running[side][index] = start(side, index);
    },
    /** Nothing is on its way any more: asked to stop, everybody stops in order. */
    settled: async () => {
      for (const side of sides) await waitForQuiet(running[side][0]);
      for (const side of sides) await Promise.all(running[side].map((node) => node.stop()));
    },
    requests: () => {
      const total: Record<string, number> = {};
      for (const { counts } of [toNorth, toSouth]) {
        for (const [what, count] of Object.entries(counts)) total[what] = (total[what] ?? 0) + count;
      }
      return total;
    },
    /** The last that each process had to say. */
    printed: () =>
      sides
        .flatMap((side) => running[side].map((node) => `${side}: ${node.printed().slice(-2_000)}`))
        .join('\n'),
    end: async () => {
      for (const side of sides) await Promise.all(running[side].map((node) => node.kill()));
      await Promise.all([toNorth.close(), toSouth.close()]);
    },
  };
}

/** Waits until nothing waits to be sent, and the other park has signed the whole log, by what the node itself says. */
async function waitForQuiet(node: NodeProcess | undefined): Promise<void> {
  const end = performance.now() + longestQuiet;
  for (;;) {
    const text = await (await fetch(`${node?.url}/metrics`)).text();
    const figure = (name: string) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1] ?? Number.NaN);
    const waiting = figure('twinpark_outbox_waiting') + figure('twinpark_log_pending');
    const uncosigned = figure('twinpark_log_entries') - figure('twinpark_log_cosigned_entries');
    if (waiting + uncosigned === 0) return;
    if (performance.now() > end) throw new Error(`It never comes to rest: ${waiting}, ${uncosigned}`);
    await pause(100);
  }
}

/** Unit: milliseconds. */
const longestQuiet = 120_000;
