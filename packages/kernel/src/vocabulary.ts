/** Closed lists of words that the kernel, the wire and the screens share. */

export const caseStatuses = [
  'none',
  'draft',
  'filed',
  'awaitingEvidence',
  'inExamination',
  'suspended',
  'decided',
  'served',
  'closed',
  'notAccepted',
  'withdrawn',
  'lapsed',
  'underRemedy',
] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/**
 * In which capacity somebody acts on a case. `peer` is the other park's authority, heard through the gateway;
 * `timer` is the node itself when a date has passed; `remedyBody` reviews a decision.
 */
export const roles = ['applicant', 'officer', 'peer', 'timer', 'remedyBody'] as const;
export type Role = (typeof roles)[number];

export const caseActions = [
  'openCase',
  'amendCase',
  'fileCase',
  'withdrawCase',
  'acceptCase',
  'declineAcceptance',
  'requestEvidence',
  'supplyEvidence',
  'declareLapse',
  'completeStep',
  'contribute',
  'recordContribution',
  'suspendCase',
  'resumeCase',
  'extendLimit',
  'decideCase',
  'proposeDecision',
  'returnProposal',
  'approveDecision',
  'declareTacitEffect',
  'serveOutput',
  'closeCase',
  'lodgeRemedy',
  'decideRemedy',
] as const;
export type CaseAction = (typeof caseActions)[number];

export const decisionOutcomes = ['granted', 'grantedWithConditions', 'refused'] as const;
export type DecisionOutcome = (typeof decisionOutcomes)[number];

/** Why a command is refused. A code states the fact; the clause and facts come beside it. */
export const refusalCodes = [
  'actionNotInStatus',
  'roleMayNot',
  'notYourCase',
  'notYourDesk',
  'dateBeforeLastEvent',
  'definitionNotPinned',
  'serviceNotInForce',
  'fieldNotDeclared',
  'nothingGiven',
  'factsMissing',
  'evidenceMissing',
  'reasonMissing',
  'roundsUsedUp',
  'noTimeLimit',
  'timeLimitRunning',
  'timeLimitPassed',
  'silenceHasNoEffect',
  'stepUnknown',
  'stepNotOpen',
  'stepIsJoint',
  'stepIsNotJoint',
  'alreadyContributed',
  'conditionsMissing',
  'conditionsNotExpected',
  'procedureUnknown',
  'noExtension',
  'extensionsUsedUp',
  'stepsOutstanding',
  'stepFailed',
  'debtOutstanding',
  'conditionsBind',
  'criterionNotMet',
  'criterionUnsettled',
  'fourEyesRequired',
  'fourEyesNotRequired',
  'noProposal',
  'sameOfficer',
  'remedyUnknown',
  'remedyUsedUp',
  'earlierServicesOutstanding',
  'earlierServicesFailed',
  'serviceNotNeeded',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];
