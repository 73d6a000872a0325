import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCalendar, intersectCalendars, type WorkingCalendar } from './calendar.ts';
import type { Citation } from './citation.ts';
import { type CountedLimit, type DayLine, dueOn, explainDays, workingDaysLeft } from './deadline.ts';
import type { Pause } from './time-limit.ts';
import type { CalendarDefinition, CalendarYear } from './working-calendar.ts';

const citation: Citation = { instrument: null, clause: null, date: null, seen: [], status: 'illustrative' };

/** Everything plays around the turns of these years, of which some are published. */
const firstDay = Temporal.PlainDate.from('2027-11-20');
const years = [2027, 2028, 2029, 2030];

const dates = fc.integer({ min: 0, max: 800 }).map((days) => firstDay.add({ days }));

/** Holidays and make-up days never share a day: a holiday takes offsets that are 0 to 5 modulo 8, make-up days 7. */
const blocks: fc.Arbitrary<Omit<CalendarYear, 'year' | 'citation'>> = fc.record({
  holidays: fc.array(
    fc
      .record({ at: fc.integer({ min: 0, max: 44 }), length: fc.integer({ min: 1, max: 6 }) })
      .map(({ at, length }) => ({
        holiday: `holiday-${at}`,
        from: firstDay.add({ days: at * 8 }).toString(),
        to: firstDay.add({ days: at * 8 + length - 1 }).toString(),
      })),
    { maxLength: 12 },
  ),
  makeUpDays: fc.array(
    fc.integer({ min: 0, max: 44 }).map((at) => ({
      on: firstDay.add({ days: at * 8 + 7 }).toString(),
      holiday: `holiday-${at}`,
    })),
    { maxLength: 6 },
  ),
});

/** All weeks work on Wednesdays, so that any two calendars share a working day. */
const definitions: fc.Arbitrary<CalendarDefinition> = fc
  .record({
    id: fc.constantFrom('delta', 'ridge', 'harbour'),
    weekdays: fc.subarray([1, 2, 4, 5, 6, 7]),
    published: fc.subarray(years, { minLength: 1 }),
    block: blocks,
  })
  .map(({ id, weekdays, published, block }) => ({
    id,
    park: id,
    workingWeekdays: [3, ...weekdays],
    holidayNames: {},
    years: published.map((year, place) => ({
      year,
      citation,
      ...(place === 0 ? block : { holidays: [], makeUpDays: [] }),
    })),
  }));

const pauses: fc.Arbitrary<Pause> = fc
  .record({
    from: dates,
    days: fc.integer({ min: -1, max: 25 }),
    cause: fc.constantFrom<Pause['cause'][]>(
      { kind: 'evidence' },
      { kind: 'specialProcedure', procedure: 'hearing' },
      { kind: 'specialProcedure', procedure: 'inspection' },
    ),
  })
  .map(({ from, days, cause }) => ({ from: from.toString(), to: from.add({ days }).toString(), cause }));

const limits: fc.Arbitrary<CountedLimit> = fc.oneof(
  fc.record({
    amount: fc.integer({ min: 1, max: 90 }),
    unit: fc.constantFrom('workingDays' as const, 'calendarDays' as const),
    starts: fc.constantFrom('sameDay' as const, 'dayAfter' as const),
    rollsForward: fc.boolean(),
  }),
  fc.record({
    amount: fc.integer({ min: 1, max: 6 }),
    unit: fc.constant('months' as const),
    starts: fc.constantFrom('sameDay' as const, 'dayAfter' as const),
    rollsForward: fc.boolean(),
  }),
);

const runs = fc.record({
  limit: limits,
  startedOn: dates,
  pauses: fc.array(pauses, { maxLength: 6 }),
  extension: fc.integer({ min: 0, max: 5 }),
  laws: fc.array(definitions, { minLength: 1, maxLength: 2 }),
});

interface Run {
  readonly limit: CountedLimit;
  readonly startedOn: Temporal.PlainDate;
  readonly pauses: readonly Pause[];
  readonly extension: number;
  readonly laws: readonly CalendarDefinition[];
}

/** The same runs every time, so that a failure is never a surprise in someone else's change. */
const settings = { seed: 20_280_229, numRuns: 300 };

