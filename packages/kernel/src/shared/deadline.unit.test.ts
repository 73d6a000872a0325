import { describe, expect, it } from 'vitest';
import { compileCalendar, intersectCalendars } from './calendar.ts';
import type { Citation } from './citation.ts';
import { type CountedLimit, dueOn, explainDays, workingDaysLeft } from './deadline.ts';
import type { Pause } from './time-limit.ts';
import type { CalendarDefinition } from './working-calendar.ts';

const citation: Citation = { instrument: null, clause: null, date: null, seen: [], status: 'illustrative' };

/** Works Sunday to Thursday. In 2031, 1 January is a Wednesday; New Year is made up for on Saturday the 4th. */
const deltaDefinition: CalendarDefinition = {
  id: 'delta',
  park: 'delta',
  workingWeekdays: [7, 1, 2, 3, 4],
  holidayNames: {},
  years: [
    { year: 2030, holidays: [], makeUpDays: [], citation },
    {
      year: 2031,
      holidays: [{ holiday: 'new-year', from: '2030-12-31', to: '2031-01-02' }],
      makeUpDays: [{ on: '2031-01-04', holiday: 'new-year' }],
      citation,
    },
  ],
};
const delta = compileCalendar(deltaDefinition);

/** Works Monday to Friday. */
const ridge = compileCalendar({
  id: 'ridge',
  park: 'ridge',
  workingWeekdays: [1, 2, 3, 4, 5],
  holidayNames: {},
  years: [
    {
      year: 2031,
      holidays: [{ holiday: 'snow', from: '2031-01-07', to: '2031-01-08' }],
      makeUpDays: [],
      citation,
    },
  ],
});

const workingDays: CountedLimit = { amount: 3, unit: 'workingDays', starts: 'dayAfter', rollsForward: false };
const calendarDays: CountedLimit = { ...workingDays, unit: 'calendarDays' };
const months: CountedLimit = { ...workingDays, amount: 1, unit: 'months' };

function day(date: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(date);
}

function evidence(from: string, to: string): Pause {
  return { from, to, cause: { kind: 'evidence' } };
}

function inspection(from: string, to: string): Pause {
  return { from, to, cause: { kind: 'specialProcedure', procedure: 'inspection' } };
}

function due(
  limit: CountedLimit,
  startedOn: string,
  pauses: readonly Pause[] = [],
  calendar = delta,
): string {
  return dueOn(limit, day(startedOn), pauses, 0, calendar).dueOn.toString();
}

describe('a limit in working days', () => {
  it('leaves out the start day, holidays and rest days, and counts make-up days', () => {
    expect(due(workingDays, '2030-12-30')).toBe('2031-01-06');
  });

  it('may start on a holiday, which does not count either way', () => {
    expect(due(workingDays, '2031-01-01')).toBe('2031-01-06');
    expect(due({ ...workingDays, starts: 'sameDay' }, '2031-01-01')).toBe('2031-01-06');
  });

  it('counts a working start day where the day of the act counts', () => {
    expect(due({ ...workingDays, starts: 'sameDay' }, '2031-01-05')).toBe('2031-01-07');
    expect(due({ ...workingDays, amount: 1, starts: 'sameDay' }, '2031-01-05')).toBe('2031-01-05');
  });

  it('runs on by an extension in working days', () => {
    expect(dueOn(workingDays, day('2030-12-30'), [], 4, delta).dueOn.toString()).toBe('2031-01-12');
  });

  it('counts only days that work in both calendars of an intersection', () => {
    expect(due(workingDays, '2030-12-30', [], intersectCalendars([delta, ridge]))).toBe('2031-01-13');
  });

  it('ends on the same working day whether or not it rolls forward', () => {
    expect(due({ ...workingDays, rollsForward: true }, '2030-12-30')).toBe('2031-01-06');
  });

  it('counts 36,600 days from the year 1 and from the year 9999', () => {
    expect(due({ ...workingDays, amount: 36_600 }, '0001-01-01')).toBe('0141-04-17');
    expect(due({ ...workingDays, amount: 36_600 }, '9999-12-30')).toBe('+010140-04-14');
  });

  it.each([0, -1, 1.5, Number.NaN])('throws for an amount of %s', (amount) => {
    expect(() => due({ ...workingDays, amount }, '2031-01-05')).toThrow(RangeError);
  });

  it.each([-1, 0.5])('throws for an extension of %s', (extension) => {
    expect(() => dueOn(workingDays, day('2031-01-05'), [], extension, delta)).toThrow(RangeError);
  });
});

