import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { ExchangeAnswer } from '@twinpark/contract/gateway/exchange.ts';
import type { Message } from '@twinpark/contract/gateway/messages.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTwoParks, type TwoParks } from '../testing/two-parks.ts';
import { contentDigestOf } from './http-signature/content-digest.ts';
import { protocolHeader } from './http-signature/message.ts';
import { type MessageSigner, signMessage } from './http-signature/sign-message.ts';

let parks: TwoParks;
beforeAll(async () => {
  parks = await startTwoParks();
});
afterAll(async () => await parks.stop());

const path = '/gateway/messages';
const mediaType = 'application/cloudevents-batch+json';
const northSource = 'twinpark/elmera/north';

/** A message that has no effect of its own; each in a stream of its own unless one is named. */
function aMessage(given: Partial<Message> = {}): Message {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: northSource,
    type: 'org.twinpark.message.replaced',
    time: parks.north.clock.now().toString(),
    datacontenttype: 'application/json',
    stream: `dossier-${randomUUID()}`,
    position: 1,
    data: { messageId: randomUUID(), type: 'org.twinpark.filing.amended' },
    ...given,
  } as Message;
}

interface Sending {
  readonly signer?: MessageSigner;
  readonly version?: string;
  readonly at?: Temporal.Instant;
  /** Changes the request after it was signed. */
  readonly alter?: (body: Buffer, headers: Record<string, string>) => Buffer;
}

/** A request as the north's node makes it, from the south's point of view. */
function requestOf(messages: unknown, { signer, version = '2', at, alter }: Sending = {}) {
  const { services, clock } = parks.north;
  const body = Buffer.from(JSON.stringify(messages));
  const plain = {
    'content-digest': contentDigestOf(body),
    'content-type': mediaType,
    [protocolHeader]: version,
  };
  const target = { method: 'POST', targetUri: `${parks.links.fromNorth.url}${path}`, headers: plain };
  const signed = signMessage(target, signer ?? services.keys.gateway[0], at ?? clock.now());
  const headers: Record<string, string> = { ...plain, ...signed };
  return { headers, body: alter ? alter(body, headers) : body };
}

async function deliver(request: ReturnType<typeof requestOf>) {
  const { url } = parks.links.fromNorth;
  const response = await fetch(`${url}${path}`, { method: 'POST', ...request });
  const text = await response.text();
  return {
    status: response.status,
    body: JSON.parse(text) as ExchangeAnswer & { code?: string; facts?: object },
  };
}

const send = async (messages: unknown, sending: Sending = {}) => await deliver(requestOf(messages, sending));

/** Everything that the south holds, but for who tried what. */
async function stateOfSouth(): Promise<string> {
  const { rows } = await parks.south.services.store.jobs.executeSql(
    "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and not relispartition order by 1",
  );
  const tables = rows.map(({ relname }) => String(relname)).filter((name) => name !== 'audit_events');
  const contents: unknown[] = [];
  for (const name of tables) {
    const found = await parks.south.services.store.jobs.executeSql(
      `select coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text), '[]') as held from ${name} t`,
    );
    contents.push([name, found.rows]);
  }
  return JSON.stringify(contents);
}

