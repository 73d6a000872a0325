import { personalCaseActions } from '@twinpark/contract/case/case-commands.ts';
import { addressOf } from '@twinpark/contract/client.ts';
import type { Endpoint } from '@twinpark/contract/endpoint.ts';
import { endpoints } from '@twinpark/contract/endpoints.ts';
import { openApiDocument } from '@twinpark/contract/openapi.ts';
import { isNodeProblem, problemSchema, statusOf } from '@twinpark/contract/problem.ts';
import { problemsOf } from '@twinpark/contract/problems-of.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOfTables } from './testing/digest.ts';
import {
  type GeneratedRequest,
  type KnownValues,
  type OpenApi,
  type Operation,
  requestsFor,
} from './testing/requests.ts';
import { seedForFuzzing } from './testing/seed-for-fuzzing.ts';
import { startTestNode, type TestNode } from './testing/test-node.ts';

/** Requests for each operation in each round; raise it to search longer. */
const runsEach = Number(process.env['TWINPARK_FUZZ_RUNS'] ?? 4);

let node: TestNode;
let callers: Readonly<Record<string, Readonly<Record<string, string>>>>;
let before: Readonly<Record<string, string>>;
const document = openApiDocument(endpoints) as unknown as OpenApi;
const known: Record<string, (string | number)[]> = {};
/** What was there before the first request; later finds never push it out. */
let seeded: KnownValues;
/** Operations of which a request came as far as the law: it was done, or the law refused it. */
const reached = new Set<string>();

beforeAll(async () => {
  node = await startTestNode();
  const { zone } = node.services;
  const authority =
    [...zone.services.values()].find(({ park }) => park === node.services.park.id)?.authority ?? '';
  callers = {
    nobody: {},
    'passer-by': (await node.as('applicant', 'Passing By')).headers,
    applicant: (await node.as('applicant', 'Labor Lind')).headers,
    officer: (await node.as('officer', authority)).headers,
    operator: (await node.as('operator', 'north-operator')).headers,
    supervisor: (await node.as('supervisor', authority)).headers,
    auditor: (await node.as('auditor', 'oversight')).headers,
  };
  seeded = {
    ...(await seedForFuzzing(node, { applicant: 'Labor Lind', authority })),
    service: [...zone.services.keys()],
    journey: [...zone.journeys.keys()],
    step: [...zone.journeys.values(), ...zone.services.values()].flatMap(({ steps }) =>
      steps.map(({ id }) => id),
    ),
    remedy: [...zone.services.values()].flatMap(({ remedies }) => remedies.map(({ id }) => id)),
    procedure: [...zone.services.values()].flatMap(({ specialProcedures }) =>
      specialProcedures.map(({ id }) => id),
    ),
    fact: [...zone.facts.keys()],
    facts: [...zone.facts.keys()],
    type: [...zone.evidenceTypes.keys()],
    language: ['en', 'zh-Hans', 'zh-Hant'],
  };
  for (const [name, values] of Object.entries(seeded)) known[name] = [...values];
  before = await digestOfTables(node.services.store);
});
afterAll(() => node.stop());

async function send(operationId: string, who: string, request: GeneratedRequest) {
  const endpoint = endpointOf(operationId);
  const { params, query, body, key } = request;
  const response = await node.app.fastify.inject({
    method: endpoint.method,
    url: addressOf(endpoint, wellFormed(params), wellFormed(query)),
    headers: {
      ...callers[who],
      ...(key === undefined ? {} : { 'idempotency-key': Buffer.from(key).toString('latin1') }),
      ...(body === undefined ? {} : { 'content-type': body.type }),
    },
    ...(body === undefined ? {} : { payload: Buffer.from(body.bytes) }),
  });
  return { endpoint, response };
}

/** An address cannot hold half a character. */
function wellFormed(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.toWellFormed()]));
}

/** What an answer names exists now, so that later requests reach further. */
function remember(name: string, value: unknown): void {
  if (typeof value === 'string' && /Id$|Number$|^sha256$|Code$|^cursor/i.test(name)) {
    const field = name === 'nextCursor' ? 'cursor' : name;
    const there = seeded[field] ?? [];
    const found = (known[field] ?? []).filter((each) => each !== value && !there.includes(each));
    known[field] = [...there, ...(there.includes(value) ? [] : [value]), ...found].slice(0, there.length + 4);
  }
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) remember(key, inner);
}