describe('a pause', () => {
  it('leaves out its days, both ends included', () => {
    expect(due(workingDays, '2031-01-05', [evidence('2031-01-07', '2031-01-08')])).toBe('2031-01-12');
  });

  it('moves nothing before the start, on the start day or after the due date', () => {
    expect(due(workingDays, '2031-01-05')).toBe('2031-01-08');
    expect(due(workingDays, '2031-01-05', [evidence('2030-12-01', '2031-01-05')])).toBe('2031-01-08');
    expect(due(workingDays, '2031-01-05', [evidence('2031-01-09', '2031-02-09')])).toBe('2031-01-08');
  });

  it('still counts when it begins on the due date', () => {
    expect(due(workingDays, '2031-01-05', [evidence('2031-01-08', '2031-01-08')])).toBe('2031-01-09');
  });

  it('may cover the whole period and more', () => {
    expect(due(workingDays, '2031-01-05', [evidence('2030-12-01', '2031-01-20')])).toBe('2031-01-23');
  });

  it('counts days once where pauses overlap, touch or repeat', () => {
    const pauses = [
      inspection('2031-01-08', '2031-01-09'),
      evidence('2031-01-06', '2031-01-08'),
      evidence('2031-01-06', '2031-01-08'),
      evidence('2031-01-10', '2031-01-11'),
    ];
    expect(due(workingDays, '2031-01-05', pauses)).toBe('2031-01-14');
  });

  it('reaches a pause that lay after the due date before another pause moved it', () => {
    const later = evidence('2031-01-12', '2031-01-12');
    expect(due(workingDays, '2031-01-05', [evidence('2031-01-07', '2031-01-07'), later])).toBe('2031-01-09');
    expect(due(workingDays, '2031-01-05', [evidence('2031-01-07', '2031-01-08'), later])).toBe('2031-01-13');
  });

  it('leaves out no day when it ends before it begins', () => {
    expect(due(workingDays, '2031-01-05', [evidence('2031-01-07', '2031-01-06')])).toBe('2031-01-08');
  });
});

describe('a limit in calendar days', () => {
  it('counts every day and ends on any day', () => {
    expect(due(calendarDays, '2030-12-30')).toBe('2031-01-02');
  });

  it('runs to the next working day where it rolls forward', () => {
    expect(due({ ...calendarDays, rollsForward: true }, '2030-12-30')).toBe('2031-01-04');
    expect(due({ ...calendarDays, rollsForward: true }, '2031-01-05')).toBe('2031-01-08');
  });

  it('does not end on a paused day after rolling forward', () => {
    const pause = evidence('2031-01-04', '2031-01-06');
    expect(due({ ...calendarDays, rollsForward: true }, '2030-12-30', [pause])).toBe('2031-01-07');
  });
});

describe('a limit in months', () => {
  it.each([
    ['2031-01-15', 1, '2031-02-15'],
    ['2031-01-31', 1, '2031-02-28'],
    ['2032-01-31', 1, '2032-02-29'],
    ['2032-02-29', 12, '2033-02-28'],
    ['2031-02-28', 1, '2031-03-28'],
    ['2031-11-30', 3, '2032-02-29'],
  ])('from %s, %i ends on the same day number or the last of a shorter month: %s', (start, amount, end) => {
    expect(due({ ...months, amount }, start)).toBe(end);
  });

  it.each([
    ['2031-03-01', '2031-03-31'],
    ['2031-01-15', '2031-02-14'],
    ['2031-01-31', '2031-02-28'],
  ])('ends a day earlier where the day of the act counts: from %s to %s', (start, end) => {
    expect(due({ ...months, starts: 'sameDay' }, start)).toBe(end);
  });

  it('runs on by the paused days, and by an extension in months', () => {
    expect(due(months, '2031-01-31', [evidence('2031-02-10', '2031-02-14')])).toBe('2031-03-05');
    expect(dueOn(months, day('2031-01-31'), [], 1, delta).dueOn.toString()).toBe('2031-03-31');
  });

  it('rolls forward from a rest day', () => {
    expect(due({ ...months, rollsForward: true }, '2031-01-31')).toBe('2031-03-02');
  });
});