function holds(check: (run: Run) => void): void {
  const property = fc.property(runs, (run) => {
    check(run);
  });
  fc.assert(property, settings);
}

function calendarOf(laws: readonly CalendarDefinition[]): WorkingCalendar {
  return intersectCalendars(laws.map(compileCalendar));
}

function due({ limit, startedOn, pauses, extension, laws }: Run): Temporal.PlainDate {
  return dueOn(limit, startedOn, pauses, extension, calendarOf(laws)).dueOn;
}

function explain({ limit, startedOn, pauses, extension, laws }: Run): readonly DayLine[] {
  return explainDays(limit, startedOn, pauses, extension, calendarOf(laws));
}

function expectNotEarlier(later: Temporal.PlainDate, earlier: Temporal.PlainDate): void {
  expect(Temporal.PlainDate.compare(later, earlier), `${later} is earlier than ${earlier}`).not.toBe(-1);
}

// What follows restates the law as plainly as it can be said: walk the days one by one over the definitions.

function worksBy(laws: readonly CalendarDefinition[], date: Temporal.PlainDate): boolean {
  const text = date.toString();
  return laws.every(({ workingWeekdays, years }) => {
    if (years.some(({ makeUpDays }) => makeUpDays.some(({ on }) => on === text))) return true;
    if (years.some(({ holidays }) => holidays.some(({ from, to }) => from <= text && text <= to)))
      return false;
    return workingWeekdays.includes(date.dayOfWeek);
  });
}

function isPaused(pauses: readonly Pause[], date: Temporal.PlainDate): boolean {
  const text = date.toString();
  return pauses.some(({ from, to }) => from <= text && text <= to);
}

function daysAsked({ limit, startedOn, extension }: Run): number {
  const amount = limit.amount + extension;
  if (limit.unit !== 'months') return amount;
  const last = startedOn.add({ months: amount });
  const days = startedOn.until(last).days;
  if (limit.starts === 'dayAfter') return days;
  return last.day === startedOn.day ? days : days + 1;
}

function dueByWalking(run: Run): Temporal.PlainDate {
  const { limit, startedOn, pauses, laws } = run;
  let left = daysAsked(run);
  let date = limit.starts === 'sameDay' ? startedOn : startedOn.add({ days: 1 });
  for (; ; date = date.add({ days: 1 })) {
    if (isPaused(pauses, date)) continue;
    if (left > 0 && (limit.unit !== 'workingDays' || worksBy(laws, date))) left -= 1;
    if (left === 0 && (!limit.rollsForward || worksBy(laws, date))) return date;
  }
}

