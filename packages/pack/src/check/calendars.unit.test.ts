import { edited, found } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';

/** What happens, the file it happens in, the text it replaces, what stands there instead, and what is found. */
const cases: [string, string, string, string, string[]][] = [
  [
    'two calendars of one park give one year',
    'calendars.yaml',
    '  - id: south-days\n',
    '  - id: north-old\n    park: north\n    name: { de: Alt, fr: Ancien }\n    workingWeekdays: [1]\n    holidayNames: {}\n    years: [{ year: 2026, holidays: [], source: {}, status: illustrative }]\n  - id: south-days\n',
    ['calendars.yaml:30:21 calendar-overlap'],
  ],
  [
    'a year stands twice',
    'calendars.yaml',
    'year: 2027\n        holidays:\n          - { holiday: new-year, from: 2027-01-01 }',
    'year: 2026\n        holidays:\n          - { holiday: new-year, from: 2026-01-02 }',
    ['calendars.yaml:20:15 year-twice'],
  ],
  [
    'a year is left out',
    'calendars.yaml',
    'year: 2027\n        holidays:\n          - { holiday: new-year, from: 2027-01-01 }',
    'year: 2028\n        holidays:\n          - { holiday: new-year, from: 2028-01-01 }',
    ['calendars.yaml:20:15 calendar-year-gap'],
  ],
  [
    'a holiday lies in another year',
    'calendars.yaml',
    'from: 2027-01-01',
    'from: 2026-12-31',
    ['calendars.yaml:22:40 holiday-outside-its-year'],
  ],
  [
    'a holiday ends before it begins',
    'calendars.yaml',
    'to: 2026-06-05',
    'to: 2026-06-03',
    ['calendars.yaml:15:59 holiday-reversed'],
  ],
  [
    'a holiday ends in a later year by a slip',
    'calendars.yaml',
    'to: 2026-06-05',
    'to: 2036-06-05',
    ['calendars.yaml:15:59 holiday-too-long'],
  ],
  [
    'two calendars have no weekday in common',
    'calendars.yaml',
    '[7, 1, 2, 3, 4]',
    '[6, 7]',
    ['calendars.yaml:28:22 weekdays-disjoint'],
  ],
  [
    'two holidays share a day',
    'calendars.yaml',
    '{ holiday: new-year, from: 2026-01-01 }',
    '{ holiday: new-year, from: 2026-06-05 }',
    ['calendars.yaml:14:40 holidays-overlap'],
  ],
  [
    'a holiday has no name',
    'calendars.yaml',
    '{ holiday: new-year, from: 2027-01-01 }',
    '{ holiday: new-years, from: 2027-01-01 }',
    ['calendars.yaml:22:24 holiday-name-unknown'],
  ],
  [
    'a make-up day belongs to no holiday',
    'calendars.yaml',
    '{ on: 2026-06-13, holiday: river-feast }',
    '{ on: 2026-06-13, holiday: carnival }',
    ['calendars.yaml:17:40 holiday-name-unknown'],
  ],
  [
    'a name is never used',
    'calendars.yaml',
    '      harvest: ',
    '      carnival: { de: Fasnacht, fr: Carnaval }\n      harvest: ',
    ['calendars.yaml:30:7 holiday-name-unused'],
  ],
  [
    'a make-up day is worked anyway',
    'calendars.yaml',
    'on: 2026-06-13',
    'on: 2026-06-12',
    ['calendars.yaml:17:19 make-up-day-on-working-day'],
  ],
  [
    'a make-up day lies within a holiday',
    'calendars.yaml',
    'on: 2026-06-13',
    'on: 2026-06-04',
    ['calendars.yaml:17:19 make-up-day-in-holiday'],
  ],
  [
    'a make-up day stands twice',
    'calendars.yaml',
    '          - { on: 2026-06-13, holiday: river-feast }\n',
    '          - { on: 2026-06-13, holiday: river-feast }\n          - { on: 2026-06-13, holiday: river-feast }\n',
    ['calendars.yaml:18:19 make-up-day-twice'],
  ],
  [
    'a make-up day lies outside the years of the calendar',
    'calendars.yaml',
    'on: 2026-06-13',
    'on: 2025-12-28',
    ['calendars.yaml:17:19 make-up-day-outside-declared-years'],
  ],
];

describe('Calendars', () => {
  it.each(cases)('%s', (_title, path, from, to, problems) => {
    expect(found(edited(path, from, to))).toEqual(problems);
  });
});
