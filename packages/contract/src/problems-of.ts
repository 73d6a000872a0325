import type { Endpoint } from './endpoint.ts';
import type { ProblemCode } from './problem.ts';

/** Every problem that a call of an endpoint can end in: its own, and those that follow from its form. */
export function problemsOf(endpoint: Endpoint): readonly ProblemCode[] {
  const { access, params, query, body, bodyMediaType, effect, method, problems } = endpoint;
  const isRead = method === 'GET';
  const isOfPeer = access === 'peer';
  const isKeyed = effect && !isOfPeer;
  const codes: readonly (ProblemCode | false)[] = [
    'malformedRequest',
    (params ?? query ?? body) !== undefined && 'validationFailed',
    !isRead && 'malformedJson',
    isOfPeer && 'protocolUnknown',
    isKeyed && 'idempotencyKeyMissing',
    access !== 'public' && !isOfPeer && 'signInRequired',
    isOfPeer && 'signatureMissing',
    isOfPeer && 'signatureInvalid',
    typeof access === 'object' && 'organizationRequired',
    typeof access === 'object' && 'roleNotAllowed',
    !isRead && !isOfPeer && 'foreignOrigin',
    !isRead && 'requestTimeout',
    isKeyed && 'idempotencyKeyInFlight',
    !isRead && 'payloadTooLarge',
    !isRead && 'unsupportedMediaType',
    isKeyed && 'idempotencyKeyReused',
    'rateLimited',
    'headersTooLarge',
    'internalError',
    'databaseUnavailable',
    'shuttingDown',
    (effect || bodyMediaType !== undefined) && 'storageFull',
  ];
  return [...new Set([...codes.filter((code) => code !== false), ...problems])];
}
