import { describe, expect, it } from 'vitest';
import { compileCalendar, dayKind, intersectCalendars } from './calendar.ts';
import type { Citation } from './citation.ts';
import { toDate, toDayNumber, yearOf } from './day-number.ts';
import type { CalendarDefinition, CalendarYear } from './working-calendar.ts';
import { dayAt, ordinalFrom } from './working-day-index.ts';

const citation: Citation = { instrument: null, clause: null, date: null, seen: [], status: 'illustrative' };

/** Works Sunday to Thursday; 2031 is published, and with it the last days of 2030. */
const delta: CalendarDefinition = {
  id: 'delta',
  park: 'delta',
  workingWeekdays: [7, 1, 2, 3, 4],
  holidayNames: {},
  years: [
    year(2031, {
      holidays: [
        { holiday: 'new-year', from: '2030-12-31', to: '2031-01-02' },
        { holiday: 'flood', from: '2031-06-01', to: '2031-06-03' },
        { holiday: 'ferry', from: '2031-06-03', to: '2031-06-03' },
      ],
      makeUpDays: [{ on: '2031-01-04', holiday: 'new-year' }],
    }),
  ],
};

/** Works Monday to Friday; 2030 and 2031 are published. */
const ridge: CalendarDefinition = {
  id: 'ridge',
  park: 'ridge',
  workingWeekdays: [1, 2, 3, 4, 5],
  holidayNames: {},
  years: [
    year(2030, {}),
    year(2031, { holidays: [{ holiday: 'snow', from: '2031-06-03', to: '2031-06-04' }] }),
  ],
};

function year(number: number, { holidays = [], makeUpDays = [] }: Partial<CalendarYear>): CalendarYear {
  return { year: number, holidays, makeUpDays, citation };
}

function day(date: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(date);
}

describe('one calendar', () => {
  const calendar = compileCalendar(delta);

  it('works on the weekdays of its plain week and on no other', () => {
    expect(dayKind(calendar, day('2031-01-05'))).toEqual({
      works: true,
      cause: { kind: 'workingDay' },
      published: true,
    });
    expect(dayKind(calendar, day('2031-01-10'))).toEqual({
      works: false,
      cause: { kind: 'restDay', calendars: ['delta'] },
      published: true,
    });
  });

  it('works on a make-up day and names the holiday it makes up for', () => {
    expect(dayKind(calendar, day('2031-01-04'))).toEqual({
      works: true,
      cause: { kind: 'makeUpDay', holidays: [{ calendar: 'delta', holiday: 'new-year' }] },
      published: true,
    });
  });

  it('rests on a holiday that begins in the year before its block, provisional while that year is unpublished', () => {
    expect(dayKind(calendar, day('2030-12-31'))).toEqual({
      works: false,
      cause: { kind: 'holiday', holidays: [{ calendar: 'delta', holiday: 'new-year' }], restDayIn: [] },
      published: false,
    });
    expect(dayKind(calendar, day('2031-01-01')).published).toBe(true);
  });

  it('names both holidays where two fall together', () => {
    expect(dayKind(calendar, day('2031-06-03')).cause).toEqual({
      kind: 'holiday',
      holidays: [
        { calendar: 'delta', holiday: 'flood' },
        { calendar: 'delta', holiday: 'ferry' },
      ],
      restDayIn: [],
    });
  });

  it('goes by the plain week in unpublished years and says so', () => {
    expect(dayKind(calendar, day('2032-06-01'))).toEqual({
      works: true,
      cause: { kind: 'workingDay' },
      published: false,
    });
  });

  it.each([
    ['no working day', { workingWeekdays: [] }, /at least one working day/],
    ['a weekday that no week has', { workingWeekdays: [0, 1] }, /0 is none/],
    [
      'a holiday that ends before it begins',
      { years: [year(2031, { holidays: [{ holiday: 'flood', from: '2031-06-03', to: '2031-06-01' }] })] },
      /ends before it begins/,
    ],
    [
      'a day both off and made up for',
      { years: [...delta.years, year(2032, { makeUpDays: [{ on: '2031-06-02', holiday: 'ferry' }] })] },
      /fall on one day/,
    ],
  ])('throws for a definition with %s', (_, change, message) => {
    expect(() => compileCalendar({ ...delta, ...change })).toThrow(message);
  });
});

