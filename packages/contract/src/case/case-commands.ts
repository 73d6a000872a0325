import {
  type CaseAction,
  decisionOutcomes,
  jointAnswers,
  refusalCodes,
} from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { factsSchema, idSchema } from '../common.ts';
import { agreementBody } from '../dossier/agreement.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import type { MemberRole } from '../identity/roles.ts';
import { caseParams } from './case-summary.ts';
import { caseViewSchema } from './case-view.ts';

/**
 * What people do with a case once it is opened. Opening and filing go through the dossier; what follows from the passing
 * of time is done by the node itself, and so is what the other park says in a joint step, as long as its node says it.
 */
export type PersonalCaseAction = Exclude<
  CaseAction,
  'openCase' | 'fileCase' | 'declareLapse' | 'declareTacitEffect'
>;

interface CommandForm {
  readonly summary: string;
  readonly access: readonly MemberRole[];
  readonly body: z.ZodObject;
}

const id = z.string().max(200);
const ids = z.array(id).max(200);
const sentence = z.string().trim().min(1).max(10_000);
const sentences = z.array(sentence).max(100);

const filling = z.object({
  answers: factsSchema.optional(),
  evidence: z
    .array(z.object({ type: id, evidenceId: idSchema.describe('A paper of the caller’s organisation') }))
    .max(200)
    .optional(),
  ...agreementBody,
});
const deciding = z.object({
  outcome: z.enum(decisionOutcomes),
  reasons: sentences.optional().describe('In the language of the case; a refusal needs one'),
  conditions: sentences.optional(),
});
const nothing = z.object({});

const applicant = ['applicant'] as const;
const authority = ['officer', 'supervisor'] as const;

/** By action: who may try it and what it takes. The kernel decides whether it is done. */
export const commandForms = {
  amendCase: {
    summary: 'Changes answers or papers of a case that is not decided',
    access: applicant,
    body: filling,
  },
  withdrawCase: { summary: 'Takes a case back before it is decided', access: applicant, body: nothing },
  supplyEvidence: {
    summary: 'Supplies what the authority asked for or what is still owed',
    access: applicant,
    body: filling,
  },
  lodgeRemedy: {
    summary: 'Challenges what the authority did, before the body that reviews it',
    access: applicant,
    body: z.object({ remedy: id }),
  },
  acceptCase: { summary: 'Accepts a filing for examination', access: authority, body: nothing },
  declineAcceptance: {
    summary: 'Does not accept a filing, with the reasons',
    access: authority,
    body: z.object({ reasons: sentences }),
  },
  requestEvidence: {
    summary: 'Asks the applicant for what is missing; the clock stands until it is there',
    access: authority,
    body: z.object({ evidence: ids.optional(), facts: ids.optional() }),
  },
  completeStep: {
    summary: 'Records the result of a step that lies on the caller’s desk',
    access: authority,
    body: z.object({ step: id, result: z.enum(['passed', 'failed']), conditions: sentences.optional() }),
  },
  contribute: {
    summary: 'Gives this side’s answer in a joint step',
    access: authority,
    body: z.object({ step: id, answer: z.enum(jointAnswers), conditions: sentences.optional() }),
  },
  recordContribution: {
    summary:
      'Writes down what the other side said in a joint step, from a paper, where its node does not say it',
    access: ['supervisor'],
    body: z.object({
      step: id,
      answer: z.enum(jointAnswers),
      conditions: sentences.optional(),
      reason: sentence.describe('Why by hand, and from which paper'),
    }),
  },
  suspendCase: {
    summary: 'Begins a special procedure, whose days the limit leaves out',
    access: authority,
    body: z.object({ procedure: id }),
  },
  resumeCase: {
    summary: 'Takes a case up again after a special procedure',
    access: authority,
    body: nothing,
  },
  extendLimit: {
    summary: 'Extends the limit as far as its clause allows, with the reason',
    access: authority,
    body: z.object({ reason: sentence }),
  },
  decideCase: { summary: 'Decides a case', access: authority, body: deciding },
  proposeDecision: {
    summary: 'Proposes a decision to a second officer',
    access: authority,
    body: deciding,
  },
  returnProposal: {
    summary: 'Sends a colleague’s proposal back, with the reason',
    access: authority,
    body: z.object({ reason: sentence }),
  },
  approveDecision: { summary: 'Makes a colleague’s proposal the decision', access: authority, body: nothing },
  serveOutput: {
    summary: 'Issues the document of the decision, signed and numbered, and serves it',
    access: authority,
    body: z.object({
      establishes: factsSchema
        .optional()
        .describe('Facts that the document establishes for later services, such as a registration number'),
    }),
  },
  closeCase: { summary: 'Closes a case that is served', access: authority, body: nothing },
  decideRemedy: {
    summary: 'Lets the challenged act stand, or sends the case back to be examined anew',
    access: authority,
    body: z.object({ result: z.enum(['dismissed', 'remitted']) }),
  },
} as const satisfies Record<PersonalCaseAction, CommandForm>;

export const personalCaseActions = Object.keys(commandForms) as readonly PersonalCaseAction[];

const seen = z.object({
  version: z
    .int()
    .positive()
    .optional()
    .describe('Version of the case that the person saw; if the case has moved on since, nothing is done'),
});

/** What else can stand in the way of an applicant, whose act may go to the other park. */
const problemsAcross = ['agreementRequired', 'previewChanged', 'actUnanswered', 'peerNotConfigured'] as const;

/**
 * The endpoint of one action; all of them answer with the case as it then stands. An act of an applicant on a case of the
 * other park is sent there: the case stands as before, and `act` says what was sent.
 */
export type CommandEndpoint<Action extends PersonalCaseAction> = ReturnType<typeof commandEndpoint<Action>>;

function commandEndpoint<const Action extends PersonalCaseAction>(action: Action) {
  const { summary, access, body } = commandForms[action] as (typeof commandForms)[Action];
  return endpoint({
    id: action,
    method: 'POST',
    path: `/api/cases/:caseId/${kebab(action)}`,
    tag: 'Cases',
    summary,
    access,
    params: caseParams,
    body: body.extend(seen.shape),
    success: { status: 200, body: caseViewSchema },
    effect: true,
    problems: [
      'notFound',
      'versionConflict',
      'evidenceUnknown',
      'factUnknown',
      'factValueInvalid',
      ...(access === applicant ? problemsAcross : []),
      ...refusalCodes,
    ],
  } as const satisfies Endpoint);
}

export const commandEndpoints = Object.fromEntries(
  personalCaseActions.map((action) => [action, commandEndpoint(action)]),
) as { readonly [Action in PersonalCaseAction]: CommandEndpoint<Action> };

function kebab(action: string): string {
  return action.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
