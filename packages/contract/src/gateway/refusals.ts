/**
 * Why a node does not take a message of the other park. Nothing of the message has an effect, and the sender's stream
 * waits until somebody has mended the cause and sends it again, or settles it by hand.
 */
export const messageRefusals = [
  /** Not a message of this protocol, or with members that its type does not have. */
  'messageMalformed',
  'typeUnknown',
  'sourceUnexpected',
  /** A message before it in its stream is missing; `expected` names the position. */
  'positionGap',
  /** Another message was taken at its position, or with its id. */
  'messageAltered',
  'timeImplausible',
  'definitionUnknown',
  'serviceOfOtherPark',
  'fieldNotDeclared',
  'paperNotDeclared',
  'factValueInvalid',
  'agreementMissing',
  'caseUnknown',
  'caseIdTaken',
  'streamOfOther',
  /** A filing in the name of an organisation that has its home here. */
  'applicantOfThisPark',
  'panelUnknown',
  'reportOutOfOrder',
  'keyNotTheirs',
  /** The receiver failed; the same message may be taken later. */
  'internalError',
] as const;
export type MessageRefusalCode = (typeof messageRefusals)[number];
