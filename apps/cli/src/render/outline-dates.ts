import { listOf } from '@twinpark/pack/words/words.ts';
import type { OutlinedStep } from '../commands/journey/outline.ts';
import { fill } from '../i18n/messages.ts';
import { plainDate, weekdayOf } from './dates.ts';
import { causeInWords } from './day-cause.ts';
import { oneSidedDays, type Side, sidesOf } from './one-sided-days.ts';
import { heading, reference, references, type Writer } from './outline-writer.ts';
import { table } from './table.ts';
import { wrap } from './width.ts';

/** The journey's dates with both calendars beside each, and the days between on which only one side works. */
export function outlineDates(writer: Writer): string[] {
  const { outline, zone, m, terminal } = writer;
  const sidesOn = sidesOf(zone);
  const dates = datesOf(outline.steps);
  const last = plainDate(dates.at(-1) ?? outline.from.toString());
  const rows = [
    ...dates.map((date) => ({ date, what: whatHappens(date, writer), sides: sidesOn(plainDate(date)) })),
    ...oneSidedDays(sidesOn, outline.from, last)
      .filter(({ from, to }) => !dates.some((date) => from.toString() <= date && date <= to.toString()))
      .map(({ from, to, sides }) => ({
        date: from.equals(to) ? from.toString() : `${from}..${to.toString().slice(5)}`,
        what: '',
        sides,
      })),
  ].sort((one, other) => (one.date < other.date ? -1 : 1));
  const parks = [...zone.parks.values()];
  const columns = [
    { title: m.clock.date },
    { title: m.clock.weekday },
    ...parks.map(({ id, mark }) => ({ title: `${mark} ${writer.names.park(id)}`, wraps: true as const })),
    { title: m.plan.what, wraps: true as const },
  ];
  return [
    ...heading(m.plan.bothSides, writer),
    ...table(
      columns,
      rows.map(({ date, what, sides }) => ({
        cells: [
          date,
          weekdayOf(plainDate(date.slice(0, 10)), m),
          ...sides.map((side) => sideInWords(side, writer)),
          what,
        ],
        tone: what === '' ? ('quiet' as const) : sides.every(({ works }) => works) ? 'plain' : 'notable',
      })),
      terminal,
    ),
    ...remarks(writer).flatMap((line) => wrap(line, terminal.width)),
  ];
}

function datesOf(steps: readonly OutlinedStep[]): readonly string[] {
  const dates = steps.flatMap(({ fileOn, decidedBy }) => [fileOn, decidedBy]);
  return [...new Set(dates.filter((date) => date !== null))].sort();
}

function whatHappens(date: string, writer: Writer): string {
  const { outline, m } = writer;
  const doubtOf = (step: OutlinedStep, atLeast: boolean) =>
    listOf(
      m,
      [atLeast ? m.plan.atLeast : '', step.provisional ? m.plan.provisional : ''].filter(
        (word) => word !== '',
      ),
    );
  // Steps whose date is in doubt for the same reason stand together, and the doubt is said once.
  const said = (
    message: string,
    steps: readonly OutlinedStep[],
    isAtLeast: (step: OutlinedStep) => boolean,
  ) =>
    [...Map.groupBy(steps, (step) => doubtOf(step, isAtLeast(step)))].map(([doubt, alike]) =>
      fill(message, {
        doubt,
        steps: listOf(
          m,
          alike.map((step) => reference(step, writer)),
        ),
      }),
    );
  // A date of filing is a lower bound where something before it is; a decision, also where its own start is.
  const filed = outline.steps.filter(({ fileOn }) => fileOn === date);
  const decided = outline.steps.filter(({ decidedBy }) => decidedBy === date);
  return [
    ...said(m.plan.file, filed, (step) => waitsForUndated(step, writer)),
    ...said(m.plan.decision, decided, ({ atLeast }) => atLeast),
  ].join('\n');
}

function waitsForUndated({ after }: OutlinedStep, { outline }: Writer): boolean {
  return outline.steps.some(({ step, atLeast }) => after.includes(step) && atLeast);
}

function sideInWords({ works, cause }: Side, { zone, m }: Writer): string {
  const because = causeInWords(cause, zone, false, m);
  if (works) return cause.kind === 'workingDay' ? m.plan.works : because;
  return fill(m.plan.closed, { cause: because });
}

/** What keeps the dates from being certain. */
function remarks(writer: Writer): string[] {
  const { outline, m } = writer;
  const open = outline.steps.filter(({ decidedBy }) => decidedBy === null).map(({ step }) => step);
  return [
    ...(open.length > 0 ? [fill(m.plan.noLimitLine, { services: references(open, writer) })] : []),
    ...(outline.steps.some(({ provisional }) => provisional) ? [m.plan.provisionalLine] : []),
  ];
}
