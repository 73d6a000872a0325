import { z } from 'zod';
import { cited, id, isoDate, partialDate, text } from './common.ts';

export const organization = z
  .strictObject({
    id,
    name: text,
    officialNames: z
      .array(z.string())
      .optional()
      .describe(
        'Languages in which the name is the organisation’s own; the others are translations or transcriptions.',
      ),
    park: id
      .optional()
      .describe('Side it belongs to or sits in; absent for bodies of both sides or outside.'),
    relations: z
      .array(
        z.strictObject({
          kind: z.enum([
            'authority',
            'operator',
            'resident',
            'tenant',
            'memorandum',
            'legalBody',
            'developer',
          ]),
          park: id,
          space: id.optional(),
          since: partialDate.optional(),
          state: text.optional(),
        }),
      )
      .min(1),
    fields: z.array(id).optional().describe('Fields of work, ids of the pack’s terms or plain words.'),
    ...cited,
  })
  .describe('A public organisation, resident, tenant or legal body, in its sourced facts only.');

export const pilotPlatform = z.strictObject({
  id,
  name: text,
  park: id,
  states: z.array(z.strictObject({ state: z.enum(['built', 'preparing']), on: partialDate })).min(1),
  ...cited,
});

export const space = z
  .strictObject({
    id,
    park: id,
    name: text,
    kind: z.enum(['area', 'campus', 'building', 'crossing', 'works', 'facility', 'floorSpace']),
    within: id.optional().describe('Space that contains it.'),
    operator: id.optional(),
    states: z
      .array(
        z.strictObject({
          state: z.enum(['planned', 'building', 'refurbishing', 'open', 'inUse']),
          on: partialDate.optional(),
        }),
      )
      .optional(),
    areaSquareMetres: z.number().int().positive().optional(),
    areaQualifier: z.enum(['exactly', 'about', 'moreThan', 'nearly', 'planned']).optional(),
    units: z.number().int().positive().optional(),
    ...cited,
  })
  .describe('A campus, building, crossing or floor space.');

const holiday = z.strictObject({
  holiday: id.describe('Key of holidayNames.'),
  from: isoDate,
  to: isoDate.optional().describe('Absent for a single day.'),
});

export const calendar = z
  .strictObject({
    id,
    park: id,
    name: text,
    workingWeekdays: z.array(z.number().int().min(1).max(7)).min(1).describe('ISO weekdays, 1 is Monday.'),
    holidayNames: z.record(id, text),
    years: z.array(
      z.strictObject({
        year: z.number().int().min(1990).max(2200),
        holidays: z.array(holiday),
        makeUpDays: z
          .array(z.strictObject({ on: isoDate, holiday: id }))
          .optional()
          .describe('Days off in a plain week that are worked in exchange for a holiday.'),
        ...cited,
      }),
    ),
  })
  .describe('The working days of one park, year by year. A year that is not listed is not published.');
