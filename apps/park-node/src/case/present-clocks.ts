import type { CaseView } from '@twinpark/contract/case/case-view.ts';
import type { DayCauseView } from '@twinpark/contract/case/explain-clock.ts';
import { type RunningClock, runningClocks } from '@twinpark/kernel/case/clock.ts';
import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { DayCause, DayOwner } from '@twinpark/kernel/shared/deadline.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { citeLaw } from '../catalogue/present-law.ts';
import { nameEvidence, namePart } from './present-case-fields.ts';
import type { OpenedCase } from './project-case.ts';

/** Every limit that runs on the case today, with the clause that sets it. */
export function presentClocks(
  zone: Zone,
  service: ServiceDefinition,
  state: OpenedCase,
  context: CaseContext,
): CaseView['clocks'] {
  return runningClocks(state, context).map((clock) => ({
    clock: clock.of,
    subject: subjectOf(zone, service, clock),
    owner: presentOwner(service, clock.owner),
    startedOn: clock.startedOn,
    dueOn: clock.dueOn,
    provisional: clock.provisional,
    stoppedSince: clock.stoppedSince,
    law: citeLaw(zone, clock.citation),
  }));
}

export function presentOwner(
  service: ServiceDefinition,
  owner: DayOwner,
): CaseView['clocks'][number]['owner'] {
  const procedure =
    owner.kind === 'procedure' ? namePart(service, 'specialProcedures', owner.procedure) : null;
  return { kind: owner.kind, procedure };
}

/** Why a day counts or does not, with the names of holidays and procedures. */
export function presentDayCause(zone: Zone, service: ServiceDefinition, cause: DayCause): DayCauseView {
  if (cause.kind === 'rolledForward') {
    return { kind: 'rolledForward', after: presentStandingDay(zone, service, cause.after) };
  }
  return cause.kind === 'startDay' || cause.kind === 'calendarDay'
    ? cause
    : presentStandingDay(zone, service, cause);
}

type StandingDay = Extract<DayCause, { kind: 'rolledForward' }>['after'];

function presentStandingDay(
  zone: Zone,
  service: ServiceDefinition,
  cause: StandingDay,
): Extract<DayCauseView, { kind: 'rolledForward' }>['after'] {
  switch (cause.kind) {
    case 'workingDay':
      return cause;
    case 'makeUpDay':
      return { kind: 'makeUpDay', holidays: nameHolidays(zone, cause.holidays) };
    case 'restDay':
      return { kind: 'restDay', calendars: [...cause.calendars] };
    case 'holiday':
      return {
        kind: 'holiday',
        holidays: nameHolidays(zone, cause.holidays),
        restDayIn: [...cause.restDayIn],
      };
    case 'pause':
      return {
        kind: 'pause',
        procedure:
          cause.pause.kind === 'specialProcedure'
            ? namePart(service, 'specialProcedures', cause.pause.procedure)
            : null,
      };
    default:
      return cause satisfies never;
  }
}

function nameHolidays(zone: Zone, holidays: Extract<DayCause, { kind: 'makeUpDay' }>['holidays']) {
  return holidays.map(({ calendar, holiday }) => ({
    calendar,
    name: zone.calendars.get(calendar)?.holidayNames[holiday] ?? {},
  }));
}

function subjectOf(zone: Zone, service: ServiceDefinition, { step, paper }: RunningClock) {
  if (step !== null) return namePart(service, 'steps', step);
  return paper === null ? null : nameEvidence(zone, paper);
}
