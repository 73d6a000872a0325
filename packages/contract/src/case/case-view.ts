import {
  caseActions,
  decisionOutcomes,
  jointAnswers,
  jointConsequences,
  refusalCodes,
} from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { factTypes } from '../catalogue/facts.ts';
import { citedLawSchema, namedSchema } from '../catalogue/law.ts';
import { dateSchema, factValueSchema, languageSchema, sha256Schema, textSchema } from '../common.ts';
import { actAcrossSchema } from './act-across.ts';
import { caseSummarySchema, colleagueSchema } from './case-summary.ts';

const words = z.array(z.string());

export const caseFactSchema = z
  .object({ id: z.string(), label: textSchema, type: z.enum(factTypes), value: factValueSchema })
  .meta({ id: 'CaseFact' });

export const casePaperSchema = z
  .object({ type: namedSchema, name: z.string(), sha256: sha256Schema })
  .meta({ id: 'CasePaper' });

const criterionSchema = z
  .object({
    id: z.string(),
    name: textSchema,
    value: z
      .enum(['yes', 'no', 'unknown', 'judged'])
      .describe('`unknown` while facts are missing; `judged`: an officer weighs it, no rule computes it'),
    missing: z.array(namedSchema).describe('Facts that would settle it'),
    law: citedLawSchema,
  })
  .meta({ id: 'CaseCriterion' });

const contributionSchema = z
  .object({
    answer: z.enum(jointAnswers),
    conditions: words,
    on: dateSchema,
    reason: z
      .string()
      .nullable()
      .describe(
        'Set where an officer wrote down by hand what the other side said: why, and from which paper',
      ),
  })
  .nullable();

const otherSideSchema = z
  .object({
    facts: z.array(caseFactSchema).describe('Facts of the other side’s case that it shares with this panel'),
    ended: z.boolean().describe('Its case has ended without a grant: no answer of it is to be waited for'),
    word: z
      .object({
        answer: z.enum(jointAnswers),
        conditions: words,
        on: dateSchema,
        standing: z
          .enum(['recorded', 'confirms', 'conflicts', 'noted'])
          .describe(
            '`recorded` in this case; `confirms` or `conflicts` with what was written down by hand; `noted`, for the case has an earlier one or is not open to it',
          ),
      })
      .nullable()
      .describe('The newest that it has said'),
  })
  .meta({ id: 'OtherSide' });

const stepSchema = z
  .object({
    id: z.string(),
    name: textSchema,
    by: namedSchema,
    after: words,
    state: z
      .enum(['notBegun', 'notApplicable', 'waiting', 'open', 'done'])
      .describe('`notBegun` before the case is accepted; `notApplicable`: these answers need no such step'),
    waitingFor: words,
    result: z.object({ result: z.enum(['passed', 'failed']), conditions: words, on: dateSchema }).nullable(),
    joint: z
      .object({
        id: z.string(),
        otherPark: z.string(),
        otherAuthority: namedSchema,
        round: z.int(),
        own: contributionSchema,
        other: contributionSchema,
        consequence: z.enum(jointConsequences).nullable(),
        explanation: textSchema.nullable().describe('What the table of outcomes says of it'),
        otherSide: otherSideSchema
          .nullable()
          .describe(
            'For the panel’s own authority and the oversight body, as soon as the other side has told it',
          ),
      })
      .nullable()
      .describe('Null for a step of this side alone'),
    law: citedLawSchema,
  })
  .meta({ id: 'CaseStep' });

export const clockOwnerSchema = z
  .object({
    kind: z.enum(['authority', 'applicant', 'procedure']),
    procedure: namedSchema.nullable(),
  })
  .meta({ id: 'ClockOwner' });

export const clockKinds = ['acceptance', 'decision', 'step', 'supplement', 'debt'] as const;

const clockSchema = z
  .object({
    clock: z.enum(clockKinds),
    subject: namedSchema.nullable().describe('The step or the paper; null for a limit of the case itself'),
    owner: clockOwnerSchema,
    startedOn: dateSchema,
    dueOn: dateSchema.describe('While the clock stands, the day it would be if it ran again from today'),
    provisional: z.boolean(),
    stoppedSince: dateSchema.nullable(),
    law: citedLawSchema,
  })
  .meta({ id: 'CaseClock' });

const remedySchema = z
  .object({
    id: z.string(),
    name: textSchema,
    body: namedSchema,
    languages: words,
    lastDay: dateSchema
      .nullable()
      .describe('Null before the case is served and where no limit is established'),
    provisional: z.boolean(),
    state: z.enum(['available', 'lodged', 'dismissed']),
    lodgedOn: dateSchema.nullable(),
    law: citedLawSchema,
  })
  .meta({ id: 'CaseRemedy' });

const decided = { outcome: z.enum(decisionOutcomes), reasons: words, conditions: words };

const availabilitySchema = z
  .object({
    action: z.enum(caseActions),
    refusal: z
      .object({
        code: z.enum(refusalCodes),
        detail: z.string().describe('Why not and what to do, in the reader’s language'),
        clause: citedLawSchema.nullable(),
      })
      .nullable()
      .describe('Null where the action is open to the reader now'),
  })
  .meta({ id: 'CaseAvailability' });

/** Everything of a case that the reader may know, and what it may do with it. */
export const caseViewSchema = caseSummarySchema
  .extend({
    language: languageSchema
      .or(z.string())
      .describe('Language in which the authority writes to the applicant'),
    definition: z.object({
      hash: z.string(),
      inForce: z
        .boolean()
        .describe('False where the law has changed since: the case keeps the one it was filed under'),
    }),
    facts: z.array(caseFactSchema),
    evidence: z.array(
      casePaperSchema.extend({
        onItsWay: z.boolean().describe('The other park has not sent the file yet'),
      }),
    ),
    missing: z
      .object({ facts: z.array(namedSchema), evidence: z.array(namedSchema) })
      .describe('What the service needs for these answers and the case lacks'),
    request: z
      .object({
        facts: z.array(namedSchema),
        evidence: z.array(namedSchema),
        requestedOn: dateSchema,
        dueOn: dateSchema.nullable(),
      })
      .nullable()
      .describe('What the authority has asked for and not received yet'),
    debts: z.array(z.object({ type: namedSchema, dueOn: dateSchema })).describe('Minor papers still owed'),
    criteria: z.array(criterionSchema),
    steps: z.array(stepSchema),
    clocks: z.array(clockSchema),
    procedure: z
      .object({ id: z.string(), name: textSchema, since: dateSchema })
      .nullable()
      .describe('The special procedure that runs'),
    proposal: z
      .object({ ...decided, by: colleagueSchema })
      .nullable()
      .describe('For the officers of the authority and the oversight body'),
    decision: z.object({ ...decided, on: dateSchema, tacit: z.boolean() }).nullable(),
    notAccepted: z.object({ reasons: words, on: dateSchema }).nullable(),
    remedies: z.array(remedySchema),
    output: z
      .object({ receiptNumber: z.string(), servedOn: dateSchema, href: z.string() })
      .nullable()
      .describe('Where to read the document that was served'),
    actions: z.array(availabilitySchema),
    act: actAcrossSchema.nullable().describe('Null for a case of this park, whose acts are done at once'),
  })
  .meta({ id: 'Case' });
export type CaseView = z.infer<typeof caseViewSchema>;