describe('a provisional deadline', () => {
  function provisional(limit: CountedLimit, startedOn: string): boolean {
    return dueOn(limit, day(startedOn), [], 0, delta).provisional;
  }

  it('is one in working days that reaches into an unpublished year', () => {
    expect(provisional(workingDays, '2031-12-28')).toBe(false);
    expect(provisional(workingDays, '2031-12-29')).toBe(true);
  });

  it('is one in working days that leaves an unpublished year, unless only by its start day', () => {
    expect(provisional(workingDays, '2029-12-30')).toBe(true);
    expect(provisional(workingDays, '2029-12-31')).toBe(false);
    expect(provisional({ ...workingDays, starts: 'sameDay' }, '2029-12-31')).toBe(true);
  });

  it('is none in calendar days or months, which need no calendar', () => {
    expect(provisional({ ...calendarDays, amount: 900 }, '2031-12-28')).toBe(false);
    expect(provisional({ ...months, amount: 40 }, '2031-12-28')).toBe(false);
  });

  it('is one in calendar days whose end must be a working day of an unpublished year', () => {
    const rolling: CountedLimit = { ...calendarDays, rollsForward: true };
    expect(provisional(rolling, '2031-12-28')).toBe(false);
    expect(provisional(rolling, '2031-12-29')).toBe(true);
    expect(provisional({ ...rolling, amount: 5 }, '2029-12-28')).toBe(false);
  });

  it('is one in two calendars as soon as one of them has not published the year', () => {
    const both = intersectCalendars([delta, ridge]);
    expect(dueOn(workingDays, day('2030-12-20'), [], 0, both).provisional).toBe(true);
    expect(dueOn(workingDays, day('2031-01-20'), [], 0, both).provisional).toBe(false);
  });
});

