import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TestClock } from '../../testing/test-clock.ts';
import { everyParkHour, type ParkHour } from './park-hours.ts';

describe('the hours of a park', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  // The park's day begins eight hours before the day in Greenwich.
  const clock = () => new TestClock('2026-03-02T14:59:30Z');
  const zone = { timeZone: 'Etc/GMT-8', logger: { error: vi.fn() } };

  test('the first hour is the one of the start, and midnight is the park’s own', async () => {
    const [seen, time] = [[] as ParkHour[], clock()];
    const stop = everyParkHour({ clock: time, ...zone }, (hour) => {
      seen.push(hour);
      return Promise.resolve();
    });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(seen).toEqual([{ day: '2026-03-02', isNewDay: true }]);
    time.travelTo('2026-03-02T15:00:00Z');
    await vi.advanceTimersByTimeAsync(1_000);
    time.travelTo('2026-03-02T16:00:00Z');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen.slice(1)).toEqual([
      { day: '2026-03-02', isNewDay: false },
      { day: '2026-03-03', isNewDay: true },
    ]);
    await stop();
    time.advance({ hours: 5 });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(seen).toHaveLength(3);
  });

  test('a clock that jumps a week calls once, with the day on which it arrives', async () => {
    const [seen, time] = [[] as ParkHour[], clock()];
    const stop = everyParkHour({ clock: time, ...zone }, (hour) => {
      seen.push(hour);
      return Promise.resolve();
    });
    await vi.advanceTimersByTimeAsync(1_000);
    time.advance({ days: 7 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seen.slice(1)).toEqual([{ day: '2026-03-09', isNewDay: true }]);
    await stop();
  });

  test('a call that fails is made again until it succeeds', async () => {
    let calls = 0;
    const stop = everyParkHour({ clock: clock(), ...zone }, () => {
      calls += 1;
      return calls < 3 ? Promise.reject(new Error('not now')) : Promise.resolve();
    });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(calls).toBe(3);
    await stop();
  });
});
