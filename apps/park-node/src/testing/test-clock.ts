import type { Clock } from '../platform/clock.ts';

/** A clock that stands until it is moved. */
export class TestClock implements Clock {
  #now: Temporal.Instant;

  constructor(start: string) {
    this.#now = Temporal.Instant.from(start);
  }

  now(): Temporal.Instant {
    return this.#now;
  }

  /** Moves to an instant, which may not lie in the past. */
  travelTo(instant: string): void {
    const to = Temporal.Instant.from(instant);
    if (Temporal.Instant.compare(to, this.#now) < 0) throw new RangeError(`${instant} has passed already`);
    this.#now = to;
  }

  advance(duration: { readonly days?: number; readonly hours?: number; readonly minutes?: number }): void {
    const hours = (duration.days ?? 0) * 24 + (duration.hours ?? 0);
    this.#now = this.#now.add({ hours, minutes: duration.minutes ?? 0 });
  }
}
