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

/** What can happen to a case, in the past tense. */
export const caseEventTypes = [
  'caseOpened',
  'caseAmended',
  'caseFiled',
  'caseWithdrawn',
  'caseAccepted',
  'acceptanceDeclined',
  'evidenceRequested',
  'evidenceSupplied',
  'caseLapsed',
  'stepCompleted',
  'contributionRecorded',
  'jointOutcomeReached',
  'caseSuspended',
  'caseResumed',
  'limitExtended',
  'decisionProposed',
  'proposalReturned',
  'caseDecided',
  'outputServed',
  'caseClosed',
  'remedyLodged',
  'remedyDismissed',
  'caseReopened',
] as const;
export type CaseEventType = (typeof caseEventTypes)[number];

export const decisionOutcomes = ['granted', 'grantedWithConditions', 'refused'] as const;
export type DecisionOutcome = (typeof decisionOutcomes)[number];

/** What a side says in a joint step. */
export const jointAnswers = ['yes', 'no', 'conditionalYes'] as const;
export type JointAnswer = (typeof jointAnswers)[number];

/**
 * What follows for the deciding park's own case, own answer first.
 * `conditionalYes` holds when nobody says no and at least one side sets conditions; a conditional yes against a no is
 * read as a yes.
 */
export const jointCombinations = ['yesYes', 'yesNo', 'noYes', 'noNo', 'conditionalYes'] as const;
export type JointCombination = (typeof jointCombinations)[number];

/**
 * `adopt`: the step passes. `adoptWithConditions`: it passes and the conditions bind the decision.
 * `ownPartOnly`: it passes for this side's own part alone. `refuse`: it fails.
 * `deliberateAgain`: both answers are set aside and the panel meets once more.
 */
export const jointConsequences = [
  'adopt',
  'adoptWithConditions',
  'ownPartOnly',
  'refuse',
  'deliberateAgain',
] as const;
export type JointConsequence = (typeof jointConsequences)[number];

/** In what a time limit is counted. */
export const timeUnits = ['workingDays', 'calendarDays', 'months'] as const;
export type TimeUnit = (typeof timeUnits)[number];

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