describe('an intersection', () => {
  const both = intersectCalendars([compileCalendar(delta), compileCalendar(ridge)]);

  it('works only on days that work in every calendar', () => {
    const works = ['2031-01-05', '2031-01-06', '2031-01-09', '2031-01-10'].map(
      (date) => dayKind(both, day(date)).works,
    );
    expect(works).toEqual([false, true, true, false]);
  });

  it('names the calendars in which a day rests', () => {
    expect(dayKind(both, day('2031-01-05')).cause).toEqual({ kind: 'restDay', calendars: ['ridge'] });
    expect(dayKind(both, day('2031-01-11')).cause).toEqual({
      kind: 'restDay',
      calendars: ['delta', 'ridge'],
    });
  });

  it('does not work on a make-up day that the other calendar rests on', () => {
    expect(dayKind(both, day('2031-01-04')).cause).toEqual({ kind: 'restDay', calendars: ['ridge'] });
  });

  it('names whose holiday a day is, and where it is a rest day besides', () => {
    expect(dayKind(both, day('2031-06-01')).cause).toEqual({
      kind: 'holiday',
      holidays: [{ calendar: 'delta', holiday: 'flood' }],
      restDayIn: ['ridge'],
    });
    expect(dayKind(both, day('2031-06-03')).cause).toEqual({
      kind: 'holiday',
      holidays: [
        { calendar: 'delta', holiday: 'flood' },
        { calendar: 'delta', holiday: 'ferry' },
        { calendar: 'ridge', holiday: 'snow' },
      ],
      restDayIn: [],
    });
  });

  it('is published only in years that every calendar published', () => {
    expect(dayKind(both, day('2030-06-03')).published).toBe(false);
    expect(dayKind(both, day('2031-06-05')).published).toBe(true);
  });

  it('counts a calendar given twice once', () => {
    const calendar = compileCalendar(delta);
    const twice = intersectCalendars([calendar, calendar]);
    expect(dayKind(twice, day('2031-01-10')).cause).toEqual({ kind: 'restDay', calendars: ['delta'] });
  });

  it('throws without calendars and for plain weeks that share no day', () => {
    const weekend = compileCalendar({ ...ridge, id: 'weekend', workingWeekdays: [6] });
    expect(() => intersectCalendars([])).toThrow(/at least one calendar/);
    expect(() => intersectCalendars([compileCalendar(ridge), weekend])).toThrow(/share no working day/);
  });
});

describe('the index of working days', () => {
  it.each([
    ['a calendar with holidays', compileCalendar(delta)],
    ['an intersection', intersectCalendars([compileCalendar(delta), compileCalendar(ridge)])],
    ['a calendar without published years', compileCalendar({ ...ridge, years: [] })],
  ])('finds days from ordinals and ordinals from days: %s', (_, calendar) => {
    const from = toDayNumber(day('2029-12-20'));
    let ordinal = ordinalFrom(calendar.index, from);
    for (let number = from; number < from + 1_000; number += 1) {
      expect(ordinalFrom(calendar.index, number)).toBe(ordinal);
      if (!dayKind(calendar, toDate(number)).works) continue;
      expect(dayAt(calendar.index, ordinal)).toBe(number);
      ordinal += 1;
    }
  });
});

describe('a day number', () => {
  it('agrees with Temporal on every 97th day of the years 1 to 9999', () => {
    const epoch = day('1970-01-01');
    const last = day('9999-12-31');
    let count = epoch.until(day('0001-01-01')).days;
    for (
      let date = day('0001-01-01');
      Temporal.PlainDate.compare(date, last) <= 0;
      date = date.add({ days: 97 })
    ) {
      if (toDayNumber(date) !== count || !toDate(count).equals(date) || yearOf(count) !== date.year) {
        expect.fail(
          `${date} is day ${count}, not ${toDayNumber(date)}, which is ${toDate(toDayNumber(date))}`,
        );
      }
      count += 97;
    }
  });

  it('reads the day of a date kept in another calendar system', () => {
    expect(toDate(toDayNumber(day('2031-06-01').withCalendar('buddhist'))).toString()).toBe('2031-06-01');
  });
});
