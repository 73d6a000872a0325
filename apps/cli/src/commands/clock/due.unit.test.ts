import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../render/width.ts';
import { call, inventedZone } from '../../testing/call.ts';

const due = (...argv: readonly string[]) => ['clock', 'due', ...argv];
const invented = (...argv: readonly string[]) => due('--zone', inventedZone, ...argv);

interface Described {
  readonly due: string;
  readonly provisional: boolean;
  readonly days: readonly { readonly date: string; readonly counts: boolean; readonly cause: string }[];
}

describe('counting a time limit', () => {
  it('counts make-up days and leaves out the holiday they make up for', async () => {
    const { code, out } = await call(due('--park', 'sz', '--from', '2026-02-10', '--days', '10', '--json'));
    expect(code).toBe(0);
    const { due: last, provisional, days } = JSON.parse(out) as Described;
    expect({ last, provisional }).toEqual({ last: '2026-03-02', provisional: false });
    const counted = days.filter(({ counts }) => counts).map(({ date }) => date);
    expect(counted).toHaveLength(10);
    expect(counted).toEqual(expect.arrayContaining(['2026-02-14', '2026-02-28']));
    const holiday = days.filter(({ date }) => date >= '2026-02-15' && date <= '2026-02-23');
    expect(holiday.map(({ counts, cause }) => `${counts} ${cause}`)).toEqual(
      new Array(9).fill('false holiday'),
    );
  });

  it('says for each day whether it counts, which one it is, why, and whose day it is', async () => {
    const argv = [
      '--park',
      'north',
      '--from',
      '2026-06-02',
      '--days',
      '2',
      '--stop',
      '2026-06-03..2026-06-03',
    ];
    const { out } = await call(invented(...argv, '--json'));
    const described = JSON.parse(out) as Described;
    expect(Object.keys(described)).toEqual(['park', 'from', 'amount', 'due', 'provisional', 'days']);
    expect(described.days.slice(0, 4)).toEqual([
      {
        date: '2026-06-02',
        counts: false,
        number: null,
        cause: 'startDay',
        because: 'day of the act; the count begins the day after',
        owner: 'authority',
        provisional: false,
      },
      expect.objectContaining({ date: '2026-06-03', cause: 'pause', owner: 'applicant', number: null }),
      expect.objectContaining({ date: '2026-06-04', cause: 'holiday', because: 'Flussfest' }),
      expect.objectContaining({ date: '2026-06-05', cause: 'holiday', owner: 'authority' }),
    ]);
    expect(described.due).toBe('2026-06-09');
  });

  it('counts only days that both parks work, and names the park that does not', async () => {
    const argv = ['--park', 'south', '--with-park', 'north', '--from', '2026-06-04', '--days', '3'];
    const { out } = await call(invented(...argv));
    expect(out).toContain('rest day of the week in Nord');
    expect(out).toContain('Flussfest (Nord)');
    expect(out).toContain('Due on Wednesday, 10 June 2026.');
  });

  it('warns where the year is not published, and says which', async () => {
    const { code, out } = await call(invented('--park', 'south', '--from', '2026-12-28', '--days', '8'));
    expect(code).toBe(0);
    expect(out).toContain('the working days of Südpark in 2027 are not published');
    expect(out).toContain('provisionally.');
  });

  it.each([
    ['zh-Hans', '到期日：2026年6月15日星期一。', '调休工作日（Flussfest）'],
    ['zh-Hant', '到期日：2026年6月15日星期一。', '調休工作日（Flussfest）'],
    ['en', 'Due on Monday, 15 June 2026.', 'make-up day, worked for Flussfest'],
  ])('speaks to its reader in %s', async (language, last, cause) => {
    const argv = ['--park', 'north', '--from', '2026-06-10', '--days', '4', '--lang', language];
    const { out } = await call(invented(...argv));
    expect(out).toContain(last);
    expect(out).toContain(cause);
  });

  it.each([40, 60, 80, 120])('fits a terminal of %i columns', async (columns) => {
    for (const language of ['en', 'zh-Hant']) {
      const argv = ['--park', 'north', '--with-park', 'south', '--from', '2026-06-01', '--days', '20'];
      const { out } = await call(invented(...argv, '--lang', language), { columns });
      expect(Math.max(...out.split('\n').map(columnsOf))).toBeLessThanOrEqual(columns);
    }
  });
});
