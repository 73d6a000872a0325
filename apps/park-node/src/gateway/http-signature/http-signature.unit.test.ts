import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { type InnerList, parseDictionary, serializeDictionary, serializeInnerList } from 'structured-headers';
import { describe, expect, it } from 'vitest';
import { contentDigestOf, digestFault } from './content-digest.ts';
import type { HeaderFields, RequestMessage, ResponseMessage } from './message.ts';
import { signMessage } from './sign-message.ts';
import { component, signatureBase } from './signature-base.ts';
import { type FindKey, verifyMessage } from './verify-message.ts';

const now = Temporal.Instant.from('2026-06-10T08:00:00Z');
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const signer = { keyId: 'north-key', privateKey };
const findKey: FindKey = (keyId) => (keyId === signer.keyId ? { publicKey } : 'keyUnknown');
const content = Buffer.from('[{"id":"1"}]');

function aRequest(change: Partial<RequestMessage> = {}): RequestMessage {
  return {
    method: 'POST',
    targetUri: 'https://south.example.org/peer/messages?part=1',
    headers: {
      'content-type': 'application/cloudevents-batch+json',
      'content-digest': contentDigestOf(content),
      'twinpark-protocol': '1',
    },
    ...change,
  };
}

function signed(request = aRequest(), at = now): RequestMessage {
  return { ...request, headers: { ...request.headers, ...signMessage(request, signer, at) } };
}

function withHeaders(message: RequestMessage, headers: HeaderFields): RequestMessage {
  return { ...message, headers: { ...message.headers, ...headers } };
}

function outcomeOf(message: RequestMessage | ResponseMessage, at = now, find = findKey): string {
  const result = verifyMessage(message, at, find);
  return 'fault' in result ? result.fault : 'verified';
}

/** A signature like ours in everything but what is changed, made by the same key. */
function signedWith(
  change: (input: InnerList) => InnerList,
  message = aRequest(),
  label = 'twinpark',
): RequestMessage {
  const [, parameters] =
    parseDictionary(signMessage(message, signer, now)['signature-input']).get('twinpark') ?? [];
  const input = change([
    [
      component('@method'),
      component('@target-uri'),
      component('content-digest'),
      component('content-type'),
      component('twinpark-protocol'),
    ],
    new Map(parameters),
  ]);
  const based = signatureBase(message, input);
  const base = 'base' in based ? based.base : '';
  return withHeaders(message, {
    'signature-input': `${label}=${serializeInnerList(input)}`,
    signature: serializeDictionary(
      new Map([[label, [sign(null, Buffer.from(base), privateKey), new Map()]]]),
    ),
  });
}

function parameter(name: string, value: string | number | null): RequestMessage {
  return signedWith(([components, parameters]) => {
    const changed = new Map(parameters);
    if (value === null) changed.delete(name);
    else changed.set(name, value);
    return [components, changed];
  });
}

