import { compileCalendar } from '@twinpark/kernel/shared/calendar.ts';
import { type CountedLimit, dueOn } from '@twinpark/kernel/shared/deadline.ts';
import type { CalendarYear } from '@twinpark/kernel/shared/working-calendar.ts';
import chineseDays from 'chinese-days';
import { addDays, isWeekend } from 'date-fns';
import dayjs from 'dayjs';
import businessDays from 'dayjs-business-days2';
import { DateTime } from 'luxon';
import type { BenchPart, Contender } from '../harness.ts';

/** Years whose make-up days chinese-days knows; the questions stay inside them, where no library has to guess. */
const firstYear = 2022;
const lastYear = 2026;
const questionCount = 20_000;

/** A date, and how many working days after it are asked for. */
interface Question {
  readonly date: Temporal.PlainDate;
  readonly workingDays: number;
}

/** Days on which a year departs from Monday to Friday, as `YYYY-MM-DD`. */
interface Departures {
  readonly weekdaysOff: readonly string[];
  readonly makeUpDays: readonly string[];
}

/** How a library counts. Its own kind of date goes in and out, so that no parsing or printing is timed. */
interface Counter<Day> {
  readonly name: string;
  readonly read: (date: Temporal.PlainDate) => Day;
  readonly add: (day: Day, workingDays: number) => Day;
  readonly print: (day: Day) => string;
}

/**
 * The n-th working day after a date, by the kernel and by libraries that know holidays and make-up days or can be
 * taught them. All answers are compared before anything is timed.
 *
 * Throws: an `Error` that names the question on which two answers differ.
 */
export function clockPart(): BenchPart {
  const departures = readDepartures();
  const questions = randomQuestions();
  const kernel = contenderOf(kernelCounter(departures), questions);
  const peers = [
    contenderOf(dateFnsCounter(departures), questions),
    contenderOf(luxonCounter(departures), questions),
    contenderOf(dayjsCounter(departures), questions),
    contenderOf(chineseDaysCounter, questions),
  ];
  for (const peer of peers) requireSameAnswers(kernel, peer, questions);
  const { weekdaysOff, makeUpDays } = departures;
  return {
    title: 'Legal clock: the n-th working day after a date, n from 1 to 60',
    unit: 'deadlines',
    operations: questionCount,
    contenders: [kernel, ...peers],
    notes: [
      `calendar: chinese-days, ${firstYear} to ${lastYear}, ${weekdaysOff.length} weekdays off, ${makeUpDays.length} make-up days`,
      `all five gave the same ${questionCount.toLocaleString('en')} dates`,
    ],
  };
}

/** Whether the kernel's cost grows with the length of a limit. */
export function clockGrowthPart(): BenchPart {
  const departures = readDepartures();
  return {
    title: 'Legal clock: the kernel with longer limits',
    unit: 'deadlines',
    operations: questionCount,
    contenders: [60, 600, 6_000, 36_600].map((workingDays) => ({
      ...contenderOf(
        kernelCounter(departures),
        randomQuestions().map(({ date }) => ({ date, workingDays })),
      ),
      name: `n = ${workingDays.toLocaleString('en')}`,
    })),
    notes: ['beyond the last published year the plain week goes on, and the deadline is provisional'],
  };
}

interface Answering extends Contender {
  readonly answers: () => readonly string[];
}

function contenderOf<Day>(
  { name, read, add, print }: Counter<Day>,
  questions: readonly Question[],
): Answering {
  const days = questions.map(({ date, workingDays }) => ({ day: read(date), workingDays }));
  return {
    name,
    run: () => {
      let last: Day | null = null;
      for (const { day, workingDays } of days) last = add(day, workingDays);
      return last;
    },
    answers: () => days.map(({ day, workingDays }) => print(add(day, workingDays))),
  };
}

function requireSameAnswers(kernel: Answering, peer: Answering, questions: readonly Question[]): void {
  const theirs = peer.answers();
  kernel.answers().forEach((answer, place) => {
    if (answer === theirs[place]) return;
    const { date, workingDays } = questions[place] ?? {};
    throw new Error(
      `${workingDays} working days after ${date}: ${answer} by ${kernel.name}, ${theirs[place]} by ${peer.name}`,
    );
  });
}

function kernelCounter(departures: Departures): Counter<Temporal.PlainDate> {
  const calendar = compileCalendar({
    id: 'bench',
    park: 'bench',
    workingWeekdays: [1, 2, 3, 4, 5],
    holidayNames: {},
    years: calendarYears(departures),
  });
  const limit: CountedLimit = { amount: 1, unit: 'workingDays', starts: 'dayAfter', rollsForward: false };
  return {
    name: 'kernel dueOn',
    read: (date) => date,
    add: (date, amount) => dueOn({ ...limit, amount }, date, [], 0, calendar).dueOn,
    print: String,
  };
}

