import type { CalendarHoliday, WorkCause } from '@twinpark/kernel/shared/calendar.ts';
import type { DayCause, DayOwner } from '@twinpark/kernel/shared/deadline.ts';
import { listOf, pick } from '@twinpark/pack/words/words.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { fill, type Messages } from '../i18n/messages.ts';

type CalendarsAndParks = Pick<Zone, 'calendars' | 'parks'>;

/**
 * Why a day counts or does not, in words. Where the days of several calendars are counted together, it says whose
 * holiday or rest day it is.
 */
export function causeInWords(
  cause: DayCause,
  zone: CalendarsAndParks,
  several: boolean,
  m: Messages,
): string {
  const { causes } = m.law;
  switch (cause.kind) {
    case 'workingDay':
    case 'startDay':
    case 'calendarDay':
      return causes[cause.kind];
    case 'makeUpDay':
    case 'holiday':
      return holidayInWords(cause, zone, several, m);
    case 'restDay': {
      const everywhere = !several || cause.calendars.length === zone.parks.size;
      if (everywhere) return causes.restDay;
      return fill(causes.restDayIn, { parks: parksOf(cause.calendars, zone, m) });
    }
    case 'pause':
      if (cause.pause.kind === 'evidence') return causes.pause;
      return fill(causes.procedure, { procedure: cause.pause.procedure });
    case 'rolledForward':
      return fill(causes.rolledForward, { cause: causeInWords(cause.after, zone, several, m) });
    default:
      return cause satisfies never;
  }
}

/** On whose desk the case lies that day. */
export function ownerInWords(owner: DayOwner, m: Messages): string {
  const procedure = owner.kind === 'procedure' ? owner.procedure : '';
  return fill(m.law.owners[owner.kind], { procedure });
}

function holidayInWords(
  { kind, holidays }: Extract<WorkCause, { kind: 'holiday' | 'makeUpDay' }>,
  zone: CalendarsAndParks,
  several: boolean,
  m: Messages,
): string {
  const { causes } = m.law;
  const names = (of: readonly CalendarHoliday[]) =>
    listOf(m, [...new Set(of.map((holiday) => holidayName(holiday, zone, m)))]);
  const form = kind === 'holiday' ? causes.holiday : causes.makeUpDay;
  if (!several) return fill(form, { holidays: names(holidays) });
  const formIn = kind === 'holiday' ? causes.holidayIn : causes.makeUpDayIn;
  const calendars = [...new Set(holidays.map(({ calendar }) => calendar))];
  const parts = calendars.map((calendar) =>
    fill(formIn, {
      holidays: names(holidays.filter((holiday) => holiday.calendar === calendar)),
      parks: parksOf([calendar], zone, m),
    }),
  );
  return listOf(m, parts);
}

function holidayName({ calendar, holiday }: CalendarHoliday, zone: CalendarsAndParks, m: Messages): string {
  const name = zone.calendars.get(calendar)?.holidayNames[holiday];
  return name ? pick(name, m) : holiday;
}

function parksOf(
  calendars: readonly string[],
  { calendars: known, parks }: CalendarsAndParks,
  m: Messages,
): string {
  const names = calendars.map((id) => {
    const park = parks.get(known.get(id)?.park ?? '');
    return park ? pick(park.shortName, m) : id;
  });
  return listOf(m, [...new Set(names)]);
}
