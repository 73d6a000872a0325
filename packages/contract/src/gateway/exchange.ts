import { z } from 'zod';
import { idSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

/** Versions of the protocol that this node speaks, the newest last. Sent in the header `Twinpark-Protocol`. */
export const protocolVersions = [1, 2] as const;
export type ProtocolVersion = (typeof protocolVersions)[number];

/** Largest request between nodes. Unit: bytes. */
export const largestBatchBytes = 4_194_304;
/** Most messages in one request. */
export const largestBatchCount = 500;

/** Where the receiving park has written a message into its log; the index follows once the entry has its place. */
const receiptSchema = z.strictObject({
  entryId: idSchema,
  logIndex: z.int().min(0).nullable(),
});
export type MessageReceipt = Readonly<z.infer<typeof receiptSchema>>;

/** What became of one message of a request. */
export const messageResultSchema = z.discriminatedUnion('result', [
  z.strictObject({ id: idSchema, result: z.enum(['taken', 'repeated']), receipt: receiptSchema }),
  z.strictObject({
    id: idSchema,
    result: z.literal('refused'),
    problem: z.strictObject({ code: z.string(), facts: z.record(z.string(), z.unknown()) }),
  }),
  /** An earlier message of its stream was not taken. */
  z.strictObject({ id: idSchema, result: z.literal('notConsidered') }),
]);
export type MessageResult = z.infer<typeof messageResultSchema>;

export const exchangeAnswerSchema = z
  .strictObject({ results: z.array(messageResultSchema).max(largestBatchCount) })
  .meta({ id: 'ExchangeAnswer' });
export type ExchangeAnswer = z.infer<typeof exchangeAnswerSchema>;

export const exchangeMessages = endpoint({
  id: 'exchangeMessages',
  method: 'POST',
  path: '/gateway/messages',
  tag: 'Gateway',
  summary: 'Takes messages of the other park’s node, each once and in the order of its stream',
  description:
    'A batch of CloudEvents. The answer says of each message what became of it; one that is refused holds up its own stream alone. Specified in docs/protocol.',
  access: 'peer',
  bodyMediaType: 'application/cloudevents-batch+json',
  largestBodyBytes: largestBatchBytes,
  success: { status: 200, body: exchangeAnswerSchema },
  effect: true,
  problems: ['messageReplayed', 'batchMalformed', 'malformedJson'],
});