function dateFnsCounter({ weekdaysOff, makeUpDays }: Departures): Counter<Date> {
  const read = (date: Temporal.PlainDate) => new Date(date.year, date.month - 1, date.day);
  // Times in milliseconds are the quickest key that a Date offers.
  const timesOf = (days: readonly string[]) =>
    new Set(days.map((day) => read(Temporal.PlainDate.from(day)).getTime()));
  const off = timesOf(weekdaysOff);
  const madeUp = timesOf(makeUpDays);
  return {
    name: 'date-fns addDays, sets of holidays and make-up days',
    read,
    add: (start, workingDays) => {
      let day = start;
      for (let left = workingDays; left > 0; ) {
        day = addDays(day, 1);
        const time = day.getTime();
        if (isWeekend(day) ? madeUp.has(time) : !off.has(time)) left -= 1;
      }
      return day;
    },
    print: (day) => new Temporal.PlainDate(day.getFullYear(), day.getMonth() + 1, day.getDate()).toString(),
  };
}

function luxonCounter({ weekdaysOff, makeUpDays }: Departures): Counter<DateTime> {
  const read = ({ year, month, day }: Temporal.PlainDate): DateTime => DateTime.utc(year, month, day);
  const timesOf = (days: readonly string[]) =>
    new Set(days.map((day) => read(Temporal.PlainDate.from(day)).toMillis()));
  const off = timesOf(weekdaysOff);
  const madeUp = timesOf(makeUpDays);
  return {
    name: 'luxon plus, sets of holidays and make-up days',
    read,
    add: (start, workingDays) => {
      let day = start;
      for (let left = workingDays; left > 0; ) {
        day = day.plus({ days: 1 });
        const time = day.toMillis();
        if (day.weekday > 5 ? madeUp.has(time) : !off.has(time)) left -= 1;
      }
      return day;
    },
    print: (day) => day.toFormat('yyyy-MM-dd'),
  };
}

function dayjsCounter({ weekdaysOff, makeUpDays }: Departures): Counter<dayjs.Dayjs> {
  dayjs.extend(businessDays, {
    holidays: [...weekdaysOff],
    holidayFormat: 'YYYY-MM-DD',
    additionalWorkingDays: [...makeUpDays],
    additionalWorkingDayFormat: 'YYYY-MM-DD',
  });
  return {
    name: 'dayjs-business-days2 businessDaysAdd',
    read: (date) => dayjs(date.toString()),
    add: (day, workingDays) => day.businessDaysAdd(workingDays),
    print: (day) => day.format('YYYY-MM-DD'),
  };
}

const chineseDaysCounter: Counter<string> = {
  name: 'chinese-days findWorkday',
  read: String,
  add: (day, workingDays) => chineseDays.findWorkday(workingDays, day),
  print: String,
};

function readDepartures(): Departures {
  const weekdaysOff: string[] = [];
  const makeUpDays: string[] = [];
  for (
    let date = new Temporal.PlainDate(firstYear, 1, 1);
    date.year <= lastYear;
    date = date.add({ days: 1 })
  ) {
    const text = date.toString();
    if (date.dayOfWeek > 5 && chineseDays.isWorkday(text)) makeUpDays.push(text);
    if (date.dayOfWeek <= 5 && !chineseDays.isWorkday(text)) weekdaysOff.push(text);
  }
  return { weekdaysOff, makeUpDays };
}

function calendarYears({ weekdaysOff, makeUpDays }: Departures): CalendarYear[] {
  const citation = { instrument: null, clause: null, date: null, seen: [], status: 'unverified' } as const;
  return Array.from({ length: lastYear - firstYear + 1 }, (_, place) => ({
    year: firstYear + place,
    holidays: weekdaysOff.filter((day) => isIn(day, firstYear + place)).map(holidayOn),
    makeUpDays: makeUpDays
      .filter((day) => isIn(day, firstYear + place))
      .map((on) => ({ on, holiday: 'off' })),
    citation,
  }));
}

function isIn(day: string, year: number): boolean {
  return day.startsWith(`${year}-`);
}

function holidayOn(day: string) {
  return { holiday: 'off', from: day, to: day };
}

/** Dates that leave room for the longest count before the last year ends. The same every time. */
function randomQuestions(): Question[] {
  const first = new Temporal.PlainDate(firstYear, 1, 1);
  const span = first.until(new Temporal.PlainDate(lastYear, 8, 31)).days;
  const random = seededRandom(20_260_101);
  return Array.from({ length: questionCount }, () => ({
    date: first.add({ days: Math.floor(random() * span) }),
    workingDays: 1 + Math.floor(random() * 60),
  }));
}

/** The mulberry32 generator, whose whole state is one number. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
