import type { ReviewStatus } from '@twinpark/kernel/shared/citation.ts';
import type {
  CaseAction,
  CaseEventType,
  CaseStatus,
  DecisionOutcome,
  JointAnswer,
  JointCombination,
  JointConsequence,
  RefusalCode,
  Role,
} from '@twinpark/kernel/vocabulary.ts';

/** Events that read differently by what they carry. */
export type EventVariant =
  | 'caseAcceptedOwing'
  | 'caseAcceptedBySilence'
  | 'acceptanceDeclinedBySilence'
  | 'evidenceSuppliedInPart'
  | 'debtSettled'
  | 'stepPassed'
  | 'stepPassedOnConditions'
  | 'stepFailed'
  | 'contributionReceived'
  | 'caseDecidedBySilence';

/** The words of case handling, complete over the kernel's closed lists, so that a new code cannot stay without words. */
export interface LawWords {
  readonly statuses: Readonly<Record<CaseStatus, string>>;
  readonly actions: Readonly<Record<CaseAction, string>>;
  readonly roles: Readonly<Record<Role, string>>;
  readonly outcomes: Readonly<Record<DecisionOutcome, string>>;
  readonly answers: Readonly<Record<JointAnswer, string>>;
  readonly combinations: Readonly<Record<JointCombination, string>>;
  readonly consequences: Readonly<Record<JointConsequence, string>>;
  readonly events: Readonly<Record<CaseEventType | EventVariant, string>>;
  readonly refusals: Readonly<Record<RefusalCode, string>>;
  readonly causes: DayCauseWords;
  readonly owners: Readonly<Record<'authority' | 'applicant' | 'procedure', string>>;
  readonly reviewStatuses: Readonly<Record<ReviewStatus, string>>;
  readonly citation: CitationWords;
  readonly values: { readonly yes: string; readonly no: string };
  readonly steps: { readonly waiting: string; readonly notApplicable: string; readonly done: string };
}

/** Why a day counts or does not. `…In` names the parks where several calendars are counted together. */
interface DayCauseWords {
  readonly workingDay: string;
  readonly makeUpDay: string;
  readonly makeUpDayIn: string;
  readonly restDay: string;
  readonly restDayIn: string;
  readonly holiday: string;
  readonly holidayIn: string;
  readonly calendarDay: string;
  readonly startDay: string;
  readonly pause: string;
  readonly procedure: string;
  readonly rolledForward: string;
}

interface CitationWords {
  /** How a clause of each kind is cited; `to` joins the first and the last of several. */
  readonly clauses: Readonly<
    Record<
      'article' | 'articles' | 'section' | 'regulation' | 'clause' | 'order' | 'item' | 'plain' | 'to',
      string
    >
  >;
  readonly otherClause: string;
  readonly full: string;
  readonly instrumentOnly: string;
  readonly seenOnly: string;
  /** A document by its title, in the language it is written in. */
  readonly source: string;
  readonly none: string;
}