describe('the examples of the standards', () => {
  const request: RequestMessage = {
    method: 'POST',
    targetUri: 'https://example.com/foo?param=Value&Pet=dog',
    headers: {
      host: 'example.com',
      date: 'Tue, 20 Apr 2021 02:07:55 GMT',
      'content-type': 'application/json',
      'content-digest':
        'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
      'content-length': '18',
    },
  };
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs' };
  const theirKey = createPublicKey({ key: jwk, format: 'jwk' });
  const theirPrivateKey = createPrivateKey({
    key: { ...jwk, d: 'n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU' },
    format: 'jwk',
  });
  const input =
    '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"';
  const signature = Buffer.from(
    'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
    'base64',
  );
  const innerListOf = (text: string) => parseDictionary(`sig=${text}`).get('sig') as InnerList;
  const baseOf = (message: RequestMessage, text = input): string => {
    const based = signatureBase(message, innerListOf(text));
    return 'base' in based ? based.base : based.fault;
  };

  it('give the base and the signature of RFC 9421, appendix B.2.6', () => {
    const base = baseOf(request);
    expect(base).toBe(
      [
        '"date": Tue, 20 Apr 2021 02:07:55 GMT',
        '"@method": POST',
        '"@path": /foo',
        '"@authority": example.com',
        '"content-type": application/json',
        '"content-length": 18',
        `"@signature-params": ${input}`,
      ].join('\n'),
    );
    expect(verify(null, Buffer.from(base), theirKey, signature)).toBe(true);
    expect(sign(null, Buffer.from(base), theirPrivateKey)).toEqual(signature);
  });

  it.each([
    ['the method', { method: 'PUT' }],
    ['the path', { targetUri: 'https://example.com/fop' }],
    ['the host', { targetUri: 'https://example.org/foo' }],
    ['a field', { headers: { ...request.headers, 'content-length': '19' } }],
  ])('fail once %s has changed', (_, change) => {
    const base = baseOf({ ...request, ...change });
    expect(verify(null, Buffer.from(base), theirKey, signature)).toBe(false);
  });

  it('give the field values of RFC 9421, section 2.1', () => {
    const headers = {
      'x-ows-header': '   Leading and trailing whitespace.   ',
      'x-obs-fold-header': 'Obsolete\r\n    line folding.',
      'cache-control': ['max-age=60', '    must-revalidate'],
      'x-empty-header': '',
    };
    const names = '("x-ows-header" "x-obs-fold-header" "cache-control" "x-empty-header")';
    expect(
      baseOf({ ...request, headers }, names)
        .split('\n')
        .slice(0, -1),
    ).toEqual([
      '"x-ows-header": Leading and trailing whitespace.',
      '"x-obs-fold-header": Obsolete line folding.',
      '"cache-control": max-age=60, must-revalidate',
      '"x-empty-header": ',
    ]);
  });

  it('give the members of a dictionary of RFC 9421, section 2.1.2', () => {
    const headers = { 'example-dict': '  a=1,    b=2;x=1;y=2,   c=(a   b   c), d' };
    const names =
      '("example-dict";key="a" "example-dict";key="d" "example-dict";key="b" "example-dict";key="c")';
    expect(
      baseOf({ ...request, headers }, names)
        .split('\n')
        .slice(0, -1),
    ).toEqual([
      '"example-dict";key="a": 1',
      '"example-dict";key="d": ?1',
      '"example-dict";key="b": 2;x=1;y=2',
      '"example-dict";key="c": (a b c)',
    ]);
  });

  it('give the digests of RFC 9530, appendix B', () => {
    expect(contentDigestOf(Buffer.from('{"hello": "world"}\n'))).toBe(
      'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
    );
    expect(contentDigestOf(new Uint8Array())).toBe('sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:');
  });
});

describe('a signed request', () => {
  it('says by which key, once, when and until when it counts', () => {
    const result = verifyMessage(signed(), now, findKey);
    expect(result).toEqual({
      verified: {
        keyId: 'north-key',
        nonce: expect.stringMatching(/^[\w-]{22}$/),
        created: now,
        countsUntil: now.add({ seconds: 300 }),
      },
    });
    const again = verifyMessage(signed(), now, findKey);
    expect(again).not.toEqual(result);
  });

  it('needs no content and no media type, as one that only asks', () => {
    const asking = aRequest({
      method: 'GET',
      headers: { 'content-digest': contentDigestOf(new Uint8Array()), 'twinpark-protocol': '1' },
    });
    expect(outcomeOf(signed(asking))).toBe('verified');
    expect(outcomeOf(withHeaders(signed(asking), { 'content-type': 'text/html' }))).toBe('componentMissing');
  });

  it.each<[string, (request: RequestMessage) => RequestMessage]>([
    ['the method', (request) => ({ ...request, method: 'PUT' })],
    ['the case of the method', (request) => ({ ...request, method: 'post' })],
    ['the scheme', (request) => ({ ...request, targetUri: request.targetUri.replace('https', 'http') })],
    ['the host', (request) => ({ ...request, targetUri: request.targetUri.replace('south', 'north') })],
    ['the path', (request) => ({ ...request, targetUri: request.targetUri.replace('messages', 'Messages') })],
    ['the query', (request) => ({ ...request, targetUri: request.targetUri.replace('=1', '=2') })],
    [
      'the digest',
      (request) => withHeaders(request, { 'content-digest': contentDigestOf(Buffer.from('x')) }),
    ],
    ['the media type', (request) => withHeaders(request, { 'content-type': 'application/json' })],
    ['the protocol', (request) => withHeaders(request, { 'twinpark-protocol': '2' })],
  ])('counts no longer once %s has changed', (_, change) => {
    expect(outcomeOf(change(signed()))).toBe('signatureBad');
  });

  it.each(['created', 'expires', 'nonce', 'keyid'])('counts no longer once its “%s” has changed', (name) => {
    const message = signed();
    const field = String(message.headers['signature-input']);
    const changed = field.replace(
      new RegExp(`;${name}=("?)(.)`),
      (_, quote, first) => `;${name}=${quote}${first === '1' ? '2' : '1'}`,
    );
    expect(changed).not.toBe(field);
    const any: FindKey = () => ({ publicKey });
    expect(['signatureBad', 'expired', 'fromTheFuture']).toContain(
      outcomeOf(withHeaders(message, { 'signature-input': changed }), now, any),
    );
  });

  it('counts no longer once any bit of the signature has changed', () => {
    const message = signed();
    const [, base64 = ''] = /:(.+):/.exec(String(message.headers['signature'])) ?? [];
    const bytes = Buffer.from(base64, 'base64');
    for (let bit = 0; bit < 512; bit += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const signature = `twinpark=:${changed.toString('base64')}:`;
      expect(outcomeOf(withHeaders(message, { signature }))).toBe('signatureBad');
    }
    for (const cut of [bytes.subarray(1), Buffer.concat([bytes, bytes]), Buffer.alloc(0)]) {
      const signature = `twinpark=:${cut.toString('base64')}:`;
      expect(outcomeOf(withHeaders(message, { signature }))).toBe('signatureBad');
    }
  });

  it('counts whatever order its components and parameters stand in, and with more than it needs', () => {
    expect(outcomeOf(signedWith(([components, rest]) => [components.toReversed(), rest]))).toBe('verified');
    expect(outcomeOf(signedWith(([components, rest]) => [components, new Map([...rest].toReversed())]))).toBe(
      'verified',
    );
    const dated = withHeaders(aRequest(), { date: 'Wed, 10 Jun 2026 08:00:00 GMT' });
    expect(
      outcomeOf(signedWith(([components, rest]) => [[...components, component('date')], rest], dated)),
    ).toBe('verified');
  });

  it('counts whatever space lies between the words of its fields, and in whichever spelling of a string', () => {
    const message = signed();
    const input = String(message.headers['signature-input']);
    for (const spelling of [
      ` ${input} `,
      input.replace('(', '(   ').replace(' ', '    '),
      input.replaceAll(';', '; '),
      ['other=("@method")', input],
      input.replace(' "', '\r\n\t"'),
    ]) {
      const signature =
        typeof spelling === 'string'
          ? message.headers['signature']
          : ['other=:AAAA:', String(message.headers['signature'])];
      expect(outcomeOf(withHeaders(message, { 'signature-input': spelling, signature }))).toBe('verified');
    }
    const folded = withHeaders(message, { 'content-type': '  application/cloudevents-batch+json\t' });
    expect(outcomeOf(folded)).toBe('verified');
  });

  it('may carry a signature of somebody else beside ours', () => {
    const message = signed();
    const both = withHeaders(message, {
      'signature-input': `proxy=("@method");keyid="p", ${message.headers['signature-input']}`,
      signature: `${message.headers['signature']}, proxy=:AAAA:`,
    });
    expect(outcomeOf(both)).toBe('verified');
    const alone = withHeaders(message, {
      'signature-input': 'proxy=("@method");keyid="p"',
      signature: 'proxy=:AAAA:',
    });
    expect(outcomeOf(alone)).toBe('labelUnknown');
  });
});

