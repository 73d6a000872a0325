import { decisionOutcomes } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import {
  citationSchema,
  dateSchema,
  factValueSchema,
  idSchema,
  instantSchema,
  languageSchema,
  sha256Schema,
  textSchema,
} from '../common.ts';
import { endpoint } from '../endpoint.ts';

const named = z.object({ id: z.string(), name: textSchema });

/** A rule that a document names: as the zone pack cites it, and in the words that are printed. */
const provisionSchema = z
  .object({ citation: citationSchema, words: textSchema })
  .meta({ id: 'OutputProvision' });

const remedySchema = z
  .object({
    id: z.string(),
    name: textSchema,
    body: named,
    languages: z.array(z.string()),
    limit: z
      .object({
        amount: z.int(),
        unit: z.enum(['workingDays', 'calendarDays', 'months']),
        lastDay: dateSchema.describe('Last day to lodge it, counted from the day the document was issued'),
        provisional: z.boolean().describe('Whether the day rests on working days that are not published yet'),
      })
      .nullable()
      .describe('Null where no limit is established; `limitProvision` then says what is known of one'),
    provision: provisionSchema,
    limitProvision: provisionSchema,
  })
  .meta({ id: 'OutputRemedy' });

/** Everything that the printed pages say, and nothing else. */
export const outputContentSchema = z
  .object({
    zone: named,
    park: named,
    authority: named,
    demo: z.boolean().describe('Whether it was made in demo mode and has no legal effect'),
    receiptNumber: z.string(),
    replaces: z
      .string()
      .nullable()
      .describe('Document number of the document that this one takes the place of'),
    caseNumber: z.string(),
    service: named.extend({ definitionHash: z.string() }),
    output: named,
    applicant: z.string(),
    outcome: z.enum(decisionOutcomes),
    tacit: z.boolean().describe('Whether the law decided because the authority was silent'),
    writtenIn: z.string().describe('Language of the conditions and the reasons'),
    conditions: z.array(z.string()),
    reasons: z.array(z.string()),
    establishes: z.array(
      z.object({ fact: z.string(), label: textSchema, value: factValueSchema, words: textSchema }),
    ),
    filedOn: dateSchema,
    decidedOn: dateSchema,
    issuedOn: dateSchema,
    validUntil: dateSchema.nullable().describe('Last day of its validity; null where it has no end'),
    legalBasis: z.array(provisionSchema),
    remedies: z.array(remedySchema),
  })
  .meta({ id: 'OutputContent' });
export type OutputContent = z.infer<typeof outputContentSchema>;

const documentSchema = z.object({
  language: z.string(),
  mediaType: z.string(),
  sha256: sha256Schema,
});

/** What is signed: the content, and the printed pages by their hashes. */
export const outputStatementSchema = z
  .object({
    format: z.literal('twinpark-output/1'),
    content: outputContentSchema,
    documents: z.array(documentSchema),
  })
  .meta({ id: 'OutputStatement' });
export type OutputStatement = z.infer<typeof outputStatementSchema>;

const signedFields = {
  statement: outputStatementSchema,
  signature: z
    .string()
    .describe('JWS (RFC 7515) with detached payload over the canonical JSON (RFC 8785) of the statement'),
};

/**
 * Where a document stands today. `standing`: nothing has changed it. `expired`: its validity is over. `underRemedy`: the
 * decision is challenged and stands meanwhile. `setAside`: the decision has fallen and none has taken its place yet.
 * `superseded`: a later document takes its place.
 */
export const outputStandings = ['standing', 'expired', 'underRemedy', 'setAside', 'superseded'] as const;
export type OutputStanding = (typeof outputStandings)[number];
const standingSchema = z.enum(outputStandings).meta({ id: 'OutputStanding' });

const issuedOutputSchema = z
  .object({
    ...signedFields,
    receiptNumber: z.string(),
    issuedAt: instantSchema,
    standing: standingSchema,
    verificationUrl: z.string().describe('Address that the printed code leads to'),
  })
  .meta({ id: 'IssuedOutput' });

const caseReaders = ['applicant', 'officer', 'supervisor', 'auditor'] as const;

