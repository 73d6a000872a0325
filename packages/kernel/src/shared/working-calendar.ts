import type { Citation } from './citation.ts';
import type { IsoDate } from './date.ts';
import type { Text } from './text.ts';

/** The working days of one park as its authorities published them, year by year. */
export interface CalendarDefinition {
  readonly id: string;
  readonly park: string;
  /** ISO weekdays that are worked in a plain week; 1 is Monday. */
  readonly workingWeekdays: readonly number[];
  /** Days outside these years are counted by plain weeks and make a deadline provisional. */
  readonly years: readonly CalendarYear[];
  readonly holidayNames: Readonly<Record<string, Text>>;
}

export interface CalendarYear {
  readonly year: number;
  readonly holidays: readonly Holiday[];
  /** Days off in a plain week that are worked in exchange for a holiday (调休). */
  readonly makeUpDays: readonly { readonly on: IsoDate; readonly holiday: string }[];
  readonly citation: Citation;
}

export interface Holiday {
  /** Key of `holidayNames`. */
  readonly holiday: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
}