describe('what is refused', () => {
  const { 'signature-input': input, signature } = signed().headers;

  it.each<[string, HeaderFields, string]>([
    ['no signature', { 'signature-input': undefined, signature: undefined }, 'signatureMissing'],
    ['only what was signed', { signature: undefined }, 'signatureMissing'],
    ['only the bytes', { 'signature-input': undefined }, 'signatureMissing'],
    ['another label', { signature: 'sig1=:AAAA:' }, 'labelUnknown'],
    ['what is no dictionary', { 'signature-input': 'twinpark=("@method"' }, 'unparsable'],
    ['letters in place of a list', { 'signature-input': 'twinpark="@method"' }, 'unparsable'],
    ['letters in place of bytes', { signature: 'twinpark="AAAA"' }, 'unparsable'],
    ['bytes that are no base64', { signature: 'twinpark=:A*A:' }, 'unparsable'],
    ['no digest', { 'content-digest': undefined }, 'digestMissing'],
    ['no media type', { 'content-type': undefined }, 'componentMissing'],
    ['no protocol', { 'twinpark-protocol': undefined }, 'componentMissing'],
  ])('%s', (_, headers, fault) => {
    const message = withHeaders(aRequest(), { 'signature-input': input, signature, ...headers });
    expect(outcomeOf(message)).toBe(fault);
  });

  it.each([
    ['tag', null, 'tagUnknown'],
    ['tag', 'another', 'tagUnknown'],
    ['alg', null, 'algorithmUnknown'],
    ['alg', 'hmac-sha256', 'algorithmUnknown'],
    ['nonce', null, 'nonceMissing'],
    ['nonce', 'short', 'nonceMalformed'],
    ['nonce', 'x'.repeat(23), 'nonceMalformed'],
    ['nonce', 7, 'nonceMalformed'],
    ['created', null, 'timeMissing'],
    ['created', 'today', 'timeMissing'],
    ['created', -1, 'timeMissing'],
    ['expires', null, 'timeMissing'],
    ['keyid', null, 'keyUnknown'],
    ['keyid', 'south-key', 'keyUnknown'],
  ])('“%s” as %s, though it is signed', (name, value, fault) => {
    expect(outcomeOf(parameter(name, value))).toBe(fault);
  });

  it.each([0, 1, 2, 3, 4])('a signature that leaves component %i out', (index) => {
    const message = signedWith(([components, rest]) => [components.toSpliced(index, 1), rest]);
    expect(outcomeOf(message)).toBe('componentMissing');
  });

  it.each<[string, ReturnType<typeof component>, string]>([
    ['twice the same', component('@method'), 'componentTwice'],
    ['one that this is no name of', component('@nothing'), 'componentUnknown'],
    ['the status of a request', component('@status'), 'componentUnknown'],
    ['a field in capitals', component('Content-Type'), 'componentUnknown'],
    ['a parameter that we do not know', component('content-type', { sf: true }), 'componentUnknown'],
    ['a field that is not there', component('date'), 'componentMissing'],
    ['the request of a request', component('@method', { req: true }), 'componentUnknown'],
    ['a number', [7, new Map()], 'componentUnknown'],
  ])('a component more: %s', (_, more, fault) => {
    expect(outcomeOf(signedWith(([components, rest]) => [[...components, more], rest]))).toBe(fault);
  });

  it('a key that does not count at that time or for that use', () => {
    expect(outcomeOf(signed(), now, () => 'keyNotValid')).toBe('keyNotValid');
    expect(outcomeOf(signed(), now, () => ({ publicKey: anotherKey() }))).toBe('signatureBad');
  });

  it('what was signed too long ago, or in a future that no clock can be wrong by', () => {
    const message = signed();
    expect(outcomeOf(message, now.add({ seconds: 300 }))).toBe('verified');
    expect(outcomeOf(message, now.add({ seconds: 301 }))).toBe('expired');
    expect(outcomeOf(message, now.subtract({ seconds: 60 }))).toBe('verified');
    expect(outcomeOf(message, now.subtract({ seconds: 61 }))).toBe('fromTheFuture');
    const created = now.epochMilliseconds / 1_000;
    expect(outcomeOf(parameter('expires', created + 10), now.add({ seconds: 11 }))).toBe('expired');
    // A long life that its sender gives it does not count.
    expect(outcomeOf(parameter('expires', created + 9_999), now.add({ seconds: 301 }))).toBe('expired');
  });

  it.each([
    ['content-digest', undefined, 'digestMissing'],
    ['content-digest', contentDigestOf(Buffer.from('other')), 'digestMismatch'],
    ['content-digest', 'sha-256=:AAAA:', 'digestMismatch'],
    ['content-digest', 'sha-512=:AAAA:', 'digestAlgorithmUnknown'],
    ['content-digest', 'sha-256="AAAA"', 'unparsable'],
    ['content-digest', 'sha-256=:', 'unparsable'],
  ])('content whose %s is %s', (name, value, fault) => {
    expect(digestFault({ [name]: value }, content)).toBe(fault);
    expect(digestFault({ [name]: contentDigestOf(content) }, content)).toBeNull();
  });
});

