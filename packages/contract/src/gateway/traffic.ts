import { z } from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery, sha256Schema, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { messageTypes } from './message-types.ts';

/** Whoever runs the park, and the oversight body: they see what moves and what does not, and no word of a case. */
const readers = ['operator', 'auditor'] as const;
const common = { tag: 'Gateway', access: readers } as const;

const messageDirections = ['sent', 'received'] as const;
const messageStatuses = ['waiting', 'stuck', 'delivered', 'replaced', 'taken'] as const;

const deliveryProblemSchema = z
  .object({
    code: z.string(),
    raisedBy: z.enum(['node', 'peer']),
    facts: z.record(z.string(), z.unknown()),
    sentence: z.string().describe('What stands in the way and what to do, in the reader’s language'),
  })
  .meta({ id: 'DeliveryProblem' });

export const getLink = endpoint({
  ...common,
  id: 'getLink',
  method: 'GET',
  path: '/api/gateway',
  summary: 'How the other park is reached, and how much waits',
  success: {
    status: 200,
    body: z
      .object({
        peer: z.object({ park: z.string(), name: textSchema, url: z.string() }),
        protocol: z.int().nullable().describe('Version in which both nodes last spoke'),
        lastContactAt: instantSchema.nullable(),
        failingSince: instantSchema.nullable().describe('Null while the other park answers'),
        attempts: z.int(),
        problem: deliveryProblemSchema.nullable(),
        nextAttemptAt: instantSchema.nullable(),
        waiting: z.object({
          count: z.int().describe('Up to 1,000; more are not counted'),
          oldestAt: instantSchema.nullable(),
        }),
        stuck: z.object({ count: z.int(), oldestAt: instantSchema.nullable() }),
      })
      .meta({ id: 'GatewayLink' }),
  },
  effect: false,
  problems: ['peerNotConfigured'],
});

export const messageSummarySchema = z
  .object({
    messageId: idSchema,
    direction: z.enum(messageDirections),
    type: z.enum(messageTypes),
    stream: z.string(),
    position: z.int(),
    caseId: idSchema.nullable(),
    at: instantSchema.describe('When it was written, or received'),
    status: z.enum(messageStatuses),
    attempts: z.int(),
    lastAttemptAt: instantSchema.nullable(),
    problem: deliveryProblemSchema.nullable(),
    settledAt: instantSchema.nullable(),
    blocks: z.int().describe('Messages of its stream that wait behind it; 0 unless it is stuck'),
  })
  .meta({ id: 'MessageSummary' });
export type MessageSummary = z.infer<typeof messageSummarySchema>;

export const listMessages = endpoint({
  ...common,
  id: 'listMessages',
  method: 'GET',
  path: '/api/gateway/messages',
  summary: 'What went to the other park and what came from it, newest first',
  query: z.object({
    ...pageQuery,
    direction: z.enum(messageDirections).default('sent'),
    status: z
      .enum(['unsettled', 'stuck'])
      .optional()
      .describe('Of what was sent: only what has not got through, or only what somebody has to settle'),
    caseId: idSchema.optional(),
  }),
  success: { status: 200, body: pageOf(messageSummarySchema) },
  effect: false,
  problems: ['cursorInvalid'],
});

const messageParams = z.object({ messageId: idSchema });

export const getMessage = endpoint({
  ...common,
  id: 'getMessage',
  method: 'GET',
  path: '/api/gateway/messages/:messageId',
  summary: 'One message: what it carries by name, where it stands and where both parks logged it',
  params: messageParams,
  success: {
    status: 200,
    body: messageSummarySchema
      .extend({
        fields: z.array(z.string()).describe('Names of the facts in it, without their values'),
        papers: z.array(z.object({ type: z.string(), sha256: sha256Schema })),
        digest: sha256Schema.nullable().describe('SHA-256 of the message as it went over the wire'),
        ownEntry: z.object({ entryId: idSchema, logIndex: z.int().nullable() }).nullable(),
        peerEntry: z.object({ entryId: idSchema, logIndex: z.int().nullable() }).nullable(),
        kept: z.boolean().describe('False once the time to keep its content is over'),
        canResend: z.boolean(),
        canAnswerByHand: z.boolean(),
      })
      .meta({ id: 'MessageDetails' }),
  },
  effect: false,
  problems: ['notFound'],
});

export const resendMessage = endpoint({
  id: 'resendMessage',
  method: 'POST',
  path: '/api/gateway/messages/:messageId/resend',
  tag: 'Gateway',
  access: ['operator'],
  summary: 'Sends a stuck message again, once what stood in its way is mended',
  params: messageParams,
  success: { status: 200, body: messageSummarySchema },
  effect: true,
  problems: ['notFound', 'messageNotStuck'],
});

export const answerByHand = endpoint({
  id: 'answerByHand',
  method: 'POST',
  path: '/api/gateway/messages/:messageId/answer',
  tag: 'Gateway',
  access: ['operator'],
  summary:
    'Settles a message that does not get through, with what was agreed with the other park by other means',
  description:
    'Its place in the stream is kept, so that what waits behind it can follow. Where the message brought an act of the applicant, the act counts as refused and the applicant is told why.',
  params: messageParams,
  body: z.object({
    note: z
      .string()
      .trim()
      .min(10)
      .max(2_000)
      .describe('What was agreed, with whom and how; the applicant of the act reads it'),
  }),
  success: { status: 200, body: messageSummarySchema },
  effect: true,
  problems: ['notFound', 'messageNotStuck'],
});
