import { fill, type Messages } from '../i18n/messages.ts';
import type { Fault } from '../outcome.ts';

/** A value as a command can use it, or what is wrong with it. */
export type Read<Value> = { readonly value: Value } | { readonly fault: Fault };

/** Far enough back for any law in the pack and far enough ahead for any limit; beyond it a year is a slip. */
const years = { first: 1900, last: 2199 };

export function readDate(
  argument: string,
  written: string,
  m: Messages,
  example = `${argument} 2026-02-10`,
): Read<Temporal.PlainDate> {
  const fault = (reason: string, parameters: Readonly<Record<string, string>> = {}): Read<never> => ({
    fault: { argument, reason: fill(reason, { value: written, ...parameters }), example },
  });
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return fault(m.faults.badDate);
  const date = plainDate(written);
  if (date === null) return fault(m.faults.impossibleDate);
  const { first, last } = years;
  if (date.year < first || date.year > last) {
    return fault(m.faults.dateOutOfRange, { first: String(first), last: String(last) });
  }
  return { value: date };
}

export function readCount(
  argument: string,
  written: string,
  bounds: { readonly least: number; readonly most: number },
  m: Messages,
): Read<number> {
  const { least, most } = bounds;
  const number = /^\d{1,9}$/.test(written) ? Number(written) : Number.NaN;
  if (number >= least && number <= most) return { value: number };
  const parameters = { value: written, least: String(least), most: String(most) };
  return {
    fault: { argument, reason: fill(m.faults.badDays, parameters), example: `${argument} 10` },
  };
}

export interface DateSpan {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
}

/** Two dates `A..B`, both ends included. */
export function readSpan(argument: string, written: string, m: Messages): Read<DateSpan> {
  const example = `${argument} 2026-02-16..2026-02-18`;
  const ends = written.split('..');
  if (ends.length !== 2) {
    return { fault: { argument, reason: fill(m.faults.badStop, { value: written }), example } };
  }
  const [from, to] = ends.map((end) => readDate(argument, end, m, example));
  if (!from || 'fault' in from) return from as Read<never>;
  if (!to || 'fault' in to) return to as Read<never>;
  if (Temporal.PlainDate.compare(from.value, to.value) > 0) {
    const parameters = { from: from.value.toString(), to: to.value.toString() };
    return { fault: { argument, reason: fill(m.faults.stopReversed, parameters), example } };
  }
  return { value: { from: from.value, to: to.value } };
}

function plainDate(written: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(written, { overflow: 'reject' });
  } catch {
    return null;
  }
}
