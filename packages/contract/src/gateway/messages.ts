import { jointAnswers, refusalCodes } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { clockKinds } from '../case/case-view.ts';
import { citationSchema, dateSchema, factsSchema, idSchema, instantSchema, sha256Schema } from '../common.ts';
import { outputStatementSchema } from '../output/output.ts';
import { paperSchema, reportedEventSchema } from './case-events.ts';
import type { MessageType } from './message-types.ts';

const word = z.string().min(1).max(200);

/** A paper that the receiver may fetch by its digest once it has taken the message. */
const offeredPaperSchema = paperSchema.extend({
  sizeBytes: z.int().min(0),
  mediaType: z.string().min(1).max(200),
});

/** That the applicant saw what crosses and agreed, and to which bytes. */
const agreementSchema = z.strictObject({
  agreementId: idSchema,
  at: instantSchema,
  digest: sha256Schema,
});

const filling = { answers: factsSchema, papers: z.array(offeredPaperSchema).max(500) };

const filingSubmittedSchema = z.strictObject({
  caseId: idSchema,
  dossierId: idSchema,
  step: word,
  service: word,
  definition: sha256Schema.describe('Content hash of the service: both sides go by the same law'),
  language: word.describe('Language in which the authority is to write'),
  applicant: z.strictObject({ organizationId: idSchema, name: z.string().min(1).max(500) }),
  ...filling,
  agreement: agreementSchema,
});

const filingAmendedSchema = z.strictObject({
  caseId: idSchema,
  act: z
    .enum(['amendCase', 'supplyEvidence'])
    .describe('The second answers a request of the authority, or pays a debt'),
  ...filling,
  agreement: agreementSchema,
});

const filingWithdrawnSchema = z.strictObject({ caseId: idSchema });

const remedyLodgedSchema = z.strictObject({ caseId: idSchema, remedy: word });

const refusalSchema = z.strictObject({
  code: z.enum(refusalCodes).or(z.enum(['stepFiled', 'caseUnknown', 'answeredByHand'])),
  clause: citationSchema.nullable(),
  facts: z.record(z.string(), z.unknown()),
});

/** What the deciding park says to an act of the applicant. */
const actAnsweredSchema = z.strictObject({
  caseId: idSchema,
  inReplyTo: idSchema.describe('The message that brought the act'),
  outcome: z.enum(['done', 'refused']),
  caseNumber: word.nullable(),
  refusal: refusalSchema.nullable(),
});
export type ActAnswer = Omit<z.infer<typeof actAnsweredSchema>, 'caseId' | 'inReplyTo'>;

const deadlineSchema = z.strictObject({
  clock: z.enum(clockKinds),
  subject: z.string().max(200).describe('Step or paper; empty for a limit of the case itself'),
  owner: z.enum(['applicant', 'authority', 'procedure']),
  dueOn: dateSchema,
  provisional: z.boolean(),
  stoppedSince: dateSchema.nullable(),
});
export type ReportedDeadline = Readonly<z.infer<typeof deadlineSchema>>;

const reportedOutputSchema = z.strictObject({
  receiptNumber: word,
  statement: outputStatementSchema,
  signature: z.string().max(10_000),
  verificationUrl: z.string().max(2_000),
  issuedAt: instantSchema,
  documents: z
    .array(
      z.strictObject({
        language: word,
        mediaType: word,
        sha256: sha256Schema,
        sizeBytes: z.int().min(0),
      }),
    )
    .max(50),
});

export type ReportedOutput = z.infer<typeof reportedOutputSchema>;

/** Where a case of the other park stands: what has happened since the last report, and the limits that run now. */
const caseReportedSchema = z.strictObject({
  caseId: idSchema,
  caseNumber: word,
  events: z
    .array(z.strictObject({ version: z.int().min(1), event: reportedEventSchema }))
    .max(500)
    .describe('In order; a version that is left out was internal to the authority'),
  deadlines: z.array(deadlineSchema).max(500),
  output: reportedOutputSchema.nullable().describe('The document that was served with these events'),
});

const panel = {
  dossierId: idSchema,
  panel: word,
  caseId: idSchema.describe('The case of the side that speaks'),
  fromAuthority: word,
  toAuthority: word,
};

/** The facts of one side's case that the other side's panel is shown. */
const jointBriefedSchema = z.strictObject({ ...panel, facts: factsSchema });

const jointContributedSchema = z.strictObject({
  ...panel,
  answer: z.enum(jointAnswers),
  conditions: z.array(z.string().max(10_000)).max(200),
  on: dateSchema,
});

/** The case of the side that spoke, or was to speak, has ended without a grant. */
const jointEndedSchema = z.strictObject({ ...panel });

const keysAnnouncedSchema = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        use: z.enum(['documents', 'gateway', 'log', 'witness']),
        name: word,
        kid: z.string().min(43).max(43),
        x: z.string().min(43).max(43),
        from: instantSchema,
        until: instantSchema.nullable(),
      }),
    )
    .min(1)
    .max(50),
});

/** Stands in the place of a message that was settled by hand, so that those behind it can follow. */
const messageReplacedSchema = z.strictObject({
  messageId: idSchema.describe('The message whose place it takes'),
  type: word,
});

/** A message on its way: a CloudEvent (CloudEvents 1.0.2, JSON format) with two attributes of ours. */
const attributes = {
  specversion: z.literal('1.0'),
  id: idSchema,
  source: z.string().min(1).max(300).describe('`twinpark/<zone>/<park>` of the sender'),
  time: instantSchema,
  subject: z.string().max(200).describe('The case it is about, where it is about one').optional(),
  datacontenttype: z.literal('application/json'),
  stream: z
    .string()
    .regex(/^(node|dossier-[0-9a-f-]{36})$/)
    .describe('Messages of one stream are taken in the order of their positions'),
  position: z.int().min(1).max(2_147_483_647),
};

function message<Type extends MessageType, Data extends z.ZodType>(type: Type, data: Data) {
  return z.strictObject({ ...attributes, type: z.literal(type), data });
}

export const messageEnvelopeSchema = z.discriminatedUnion('type', [
  message('org.twinpark.filing.submitted', filingSubmittedSchema),
  message('org.twinpark.filing.amended', filingAmendedSchema),
  message('org.twinpark.filing.withdrawn', filingWithdrawnSchema),
  message('org.twinpark.remedy.lodged', remedyLodgedSchema),
  message('org.twinpark.act.answered', actAnsweredSchema),
  message('org.twinpark.case.reported', caseReportedSchema),
  message('org.twinpark.joint.briefed', jointBriefedSchema),
  message('org.twinpark.joint.contributed', jointContributedSchema),
  message('org.twinpark.joint.ended', jointEndedSchema),
  message('org.twinpark.keys.announced', keysAnnouncedSchema),
  message('org.twinpark.message.replaced', messageReplacedSchema),
]);
export type Message = z.infer<typeof messageEnvelopeSchema>;
export type MessageOf<Type extends MessageType> = Extract<Message, { type: Type }>;
export type MessageData = Message['data'];
