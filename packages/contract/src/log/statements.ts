import { caseEventTypes, roles } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { dateSchema, idSchema, instantSchema, sha256Schema } from '../common.ts';
import { messageTypes } from '../gateway/message-types.ts';

/** What every entry of a park's log says: which park, of which zone, when. */
const common = {
  zone: z.string(),
  park: z.string().describe('The park whose log it is'),
  at: instantSchema,
};

/** Something of legal effect that happened to a case. Its words are not here: only their hash is. */
const actSchema = z.strictObject({
  format: z.literal('twinpark-act/1'),
  ...common,
  caseId: idSchema,
  caseNumber: z.string(),
  service: z.string(),
  definition: z.string().describe('Content hash of the law that the case is under'),
  version: z.int().describe('Which event of the case, from 1'),
  type: z.enum(caseEventTypes),
  on: dateSchema.describe('Calendar date of the act in the deciding park'),
  by: z.strictObject({ role: z.enum(roles), organization: z.string().nullable() }),
  receiptNumber: z.string().nullable().describe('Number of the document that was served'),
  digest: sha256Schema.describe('SHA-256 of the canonical JSON of the event'),
});

/** A message that went through the gateway. Both parks log it under the same digest. */
const messageSchema = z.strictObject({
  format: z.literal('twinpark-message/1'),
  ...common,
  direction: z.enum(['sent', 'received']),
  messageId: idSchema,
  stream: z.string(),
  position: z.int(),
  type: z.enum(messageTypes),
  digest: sha256Schema.describe('SHA-256 of the canonical JSON of the message'),
});

/** That an applicant agreed to what crosses. */
const agreementSchema = z.strictObject({
  format: z.literal('twinpark-agreement/1'),
  ...common,
  agreementId: idSchema,
  caseId: idSchema,
  toPark: z.string(),
  service: z.string(),
  digest: sha256Schema.describe('SHA-256 of the canonical JSON of what crosses, as the preview showed it'),
});

/** That a person's or organisation's records were erased; of whom is not said. */
const erasureSchema = z.strictObject({
  format: z.literal('twinpark-erasure/1'),
  ...common,
  entries: z.int().describe('Number of log entries that speak of nobody from then on'),
  reason: z.string(),
});

export const loggedStatementSchema = z.discriminatedUnion('format', [
  actSchema,
  messageSchema,
  agreementSchema,
  erasureSchema,
]);
export type LoggedStatement = z.infer<typeof loggedStatementSchema>;
export type ActStatement = z.infer<typeof actSchema>;
export type MessageStatement = z.infer<typeof messageSchema>;
