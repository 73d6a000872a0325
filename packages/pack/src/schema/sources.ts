import { z } from 'zod';
import { cited, id, partialDate, period, source, sourceId, text } from './common.ts';

export const sourceDocument = z.strictObject({
  id: sourceId,
  title: z.string().min(1).describe('Title in its own words, with publisher.'),
  publisher: z.string().optional(),
  date: partialDate.optional(),
  addresses: z.array(z.string()).optional().describe('Where it can be read.'),
  note: z.string().optional(),
});

export const instrument = z
  .strictObject({
    id,
    title: text,
    kind: z.enum([
      'law',
      'regulation',
      'rules',
      'notice',
      'announcement',
      'plan',
      'measures',
      'guide',
      'scheme',
      'agreement',
      'pledge',
    ]),
    number: z.string().optional().describe('Number given by the issuing body: 财税〔2024〕2号'),
    issuer: text.optional(),
    park: id.optional().describe('Side whose law it is; absent where it belongs to both or to neither.'),
    issuedOn: partialDate.optional(),
    ...period,
    supersededBy: id.optional(),
    ...cited,
  })
  .describe('A legal resource: law, notice, measure or published pledge.');

export const term = z.strictObject({
  id,
  name: text,
  aliases: z.array(z.string()).optional().describe('Other spellings met in sources, in any script.'),
  englishIsOfficial: z.boolean().describe('Whether an official English page uses the English words.'),
  ...cited,
});

const reading = z
  .strictObject({
    value: z.number(),
    unit: z.string().optional(),
    qualifier: z.enum(['exactly', 'moreThan', 'about', 'atMost', 'nearly', 'forecast']),
    on: partialDate.describe('Day, month or year the reading speaks of.'),
    scope: text.optional().describe('What is counted and what is not.'),
    ...cited,
  })
  .describe('A dated reading; readings are added, never overwritten.');

export const indicator = z.strictObject({
  id,
  park: id.optional().describe('Absent for the whole zone.'),
  name: text,
  unit: text,
  cumulative: z.boolean().describe('Whether a later reading contains the earlier ones.'),
  readings: z.array(reading).min(1),
});

export const conflict = z
  .strictObject({
    id,
    matter: text,
    values: z.array(z.strictObject({ value: text, source })).min(1),
    advice: text,
  })
  .describe('Sources that disagree: both are kept.');

export const target = z.strictObject({
  id,
  park: id.optional(),
  by: partialDate.or(z.literal('fullBuild')).describe('Year by which it is to be reached.'),
  text,
  ...cited,
});

const servedBy = z.union([
  z.strictObject({ service: id }),
  z.strictObject({ journey: id }),
  z.strictObject({
    data: z.enum([
      'organizations',
      'pilotPlatforms',
      'spaces',
      'calendars',
      'terms',
      'indicators',
      'targets',
      'instruments',
      'systems',
    ]),
  }),
  z.strictObject({ command: z.string() }),
]);

export const system = z
  .strictObject({
    id: z.string().regex(/^[A-Z]\d{2,3}$/),
    name: text,
    group: id,
    duty: text.describe('What it must do for its users, in one sentence.'),
    outsideZone: z
      .boolean()
      .optional()
      .describe('Seen only in unrelated articles: a feature idea, never a zone fact.'),
    servedBy: z.array(servedBy).describe('What serves it here; empty means not yet.'),
    partly: text.optional().describe('What is still missing where it is served in part.'),
    source,
  })
  .describe('A system or mechanism named in the public sources, and what serves it here.');

export const systemGroup = z.strictObject({ id, name: text });