describe('messages between two parks', () => {
  it('are taken once, logged by the receiver, and answered with the place in its log', async () => {
    const message = aMessage();
    const first = await send([message]);
    expect(first.status).toBe(200);
    expect(first.body.results).toEqual([
      {
        id: message.id,
        result: 'taken',
        receipt: { entryId: expect.any(String), logIndex: expect.any(Number) },
      },
    ]);
    const again = await send([message]);
    expect(again.body.results).toEqual([{ ...first.body.results[0], result: 'repeated' }]);
    const { rows } = await parks.south.services.store.jobs.executeSql(
      'select count(*)::integer as count from inbox_messages where message_id = $1',
      [message.id],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('are taken in the order of their stream, and one that is refused holds up no other stream', async () => {
    const stream = `dossier-${randomUUID()}`;
    const first = aMessage({ stream });
    const third = aMessage({ stream, position: 3 });
    const fourth = aMessage({ stream, position: 4 });
    const other = aMessage();
    const { body } = await send([first, third, fourth, other]);
    expect(body.results).toEqual([
      expect.objectContaining({ id: first.id, result: 'taken' }),
      {
        id: third.id,
        result: 'refused',
        problem: { code: 'positionGap', facts: { position: 3, expected: 2 } },
      },
      { id: fourth.id, result: 'notConsidered' },
      expect.objectContaining({ id: other.id, result: 'taken' }),
    ]);
    const second = aMessage({ stream, position: 2 });
    const rest = await send([second, third, fourth]);
    expect(rest.body.results.map(({ result }) => result)).toEqual(['taken', 'taken', 'taken']);
  });

  it('speak either version', async () => {
    expect((await send([aMessage()], { version: '1' })).body.results[0]?.result).toBe('taken');
    expect((await send([aMessage()], { version: '2' })).body.results[0]?.result).toBe('taken');
  });
});

describe('a request that no node of the other park made', () => {
  const flipped = (text: string) =>
    text.replace(/=:(.)/, (_, letter: string) => `=:${letter === 'A' ? 'B' : 'A'}`);
  const stranger = () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    return { keyId: 'A'.repeat(43), privateKey };
  };
  const hostile: readonly [string, () => Sending, number, string][] = [
    [
      'without a signature',
      () => ({
        alter: (body, headers) => {
          delete headers['signature'];
          delete headers['signature-input'];
          return body;
        },
      }),
      401,
      'signatureMissing',
    ],
    [
      'with a damaged signature',
      () => ({
        alter: (body, headers) => {
          headers['signature'] = flipped(headers['signature'] ?? '');
          return body;
        },
      }),
      401,
      'signatureInvalid',
    ],
    ['of an unknown key', () => ({ signer: stranger() }), 401, 'signatureInvalid'],
    [
      'of a key that is for something else',
      () => ({ signer: parks.north.services.keys.log[0] }),
      401,
      'signatureInvalid',
    ],
    ['of this very park', () => ({ signer: parks.south.services.keys.gateway[0] }), 401, 'signatureInvalid'],
    [
      'with an altered body',
      () => ({ alter: (body) => Buffer.from(body.toString().replace('north', 'south')) }),
      401,
      'signatureInvalid',
    ],
    ['with a truncated body', () => ({ alter: (body) => body.subarray(0, -10) }), 401, 'signatureInvalid'],
    [
      'with another version than was signed',
      () => ({
        alter: (body, headers) => {
          headers[protocolHeader] = '1';
          return body;
        },
      }),
      401,
      'signatureInvalid',
    ],
    [
      'that was signed too long ago',
      () => ({ at: parks.north.clock.now().subtract({ minutes: 6 }) }),
      401,
      'signatureInvalid',
    ],
    [
      'that was signed in the future',
      () => ({ at: parks.north.clock.now().add({ minutes: 2 }) }),
      401,
      'signatureInvalid',
    ],
    ['in an unknown version', () => ({ version: '99' }), 400, 'protocolUnknown'],
  ];

  it.each(hostile)('%s is refused and changes nothing', async (_what, sending, status, code) => {
    const before = await stateOfSouth();
    const answer = await send([aMessage()], sending());
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(await stateOfSouth()).toBe(before);
  });

  it('and one that was overheard is refused the second time', async () => {
    const request = requestOf([aMessage()]);
    expect((await deliver(request)).status).toBe(200);
    const before = await stateOfSouth();
    const replayed = await deliver(request);
    expect(replayed).toMatchObject({ status: 409, body: { code: 'messageReplayed' } });
    expect(await stateOfSouth()).toBe(before);
  });

  it('is refused when it is larger than a request may be', async () => {
    const before = await stateOfSouth();
    const padding = 'x'.repeat(5_000_000);
    const answer = await send([{ ...aMessage(), padding }]);
    expect(answer).toMatchObject({ status: 413 });
    expect(await stateOfSouth()).toBe(before);
  });

  it.each([
    ['nothing', []],
    ['no list', {}],
    ['a message without an id', [{ type: 'org.twinpark.case.reported' }]],
    ['more messages than a request may hold', Array.from({ length: 501 }, () => ({ id: randomUUID() }))],
  ])('is refused when it holds %s', async (_what, messages) => {
    expect(await send(messages)).toMatchObject({ status: 400, body: { code: 'batchMalformed' } });
  });
});

describe('a message that is not as it should be', () => {
  const wrong: readonly [string, () => unknown, string][] = [
    ['of a third park', () => aMessage({ source: 'twinpark/elmera/west' }), 'sourceUnexpected'],
    [
      'that claims to come from this park',
      () => aMessage({ source: 'twinpark/elmera/south' }),
      'sourceUnexpected',
    ],
    ['of an unknown type', () => ({ ...aMessage(), type: 'org.twinpark.moon.landed' }), 'typeUnknown'],
    ['with a member of its own', () => ({ ...aMessage(), smuggled: 'x' }), 'messageMalformed'],
    ['from the future', () => aMessage({ time: '2031-01-01T00:00:00Z' }), 'timeImplausible'],
  ];
  it.each(wrong)('%s is refused, noted, and changes nothing', async (_what, make, code) => {
    const message = make() as Message;
    const { body } = await send([message]);
    expect(body.results).toEqual([
      { id: message.id, result: 'refused', problem: { code, facts: expect.any(Object) } },
    ]);
    const { store } = parks.south.services;
    const { rows } = await store.jobs.executeSql(
      'select action, outcome, code, details from audit_events where subject_id = $1',
      [message.id],
    );
    expect(rows).toEqual([
      expect.objectContaining({
        action: 'message.receive',
        outcome: 'refused',
        code: 'messageRefused',
        details: expect.objectContaining({ reason: code }),
      }),
    ]);
    const taken = await store.jobs.executeSql('select 1 from inbox_messages where message_id = $1', [
      message.id,
    ]);
    expect(taken.rows).toEqual([]);
  });

  it('that takes the id or the place of another is refused', async () => {
    const first = aMessage();
    await send([first]);
    const sameId = { ...first, data: { messageId: randomUUID(), type: 'org.twinpark.filing.amended' } };
    const samePlace = aMessage({ stream: first.stream });
    const { body } = await send([sameId, aMessage()]);
    expect(body.results).toEqual([
      expect.objectContaining({ problem: expect.objectContaining({ code: 'messageAltered' }) }),
      expect.objectContaining({ result: 'taken' }),
    ]);
    expect((await send([samePlace])).body.results).toEqual([
      expect.objectContaining({ problem: expect.objectContaining({ code: 'messageAltered' }) }),
    ]);
  });
});

describe('new keys', () => {
  const keyOf = (park: string) => {
    const x = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? '';
    return {
      use: 'gateway',
      name: `twinpark/elmera/${park}/gateway`,
      x,
      from: '2026-06-01T00:00:00Z',
      until: null,
    };
  };

  it('that are not named after the other park are refused', async () => {
    const { thumbprintOf } = await import('../platform/keys/key-ring.ts');
    const key = keyOf('south');
    const message = aMessage({
      type: 'org.twinpark.keys.announced',
      data: { keys: [{ ...key, kid: thumbprintOf(key.x) }] },
    } as Partial<Message>);
    expect((await send([message])).body.results).toEqual([
      expect.objectContaining({ problem: expect.objectContaining({ code: 'keyNotTheirs' }) }),
    ]);
  });
});
