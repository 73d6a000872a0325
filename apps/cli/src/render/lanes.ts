import type { Terminal, Tone } from '../terminal.ts';
import { columnsOf, hang, padTo, wrap } from './width.ts';

/** Something said in a lane; it wraps by itself. */
export interface Line {
  readonly text: string;
  readonly tone?: Tone;
  /** Begins its first line; the rest hangs below the text behind it. */
  readonly mark?: string;
}

/** What happened at one time: in the lane of one park, in both, or across them. */
export type Row =
  | { readonly date: string; readonly lanes: readonly (readonly Line[])[] }
  | { readonly date: string; readonly across: readonly Line[] };

export interface Lane {
  /** One character that stands for the park where lanes cannot stand side by side. */
  readonly mark: string;
  readonly name: string;
}

/** Narrower than this, two lanes side by side would only hold a few words a line. */
const widthForTwo = 100;

/** Timelines side by side, or below each other with the park's mark before each line where the terminal is narrow. */
export function renderLanes(rows: readonly Row[], lanes: readonly Lane[], terminal: Terminal): string[] {
  return terminal.width < widthForTwo ? below(rows, lanes, terminal) : beside(rows, lanes, terminal);
}

const divider = ' │ ';

function beside(rows: readonly Row[], lanes: readonly Lane[], { width, paint }: Terminal): string[] {
  const dated = rows.some(({ date }) => date !== '');
  const dateWidth = dated ? Math.max(...rows.map(({ date }) => columnsOf(date))) + 2 : 0;
  const room = width - dateWidth;
  const laneWidth = Math.floor((room - divider.length * (lanes.length - 1)) / lanes.length);
  const rule = lanes.map(() => '─'.repeat(laneWidth)).join('─┼─');
  const head = lanes.map(({ mark, name }) => padTo(`${mark} ${name}`, laneWidth)).join(divider);
  const lines = sideBySideOnADay(rows).flatMap((row, position, all) => {
    const date = row.date === all[position - 1]?.date ? '' : row.date;
    const columns =
      'across' in row ? null : row.lanes.map((lane) => lane.flatMap((line) => cut(line, laneWidth)));
    const texts = columns === null ? [] : sideBySide(columns, laneWidth, paint);
    const body = 'across' in row ? row.across.flatMap((line) => painted(cut(line, room), paint)) : texts;
    return body.map((text, index) => padTo(index === 0 ? date : '', dateWidth) + text.trimEnd());
  });
  return [' '.repeat(dateWidth) + paint('strong', head.trimEnd()), ' '.repeat(dateWidth) + rule, ...lines];
}

/** What each side did on one day stands side by side, unless one of them acted on what the other had done. */
function sideBySideOnADay(rows: readonly Row[]): readonly Row[] {
  const joined: Row[] = [];
  for (const row of rows) {
    const last = joined.at(-1);
    const isFree =
      last !== undefined &&
      'lanes' in last &&
      'lanes' in row &&
      last.date === row.date &&
      last.date !== '' &&
      row.lanes.every((lane, index) => lane.length === 0 || last.lanes[index]?.length === 0);
    if (!isFree) joined.push(row);
    else {
      const lanes = row.lanes.map((lane, index) => [...(last.lanes[index] ?? []), ...lane]);
      joined[joined.length - 1] = { date: row.date, lanes };
    }
  }
  return joined;
}

function sideBySide(
  columns: readonly (readonly Cut[])[],
  laneWidth: number,
  paint: Terminal['paint'],
): string[] {
  const height = Math.max(...columns.map((column) => column.length));
  return Array.from({ length: height }, (_, level) =>
    columns
      .map((column) => {
        const { text = '', tone = 'plain' } = column[level] ?? {};
        // Padding stands outside the paint, so that no colour runs into the other lane.
        return paint(tone, text) + ' '.repeat(Math.max(0, laneWidth - columnsOf(text)));
      })
      .join(paint('quiet', divider)),
  );
}

function below(rows: readonly Row[], lanes: readonly Lane[], { width, paint }: Terminal): string[] {
  let last = '';
  return rows.flatMap((row) => {
    const heading = row.date === '' || row.date === last ? [] : [paint('strong', row.date)];
    last = row.date;
    if ('across' in row) {
      return [...heading, ...row.across.flatMap((line) => painted(cut(line, width - 2), paint, '  '))];
    }
    const body = row.lanes.flatMap((lines, index) => {
      const mark = `  ${lanes[index]?.mark ?? ''} │ `;
      return lines.flatMap((line) => painted(cut(line, width - columnsOf(mark)), paint, mark));
    });
    return [...heading, ...body];
  });
}

interface Cut {
  readonly text: string;
  readonly tone: Tone;
}

function cut({ text, tone = 'plain', mark = '' }: Line, width: number): Cut[] {
  const lines = mark === '' ? wrap(text, width) : hang(text, width, ' '.repeat(columnsOf(mark)), mark);
  return lines.map((line) => ({ text: line, tone }));
}

function painted(lines: readonly Cut[], paint: Terminal['paint'], before = ''): string[] {
  return lines.map(({ text, tone }) => before + paint(tone, text));
}
