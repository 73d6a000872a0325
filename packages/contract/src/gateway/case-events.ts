import { decisionOutcomes, jointAnswers, jointConsequences, roles } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { dateSchema, factsSchema, idSchema, instantSchema, sha256Schema } from '../common.ts';

const word = z.string().min(1).max(200);
const sentences = z.array(z.string().max(10_000)).max(200);
const words = z.array(word).max(1_000);

/** A paper by type, name and digest; its bytes are fetched later. */
export const paperSchema = z.strictObject({
  type: word,
  name: z.string().min(1).max(255),
  digest: sha256Schema,
});

/** When it happened and by whom: an organisation, never a person. */
const common = {
  on: dateSchema,
  at: instantSchema,
  by: z.strictObject({ role: z.enum(roles), organization: word }),
};
const filling = { answers: factsSchema, evidence: z.array(paperSchema).max(500) };
const contribution = z.strictObject({
  answer: z.enum(jointAnswers),
  conditions: sentences,
  on: dateSchema,
  reason: z
    .string()
    .max(10_000)
    .optional()
    .describe('Set where an officer wrote down by hand what the other side said'),
});
const decision = z.strictObject({
  outcome: z.enum(decisionOutcomes),
  reasons: sentences,
  conditions: sentences,
});

/**
 * What happened to a case, as one park tells it the other. What goes on between two officers before a decision is out
 * stays at home, so there is no event for it here.
 */
export const reportedEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('caseOpened'),
    ...common,
    caseId: idSchema,
    dossier: idSchema.nullable(),
    applicant: word,
    definition: z.strictObject({ service: word, hash: sha256Schema }),
    ...filling,
  }),
  z.strictObject({ type: z.literal('caseAmended'), ...common, ...filling }),
  z.strictObject({ type: z.literal('caseFiled'), ...common }),
  z.strictObject({ type: z.literal('caseWithdrawn'), ...common }),
  z.strictObject({
    type: z.literal('caseAccepted'),
    ...common,
    acceptedOn: dateSchema,
    debts: z.record(word, dateSchema),
    tacit: z.boolean(),
  }),
  z.strictObject({ type: z.literal('acceptanceDeclined'), ...common, reasons: sentences }),
  z.strictObject({
    type: z.literal('evidenceRequested'),
    ...common,
    request: z.strictObject({
      evidence: words,
      facts: words,
      requestedOn: dateSchema,
      dueOn: dateSchema.nullable(),
    }),
  }),
  z.strictObject({ type: z.literal('evidenceSupplied'), ...common, ...filling, complete: z.boolean() }),
  z.strictObject({ type: z.literal('caseLapsed'), ...common }),
  z.strictObject({
    type: z.literal('stepCompleted'),
    ...common,
    step: word,
    result: z.enum(['passed', 'failed']),
    conditions: sentences,
  }),
  z.strictObject({
    type: z.literal('contributionRecorded'),
    ...common,
    step: word,
    side: z.enum(['own', 'other']),
    contribution,
  }),
  z.strictObject({
    type: z.literal('jointOutcomeReached'),
    ...common,
    step: word,
    consequence: z.enum(jointConsequences),
    conditions: sentences,
  }),
  z.strictObject({ type: z.literal('caseSuspended'), ...common, procedure: word }),
  z.strictObject({ type: z.literal('caseResumed'), ...common }),
  z.strictObject({ type: z.literal('limitExtended'), ...common, reason: z.string().max(10_000) }),
  z.strictObject({ type: z.literal('caseDecided'), ...common, decision, tacit: z.boolean() }),
  z.strictObject({
    type: z.literal('outputServed'),
    ...common,
    receiptNumber: word,
    establishes: factsSchema,
  }),
  z.strictObject({ type: z.literal('caseClosed'), ...common }),
  z.strictObject({ type: z.literal('remedyLodged'), ...common, remedy: word }),
  z.strictObject({ type: z.literal('remedyDismissed'), ...common }),
  z.strictObject({ type: z.literal('caseReopened'), ...common }),
]);
export type ReportedEvent = z.infer<typeof reportedEventSchema>;
