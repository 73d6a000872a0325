import { createHash } from 'node:crypto';
import type { Language } from '@twinpark/contract/common.ts';
import type { Endpoint } from '@twinpark/contract/endpoint.ts';
import type { FastifyRequest } from 'fastify';
import type { Idempotency } from '../../case/case-order.ts';
import { type Caller, organizationKey } from '../auth/caller.ts';
import type { Peer } from './peer-gate.ts';
import { type FieldError, Problem, problem } from './problem.ts';
import { faultsIn, type Place } from './request-faults.ts';
import type { Incoming } from './route.ts';

/** Whether a person may call an endpoint at all; null when it may. */
export function denied({ access }: Endpoint, caller: Caller | null): Problem | null {
  if (access === 'public') return null;
  if (access === 'peer') return problem('signatureMissing');
  if (caller === null) return problem('signInRequired');
  if (access === 'signedIn') return null;
  if (caller.acting === null) return problem('organizationRequired');
  return access.includes(caller.acting.role) ? null : problem('roleNotAllowed', { roles: access });
}

/** A request as its handler gets it, or everything that is wrong with its form. */
export function admit(
  endpoint: Endpoint,
  request: FastifyRequest,
  caller: Caller | Peer | null,
  language: Language,
): Incoming<Endpoint> | Problem {
  const misfit = mediaTypeMisfit(endpoint, request);
  if (misfit) return misfit;
  const errors: FieldError[] = [];
  const read = (place: Place, value: unknown): unknown => {
    const schema = endpoint[place];
    if (schema === undefined) return undefined;
    const result = faultsIn(place, value, schema, language);
    if ('data' in result) return result.data;
    errors.push(...result.errors);
    return undefined;
  };
  const params = read('params', request.params);
  const query = read('query', request.query);
  const body = read('body', request.body);
  if (errors.length > 0) return new Problem('validationFailed', { errors });
  const isPeer = caller !== null && 'peer' in caller;
  const idempotency = endpoint.effect && !isPeer ? idempotencyOf(request, caller) : null;
  if (idempotency instanceof Problem) return idempotency;
  return {
    params,
    query,
    body,
    stream: isStream(request.body) ? request.body : undefined,
    bytes: Buffer.isBuffer(request.body) ? request.body : undefined,
    caller,
    idempotency,
    requestId: request.id,
    language,
    headers: request.headers,
  } as Incoming<Endpoint>;
}

/** A body of bytes where JSON is asked for, or JSON or nothing where bytes are. */
function mediaTypeMisfit({ bodyMediaType, body }: Endpoint, request: FastifyRequest): Problem | null {
  const streams = isStream(request.body);
  const isWhole = Buffer.isBuffer(request.body);
  if (bodyMediaType) {
    const fits = bodyMediaType === 'application/octet-stream' ? streams : isWhole;
    return fits ? null : problem('unsupportedMediaType', { expected: bodyMediaType });
  }
  const isRaw = streams || isWhole;
  return isRaw && body ? problem('unsupportedMediaType', { expected: 'application/json' }) : null;
}

function isStream(body: unknown): boolean {
  return body instanceof Object && 'pipe' in body;
}

/** The request's key within the scope of its caller, and what tells a repetition from another request. */
function idempotencyOf(request: FastifyRequest, caller: Caller | null): Idempotency | Problem {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(key)) return problem('idempotencyKeyMissing');
  const body = isStream(request.body) ? null : (request.body ?? null);
  const requestHash = sha256([request.method, request.url, body]);
  return { scope: scopeOf(caller, request.ip, key), key, requestHash };
}

/** Two callers never meet under one key; of somebody who is not signed in only the address is known. */
function scopeOf(caller: Caller | null, address: string, key: string): string {
  if (caller === null) return `nobody ${sha256([address, key])}`;
  return `${caller.person.id} ${caller.acting ? organizationKey(caller.acting) : ''}`;
}

function sha256(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
