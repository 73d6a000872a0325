import { type KeyObject, randomBytes, sign } from 'node:crypto';
import { type InnerList, serializeDictionary, serializeInnerList } from 'structured-headers';
import { coveredComponents } from './covered-components.ts';
import { type Message, signatureAlgorithm, signatureLabel, signatureTag } from './message.ts';
import { signatureBase } from './signature-base.ts';

export interface MessageSigner {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

/** The two header fields that carry a signature. */
export interface SignatureFields {
  readonly 'signature-input': string;
  readonly signature: string;
}

/** How long a signature counts. Unit: seconds. */
export const signatureLifeSeconds = 300;
const nonceBytes = 16;

/**
 * Signs a message whose headers give its digest and media type; a request's also the protocol version.
 *
 * Source: RFC 9421 section 3.1; Ed25519, section 3.3.6.
 */
export function signMessage(
  message: Message,
  { keyId, privateKey }: MessageSigner,
  now: Temporal.Instant,
): SignatureFields {
  const created = Math.floor(now.epochMilliseconds / 1_000);
  const input: InnerList = [
    [...coveredComponents(message)],
    new Map<string, string | number>([
      ['created', created],
      ['expires', created + signatureLifeSeconds],
      ['nonce', randomBytes(nonceBytes).toString('base64url')],
      ['keyid', keyId],
      ['alg', signatureAlgorithm],
      ['tag', signatureTag],
    ]),
  ];
  const based = signatureBase(message, input);
  if ('fault' in based) throw new TypeError(`A message that cannot be signed: ${based.fault}`);
  const signature = sign(null, Buffer.from(based.base, 'latin1'), privateKey);
  return {
    'signature-input': `${signatureLabel}=${serializeInnerList(input)}`,
    signature: serializeDictionary(new Map([[signatureLabel, [signature, new Map()]]])),
  };
}
