import { pick } from '@twinpark/pack/words/words.ts';
import type { Moment } from '../commands/dossier/telling.ts';
import { fill, plural } from '../i18n/messages.ts';
import type { Terminal } from '../terminal.ts';
import { dateInWords, plainDate } from './dates.ts';
import { endingRows, missingRows } from './ending.ts';
import { lackingOf } from './gaps.ts';
import { type Lane, type Row, renderLanes } from './lanes.ts';
import type { Teller } from './teller.ts';
import { type Headings, laneTexts, rowsOf } from './timeline.ts';
import { hang, wrap } from './width.ts';

/** The whole story: who and what, what is missing at first, both timelines in chapters, and how it stands at the end. */
export function storyInWords(teller: Teller, terminal: Terminal): string[] {
  const { m, telling } = teller;
  const atFirst = gapRows(teller);
  return [
    ...headLines(teller, terminal),
    ...(atFirst.length === 0 ? [] : part(m.story.gaps, atFirst, teller, terminal)),
    ...chaptersOf(telling.moments).flatMap((chapter, index) =>
      chapterLines(chapter, index, teller, terminal),
    ),
    ...part(m.story.end, endingRows(teller), teller, terminal),
    ...missingPart(teller, terminal),
    ...verdictLines(teller, terminal),
  ];
}

function headLines({ telling, zone, m }: Teller, { width, paint }: Terminal): string[] {
  const { title, applicant, startOn } = telling.script;
  const name = pick(applicant.name, m);
  const journey = pick(telling.world.journey.name, m);
  const about = [
    fill(m.story.journey, { journey, zone: pick(zone.name, m) }),
    fill(m.story.begins, { date: dateInWords(plainDate(startOn), m) }),
    fill(m.story.invented, { name }),
  ];
  return [
    ...wrap(pick(title, m), width).map((line) => paint('strong', line)),
    ...about.flatMap((line) => wrap(line, width)),
  ];
}

interface Chapter {
  readonly since: string | null;
  readonly moments: readonly Moment[];
}

/** A note begins a chapter; what comes before the first note is a chapter without one. */
function chaptersOf(moments: readonly Moment[]): readonly Chapter[] {
  const chapters: { since: string | null; moments: Moment[] }[] = [];
  for (const [index, moment] of moments.entries()) {
    const last = chapters.at(-1);
    if (last && moment.entry.note === null) last.moments.push(moment);
    else chapters.push({ since: moments[index - 1]?.entry.on ?? null, moments: [moment] });
  }
  return chapters;
}

/** The first line of a note is the chapter's title, the rest tells it. */
function chapterLines(chapter: Chapter, index: number, teller: Teller, terminal: Terminal): string[] {
  const { m, telling } = teller;
  const { width, paint } = terminal;
  const [note] = chapter.moments.map(({ entry }) => entry.note);
  const [title = '', ...rest] = note ? pick(note, m).trim().split('\n') : [];
  const number = String(index + 1);
  const heading = title === '' ? [] : wrap(fill(m.story.chapter, { number, title }), width);
  let since = chapter.since ?? telling.script.startOn;
  const headings: Headings = new Map();
  const rows = chapter.moments.flatMap((moment) => {
    const found = rowsOf(moment, since, headings, teller);
    since = moment.entry.on;
    return found;
  });
  return [
    '',
    ...heading.map((line) => paint('notable', paint('strong', line))),
    ...rest.filter((line) => line.trim() !== '').flatMap((line) => wrap(line.trim(), width)),
    ...(title === '' ? [] : ['']),
    ...renderLanes(rows, lanesOf(teller), terminal),
  ];
}

function gapRows(teller: Teller): Row[] {
  const { telling, zone, m, names } = teller;
  if (telling.gapsAtFirst.length === 0) return [];
  const lanes = laneTexts(teller);
  for (const gap of telling.gapsAtFirst) {
    lanes.add(gap.park, [
      { text: names.service(gap.service), tone: 'strong' },
      ...lackingOf(gap, zone, m).map((text) => ({ mark: '  ', text })),
    ]);
  }
  return [{ date: '', lanes: lanes.all() }];
}

function missingPart(teller: Teller, terminal: Terminal): string[] {
  const rows = missingRows(teller);
  const { m } = teller;
  if (rows.length > 0) return part(m.story.endMissing, rows, teller, terminal);
  return ['', ...wrap(m.story.endNothingMissing, terminal.width)];
}

function part(title: string, rows: readonly Row[], teller: Teller, terminal: Terminal): string[] {
  const heading = wrap(title, terminal.width).map((line) =>
    terminal.paint('notable', terminal.paint('strong', line)),
  );
  return ['', ...heading, '', ...renderLanes(rows, lanesOf(teller), terminal)];
}

/** What did not come out as it should; nothing where all did. */
function verdictLines({ telling, names, m }: Teller, { width, paint }: Terminal): string[] {
  const count = telling.moments.filter(({ asExpected }) => !asExpected).length;
  const lines = [
    ...(count > 0 ? [plural(m.story.unexpectedCount, count)] : []),
    ...telling.outcomesMissed.map((step) => fill(m.story.outcomeMissed, { service: names.service(step) })),
  ];
  return lines.length === 0
    ? []
    : ['', ...lines.flatMap((line) => hang(line, width, '')).map((line) => paint('bad', line))];
}

function lanesOf({ zone, names }: Teller): readonly Lane[] {
  return [...zone.parks.values()].map(({ id, mark }) => ({ mark, name: names.park(id) }));
}