describe('the due date', () => {
  it('is the one found by walking the days', () => {
    holds((run) => expect(due(run).toString()).toBe(dueByWalking(run).toString()));
  });

  it('is the one found by walking the days, far from any published year', () => {
    const far = fc.integer({ min: 1, max: 9_999 }).map((year) => new Temporal.PlainDate(year, 12, 30));
    fc.assert(
      fc.property(runs, far, (run, startedOn) => {
        expect(due({ ...run, startedOn }).toString()).toBe(dueByWalking({ ...run, startedOn }).toString());
      }),
      settings,
    );
  });

  it('never moves earlier by one more pause', () => {
    fc.assert(
      fc.property(runs, pauses, (run, pause) => {
        expectNotEarlier(due({ ...run, pauses: [...run.pauses, pause] }), due(run));
      }),
      settings,
    );
  });

  it('never moves earlier by a longer extension', () => {
    holds((run) => expectNotEarlier(due({ ...run, extension: run.extension + 1 }), due(run)));
  });

  it('is never earlier under two calendars than under either', () => {
    fc.assert(
      fc.property(runs, definitions, definitions, (run, one, other) => {
        const both = due({ ...run, laws: [one, other] });
        expectNotEarlier(both, due({ ...run, laws: [one] }));
        expectNotEarlier(both, due({ ...run, laws: [other] }));
      }),
      settings,
    );
  });

  it('is never earlier after a later start', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 40 }), (run, days) => {
        // Months are the exception in law: those from 30 and 31 January end together, so that only the earlier start
        // meets a pause on the 31st.
        const both = run.limit.unit === 'months' ? { ...run, pauses: [] } : run;
        expectNotEarlier(due({ ...both, startedOn: run.startedOn.add({ days }) }), due(both));
      }),
      settings,
    );
  });

  it('never moves later when a holiday is struck out', () => {
    holds((run) => {
      const laws = run.laws.map((law) => ({
        ...law,
        years: law.years.map((year) => ({ ...year, holidays: year.holidays.slice(1) })),
      }));
      expectNotEarlier(due(run), due({ ...run, laws }));
    });
  });

  it('is provisional exactly when a day it rests on lies in a year that one calendar has not published', () => {
    holds((run) => {
      const { limit, startedOn, pauses, extension, laws } = run;
      const deadline = dueOn(limit, startedOn, pauses, extension, calendarOf(laws));
      let date = limit.starts === 'sameDay' ? startedOn : startedOn.add({ days: 1 });
      if (limit.unit !== 'workingDays') {
        date = dueByWalking({ ...run, limit: { ...limit, rollsForward: false } });
      }
      let touches = false;
      for (; Temporal.PlainDate.compare(date, deadline.dueOn) <= 0; date = date.add({ days: 1 })) {
        if (!laws.every(({ years }) => years.some(({ year }) => year === date.year))) touches = true;
      }
      const needsCalendar = limit.unit === 'workingDays' || limit.rollsForward;
      expect(deadline.provisional).toBe(needsCalendar && touches);
    });
  });
});

describe('the explanation', () => {
  it('runs without a gap from the start day to the due date', () => {
    holds((run) => {
      const lines = explain(run);
      expect(lines.map(({ date }) => date.toString())).toEqual(
        lines.map((_, place) => run.startedOn.add({ days: place }).toString()),
      );
      expect(lines.at(-1)?.date.toString()).toBe(due(run).toString());
    });
  });

  it('counts exactly the days of the limit and its extension, one after the other', () => {
    holds((run) => {
      const numbers = explain(run).flatMap(({ counts, number }) => (counts ? [number] : []));
      expect(numbers).toEqual(numbers.map((_, place) => place + 1));
      expect(numbers.length).toBe(daysAsked(run));
    });
  });

  it('names the pause on every paused day and on no other, and counts none of them', () => {
    holds((run) => {
      const wrong = explain(run).filter(({ date, cause, counts, owner }) => {
        const stands = isPaused(run.pauses, date);
        return (
          (cause.kind === 'pause') !== stands || (owner.kind !== 'authority') !== stands || (stands && counts)
        );
      });
      expect(wrong).toEqual([]);
    });
  });

  it('counts a working day exactly when it works', () => {
    holds((run) => {
      const wrong = explain(run).filter(({ date, cause: { kind }, counts }) => {
        if (kind === 'workingDay' || kind === 'makeUpDay') return !counts || !worksBy(run.laws, date);
        if (kind === 'restDay' || kind === 'holiday') return counts || worksBy(run.laws, date);
        return counts !== (kind === 'calendarDay');
      });
      expect(wrong).toEqual([]);
    });
  });

  it('marks a day as provisional exactly when the due date is', () => {
    holds((run) => {
      const { limit, startedOn, pauses, extension, laws } = run;
      const { provisional } = dueOn(limit, startedOn, pauses, extension, calendarOf(laws));
      expect(explain(run).some((line) => line.provisional)).toBe(provisional);
    });
  });
});

describe('the days left', () => {
  it('of a limit that does not roll forward are the lines that count after the day', () => {
    fc.assert(
      fc.property(runs, dates, (run, asOf) => {
        const limit = { ...run.limit, rollsForward: false };
        const lines = explain({ ...run, limit });
        const ahead = lines.filter(
          ({ date, counts }) => counts && Temporal.PlainDate.compare(date, asOf) > 0,
        ).length;
        const left = workingDaysLeft(
          limit,
          run.startedOn,
          run.pauses,
          run.extension,
          calendarOf(run.laws),
          asOf,
        );
        expect(Math.max(left, 0)).toBe(ahead);
      }),
      settings,
    );
  });
});
