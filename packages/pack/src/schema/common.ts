import { reviewStatuses } from '@twinpark/kernel/shared/citation.ts';
import { z } from 'zod';

export const idPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Facts are named subject first, in camel case, so that they read as paths in expressions. */
export const factIdPattern = /^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*)+$/;

export const id = z
  .string()
  .regex(idPattern)
  .describe('Lower-case words joined by hyphens, unique among its kind.');

export const factId = z
  .string()
  .regex(factIdPattern)
  .describe('Id of a fact of the dictionary, subject first: team.headcount');

export const sourceId = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/)
  .describe('Id of a source document.');

/** Languages are those the zone declares; the check finds a missing one. */
export const text = z
  .record(z.string().regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/), z.string().min(1))
  .describe('One text in every language of the zone, each written for its reader.');

export const isoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .describe('A calendar date, YYYY-MM-DD.');

export const partialDate = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
  .describe("A day, a month or a year, in quotes where it is a year alone: 2024-03-22, 2024-03, '2024'.");

const reviewStatus = z
  .enum(reviewStatuses)
  .describe(
    'verified: stated in a cited public source. unverified: uncertain, shown with the doubt. illustrative: made up to show a mechanism. superseded: was true until its end date.',
  );

export const source = z
  .strictObject({
    instrument: id.optional().describe('Id of the legal resource that sets it.'),
    clause: z.string().min(1).optional().describe('Article or paragraph, or the words: not established.'),
    date: partialDate.optional().describe('Date of the cited text.'),
    seen: z.array(sourceId).optional().describe('Source documents in which it was read.'),
  })
  .describe('Where it is laid down and where that was read.');

/** What every rule, clock, fee and fact carries. */
export const cited = {
  source,
  status: reviewStatus,
  note: text.optional().describe('The doubt, or what the value leaves out, in words for the reader.'),
};

export const period = {
  from: isoDate.optional().describe('First day in force.'),
  to: isoDate.optional().describe('Last day in force.'),
};

export const expression = z
  .string()
  .min(1)
  .max(2_000)
  .describe(
    'A condition over facts, in a small profile of CEL: company.isNew == true && team.headcount >= 5',
  );

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217 code.');

/** A value the sources do not settle is said to be so, never guessed. */
export const notEstablished = z
  .strictObject({
    notEstablished: z
      .literal(true)
      .describe('The public sources do not settle this value; it is shown as unknown.'),
    ...cited,
  })
  .describe('A value that the public sources do not settle.');
