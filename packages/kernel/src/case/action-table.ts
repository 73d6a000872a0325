import type { CaseAction, CaseStatus, Role } from '../vocabulary.ts';

interface ActionRule {
  readonly by: readonly Role[];
  readonly in: readonly CaseStatus[];
  /**
   * Whose desk: the deciding authority, the organisation that holds the step, the other side's authority (for which an
   * officer of the deciding one may write down what it said), or nobody's in particular.
   */
  readonly desk: 'authority' | 'step' | 'otherAuthority' | 'applicant' | 'any';
}

const beforeDecision = ['filed', 'awaitingEvidence', 'inExamination', 'suspended'] as const;

/**
 * Who may do what, when: action × role × status × desk. What else stands in the way of an action (a limit, an open
 * step, four eyes) is said by its `ready` in the file of its phase, with the clause.
 */
export const actionTable = {
  openCase: { by: ['applicant'], in: ['none'], desk: 'any' },
  amendCase: { by: ['applicant'], in: ['draft', ...beforeDecision], desk: 'applicant' },
  fileCase: { by: ['applicant'], in: ['draft'], desk: 'applicant' },
  withdrawCase: { by: ['applicant'], in: ['draft', ...beforeDecision], desk: 'applicant' },

  acceptCase: { by: ['officer'], in: ['filed'], desk: 'authority' },
  declineAcceptance: { by: ['officer'], in: ['filed'], desk: 'authority' },

  requestEvidence: { by: ['officer'], in: ['filed', 'inExamination'], desk: 'authority' },
  supplyEvidence: {
    by: ['applicant'],
    in: ['awaitingEvidence', 'inExamination', 'suspended'],
    desk: 'applicant',
  },
  declareLapse: { by: ['timer'], in: ['awaitingEvidence'], desk: 'any' },

  completeStep: { by: ['officer'], in: ['inExamination'], desk: 'step' },
  contribute: { by: ['officer'], in: ['inExamination'], desk: 'step' },
  recordContribution: { by: ['peer', 'officer'], in: [...beforeDecision], desk: 'otherAuthority' },

  suspendCase: { by: ['officer'], in: ['inExamination'], desk: 'authority' },
  resumeCase: { by: ['officer'], in: ['awaitingEvidence', 'suspended'], desk: 'authority' },
  extendLimit: { by: ['officer'], in: ['inExamination'], desk: 'authority' },

  decideCase: { by: ['officer'], in: ['inExamination'], desk: 'authority' },
  proposeDecision: { by: ['officer'], in: ['inExamination'], desk: 'authority' },
  returnProposal: { by: ['officer'], in: ['inExamination'], desk: 'authority' },
  approveDecision: { by: ['officer'], in: ['inExamination'], desk: 'authority' },
  declareTacitEffect: { by: ['timer'], in: ['filed', 'inExamination'], desk: 'any' },

  serveOutput: { by: ['officer'], in: ['decided'], desk: 'authority' },
  closeCase: { by: ['officer', 'timer'], in: ['served'], desk: 'authority' },

  lodgeRemedy: {
    by: ['applicant'],
    in: ['notAccepted', 'lapsed', 'decided', 'served', 'closed'],
    desk: 'applicant',
  },
  decideRemedy: { by: ['remedyBody'], in: ['underRemedy'], desk: 'any' },
} as const satisfies Record<CaseAction, ActionRule>;
