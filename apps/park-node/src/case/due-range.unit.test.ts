import { compileCalendar } from '@twinpark/kernel/shared/calendar.ts';
import { clause } from '@twinpark/testkit/citation.ts';
import { describe, expect, it } from 'vitest';
import { dueRange } from './due-range.ts';

/** A feast on Thursday 4 and Friday 5 June, for which Saturday 13 June is worked. */
const calendar = compileCalendar({
  id: 'plain',
  park: 'park',
  workingWeekdays: [1, 2, 3, 4, 5],
  holidayNames: {},
  years: [
    {
      year: 2026,
      holidays: [{ holiday: 'feast', from: '2026-06-04', to: '2026-06-05' }],
      makeUpDays: [{ on: '2026-06-13', holiday: 'feast' }],
      citation: clause('§ 30'),
    },
  ],
});

const range = (name: Parameters<typeof dueRange>[0], today: string) => dueRange(name, today, calendar);

describe('a filter by last day', () => {
  it('names days seen from today', () => {
    expect(range('overdue', '2026-06-10')).toEqual({ from: null, to: '2026-06-09' });
    expect(range('today', '2026-06-10')).toEqual({ from: '2026-06-10', to: '2026-06-10' });
  });

  it('counts working days past feasts and weekends, and a Saturday that is worked', () => {
    expect(range('inThreeWorkingDays', '2026-06-03').to).toBe('2026-06-10');
    expect(range('inThreeWorkingDays', '2026-06-10').to).toBe('2026-06-13');
  });

  it('ends a week on Sunday, on a Sunday with itself', () => {
    expect(range('thisWeek', '2026-06-10').to).toBe('2026-06-14');
    expect(range('thisWeek', '2026-06-14')).toEqual({ from: '2026-06-14', to: '2026-06-14' });
  });

  it('leaves for later what is neither within three working days nor this week', () => {
    expect(range('later', '2026-06-10')).toEqual({ from: '2026-06-15', to: null });
    expect(range('later', '2026-06-14')).toEqual({ from: '2026-06-18', to: null });
  });
});
