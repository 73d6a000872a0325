import type { Facts } from '../policy/expression.ts';
import type { IsoDate } from '../shared/date.ts';
import type { CaseEventType, JointConsequence } from '../vocabulary.ts';
import type { Actor, Contribution, Decision, EvidenceItem, EvidenceRequest } from './state.ts';

interface Filling {
  readonly answers: Facts;
  readonly evidence: readonly EvidenceItem[];
}

interface EventFields {
  caseOpened: {
    readonly caseId: string;
    readonly dossier: string | null;
    readonly applicant: string;
    readonly definition: { readonly service: string; readonly hash: string };
  } & Filling;
  caseAmended: Filling;
  caseFiled: unknown;
  caseWithdrawn: unknown;
  caseAccepted: {
    /** Day from which it counts; where silence accepted, the day after the limit, however late that is recorded. */
    readonly acceptedOn: IsoDate;
    /** Minor papers still owed, with the day each is due. */
    readonly debts: Readonly<Record<string, IsoDate>>;
    /** Whether the authority's silence accepted it. */
    readonly tacit: boolean;
  };
  acceptanceDeclined: { readonly reasons: readonly string[] };
  evidenceRequested: { readonly request: EvidenceRequest };
  /** `complete` ends the pause: everything that was asked for is there. */
  evidenceSupplied: Filling & { readonly complete: boolean };
  caseLapsed: unknown;
  stepCompleted: {
    readonly step: string;
    readonly result: 'passed' | 'failed';
    readonly conditions: readonly string[];
  };
  contributionRecorded: {
    readonly step: string;
    readonly side: 'own' | 'other';
    readonly contribution: Contribution;
  };
  jointOutcomeReached: {
    readonly step: string;
    readonly consequence: JointConsequence;
    readonly conditions: readonly string[];
  };
  caseSuspended: { readonly procedure: string };
  caseResumed: unknown;
  limitExtended: { readonly reason: string };
  decisionProposed: { readonly decision: Decision };
  proposalReturned: { readonly reason: string };
  caseDecided: { readonly decision: Decision; readonly tacit: boolean };
  outputServed: {
    readonly receiptNumber: string;
    /** Facts that later services take from this output. */
    readonly establishes: Facts;
  };
  caseClosed: unknown;
  remedyLodged: { readonly remedy: string };
  remedyDismissed: unknown;
  /** The challenged act falls; the authority starts again with a fresh limit. */
  caseReopened: unknown;
}

export type EventOf<Type extends CaseEventType> = {
  readonly type: Type;
  /** Calendar date of the act in the deciding park. */
  readonly on: IsoDate;
  /** Instant of the act, ISO 8601 in UTC. */
  readonly at: string;
  readonly by: Actor;
} & EventFields[Type];

/** What happened to a case, in the past tense; the only truth about it. */
export type CaseEvent = { [Type in CaseEventType]: EventOf<Type> }[CaseEventType];