export const getOutput = endpoint({
  id: 'getOutput',
  method: 'GET',
  path: '/api/cases/:caseId/output',
  tag: 'Outputs',
  summary: 'The signed document of a case, with those it took the place of',
  access: caseReaders,
  params: z.object({ caseId: idSchema }),
  success: {
    status: 200,
    body: issuedOutputSchema.extend({
      earlier: z
        .array(issuedOutputSchema)
        .describe('Documents of the same case that came before, newest first'),
    }),
  },
  effect: false,
  problems: ['notFound', 'outputNotIssued'],
});

export const readOutputDocument = endpoint({
  id: 'readOutputDocument',
  method: 'GET',
  path: '/api/cases/:caseId/output/documents/:language',
  tag: 'Outputs',
  summary: 'The printed pages of a case’s document in one language',
  access: caseReaders,
  params: z.object({ caseId: idSchema, language: z.string().max(35) }),
  query: z.object({
    receiptNumber: z
      .string()
      .max(100)
      .optional()
      .describe('Document number of an earlier document of the case'),
  }),
  success: { status: 200, body: null },
  mediaType: 'application/pdf',
  effect: false,
  problems: ['notFound', 'outputNotIssued', 'paperOnItsWay', 'evidenceDamaged'],
});

export const verifyOutput = endpoint({
  id: 'verifyOutput',
  method: 'GET',
  path: '/api/verification/:receiptNumber',
  tag: 'Outputs',
  summary: 'What a document says and where it stands, for whoever holds it',
  description:
    'The code is printed beside the number. A wrong code and an unknown number have the same answer, so that numbers cannot be tried out.',
  access: 'public',
  params: z.object({ receiptNumber: z.string().max(100) }),
  query: z.object({ code: z.string().max(100).default('') }),
  success: {
    status: 200,
    body: z.object({ ...signedFields, standing: standingSchema }).meta({ id: 'VerifiedOutput' }),
  },
  effect: false,
  problems: ['notFound'],
});

/** An Ed25519 key as a JWK (RFC 8037). */
const signingKeySchema = z
  .object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string(),
    kid: z.string().describe('Thumbprint of the key (RFC 7638), by which signatures name it'),
    alg: z.literal('EdDSA'),
    use: z.literal('sig'),
  })
  .meta({ id: 'SigningKey' });
export type PublicSigningKey = z.infer<typeof signingKeySchema>;

export const listSigningKeys = endpoint({
  id: 'listSigningKeys',
  method: 'GET',
  path: '/.well-known/twinpark/keys.json',
  tag: 'Outputs',
  summary: 'Every public key with which this park has signed documents (RFC 7517)',
  access: 'public',
  success: {
    status: 200,
    body: z.object({ keys: z.array(signingKeySchema) }).meta({ id: 'SigningKeys' }),
  },
  effect: false,
  problems: [],
});

const pageQuery = z.object({
  code: z.string().max(100).default(''),
  language: languageSchema.optional().describe('Where it is missing, as the request’s headers ask for it'),
});

/** The page that the printed code leads to. */
export const showVerification = endpoint({
  id: 'showVerification',
  method: 'GET',
  path: '/verify/:receiptNumber',
  tag: 'Outputs',
  summary: 'What a document says and where it stands, as a page for people',
  access: 'public',
  params: z.object({ receiptNumber: z.string().max(100) }),
  query: pageQuery,
  success: { status: 200, body: null },
  mediaType: 'text/html; charset=utf-8',
  effect: false,
  problems: [],
});

export const showVerificationForm = endpoint({
  id: 'showVerificationForm',
  method: 'GET',
  path: '/verify',
  tag: 'Outputs',
  summary: 'The same page by number and code as they are printed, for whoever cannot scan',
  access: 'public',
  query: pageQuery.extend({ receiptNumber: z.string().max(100).default('') }),
  success: { status: 200, body: null },
  mediaType: 'text/html; charset=utf-8',
  effect: false,
  problems: [],
});

export const readVerificationStyle = endpoint({
  id: 'readVerificationStyle',
  method: 'GET',
  path: '/verify/style.css',
  tag: 'Outputs',
  summary: 'The style sheet of the verification page',
  access: 'public',
  success: { status: 200, body: null },
  mediaType: 'text/css; charset=utf-8',
  effect: false,
  problems: [],
});
