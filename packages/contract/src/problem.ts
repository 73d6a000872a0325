import { type RefusalCode, refusalCodes } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { citationSchema } from './common.ts';

/**
 * Why a request changed nothing, by who has to act: 4xx the caller, 5xx the node. Codes never change their meaning.
 *
 * Source: RFC 9457; the statuses RFC 9110.
 */
const statusOfProblem = {
  validationFailed: 400,
  malformedRequest: 400,
  malformedJson: 400,
  cursorInvalid: 400,
  idempotencyKeyMissing: 400,
  digestMissing: 400,
  protocolUnknown: 400,
  batchMalformed: 400,
  signInRequired: 401,
  signInFailed: 401,
  signatureMissing: 401,
  signatureInvalid: 401,
  organizationRequired: 403,
  roleNotAllowed: 403,
  checkpointNotSigned: 403,
  managerRequired: 403,
  signInAgain: 403,
  foreignOrigin: 403,
  notFound: 404,
  methodNotAllowed: 405,
  requestTimeout: 408,
  idempotencyKeyInFlight: 409,
  versionConflict: 409,
  assignedMeanwhile: 409,
  alreadyMember: 409,
  lastManager: 409,
  lastPasskey: 409,
  uploadIncomplete: 409,
  uploadClosed: 409,
  tooManyUploads: 409,
  evidenceInUse: 409,
  paperOnItsWay: 409,
  previewChanged: 409,
  peerNotConfigured: 409,
  actUnanswered: 409,
  outputNotIssued: 409,
  receiptNotReady: 409,
  erasureTooEarly: 409,
  logForked: 409,
  messageReplayed: 409,
  messageNotStuck: 409,
  payloadTooLarge: 413,
  fileTooLarge: 413,
  unsupportedMediaType: 415,
  idempotencyKeyReused: 422,
  agreementRequired: 422,
  fileTypeNotAllowed: 422,
  fileNameEmpty: 422,
  partOutOfRange: 422,
  partSizeWrong: 422,
  digestMismatch: 422,
  roleNotOfKind: 422,
  journeyUnknown: 422,
  stepUnknownInJourney: 422,
  factUnknown: 422,
  factValueInvalid: 422,
  evidenceTypeUnknown: 422,
  evidenceUnknown: 422,
  notAColleague: 422,
  logRangeUnknown: 422,
  logInconsistent: 422,
  invitationInvalid: 422,
  passkeyNotAccepted: 422,
  messageRefused: 422,
  rateLimited: 429,
  headersTooLarge: 431,
  internalError: 500,
  evidenceDamaged: 500,
  databaseUnavailable: 503,
  providerUnavailable: 503,
  shuttingDown: 503,
  storageFull: 507,
} as const;

const unprocessable: readonly RefusalCode[] = [
  'fieldNotDeclared',
  'nothingGiven',
  'factsMissing',
  'evidenceMissing',
  'reasonMissing',
  'stepUnknown',
  'stepIsJoint',
  'stepIsNotJoint',
  'conditionsMissing',
  'conditionsNotExpected',
  'procedureUnknown',
  'remedyUnknown',
  'criterionNotMet',
  'criterionUnsettled',
];
const forbidden: readonly RefusalCode[] = ['roleMayNot', 'notYourCase', 'notYourDesk', 'sameOfficer'];

export type NodeProblemCode = keyof typeof statusOfProblem;
export type ProblemCode = NodeProblemCode | RefusalCode;

export const nodeProblemCodes = Object.keys(statusOfProblem) as readonly NodeProblemCode[];
export const problemCodes: readonly ProblemCode[] = [...nodeProblemCodes, ...refusalCodes];

/** The HTTP status of a problem: 422 for a command that can never succeed as sent, 409 for one that cannot now. */
export function statusOf(code: ProblemCode): number {
  if (isNodeProblem(code)) return statusOfProblem[code];
  if (forbidden.includes(code)) return 403;
  return unprocessable.includes(code) ? 422 : 409;
}

export function isNodeProblem(code: ProblemCode): code is NodeProblemCode {
  return Object.hasOwn(statusOfProblem, code);
}

export const problemSchema = z
  .object({
    type: z.string().describe('Address of the problem’s description'),
    title: z.string().describe('The problem in general, in the reader’s language'),
    status: z.int(),
    code: z.enum(problemCodes as [ProblemCode, ...ProblemCode[]]),
    detail: z.string().describe('What happened here and what to do, in the reader’s language'),
    instance: z.string().describe('Id of the request, to be named in a question to the operator'),
    raisedBy: z.enum(['node', 'peer', 'peerService']),
    clause: citationSchema.nullable().describe('The rule of law that decides; null where none does'),
    facts: z.record(z.string(), z.unknown()).describe('What the detail is filled with'),
    errors: z
      .array(
        z.object({
          pointer: z
            .string()
            .describe(
              'Place in the request: a JSON pointer, `?name` for a query parameter, `:name` for one of the path',
            ),
          detail: z.string(),
        }),
      )
      .describe('Every fault of the request’s own data'),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof problemSchema>;
