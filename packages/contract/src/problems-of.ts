import type { Endpoint } from './endpoint.ts';
import type { ProblemCode } from './problem.ts';

/** Every problem that a call of an endpoint can end in: its own, and those that follow from its form. */
export function problemsOf(endpoint: Endpoint): readonly ProblemCode[] {
  const { access, params, query, body, bodyMediaType, effect, method, problems } = endpoint;
  const isRead = method === 'GET';
  const codes: readonly (ProblemCode | false)[] = [
    'malformedRequest',
    (params ?? query ?? body) !== undefined && 'validationFailed',
    !isRead && 'malformedJson',
    effect && 'idempotencyKeyMissing',
    access !== 'public' && 'signInRequired',
    typeof access === 'object' && 'organizationRequired',
    typeof access === 'object' && 'roleNotAllowed',
    !isRead && 'foreignOrigin',
    !isRead && 'requestTimeout',
    effect && 'idempotencyKeyInFlight',
    !isRead && 'payloadTooLarge',
    !isRead && 'unsupportedMediaType',
    effect && 'idempotencyKeyReused',
    'rateLimited',
    'headersTooLarge',
    'internalError',
    'databaseUnavailable',
    'shuttingDown',
    (effect || bodyMediaType !== undefined) && 'storageFull',
  ];
  return [...new Set([...codes.filter((code) => code !== false), ...problems])];
}
