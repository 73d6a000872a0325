import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import type { JointAnswer } from '@twinpark/kernel/vocabulary.ts';

/** What is known beside a case and is no part of it. */
export interface CaseNotes {
  /** What the other side has told of its part in joint steps of the same dossier. */
  readonly words: readonly JointWord[];
  /** SHA-256 of papers that the case was given and whose bytes the other park has not sent yet. */
  readonly onTheirWay: readonly string[];
}

/** The newest that the other side has told of one joint step. */
export interface JointWord {
  readonly panel: string;
  /** The organisation on this side that sits on the panel. */
  readonly toAuthority: string;
  /** Facts of its case that it shares with this side's panel. */
  readonly facts: Facts;
  readonly answer: JointAnswer | null;
  readonly conditions: readonly string[];
  readonly saidOn: string | null;
  /** The case here that has recorded the answer. */
  readonly heardBy: string | null;
  /** Whether its case has ended without a grant. */
  readonly ended: boolean;
}

export const noNotes: CaseNotes = { words: [], onTheirWay: [] };
