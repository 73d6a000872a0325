import chineseDays from 'chinese-days';
import Holidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { read } from './source-files.ts';

/*
 * Counts the days of the two calendars in its own plain way, apart from the kernel that runs on them,
 * and holds every day against two open-source tables. Dates are UTC midnights, so no time zone can shift them.
 */

interface Year {
  readonly year: number;
  readonly holidays: readonly { readonly from: string; readonly to?: string }[];
  readonly makeUpDays?: readonly { readonly on: string }[];
}

interface Calendar {
  readonly workingWeekdays: readonly number[];
  readonly years: readonly Year[];
}

const millisecondsOfDay = 86_400_000;

function days(from: string, to: string): string[] {
  const listed: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += millisecondsOfDay) {
    listed.push(new Date(at).toISOString().slice(0, 10));
  }
  return listed;
}

const daysOf = (year: number) => days(`${year}-01-01`, `${year}-12-31`);

/** Monday is 1. */
const weekday = (day: string) => new Date(day).getUTCDay() || 7;

function readCalendar(file: string) {
  const { calendars } = parse(read(`zone/hetao/calendars/${file}.yaml`)) as { calendars: [Calendar] };
  const [{ workingWeekdays, years }] = calendars;
  const off = years.flatMap(({ holidays }) => holidays.flatMap(({ from, to }) => days(from, to ?? from)));
  const madeUp = years.flatMap(({ makeUpDays }) => makeUpDays?.map(({ on }) => on) ?? []);
  const works = (day: string) =>
    madeUp.includes(day) || (workingWeekdays.includes(weekday(day)) && !off.includes(day));
  return { years: years.map(({ year }) => year), off, madeUp, works };
}

const shenzhen = readCalendar('sz');
const hongKong = readCalendar('hk');

describe('the calendars of the two parks', () => {
  it('list the years that are published, and no other', () => {
    expect(shenzhen.years).toEqual([2022, 2023, 2024, 2025, 2026]);
    expect(hongKong.years).toEqual([2022, 2023, 2024, 2025, 2026, 2027]);
  });

  it('list no day twice, and make up only days that a plain week has off', () => {
    for (const { off, madeUp } of [shenzhen, hongKong]) {
      const listed = [...off, ...madeUp];
      expect(new Set(listed).size).toBe(listed.length);
      expect(madeUp.filter((day) => weekday(day) <= 5)).toEqual([]);
    }
  });

  it.each([
    { year: 2025, inShenzhen: 248, inHongKong: 246, onBothSides: 237 },
    { year: 2026, inShenzhen: 248, inHongKong: 247, onBothSides: 236 },
  ])(
    '$year has $inShenzhen working days in Shenzhen, $inHongKong in Hong Kong and $onBothSides on both sides',
    ({ year, inShenzhen, inHongKong, onBothSides }) => {
      const all = daysOf(year);
      expect(all.filter(shenzhen.works)).toHaveLength(inShenzhen);
      expect(all.filter(hongKong.works)).toHaveLength(inHongKong);
      expect(all.filter((day) => shenzhen.works(day) && hongKong.works(day))).toHaveLength(onBothSides);
    },
  );

  it('2027 has 248 working days in Hong Kong', () => {
    expect(daysOf(2027).filter(hongKong.works)).toHaveLength(248);
  });

  it('differ in 2026 on twelve days that Shenzhen works and eleven that Hong Kong works', () => {
    const all = daysOf(2026);
    expect(all.filter((day) => shenzhen.works(day) && !hongKong.works(day))).toEqual(
      // biome-ignore format: a calendar is read in lines
      ['2026-01-04', '2026-02-14', '2026-02-28', '2026-04-03', '2026-04-07', '2026-05-09', '2026-05-25', '2026-07-01',
        '2026-09-20', '2026-10-10', '2026-10-19', '2026-12-25'],
    );
    expect(all.filter((day) => hongKong.works(day) && !shenzhen.works(day))).toEqual(
      // biome-ignore format: a calendar is read in lines
      ['2026-01-02', '2026-02-16', '2026-02-20', '2026-02-23', '2026-05-04', '2026-05-05', '2026-09-25', '2026-10-02',
        '2026-10-05', '2026-10-06', '2026-10-07'],
    );
  });

  it.each(shenzhen.years)('agree with chinese-days on every day of %i in Shenzhen', (year) => {
    for (const day of daysOf(year)) expect(shenzhen.works(day), day).toBe(chineseDays.isWorkday(day));
  });

  it.each(hongKong.years)('agree with date-holidays on every general holiday of %i in Hong Kong', (year) => {
    const published = new Holidays('HK').getHolidays(year).filter(({ type }) => type === 'public');
    const expected = new Set(published.map(({ date }) => date.slice(0, 10)));
    const withSundays = (isHoliday: (day: string) => boolean) =>
      daysOf(year).filter((day) => weekday(day) === 7 || isHoliday(day));
    expect(withSundays((day) => hongKong.off.includes(day))).toEqual(withSundays((day) => expected.has(day)));
  });
});
