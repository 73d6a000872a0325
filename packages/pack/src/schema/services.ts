import { jointConsequences } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { cited, currency, expression, factId, id, notEstablished, period, text } from './common.ts';

export const fact = z
  .strictObject({
    id: factId,
    type: z.enum(['text', 'integer', 'number', 'money', 'date', 'boolean', 'choice', 'choices']),
    label: text.describe('The question or label the applicant reads.'),
    hint: text.optional(),
    unit: z.string().optional().describe('Unit of a number: persons, squareMetres, months.'),
    currency: currency.optional().describe('Of a money fact; its value is an integer in minor units.'),
    options: z
      .array(z.strictObject({ id, name: text }))
      .optional()
      .describe('Of a choice.'),
    personal: z.boolean().optional().describe('Whether it is personal data.'),
    suppliedBy: z
      .enum(['applicant', 'output'])
      .describe('applicant: asked in a form. output: established by a decided service.'),
  })
  .describe('An entry of the fact dictionary.');

export const evidenceType = z.strictObject({
  id,
  name: text,
  issuer: text.optional(),
  note: text.optional(),
});

const limitBase = {
  amount: z.number().int().positive().max(3_660),
  unit: z.enum(['workingDays', 'calendarDays', 'weeks', 'months']),
  starts: z
    .enum(['sameDay', 'dayAfter'])
    .optional()
    .describe('Default dayAfter: the day of the act does not count.'),
  calendars: z
    .array(id)
    .min(1)
    .optional()
    .describe('Default: the calendar of the service’s park. Two: days that both work.'),
  rollsForward: z
    .boolean()
    .optional()
    .describe('Whether an end on a non-working day runs to the next working day.'),
};

export const timeLimit = z
  .union([
    z.strictObject({
      ...limitBase,
      from: z
        .enum(['filing', 'acceptance'])
        .optional()
        .describe('The act that starts it. Default: filing for the acceptance limit, else acceptance.'),
      tacit: z.enum(['granted', 'refused']).optional().describe('What silence past the limit means in law.'),
      extension: z
        .strictObject({
          amount: z.number().int().positive().max(3_660),
          times: z.number().int().positive().max(10),
          ...cited,
        })
        .optional(),
      ...cited,
    }),
    notEstablished,
  ])
  .describe('A legal time limit, or the plain statement that none is established.');

const need = z.union([
  factId,
  z.strictObject({
    fact: factId,
    when: expression.optional(),
    optional: z.boolean().optional(),
  }),
]);

const evidenceRequirement = z.strictObject({
  type: id,
  when: expression.optional(),
  debt: z
    .strictObject({ workingDays: z.number().int().positive().max(250), ...cited })
    .optional()
    .describe(
      'The filing may be accepted while this minor paper is still owed (容缺受理), for so many working days.',
    ),
});

const criterion = z.strictObject({
  id,
  name: text,
  test: expression.optional().describe('Absent where an officer judges it.'),
  ...cited,
});

const consequence = z.strictObject({ then: z.enum(jointConsequences), explanation: text });

const joint = z
  .strictObject({
    id: id.describe('The panel or assessment, the same id in the services of both parks.'),
    with: z.strictObject({ park: id, authority: id }),
    shares: z.array(factId).describe('The only facts of this filing that the other side’s panel sees.'),
    outcomes: z
      .strictObject({
        yesYes: consequence.optional(),
        yesNo: consequence.optional(),
        noYes: consequence.optional(),
        noNo: consequence.optional(),
        conditionalYes: consequence.optional(),
      })
      .optional()
      .describe('What follows, own answer first. All five are required.'),
  })
  .describe('Both sides adopt one panel or assessment in this step.');

const step = z.strictObject({
  id,
  name: text,
  by: id.describe('Organisation on whose desk the step lies.'),
  after: z.array(id).optional().describe('Steps of this service that must be done first.'),
  when: expression.optional(),
  limit: timeLimit.optional(),
  joint: joint.optional(),
  ...cited,
});

const specialProcedure = z
  .strictObject({ id, name: text, by: id, ...cited })
  .describe('A procedure whose time the clock leaves out: expert review, inspection, hearing.');

const fee = z.strictObject({
  id,
  name: text,
  amountMinorUnits: z
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe('Integer minor units; absent where not established.'),
  currency,
  ...cited,
});

const output = z.strictObject({
  id,
  name: text,
  languages: z.array(z.string()).min(1),
  validityMonths: z.number().int().positive().optional(),
});

const remedy = z.strictObject({
  id,
  name: text,
  body: id,
  limit: timeLimit.optional(),
  languages: z.array(z.string()).min(1),
  ...cited,
});

export const service = z
  .strictObject({
    id,
    park: id,
    authority: id,
    name: text,
    summary: text,
    flow: z
      .enum(['people', 'goods', 'capital', 'data', 'space', 'company', 'research'])
      .describe('Where the catalogue lists it.'),
    ...period,
    needs: z.array(need),
    provides: z.array(factId).optional().describe('Facts its output establishes for later services.'),
    evidence: z.array(evidenceRequirement),
    criteria: z.array(criterion).optional(),
    acceptance: z.strictObject({ limit: timeLimit }).optional(),
    limit: timeLimit.describe('Time for the authority to decide.'),
    supplement: z
      .strictObject({
        limit: timeLimit.optional(),
        rounds: z.number().int().positive().optional(),
        silence: z.enum(['lapses', 'nothing']).optional().describe('Default: nothing.'),
      })
      .optional(),
    steps: z.array(step).min(1),
    specialProcedures: z.array(specialProcedure).optional(),
    fourEyes: z.strictObject(cited).optional().describe('The clause that asks for a second officer.'),
    fees: z.array(fee).optional(),
    output,
    remedies: z.array(remedy).optional(),
    ...cited,
  })
  .describe('A public service of one authority of one park.');

export const journey = z
  .strictObject({
    id,
    name: text,
    summary: text,
    steps: z
      .array(
        z.strictObject({
          service: id,
          id: id.optional().describe('A name of its own where one service is filed twice.'),
          after: z.array(id).optional(),
          when: expression.optional(),
        }),
      )
      .min(1),
    form: z
      .array(z.strictObject({ id, title: text, facts: z.array(factId).min(1) }))
      .min(1)
      .describe('One merged form: every fact is asked once.'),
    ...cited,
  })
  .describe('A journey (一件事): services of both parks in their order, one form, one set of evidence.');

export const agreement = z
  .strictObject({
    id,
    name: text,
    from: id.describe('Park that sends.'),
    to: id.describe('Park that receives.'),
    fields: z.array(factId).describe('Facts that may cross.'),
    evidenceTypes: z.array(id).optional(),
    purpose: text,
    inForce: z.strictObject(period).optional().describe('Apart from `from` and `to`, which name the parks.'),
    ...cited,
  })
  .describe('What may cross between the parks, under which instrument.');
