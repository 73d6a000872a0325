import { type DayNumber, dayNumberOf } from './day-number.ts';
import type { Pause, PauseCause } from './time-limit.ts';

/** Days in a row, both ends included. */
export interface Span {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** A pause in day numbers. */
export interface Stop extends Span {
  readonly cause: PauseCause;
}

/** Pauses by their beginning. One that ends before it begins leaves out no day and is dropped. */
export function stopsOf(pauses: readonly Pause[]): readonly Stop[] {
  return pauses
    .map(({ from, to, cause }) => ({ from: dayNumberOf(from), to: dayNumberOf(to), cause }))
    .filter(({ from, to }) => from <= to)
    .sort((a, b) => a.from - b.from || compareText(causeKey(a.cause), causeKey(b.cause)));
}

/** The stretches that stops, ordered by beginning, cover together; none overlaps or touches another. */
export function spansOf(stops: readonly Stop[]): readonly Span[] {
  const spans: Span[] = [];
  for (const { from, to } of stops) {
    const last = spans.at(-1);
    if (last === undefined || from > last.to + 1) spans.push({ from, to });
    else spans[spans.length - 1] = { from: last.from, to: Math.max(last.to, to) };
  }
  return spans;
}

/** Cause of the stop that covers a day, of several the one that began first; null when the clock runs. */
export function causeOn(stops: readonly Stop[], day: DayNumber): PauseCause | null {
  return stops.find(({ from, to }) => from <= day && day <= to)?.cause ?? null;
}

/** Puts evidence before special procedures among stops that begin together, so that their order tells nothing. */
function causeKey(cause: PauseCause): string {
  return cause.kind === 'evidence' ? '' : cause.procedure;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
