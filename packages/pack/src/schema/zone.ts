import { z } from 'zod';
import { cited, currency, id, text } from './common.ts';

const park = z.strictObject({
  id,
  name: text,
  shortName: text.describe('A word or two for table heads.'),
  mark: z.string().min(1).max(2).describe('One character that stands for this side on screens.'),
  tone: z.enum(['tide', 'sail']).describe('Which of the two side colours is this park.'),
  timeZone: z.string().min(1).describe('IANA time zone.'),
  currency,
  languages: z.array(z.string()).min(1).describe('Languages in which its authorities act, first one first.'),
  calendar: id.describe('Calendar of its working days.'),
  operator: id.optional().describe('Organisation that runs the park.'),
  areaSquareMetres: z.number().int().positive().optional(),
  ...cited,
});

export const zone = z.strictObject({
  id,
  name: text,
  summary: text,
  languages: z.array(z.string()).min(1).describe('Languages every text of the pack must be written in.'),
  parks: z.array(park).length(2),
  areaSquareMetres: z.number().int().positive().optional(),
  ...cited,
});