/** Mostly somebody who may, so that requests come further than the door; no session ends that others still need. */
function callersFor(operationId: string): fc.Arbitrary<string> {
  const { access, tag, effect } = endpointOf(operationId);
  if (tag === 'Sign-in' && effect) return fc.constantFrom('passer-by', 'nobody');
  const anybody = Object.keys(callers);
  const able = anybody.filter((who) =>
    typeof access === 'string' ? who !== 'nobody' : access.some((role) => role === who),
  );
  return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...able) }, fc.constantFrom(...anybody));
}

function endpointOf(operationId: string): Endpoint {
  const endpoint = endpoints.find(({ id }) => id === operationId);
  if (!endpoint) throw new Error(`There is no endpoint ${operationId}`);
  return endpoint;
}

const operations = Object.values(document.paths).flatMap((methods): Operation[] => Object.values(methods));

/** Sends a request, and holds what comes of it against what the contract promises of every answer. */
async function expectSound(operationId: string, who: string, request: GeneratedRequest): Promise<void> {
  const { endpoint, response } = await send(operationId, who, request);
  const after = await digestOfTables(node.services.store);
  if (response.statusCode < 400) {
    reached.add(operationId);
    if (!endpoint.effect && endpoint.method === 'GET') expect(after).toEqual(before);
    before = after;
    if (String(response.headers['content-type']).includes('json')) remember('', response.json());
    return;
  }
  expect(after).toEqual(before);
  expect(response.statusCode, response.body).toBeLessThan(500);
  // A page for people says in its own words what it cannot show.
  if (endpoint.mediaType?.startsWith('text/html')) return;
  expect(response.headers['content-type'], response.body).toMatch(/^application\/problem\+json/);
  const body = problemSchema.parse(response.json());
  if (!isNodeProblem(body.code)) reached.add(operationId);
  expect(response.statusCode).toBe(statusOf(body.code));
  // An empty parameter makes another address.
  expect([...problemsOf(endpoint), 'notFound', 'methodNotAllowed']).toContain(body.code);
}

describe('whatever is sent', () => {
  // Twice, so that what the first round made is there for the second.
  it.each(
    [...operations, ...operations].map(
      (operation, index) => [operation.operationId, index, operation] as const,
    ),
  )(
    'to %s is answered, or refused with a problem that the contract names and without a trace (%i)',
    async (operationId, index, operation) => {
      await fc.assert(
        fc.asyncProperty(
          callersFor(operationId),
          requestsFor(operation, document, known),
          async (caller, request) => await expectSound(operationId, caller, request),
        ),
        { numRuns: runsEach, seed: 20_260_610 + index, endOnFailure: true },
      );
    },
  );
});

describe('a command that fits its form', () => {
  const commands = operations.filter(({ operationId }) =>
    personalCaseActions.some((action) => action === operationId),
  );

  it.each(commands.map((operation, index) => [operation.operationId, index, operation] as const))(
    'is put to the law of its case, and done or refused by it: %s (%i)',
    async (operationId, index, operation) => {
      const { access } = endpointOf(operationId);
      const able = Object.keys(callers).filter((who) => access.includes(who as never));
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...able),
          requestsFor(operation, document, known, 'fitting'),
          async (caller, request) => await expectSound(operationId, caller, await asSeen(request)),
        ),
        { numRuns: 3 * runsEach, seed: 20_260_610 + index, endOnFailure: true },
      );
      expect(reached).toContain(operationId);
    },
  );
});

/** The request of somebody who has just looked at the case, where it says which version it saw. */
async function asSeen(request: GeneratedRequest): Promise<GeneratedRequest> {
  const { params, body } = request;
  const caseId = params['caseId'] ?? '';
  const sent: Readonly<Record<string, unknown>> = JSON.parse(new TextDecoder().decode(body?.bytes));
  const seen = await node.services.store.write((tx) =>
    tx.selectFrom('cases').select('version').where('caseId', '=', caseId).executeTakeFirst(),
  );
  if (!body || !seen || !('version' in sent)) return request;
  const bytes = new TextEncoder().encode(JSON.stringify({ ...sent, ...seen }));
  return { ...request, body: { ...body, bytes } };
}
