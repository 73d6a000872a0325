import type { Facts } from '../policy/expression.ts';
import type { CaseAction, DecisionOutcome, JointAnswer } from '../vocabulary.ts';
import type { EvidenceItem } from './state.ts';

interface Filling {
  readonly answers?: Facts;
  readonly evidence?: readonly EvidenceItem[];
}

interface Deciding {
  readonly outcome: DecisionOutcome;
  /** Written in the language of the case. A refusal needs at least one. */
  readonly reasons?: readonly string[];
  readonly conditions?: readonly string[];
}

interface Contributing {
  readonly step: string;
  readonly answer: JointAnswer;
  readonly conditions?: readonly string[];
}

interface CommandFields {
  openCase: { readonly caseId: string; readonly dossier?: string } & Filling;
  amendCase: Filling;
  fileCase: unknown;
  withdrawCase: unknown;
  acceptCase: unknown;
  declineAcceptance: { readonly reasons: readonly string[] };
  requestEvidence: { readonly evidence?: readonly string[]; readonly facts?: readonly string[] };
  supplyEvidence: Filling;
  declareLapse: unknown;
  completeStep: {
    readonly step: string;
    readonly result: 'passed' | 'failed';
    readonly conditions?: readonly string[];
  };
  contribute: Contributing;
  /**
   * What the other side said: as its node reported it, or as an officer knows it from a paper. An officer gives the
   * reason, which names that paper.
   */
  recordContribution: Contributing & { readonly reason?: string };
  suspendCase: { readonly procedure: string };
  resumeCase: unknown;
  extendLimit: { readonly reason: string };
  decideCase: Deciding;
  proposeDecision: Deciding;
  returnProposal: { readonly reason: string };
  approveDecision: unknown;
  declareTacitEffect: unknown;
  /** A grant establishes every fact that its service provides, such as a registration number; a refusal none. */
  serveOutput: { readonly receiptNumber: string; readonly establishes?: Facts };
  closeCase: unknown;
  lodgeRemedy: { readonly remedy: string };
  /** `dismissed`: the decision stands. `remitted`: it falls and the authority examines anew. */
  decideRemedy: { readonly result: 'dismissed' | 'remitted' };
}

export type CommandOf<Action extends CaseAction> = { readonly type: Action } & CommandFields[Action];

/** What somebody asks to be done with a case; imperative, and possibly refused. */
export type CaseCommand = { [Action in CaseAction]: CommandOf<Action> }[CaseAction];
