import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageTypes } from '@twinpark/contract/gateway/message-types.ts';
import type { Message } from '@twinpark/contract/gateway/messages.ts';
import { messageRefusals } from '@twinpark/contract/gateway/refusals.ts';
import { CloudEvent } from 'cloudevents';
import { describe, expect, it } from 'vitest';
import { decodeMessage, digestOf, encodeMessage, type OutboxRow } from './message-codec.ts';
import { downgrade } from './protocol-versions.ts';

const protocol = join(import.meta.dirname, '../../../../docs/protocol');
const samplesIn = (version: 1 | 2): readonly { readonly name: string; readonly value: object }[] => {
  const folder = join(protocol, `samples/v${version}`);
  return readdirSync(folder).map((name) => ({
    name,
    value: JSON.parse(readFileSync(join(folder, name), 'utf8')),
  }));
};
const samples = samplesIn(2);

function rowOf(message: Message): OutboxRow {
  const { id, stream, position, type, subject = null, time, data } = message;
  return { messageId: id, stream, position, type, subject, createdAt: new Date(time), data };
}

describe('the messages between the parks', () => {
  it('are each shown by a sample', () => {
    const names = messageTypes.map((type) => `${type.slice('org.twinpark.'.length)}.json`);
    expect(samples.map(({ name }) => name).sort()).toEqual(names.toSorted());
  });

  it.each(samples)('come out of $name as they went in', ({ value }) => {
    const decoded = decodeMessage(value, 2);
    if (!('message' in decoded)) throw new Error(JSON.stringify(decoded));
    expect(decoded.message).toEqual(value);
    const encoded = encodeMessage(rowOf(decoded.message), decoded.message.source, 2);
    expect(digestOf(encoded)).toBe(decoded.digest);
    expect(encoded).toEqual(value);
  });

  it.each(samples)('are CloudEvents to a library that does not know us: $name', ({ value }) => {
    const event = new CloudEvent(value, true);
    expect(event.validate()).toBe(true);
  });

  it.each(samples)('are refused with one member too many, anywhere: $name', ({ value }) => {
    for (const place of objectPlaces(value)) {
      const altered = structuredClone(value);
      at(altered, place)['smuggled'] = 'canary';
      const decoded = decodeMessage(altered, 2);
      const isFacts = ['answers', 'facts', 'establishes', 'debts'].includes(String(place.at(-1)));
      // Facts are held against what is declared, which is not a matter of form.
      if (isFacts || inOpenRecord(place)) continue;
      expect({ place, decoded }).toMatchObject({ decoded: { code: 'messageMalformed' } });
    }
  });

  it.each(samples)('are refused with one member too few: $name', ({ value }) => {
    for (const name of Object.keys(value).filter((member) => member !== 'subject')) {
      const { [name]: _, ...altered } = value as Record<string, unknown>;
      const decoded = decodeMessage(altered, 2);
      expect({ name, decoded }).toMatchObject({
        decoded: { code: expect.stringMatching(/^(messageMalformed|typeUnknown)$/) },
      });
    }
  });

  it('name the place that is wrong', () => {
    const sample = samples.find(({ name }) => name === 'filing.submitted.json')?.value;
    const altered = structuredClone(sample) as { data: { papers: { digest: string }[] } };
    const [paper] = altered.data.papers;
    if (paper) paper.digest = 'none';
    expect(decodeMessage(altered, 2)).toEqual({
      code: 'messageMalformed',
      facts: { pointer: '/data/papers/0/digest' },
    });
  });

  it('of an unknown type are told from malformed ones', () => {
    const value = { ...samples[0]?.value, type: 'org.twinpark.moon.landed' };
    expect(decodeMessage(value, 2)).toEqual({
      code: 'typeUnknown',
      facts: { type: 'org.twinpark.moon.landed' },
    });
  });

  it('are named in the specification, and so is every refusal', () => {
    const text = readFileSync(join(protocol, 'README.md'), 'utf8');
    const unnamed = [
      ...messageTypes.map((type) => type.slice('org.twinpark.'.length)),
      ...messageRefusals,
    ].filter((word) => !text.includes(`\`${word}\``));
    expect(unnamed).toEqual([]);
  });
});

describe('two versions of the protocol', () => {
  it.each(samplesIn(1))('understand each other: $name', ({ name, value }) => {
    const newer = samples.find((sample) => sample.name === name)?.value as Message;
    expect(downgrade(newer, 1)).toEqual(value);
    const decoded = decodeMessage(value, 1);
    if (!('message' in decoded)) throw new Error(JSON.stringify(decoded));
    expect(decoded.digest).toBe(digestOf(value));
    expect(decoded.message).toMatchObject({
      data: { events: [{ version: 1 }, { version: 2 }], deadlines: [] },
    });
  });

  it('leave alone what is the same in both', () => {
    for (const { name, value } of samples) {
      if (name === 'case.reported.json') continue;
      expect(downgrade(value as Message, 1)).toEqual(value);
      expect('message' in decodeMessage(value, 1)).toBe(true);
    }
  });

  it('do not take the form of the older one for the newer', () => {
    const [older] = samplesIn(1);
    expect(decodeMessage(older?.value, 2)).toMatchObject({ code: 'messageMalformed' });
  });
});

type Place = readonly (string | number)[];

function objectPlaces(value: unknown, place: Place = []): readonly Place[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => objectPlaces(item, [...place, index]));
  if (typeof value !== 'object' || value === null) return [];
  return [place, ...Object.entries(value).flatMap(([name, inner]) => objectPlaces(inner, [...place, name]))];
}

function at(value: object, place: Place): Record<string, unknown> {
  return place.reduce<unknown>(
    (inner, step) => (inner as Record<string | number, unknown>)[step],
    value,
  ) as Record<string, unknown>;
}

/** Facts of a refusal are whatever the refusal has. */
function inOpenRecord(place: Place): boolean {
  return place.includes('refusal') && place.includes('facts');
}
