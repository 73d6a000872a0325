import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepParks, restartBounds, type StartEvent, type Surroundings } from './keep-parks.ts';
import { type ParkPlan, startParkProcess } from './park-process.ts';

const standIn = join(import.meta.dirname, 'fixtures/stand-in-node.ts');
const minute = 60_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinpark-keep-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('A node that ends by itself', () => {
  it('is started again after growing pauses, and given up with the others when it ends too often', async () => {
    const { waits, surroundings } = travelling((milliseconds) => milliseconds);
    const events: StartEvent[] = [];
    const plans = [plan('north', { STAND_IN_EXIT_CODE: '7' }), plan('south')];
    const end = await keepParks(
      plans,
      { onStop: () => () => {} },
      (event) => events.push(event),
      surroundings,
    );
    expect(end).toEqual({ kind: 'givenUp', park: 'north' });
    const endings = events.filter(({ event }) => event === 'ended');
    expect(endings).toEqual([
      ...new Array(restartBounds.count).fill(ended('north', true)),
      ended('north', false),
    ]);
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
    expect(events.some(({ event }) => event === 'ready' || event === 'stopped')).toBe(false);
  }, 60_000);

  it('is started again for as long as it does so only now and then', async () => {
    const stop = new AbortController();
    const { waits, surroundings } = travelling(() => {
      if (waits.length === 3 * restartBounds.count) stop.abort();
      return (restartBounds.withinMinutes / 3) * minute;
    });
    const events: StartEvent[] = [];
    const onStop = (listener: () => void) => {
      stop.signal.addEventListener('abort', listener);
      return () => stop.signal.removeEventListener('abort', listener);
    };
    const plans = [plan('north', { STAND_IN_EXIT_CODE: '7' })];
    const end = await keepParks(plans, { onStop }, (event) => events.push(event), surroundings);
    expect(end).toEqual({ kind: 'stopped' });
    const endings = events.filter(({ event }) => event === 'ended');
    expect(endings).toEqual(new Array(3 * restartBounds.count).fill(ended('north', true)));
    // Those of the last ten minutes alone make it wait longer.
    expect(Math.max(...waits)).toBe(2_000);
  }, 60_000);
});

function ended(park: string, restarts: boolean) {
  return { event: 'ended', park, restarts, ending: { code: 7, signal: null, fault: null } };
}

function plan(park: string, env: ParkPlan['env'] = {}): ParkPlan {
  return { park, env: { STAND_IN_PARK: park, ...env }, logFile: join(folder, park, 'node.log') };
}

/** Time that passes only while it is waited for, by as much as `passes` says. */
function travelling(passes: (milliseconds: number) => number) {
  let now = 0;
  const waits: number[] = [];
  const surroundings: Surroundings = {
    start: (each) => startParkProcess(each, standIn),
    now: () => now,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      now += passes(milliseconds);
      return Promise.resolve();
    },
  };
  return { waits, surroundings };
}
