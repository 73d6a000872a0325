import type { NotificationFacts, NotificationKind } from '@twinpark/contract/notification/notifications.ts';
import type { CaseEvent, EventOf } from '@twinpark/kernel/case/events.ts';
import type { CaseEventType } from '@twinpark/kernel/vocabulary.ts';

/**
 * Who of a case: the applicant's organisation, the deciding authority, or every other organisation with a desk in it,
 * which are those that hold a step and the body of a remedy.
 */
export type Audience = 'applicant' | 'authority' | 'desks';

interface Telling<Type extends CaseEventType> {
  /** Nobody is told of its own act; what silence did, everybody named is told. */
  readonly to: readonly Audience[];
  /** What goes on between officers: the colleagues of whoever acted are told, and nobody else. */
  readonly amongColleagues?: true;
  readonly facts: (event: EventOf<Type>) => Omit<NotificationFacts, 'on'>;
}

const nothing = () => ({});

/** Of every event, who is told of it and what; null for what nobody is told of. */
const tellings: { readonly [Type in CaseEventType]: Telling<Type> | null } = {
  caseOpened: null,
  caseAmended: { to: ['authority', 'desks'], facts: nothing },
  caseFiled: { to: ['authority'], facts: nothing },
  caseWithdrawn: { to: ['authority', 'desks'], facts: nothing },
  caseAccepted: { to: ['applicant', 'authority', 'desks'], facts: ({ tacit }) => ({ tacit }) },
  acceptanceDeclined: { to: ['applicant', 'authority'], facts: nothing },
  evidenceRequested: { to: ['applicant'], facts: ({ request }) => ({ dueOn: request.dueOn }) },
  evidenceSupplied: { to: ['authority', 'desks'], facts: ({ complete }) => ({ complete }) },
  caseLapsed: { to: ['applicant', 'authority', 'desks'], facts: nothing },
  stepCompleted: { to: ['authority', 'desks'], facts: ({ step, result }) => ({ step, result }) },
  contributionRecorded: { to: ['authority', 'desks'], facts: ({ step, side }) => ({ step, side }) },
  jointOutcomeReached: {
    to: ['authority', 'desks'],
    facts: ({ step, consequence }) => ({ step, consequence }),
  },
  caseSuspended: { to: ['applicant', 'desks'], facts: ({ procedure }) => ({ procedure }) },
  caseResumed: { to: ['applicant', 'desks'], facts: nothing },
  limitExtended: { to: ['applicant', 'desks'], facts: nothing },
  decisionProposed: { to: ['authority'], amongColleagues: true, facts: nothing },
  proposalReturned: { to: ['authority'], amongColleagues: true, facts: nothing },
  caseDecided: {
    to: ['applicant', 'authority', 'desks'],
    facts: ({ decision, tacit }) => ({ outcome: decision.outcome, tacit }),
  },
  outputServed: { to: ['applicant'], facts: nothing },
  caseClosed: { to: ['applicant'], facts: nothing },
  remedyLodged: { to: ['authority', 'desks'], facts: ({ remedy }) => ({ remedy }) },
  remedyDismissed: { to: ['applicant', 'authority'], facts: nothing },
  caseReopened: { to: ['applicant', 'authority', 'desks'], facts: nothing },
};

/** What an event tells, or null where it tells nobody anything. */
export function tellingOf(event: CaseEvent): {
  readonly kind: NotificationKind;
  readonly to: readonly Audience[];
  readonly facts: NotificationFacts;
  /** The organisation that need not be told; null where all are. */
  readonly notTo: string | null;
} | null {
  const { type, on, by } = event;
  // The record ties each type to its event; a look-up by a union of types cannot carry that tie.
  const telling = tellings[type] as Telling<never> | null;
  if (type === 'caseOpened' || telling === null) return null;
  const actsItself = telling.amongColleagues !== true && by.role !== 'timer';
  return {
    kind: type,
    to: telling.to,
    facts: { on, ...telling.facts(event as never) },
    notTo: actsItself ? by.organization : null,
  };
}
