import type { WorkingCalendar } from '../shared/calendar.ts';
import type { IsoDate } from '../shared/date.ts';
import type { ServiceDefinition } from './definition.ts';
import type { Actor } from './state.ts';

/** Everything a decision needs besides the command and the state. The kernel itself knows no clock and no calendar. */
export interface CaseContext {
  readonly actor: Actor;
  /** Calendar date in the deciding park. */
  readonly today: IsoDate;
  /** Instant, ISO 8601 in UTC. */
  readonly at: string;
  /** The definition the case was opened under; a case that is still to be opened takes the one in force. */
  readonly service: ServiceDefinition;
  /** The working days of one calendar, or those common to several. */
  readonly calendarFor: (calendars: readonly string[]) => WorkingCalendar;
}
