import type { DayLine } from '@twinpark/kernel/shared/deadline.ts';
import { listOf, pick } from '@twinpark/pack/words/words.ts';
import type { Park, Zone } from '@twinpark/pack/zone.ts';
import type { DateSpan } from '../arguments/values.ts';
import { fill, type Messages, plural } from '../i18n/messages.ts';
import type { Terminal, Tone } from '../terminal.ts';
import { dateInWords, weekdayOf } from './dates.ts';
import { causeInWords, ownerInWords } from './day-cause.ts';
import { table } from './table.ts';
import { wrap } from './width.ts';

/** A time limit counted out. */
export interface CountedClock {
  readonly park: Park;
  /** The other park, where only days that both work are counted. */
  readonly withPark: Park | null;
  readonly from: Temporal.PlainDate;
  readonly amount: number;
  readonly stops: readonly DateSpan[];
  readonly due: Temporal.PlainDate;
  readonly provisional: boolean;
  readonly days: readonly DayLine[];
}

/** The count as a table, one line a day, and the due date in words below it. */
export function clockTable(clock: CountedClock, zone: Zone, m: Messages, terminal: Terminal): string {
  const several = clock.withPark !== null;
  const rows = clock.days.map((day) => ({
    cells: [
      day.date.toString(),
      weekdayOf(day.date, m),
      day.number === null ? m.clock.notCounted : String(day.number),
      causeInWords(day.cause, zone, several, m) + (day.provisional ? ` ${m.clock.mark}` : ''),
      ownerInWords(day.owner, m),
    ],
    tone: toneOf(day),
  }));
  const columns = [
    { title: m.clock.date },
    { title: m.clock.weekday },
    { title: m.clock.number, align: 'end' as const },
    { title: m.clock.cause, wraps: true as const },
    { title: m.clock.owner },
  ];
  return [
    ...wrap(titleOf(clock, m), terminal.width).map((line) => terminal.paint('strong', line)),
    ...stopsLine(clock, m, terminal),
    '',
    ...table(columns, rows, terminal),
    '',
    ...provisionalLines(clock, zone, m, terminal),
    ...wrap(dueLine(clock, m), terminal.width).map((line) => terminal.paint('strong', line)),
    '',
  ].join('\n');
}

function titleOf({ park, withPark, from, amount }: CountedClock, m: Messages): string {
  const parameters = {
    park: pick(park.name, m),
    other: withPark ? pick(withPark.name, m) : '',
    from: dateInWords(from, m),
  };
  return plural(withPark ? m.clock.titleBoth : m.clock.title, amount, parameters);
}

function stopsLine({ stops }: CountedClock, m: Messages, { width }: Terminal): string[] {
  if (stops.length === 0) return [];
  const spans = stops.map(({ from, to }) => `${from}..${to}`);
  return wrap(plural(m.clock.stops, stops.length, { stops: listOf(m, spans) }), width);
}

function dueLine({ due, provisional }: CountedClock, m: Messages): string {
  return fill(provisional ? m.clock.dueProvisional : m.clock.due, { date: dateInWords(due, m) });
}

/** Which years of which calendar the date rests on although nobody has published them. */
function provisionalLines(clock: CountedClock, zone: Zone, m: Messages, terminal: Terminal): string[] {
  const years = [...new Set(clock.days.filter((day) => day.provisional).map((day) => day.date.year))];
  return [clock.park, clock.withPark].flatMap((park) => {
    const calendar = zone.calendars.get(park?.calendar ?? '');
    const missing = years.filter((year) => !calendar?.years.some((published) => published.year === year));
    if (!park || missing.length === 0) return [];
    const parameters = { park: pick(park.name, m), years: listOf(m, missing.map(String)) };
    return wrap(fill(m.clock.provisional, parameters), terminal.width).map((line) =>
      terminal.paint('bad', line),
    );
  });
}

function toneOf({ counts, cause }: DayLine): Tone {
  if (cause.kind === 'makeUpDay' || cause.kind === 'holiday' || cause.kind === 'pause') return 'notable';
  return counts ? 'plain' : 'quiet';
}
