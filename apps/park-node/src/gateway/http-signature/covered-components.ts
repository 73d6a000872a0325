import { fieldValue, type Message, protocolHeader, signatureLabel } from './message.ts';
import { type Component, component } from './signature-base.ts';

/**
 * What a signature between the parks covers at least. A response is bound to its request by the request's signature
 * and digest. The media type counts wherever a message has one, so that none can be put on a message without.
 */
export function coveredComponents(message: Message): readonly Component[] {
  const content = [
    component('content-digest'),
    ...(fieldValue(message.headers, 'content-type') === null ? [] : [component('content-type')]),
  ];
  if ('status' in message) {
    return [
      component('@status'),
      ...content,
      component('signature', { req: true, key: signatureLabel }),
      component('content-digest', { req: true }),
    ];
  }
  return [component('@method'), component('@target-uri'), ...content, component(protocolHeader)];
}
