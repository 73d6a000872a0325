import { type CaseAction, decisionOutcomes, jointAnswers, roles } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { factId, id, isoDate, text } from '../schema/common.ts';

/** Answers by fact; the fact dictionary says which value each may have. */
const answers = z.record(factId, z.unknown()).describe('Values by fact id.');

const paper = z
  .strictObject({
    type: id.describe('Evidence type.'),
    name: z.string().min(1).max(200).describe('Name of the file.'),
    on: isoDate
      .optional()
      .describe('Date of the paper; tells a newer one from an older one of the same name.'),
  })
  .describe('A paper. A script has no bytes, so its digest is made from these fields.');

export type Paper = z.infer<typeof paper>;

const papers = z.array(paper);
const sentences = z.array(z.string().min(1)).describe('In the language of the case.');
const caseStep = id.describe('Step of the service, as opposed to the journey’s.');

const filling = { answers: answers.optional(), evidence: papers.optional() };
const deciding = {
  outcome: z.enum(decisionOutcomes),
  reasons: sentences.optional(),
  conditions: sentences.optional(),
};
const contributing = { caseStep, answer: z.enum(jointAnswers), conditions: sentences.optional() };

/** Acts on a case. The run opens a case by itself when it is filed for the first time. */
export type ScriptedAction = Exclude<CaseAction, 'openCase'>;

/** What each command says; the case, the definition and the time are the run's. */
const commandFields = {
  amendCase: filling,
  fileCase: {},
  withdrawCase: {},
  acceptCase: {},
  declineAcceptance: { reasons: sentences },
  requestEvidence: { evidence: z.array(id).optional(), facts: z.array(factId).optional() },
  supplyEvidence: filling,
  declareLapse: {},
  completeStep: { caseStep, result: z.enum(['passed', 'failed']), conditions: sentences.optional() },
  contribute: contributing,
  recordContribution: contributing,
  suspendCase: { procedure: id },
  resumeCase: {},
  extendLimit: { reason: z.string().min(1) },
  decideCase: deciding,
  proposeDecision: deciding,
  returnProposal: { reason: z.string().min(1) },
  approveDecision: {},
  declareTacitEffect: {},
  serveOutput: {
    receiptNumber: z.string().min(1),
    outputs: answers.optional().describe('Facts that the output establishes, such as a registration number.'),
  },
  closeCase: {},
  lodgeRemedy: { remedy: id },
  decideRemedy: { result: z.enum(['dismissed', 'remitted']) },
} as const satisfies Record<ScriptedAction, z.ZodRawShape>;

const told = {
  on: isoDate.describe('Day of the act in the park where it takes place.'),
  note: text.optional().describe('What a narrator says of it.'),
};

const answerEntry = z.strictObject({ ...told, do: z.literal('answer'), ...filling });

const actor = {
  step: id.describe('Step of the journey on whose case it acts.'),
  by: z.enum(roles).optional().describe('Default: the role that the act belongs to.'),
  person: id.optional().describe('Tells officers of one desk apart.'),
};

/** The schema of a story's entry, by what it does. */
export const entrySchemas: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['answer', answerEntry],
  ...Object.entries(commandFields).map(([action, fields]): [string, z.ZodType] => [
    action,
    z.strictObject({ ...told, do: z.literal(action), ...actor, ...fields }),
  ]),
]);

/** What an entry must say before it is known which schema it has to fit. */
export const entryHead = z.looseObject({ do: z.enum([...entrySchemas.keys()]) });

/** An act on a case that fits the schema of its action. */
export type WrittenAct = {
  readonly do: ScriptedAction;
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly evidence?: readonly Paper[] | readonly string[];
  readonly facts?: readonly string[];
  readonly caseStep?: string;
  readonly procedure?: string;
  readonly remedy?: string;
} & z.infer<z.ZodObject<typeof told & typeof actor>>;

export type Entry = z.infer<typeof answerEntry> | WrittenAct;

export const dossierScript = z
  .strictObject({
    title: text,
    journey: id,
    applicant: z.strictObject({
      id: id.optional().describe('Default: applicant.'),
      name: text,
      invented: z.literal(true).describe('A script never tells of a real person or firm.'),
    }),
    startOn: isoDate.describe('Day on which the dossier is begun.'),
    answers: answers.optional().describe('What the applicant knows on that day.'),
    evidence: papers.optional(),
    story: z.array(z.unknown()).min(1).describe('What happens, in the order of its dates.'),
  })
  .describe('A scripted dossier: an invented applicant’s run of a journey, day by day.');

/** A script whose outer parts fit; its entries are judged one by one. */
export type WrittenScript = z.infer<typeof dossierScript>;
