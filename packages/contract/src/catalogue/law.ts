import { jointConsequences, timeUnits } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { citationSchema, factValueSchema, textSchema } from '../common.ts';

/** Parts of which the catalogue tells the law: where it stands, how long it gives, when it asks. */

export const namedSchema = z.object({ id: z.string(), name: textSchema }).meta({ id: 'Named' });
export type Named = z.infer<typeof namedSchema>;

/** A citation that a person can follow without another look-up. */
export const citedLawSchema = citationSchema
  .extend({
    title: textSchema.nullable().describe('Title of the instrument'),
    number: z.string().nullable().describe('Number that the issuing body gave it'),
    sources: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        addresses: z.array(z.string()).describe('Where it can be read'),
      }),
    ),
  })
  .meta({ id: 'CitedLaw' });
export type CitedLaw = z.infer<typeof citedLawSchema>;

/** A condition of the law as a tree. Unset facts leave it open. */
type Expression =
  | { readonly op: 'literal'; readonly value: string | number | boolean | readonly string[] }
  | { readonly op: 'fact'; readonly fact: string }
  | { readonly op: 'not'; readonly of: Expression }
  | { readonly op: 'and' | 'or'; readonly of: readonly Expression[] }
  | {
      readonly op: 'compare';
      readonly operator: (typeof comparisons)[number];
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly op: 'in'; readonly item: Expression; readonly list: Expression };

const comparisons = ['==', '!=', '<', '<=', '>', '>='] as const;

const expressionSchema: z.ZodType<Expression> = z
  .discriminatedUnion('op', [
    z.object({ op: z.literal('literal'), value: factValueSchema }),
    z.object({ op: z.literal('fact'), fact: z.string() }),
    z.object({
      op: z.literal('not'),
      get of() {
        return expressionSchema;
      },
    }),
    z.object({
      op: z.enum(['and', 'or']),
      get of() {
        return z.array(expressionSchema);
      },
    }),
    z.object({
      op: z.literal('compare'),
      operator: z.enum(comparisons),
      get left() {
        return expressionSchema;
      },
      get right() {
        return expressionSchema;
      },
    }),
    z.object({
      op: z.literal('in'),
      get item() {
        return expressionSchema;
      },
      get list() {
        return expressionSchema;
      },
    }),
  ])
  .meta({ id: 'Expression' });

/** When a part of the law applies; null where it always does. */
export const conditionSchema = expressionSchema.nullable();

/** A time limit; null where the law of the pack says nothing of one. */
export const limitSchema = z
  .discriminatedUnion('established', [
    z.object({
      established: z.literal(true),
      amount: z.int(),
      unit: z.enum(timeUnits),
      starts: z.enum(['sameDay', 'dayAfter']),
      from: z.enum(['filing', 'acceptance']),
      calendars: z.array(z.string()),
      rollsForward: z.boolean(),
      tacit: z.enum(['granted', 'refused']).nullable().describe('What silence past the limit means in law'),
      extension: z.object({ amount: z.int(), times: z.int(), law: citedLawSchema }).nullable(),
      law: citedLawSchema,
    }),
    z.object({
      established: z.literal(false).describe('The public sources do not settle it'),
      law: citedLawSchema,
    }),
  ])
  .meta({ id: 'Limit' });
export type Limit = z.infer<typeof limitSchema>;

const outcomeSchema = z.object({ consequence: z.enum(jointConsequences), explanation: textSchema });

export const jointPartSchema = z
  .object({
    id: z.string(),
    otherPark: z.string(),
    otherAuthority: namedSchema,
    shares: z.array(z.string()).describe('The only facts of the filing that the other side’s panel sees'),
    outcomes: z
      .object({
        yesYes: outcomeSchema,
        yesNo: outcomeSchema,
        noYes: outcomeSchema,
        noNo: outcomeSchema,
        conditionalYes: outcomeSchema,
      })
      .describe('What follows for this case; this side’s answer stands first'),
  })
  .meta({ id: 'JointPart' });
