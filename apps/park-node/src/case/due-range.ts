import type { dueRanges } from '@twinpark/contract/case/list-cases.ts';
import { dayKind, type WorkingCalendar } from '@twinpark/kernel/shared/calendar.ts';

/** Calendar dates, both ends included; null leaves an end open. */
export interface DateRange {
  readonly from: string | null;
  readonly to: string | null;
}

/** Cases that are due within so many working days are at risk. */
const atRiskWorkingDays = 3;

/** The days that a filter by due date names, seen from today. Weeks end on Sunday. */
export function dueRange(
  name: Exclude<(typeof dueRanges)[number], 'none'>,
  today: string,
  calendar: WorkingCalendar,
): DateRange {
  const day = Temporal.PlainDate.from(today);
  const sunday = day.add({ days: 7 - day.dayOfWeek });
  const third = workingDaysAfter(day, atRiskWorkingDays, calendar);
  switch (name) {
    case 'overdue':
      return { from: null, to: day.subtract({ days: 1 }).toString() };
    case 'today':
      return { from: today, to: today };
    case 'inThreeWorkingDays':
      return { from: today, to: third.toString() };
    case 'thisWeek':
      return { from: today, to: sunday.toString() };
    case 'later': {
      const last = Temporal.PlainDate.compare(third, sunday) > 0 ? third : sunday;
      return { from: last.add({ days: 1 }).toString(), to: null };
    }
    default:
      return name satisfies never;
  }
}

function workingDaysAfter(
  from: Temporal.PlainDate,
  count: number,
  calendar: WorkingCalendar,
): Temporal.PlainDate {
  let day = from;
  for (let left = count; left > 0; ) {
    day = day.add({ days: 1 });
    if (dayKind(calendar, day).works) left -= 1;
  }
  return day;
}
