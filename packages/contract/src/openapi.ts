import { z } from 'zod';
import { type Access, type Endpoint, type Tag, tags } from './endpoint.ts';
import { openApiSchemas } from './openapi-schemas.ts';
import { type ProblemCode, problemSchema, statusOf } from './problem.ts';
import { problemsOf } from './problems-of.ts';

export const openApiPath = 'packages/contract/openapi.json';

type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 document of a node, from its endpoints and nothing else. */
export function openApiDocument(endpoints: readonly Endpoint[]): Json {
  const schemas = openApiSchemas();
  const problem = schemas.of(problemSchema, 'output');
  const responses = problemResponses(endpoints, problem);
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [endpoint.method.toLowerCase()]: operation(endpoint, schemas, responses.of(endpoint)),
    };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Twinpark park node',
      version: '0.1.0',
      summary: 'One park of a science park that lies across a border',
      description: introduction,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This node' }],
    tags: tags
      .filter((tag) => endpoints.some((endpoint) => endpoint.tag === tag))
      .map((name) => ({ name, description: descriptionOf[name] })),
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'twinpark-PARK.session_token',
          description:
            'Set by signing in; PARK stands for the id of the park. What a page of another site sends changes nothing.',
        },
        httpMessageSignature: {
          type: 'http',
          scheme: 'signature',
          description:
            'The other park’s node signs each request under the label `twinpark` (RFC 9421, Ed25519) by a key of its card, over a digest of the content (RFC 9530). Answers are signed in the same way.',
        },
      },
      parameters: { idempotencyKey },
      responses: responses.components,
      schemas: schemas.components(),
    },
  };
}

const introduction = `Every answer that is not a success is a problem in the sense of RFC 9457, with a stable code, in the language that \`Accept-Language\` asks for (zh-Hans, zh-Hant or en).

A request that changes something carries an \`Idempotency-Key\`: repeated with the same key it changes nothing more and gets the first answer again.

What a caller may not see answers exactly like what is not there.`;

const descriptionOf: Readonly<Record<Tag, string>> = {
  Node: 'The node itself: what it serves and how it is',
  Catalogue: 'What the zone offers: services, journeys, rules',
  'Sign-in': 'Who somebody is and for which organisation the person acts',
  Organisation: 'Organisations and their members',
  Dossiers: 'What an applicant writes once and files on both sides',
  Evidence: 'Papers: their upload, their bytes, who was given them',
  Cases: 'Filings of a service and everything that is done with them',
  Deadlines: 'Limits that run, and whose they are',
  Outputs: 'What a decided case hands out, and its verification',
  Notifications: 'What an organisation should know without looking for it',
  Gateway: 'What passes between the two parks',
  Log: 'What the park did and what crossed, for strangers to check: the log, its proofs and receipts',
  Audit: 'Who did or tried what',
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'A random key of the caller’s, new for each thing to be done and the same for each repetition.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{8,200}$' },
  example: '5f0c3c52-8f3e-4b1e-9d0c-2f7a1c9d4b77',
};

function operation(
  endpoint: Endpoint,
  schemas: ReturnType<typeof openApiSchemas>,
  problems: Readonly<Record<string, Json>>,
): Json {
  const { id, tag, summary, description, access, effect } = endpoint;
  const parameters = [
    ...parametersIn('path', endpoint.params, schemas),
    ...parametersIn('query', endpoint.query, schemas),
    ...(effect && access !== 'peer' ? [{ $ref: '#/components/parameters/idempotencyKey' }] : []),
  ];
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [description, whoMayCall(access)].filter(Boolean).join('\n\n'),
    security: securityOf(access),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(endpoint, schemas),
    responses: { [endpoint.success.status]: success(endpoint, schemas), ...problems },
  };
}

function securityOf(access: Access): readonly Json[] {
  if (access === 'public') return [];
  return [access === 'peer' ? { httpMessageSignature: [] } : { session: [] }];
}

function whoMayCall(access: Access): string {
  if (access === 'public') return 'Open to everybody.';
  if (access === 'peer') return 'For the other park’s node.';
  return access === 'signedIn'
    ? 'For whoever is signed in.'
    : `For members in the role: ${access.join(', ')}.`;
}

function parametersIn(
  place: 'path' | 'query',
  schema: z.ZodObject | undefined,
  schemas: ReturnType<typeof openApiSchemas>,
): readonly Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, of]) => {
    const isRequired = !z.safeParse(of as z.ZodType, undefined).success;
    const { description, ...form } = schemas.of(of as z.ZodType, 'input');
    return {
      name,
      in: place,
      required: place === 'path' || isRequired,
      ...(description === undefined ? {} : { description }),
      schema: form,
    };
  });
}

function requestBody({ body, bodyMediaType }: Endpoint, schemas: ReturnType<typeof openApiSchemas>): Json {
  if (bodyMediaType !== undefined) {
    return { requestBody: { required: true, content: { [bodyMediaType]: {} } } };
  }
  if (body === undefined) return {};
  const required = !body.safeParse(undefined).success;
  return {
    requestBody: { required, content: { 'application/json': { schema: schemas.of(body, 'input') } } },
  };
}

function success(
  { summary, success: { status, body }, mediaType }: Endpoint,
  schemas: ReturnType<typeof openApiSchemas>,
): Json {
  if (mediaType !== undefined) return { description: summary, content: { [mediaType]: {} } };
  if (body === null) return { description: status === 204 ? 'Done; there is nothing to say' : summary };
  return { description: summary, content: { 'application/json': { schema: schemas.of(body, 'output') } } };
}

interface ProblemResponses {
  /** By status. */
  of(endpoint: Endpoint): Readonly<Record<string, Json>>;
  readonly components: Readonly<Record<string, Json>>;
}

/**
 * What endpoints answer where they do not succeed. What several have in common stands once, among the components,
 * under its codes where they are few, else under the first operation that has it.
 */
function problemResponses(endpoints: readonly Endpoint[], problem: Json): ProblemResponses {
  const uses = new Map<string, { readonly name: string; count: number }>();
  for (const endpoint of endpoints) {
    for (const [status, codes] of problemsByStatus(endpoint)) {
      const name = codes.length <= mostCodesInName ? codes.join('.') : `${endpoint.id}.${status}`;
      const use = uses.get(codes.join()) ?? { name, count: 0 };
      uses.set(codes.join(), { ...use, count: use.count + 1 });
    }
  }
  const components: Record<string, Json> = {};
  for (const [codes, { name, count }] of uses) {
    if (count > 1) components[name] = problemResponse(codes.split(',') as ProblemCode[], problem);
  }
  const of: ProblemResponses['of'] = (endpoint) =>
    Object.fromEntries(
      [...problemsByStatus(endpoint)].map(([status, codes]) => {
        const { name, count } = uses.get(codes.join()) ?? { name: '', count: 0 };
        return [
          status,
          count > 1 ? { $ref: `#/components/responses/${name}` } : problemResponse(codes, problem),
        ];
      }),
    );
  return { of, components };
}

const mostCodesInName = 3;

function problemsByStatus(endpoint: Endpoint): ReadonlyMap<number, readonly ProblemCode[]> {
  return Map.groupBy(problemsOf(endpoint), statusOf);
}

function problemResponse(codes: readonly ProblemCode[], problem: Json): Json {
  return {
    description: `Problem: ${codes.join(', ')}`,
    content: {
      'application/problem+json': {
        schema: { allOf: [problem, { type: 'object', properties: { code: { enum: codes } } }] },
      },
    },
  };
}
