import { type DayLine, dueOn, explainDays } from '@twinpark/kernel/shared/deadline.ts';
import type { Pause } from '@twinpark/kernel/shared/time-limit.ts';
import { nearest } from '@twinpark/pack/nearest.ts';
import { listOf } from '@twinpark/pack/words/words.ts';
import { calendarsOf, type Park, type Zone } from '@twinpark/pack/zone.ts';
import { type DateSpan, type Read, readCount, readDate, readSpan } from '../../arguments/values.ts';
import { wrongUsage } from '../../faults.ts';
import { fill, type Messages } from '../../i18n/messages.ts';
import { done, type Fault, json, type Outcome } from '../../outcome.ts';
import { type CountedClock, clockTable } from '../../render/clock-table.ts';
import { causeInWords } from '../../render/day-cause.ts';
import { type Command, type Input, nameOf, optionValue, type Session } from '../command.ts';
import { openZone } from '../open-zone.ts';

/** Counts a time limit in working days of one park, or of both, and says why each day counts or does not. */
export const clockDue: Command = {
  words: ['clock', 'due'],
  summary: (m) => m.commands.clockDue,
  operands: [],
  options: [
    { name: 'park', required: true, about: (m) => m.options.park },
    { name: 'from', required: true, about: (m) => m.options.from },
    { name: 'days', required: true, about: (m) => m.options.days },
    { name: 'stop', about: (m) => m.options.stop },
    { name: 'with-park', about: (m) => m.options.withPark },
    { name: 'json', about: (m) => m.options.json },
    { name: 'zone', about: (m) => m.options.zone },
  ],
  examples: [
    'twinpark clock due --park PARK --from 2026-02-10 --days 10',
    'twinpark clock due --park PARK --from 2026-04-01 --days 20 --stop 2026-04-08..2026-04-10',
  ],
  judge,
  run,
};

function judge(input: Input, { m }: Session, zone: Zone | null): readonly Fault[] {
  const asked = readQuestion(input, zone, m);
  return 'faults' in asked ? asked.faults : [];
}

async function run(input: Input, session: Session): Promise<Outcome> {
  const { m, terminal } = session;
  const opened = await openZone(clockDue, input, session);
  if ('outcome' in opened) return opened.outcome;
  const { zone } = opened;
  const asked = readQuestion(input, zone, m);
  if ('faults' in asked) return wrongUsage(nameOf(clockDue), asked.faults, m);
  const clock = countDays(asked, zone);
  return input.flags.has('json')
    ? json(described(clock, zone, m))
    : done(clockTable(clock, zone, m, terminal));
}

interface Question {
  readonly park: Park;
  readonly withPark: Park | null;
  readonly from: Temporal.PlainDate;
  readonly amount: number;
  readonly stops: readonly DateSpan[];
}

/** A value that was not given, or cannot be judged yet. */
type Absent = Readonly<Record<string, never>>;
const absent: Absent = {};

const dayBounds = { least: 1, most: 3_660 };

function readQuestion(
  input: Input,
  zone: Zone | null,
  m: Messages,
): Question | { readonly faults: readonly Fault[] } {
  const named = optionValue(input, 'park');
  const start = optionValue(input, 'from');
  const count = optionValue(input, 'days');
  const park = named === undefined || zone === null ? absent : readPark('--park', named, zone, m);
  const from = start === undefined ? absent : readDate('--from', start, m);
  const amount = count === undefined ? absent : readCount('--days', count, dayBounds, m);
  const stops = (input.values.stop ?? []).map((stop) => readSpan('--stop', stop, m));
  const other = optionValue(input, 'with-park');
  const withPark =
    other === undefined || zone === null ? { value: null } : readOtherPark(other, park, zone, m);
  const read: readonly (Read<unknown> | Absent)[] = [park, from, amount, ...stops, withPark];
  if ('value' in park && 'value' in from && 'value' in amount && 'value' in withPark) {
    const spans = stops.flatMap((stop) => ('value' in stop ? [stop.value] : []));
    if (spans.length === stops.length) {
      return {
        park: park.value,
        withPark: withPark.value,
        from: from.value,
        amount: amount.value,
        stops: spans,
      };
    }
  }
  return { faults: read.flatMap((part) => ('fault' in part ? [part.fault] : [])) };
}

function readPark(argument: string, value: string, { parks }: Zone, m: Messages): Read<Park> {
  const park = parks.get(value);
  if (park) return { value: park };
  const known = [...parks.keys()];
  const suggestion = nearest(value, known);
  return {
    fault: {
      argument,
      reason: fill(m.faults.unknownPark, { value, suggestion, known: listOf(m, known) }),
      example: `${argument} ${suggestion || known[0]}`,
    },
  };
}

function readOtherPark(value: string, first: Read<Park> | Absent, zone: Zone, m: Messages): Read<Park> {
  const park = readPark('--with-park', value, zone, m);
  if (!('value' in park) || !('value' in first) || park.value !== first.value) return park;
  const other = [...zone.parks.keys()].find((id) => id !== value);
  return { fault: { argument: '--with-park', reason: m.faults.samePark, example: `--with-park ${other}` } };
}

function countDays({ park, withPark, from, amount, stops }: Question, zone: Zone): CountedClock {
  const calendars = [park.calendar, ...(withPark ? [withPark.calendar] : [])];
  const calendar = calendarsOf(zone)(calendars);
  const limit = { amount, unit: 'workingDays', starts: 'dayAfter', rollsForward: false } as const;
  const pauses = stops.map((stop): Pause => {
    return { from: stop.from.toString(), to: stop.to.toString(), cause: { kind: 'evidence' } };
  });
  const { dueOn: due, provisional } = dueOn(limit, from, pauses, 0, calendar);
  const days = explainDays(limit, from, pauses, 0, calendar);
  return { park, withPark, from, amount, stops, due, provisional, days };
}

function described(clock: CountedClock, zone: Zone, m: Messages) {
  const { park, withPark, from, amount, due, provisional, days } = clock;
  return {
    park: park.id,
    ...(withPark && { withPark: withPark.id }),
    from: from.toString(),
    amount,
    due: due.toString(),
    provisional,
    days: days.map((day: DayLine) => ({
      date: day.date.toString(),
      counts: day.counts,
      number: day.number,
      cause: day.cause.kind,
      because: causeInWords(day.cause, zone, withPark !== null, m),
      owner: day.owner.kind,
      provisional: day.provisional,
    })),
  };
}