describe('a signed response', () => {
  const request = signed();
  const respond = (to = request): ResponseMessage => {
    const answer: ResponseMessage = {
      status: 200,
      headers: { 'content-type': 'application/json', 'content-digest': contentDigestOf(content) },
      request: to,
    };
    return { ...answer, headers: { ...answer.headers, ...signMessage(answer, signer, now) } };
  };

  it('counts for the request that it answers, and for no other', () => {
    const answer = respond();
    expect(outcomeOf(answer)).toBe('verified');
    expect(outcomeOf({ ...answer, request: signed() })).toBe('signatureBad');
    const digest = { 'content-digest': contentDigestOf(Buffer.from('other')) };
    expect(outcomeOf({ ...answer, request: withHeaders(request, digest) })).toBe('signatureBad');
    expect(outcomeOf({ ...answer, request: aRequest() })).toBe('componentMissing');
  });

  it('counts no longer once its status, digest or media type has changed', () => {
    const answer = respond();
    expect(outcomeOf({ ...answer, status: 201 })).toBe('signatureBad');
    for (const headers of [
      { 'content-digest': contentDigestOf(Buffer.from('other')) },
      { 'content-type': 'text/html' },
    ]) {
      expect(outcomeOf({ ...answer, headers: { ...answer.headers, ...headers } })).toBe('signatureBad');
    }
  });

  it('is no request, and a request is no response', () => {
    const answer = respond();
    expect(outcomeOf({ ...request, headers: { ...request.headers, ...answer.headers } })).toBe(
      'componentMissing',
    );
    expect(outcomeOf({ status: 200, headers: request.headers, request })).toBe('componentMissing');
  });
});

function anotherKey(): KeyObject {
  return generateKeyPairSync('ed25519').publicKey;
}
