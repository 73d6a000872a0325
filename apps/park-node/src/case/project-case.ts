import type { RunningClock } from '@twinpark/kernel/case/clock.ts';
import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { CaseState } from '@twinpark/kernel/case/state.ts';
import { dayKind } from '@twinpark/kernel/shared/calendar.ts';
import type { CasesTable, DeadlinesTable, WaitingFor } from '../platform/database/tables.ts';

/** What the queue shows of a case, and nothing that its events do not say. */
export type CaseProjection = Pick<
  CasesTable,
  | 'status'
  | 'outcome'
  | 'waitingFor'
  | 'dueOn'
  | 'dueProvisional'
  | 'applicantDueOn'
  | 'filedOn'
  | 'decidedOn'
  | 'receiptNumber'
>;

export type OpenedCase = Exclude<CaseState, { status: 'none' }>;

/** Whose move a case is by its status. */
export const waitingForIn: Readonly<Record<OpenedCase['status'], WaitingFor>> = {
  draft: 'applicant',
  filed: 'authority',
  awaitingEvidence: 'applicant',
  inExamination: 'authority',
  suspended: 'procedure',
  decided: 'authority',
  served: 'nobody',
  closed: 'nobody',
  notAccepted: 'nobody',
  withdrawn: 'nobody',
  lapsed: 'nobody',
  underRemedy: 'remedyBody',
};

/** How many working days before the last day the node first rings. */
const dueSoonWorkingDays = 3;

export function projectCase(state: OpenedCase, clocks: readonly RunningClock[]): CaseProjection {
  const authority = clocks.find(({ of }) => of === 'acceptance' || of === 'decision');
  const running = authority?.stoppedSince === null ? authority : undefined;
  const applicant = clocks
    .filter(({ owner, of }) => owner.kind === 'applicant' && (of === 'supplement' || of === 'debt'))
    .map(({ dueOn }) => dueOn)
    .sort();
  const decision = 'decision' in state ? state.decision : challengedDecision(state);
  return {
    status: state.status,
    outcome: decision?.outcome ?? null,
    waitingFor: waitingForIn[state.status],
    dueOn: running?.dueOn ?? null,
    dueProvisional: running?.provisional ?? false,
    applicantDueOn: applicant[0] ?? null,
    filedOn: filedOn(state),
    decidedOn: decision?.on ?? null,
    receiptNumber: 'receiptNumber' in state ? state.receiptNumber : challengedReceipt(state),
  };
}

/** What was filed stays filed: a withdrawal does not take it back from the authority's records. */
export function keepFiled(
  projection: CaseProjection,
  row: Pick<CasesTable, 'filedOn'> | undefined,
): CaseProjection {
  return { ...projection, filedOn: projection.filedOn ?? row?.filedOn ?? null };
}

/** The rows of the agenda that follow from the limits running on a case. */
export function projectDeadlines(
  { caseId, applicantId, authority }: Pick<CasesTable, 'caseId' | 'applicantId' | 'authority'>,
  service: ServiceDefinition,
  clocks: readonly RunningClock[],
  parkCalendar: string,
  calendarFor: CaseContext['calendarFor'],
): readonly Omit<DeadlinesTable, 'rungAt'>[] {
  const calendar = calendarFor([parkCalendar]);
  return clocks.map((clock) => {
    const stopped = clock.stoppedSince !== null;
    return {
      caseId,
      clock: clock.of,
      subject: clock.step ?? clock.paper ?? '',
      applicantId,
      authority,
      desk: service.steps.find(({ id }) => id === clock.step)?.by ?? authority,
      owner: clock.owner.kind,
      dueOn: clock.dueOn,
      provisional: clock.provisional,
      stopped,
      ring: stopped ? null : 'dueSoon',
      ringOn: stopped ? null : workingDaysBefore(clock.dueOn, clock.startedOn, calendar),
    };
  });
}

function workingDaysBefore(
  dueOn: string,
  startedOn: string,
  calendar: Parameters<typeof dayKind>[0],
): string {
  const first = Temporal.PlainDate.from(startedOn);
  let day = Temporal.PlainDate.from(dueOn);
  for (let left = dueSoonWorkingDays; left > 0; ) {
    if (Temporal.PlainDate.compare(day, first) <= 0) return startedOn;
    day = day.subtract({ days: 1 });
    if (dayKind(calendar, day).works) left -= 1;
  }
  return day.toString();
}

function filedOn(state: OpenedCase): string | null {
  if ('filedOn' in state) return state.filedOn;
  return state.status === 'underRemedy' ? state.challenged.filedOn : null;
}

function challengedDecision(state: OpenedCase) {
  return state.status === 'underRemedy' && 'decision' in state.challenged ? state.challenged.decision : null;
}

function challengedReceipt(state: OpenedCase): string | null {
  if (state.status !== 'underRemedy' || !('receiptNumber' in state.challenged)) return null;
  return state.challenged.receiptNumber;
}
