import { addressOf } from '@twinpark/contract/client.ts';
import type { Endpoint } from '@twinpark/contract/endpoint.ts';
import { endpoints } from '@twinpark/contract/endpoints.ts';
import { openApiDocument } from '@twinpark/contract/openapi.ts';
import { problemSchema, statusOf } from '@twinpark/contract/problem.ts';
import { problemsOf } from '@twinpark/contract/problems-of.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOfTables } from './testing/digest.ts';
import { type GeneratedRequest, type OpenApi, type Operation, requestsFor } from './testing/requests.ts';
import { startTestNode, type TestNode } from './testing/test-node.ts';

/** Requests for each operation in each round; raise it to search longer. */
const runsEach = Number(process.env['TWINPARK_FUZZ_RUNS'] ?? 4);

let node: TestNode;
let callers: Readonly<Record<string, Readonly<Record<string, string>>>>;
let before: Readonly<Record<string, string>>;
const document = openApiDocument(endpoints) as unknown as OpenApi;
const known: Record<string, string[]> = {};

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
  Object.assign(known, {
    service: [...zone.services.keys()],
    journey: [...zone.journeys.keys()],
    step: [...zone.journeys.values()].flatMap(({ steps }) => steps.map(({ id }) => id)),
    fact: [...zone.facts.keys()],
    facts: [...zone.facts.keys()],
    type: [...zone.evidenceTypes.keys()],
    language: ['en', 'zh-Hans', 'zh-Hant'],
  });
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
    known[field] = [value, ...(known[field] ?? [])].slice(0, 4);
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
          async (caller, request) => {
            const { endpoint, response } = await send(operationId, caller, request);
            const after = await digestOfTables(node.services.store);
            if (response.statusCode < 400) {
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
            expect(response.statusCode, response.body).toBeLessThan(500);
            expect(response.statusCode).toBe(statusOf(body.code));
            // An empty parameter makes another address.
            expect([...problemsOf(endpoint), 'notFound', 'methodNotAllowed']).toContain(body.code);
            expect(after).toEqual(before);
          },
        ),
        { numRuns: runsEach, seed: 20_260_610 + index, endOnFailure: true },
      );
    },
  );
});
