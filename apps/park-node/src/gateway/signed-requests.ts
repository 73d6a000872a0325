import type { Clock } from '../platform/clock.ts';
import type { PeerAnswer, PeerGate, PeerRequest } from '../platform/http/peer-gate.ts';
import { type Problem, problem } from '../platform/http/problem.ts';
import { contentDigestOf, digestFault } from './http-signature/content-digest.ts';
import {
  fieldValue,
  protocolHeader,
  type RequestMessage,
  type ResponseMessage,
  type SignatureFault,
} from './http-signature/message.ts';
import { type MessageSigner, signMessage } from './http-signature/sign-message.ts';
import { bindsAnswer, type FindKey, verifyMessage } from './http-signature/verify-message.ts';
import type { PeerKeys } from './peer-keys.ts';

export interface SignedRequestsOptions {
  /** Id of the other park. */
  readonly peer: string;
  /** Scheme, host and port under which the other park's node reaches this one. */
  readonly publicUrl: string;
  readonly peerKeys: PeerKeys;
  /** The key that signs answers now. */
  readonly signer: () => MessageSigner;
  /** Versions of the protocol that this node speaks. */
  readonly protocols: readonly number[];
  readonly clock: Clock;
}

/** The server's end of the signed edge between the parks. */
export function createSignedRequests(options: SignedRequestsOptions): PeerGate {
  const { peer, publicUrl, peerKeys, signer, protocols, clock } = options;
  const findKey = gatewayKeyFinder(peerKeys);
  const messageOf = ({ method, url, headers }: PeerRequest): RequestMessage => ({
    method,
    // Never by what the request itself says of its host: the signature is to hold for this node alone.
    targetUri: `${publicUrl}${url}`,
    headers,
  });
  return {
    verify(request) {
      const result = verifyMessage(messageOf(request), clock.now(), findKey);
      if ('fault' in result) return problemOf(result.fault);
      const protocol = Number(fieldValue(request.headers, protocolHeader));
      if (!protocols.includes(protocol)) return problem('protocolUnknown', { known: [...protocols] });
      const { keyId, nonce, countsUntil } = result.verified;
      return { peer, keyId, nonce, countsUntil, protocol };
    },
    verifyBody({ headers }, body) {
      const fault = digestFault(headers, body);
      return fault === null ? null : problemOf(fault);
    },
    sign(request, answer) {
      const message = messageOf(request);
      return bindsAnswer(message) ? signedFields(message, answer, signer(), clock.now()) : {};
    },
  };
}

/** Finds the keys with which the other park's node signs messages. */
export function gatewayKeyFinder(peerKeys: PeerKeys): FindKey {
  return (keyId, at) =>
    peerKeys.find(keyId, 'gateway', at) ?? (peerKeys.findAny(keyId) === null ? 'keyUnknown' : 'keyNotValid');
}

function signedFields(
  request: RequestMessage,
  { status, contentType, content }: PeerAnswer,
  signer: MessageSigner,
  now: Temporal.Instant,
): Readonly<Record<string, string>> {
  const digest = contentDigestOf(content);
  const answer: ResponseMessage = {
    status,
    headers: {
      'content-digest': digest,
      ...(contentType === null ? {} : { 'content-type': contentType }),
    },
    request,
  };
  return { 'content-digest': digest, ...signMessage(answer, signer, now) };
}

function problemOf(fault: SignatureFault): Problem {
  return fault === 'signatureMissing'
    ? problem('signatureMissing')
    : problem('signatureInvalid', { reason: fault });
}