describe('an explanation', () => {
  function explain(
    limit: CountedLimit,
    startedOn: string,
    pauses: readonly Pause[] = [],
    calendar = delta,
  ): string[] {
    return explainDays(limit, day(startedOn), pauses, 0, calendar).map(
      ({ date, number, cause, owner, provisional }) =>
        `${date} ${number ?? '-'} ${cause.kind} ${'procedure' in owner ? owner.procedure : owner.kind}${provisional ? ' ?' : ''}`,
    );
  }

  it('has a line for every day from the start day to the due date', () => {
    expect(explain(workingDays, '2030-12-30', [inspection('2031-01-05', '2031-01-05')])).toEqual([
      '2030-12-30 - startDay authority',
      '2030-12-31 - holiday authority',
      '2031-01-01 - holiday authority',
      '2031-01-02 - holiday authority',
      '2031-01-03 - restDay authority',
      '2031-01-04 1 makeUpDay authority',
      '2031-01-05 - pause inspection',
      '2031-01-06 2 workingDay authority',
      '2031-01-07 3 workingDay authority',
    ]);
  });

  it('gives a day to the pause that began first, even where the day would not have counted', () => {
    const pauses = [inspection('2031-01-05', '2031-01-08'), evidence('2031-01-03', '2031-01-06')];
    expect(explain({ ...workingDays, amount: 1 }, '2031-01-03', pauses)).toEqual([
      '2031-01-03 - pause applicant',
      '2031-01-04 - pause applicant',
      '2031-01-05 - pause applicant',
      '2031-01-06 - pause applicant',
      '2031-01-07 - pause inspection',
      '2031-01-08 - pause inspection',
      '2031-01-09 1 workingDay authority',
    ]);
  });

  it('puts evidence first where pauses begin together, whatever their order', () => {
    const pauses = [inspection('2031-01-05', '2031-01-05'), evidence('2031-01-05', '2031-01-05')];
    for (const order of [pauses, pauses.toReversed()]) {
      expect(explain({ ...workingDays, amount: 1 }, '2031-01-04', order)[1]).toBe(
        '2031-01-05 - pause applicant',
      );
    }
  });

  it('names whose holiday and whose rest day it was in an intersection', () => {
    const lines = explainDays(workingDays, day('2031-01-02'), [], 0, intersectCalendars([delta, ridge]));
    expect(lines.map(({ cause }) => cause)).toEqual([
      { kind: 'startDay' },
      { kind: 'restDay', calendars: ['delta'] },
      { kind: 'restDay', calendars: ['ridge'] },
      { kind: 'restDay', calendars: ['ridge'] },
      { kind: 'workingDay' },
      { kind: 'holiday', holidays: [{ calendar: 'ridge', holiday: 'snow' }], restDayIn: [] },
      { kind: 'holiday', holidays: [{ calendar: 'ridge', holiday: 'snow' }], restDayIn: [] },
      { kind: 'workingDay' },
      { kind: 'restDay', calendars: ['delta'] },
      { kind: 'restDay', calendars: ['delta', 'ridge'] },
      { kind: 'restDay', calendars: ['ridge'] },
      { kind: 'workingDay' },
    ]);
  });

  it('says from which day off the end rolled forward', () => {
    const lines = explainDays({ ...calendarDays, rollsForward: true }, day('2030-12-30'), [], 0, delta);
    expect(lines.map(({ number, cause }) => [number, cause])).toEqual([
      [null, { kind: 'startDay' }],
      [1, { kind: 'calendarDay' }],
      [2, { kind: 'calendarDay' }],
      [3, { kind: 'calendarDay' }],
      [
        null,
        {
          kind: 'rolledForward',
          after: { kind: 'holiday', holidays: [{ calendar: 'delta', holiday: 'new-year' }], restDayIn: [] },
        },
      ],
      [null, { kind: 'rolledForward', after: { kind: 'restDay', calendars: ['delta'] } }],
    ]);
  });

  it('marks exactly the days that may still change', () => {
    expect(explain(workingDays, '2031-12-29')).toEqual([
      '2031-12-29 - startDay authority',
      '2031-12-30 1 workingDay authority',
      '2031-12-31 2 workingDay authority',
      '2032-01-01 3 workingDay authority ?',
    ]);
  });
});

describe('the days left', () => {
  function left(asOf: string, pauses: readonly Pause[] = [], limit = workingDays): number {
    return workingDaysLeft(limit, day('2030-12-30'), pauses, 0, delta, day(asOf));
  }

  it('are the whole limit before it runs, none on its last day, and negative once overdue', () => {
    const days = [
      '2030-12-01',
      '2030-12-30',
      '2031-01-04',
      '2031-01-05',
      '2031-01-06',
      '2031-01-07',
      '2031-01-09',
    ];
    expect(days.map((asOf) => left(asOf))).toEqual([3, 3, 2, 1, 0, -1, -3]);
  });

  it('do not shrink further on days off after the due date', () => {
    expect(['2031-01-09', '2031-01-10', '2031-01-11', '2031-01-12'].map((asOf) => left(asOf))).toEqual([
      -3, -3, -3, -4,
    ]);
  });

  it('stand still during a pause', () => {
    const pauses = [evidence('2031-01-05', '2031-01-13')];
    expect(
      ['2031-01-04', '2031-01-08', '2031-01-13', '2031-01-14'].map((asOf) => left(asOf, pauses)),
    ).toEqual([2, 2, 2, 1]);
  });

  it('are calendar days to the due date for a limit in calendar days', () => {
    expect(left('2031-01-01', [], { ...calendarDays, rollsForward: true })).toBe(3);
    expect(left('2031-01-07', [], { ...calendarDays, rollsForward: true })).toBe(-3);
  });
});
