import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashOf } from './hash.ts';

describe('the hash of a value', () => {
  it('is the SHA-256 of its canonical JSON', () => {
    expect(hashOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });

  it('is the same whatever the order of keys, at every depth', () => {
    expect(hashOf({ a: 1, b: { c: 2, d: [3] } })).toBe(hashOf({ b: { d: [3], c: 2 }, a: 1 }));
  });

  it('sorts keys by their UTF-16 units, as RFC 8785 asks in section 3.2.3', () => {
    const inOrder = '{"1":"b","\u20ac":"c","\ud83d\ude00":"d","\ufb33":"a"}';
    const sha256 = createHash('sha256')
      .update(JSON.stringify(JSON.parse(inOrder)), 'utf8')
      .digest('hex');
    expect(hashOf({ '\ufb33': 'a', '1': 'b', '\u20ac': 'c', '\ud83d\ude00': 'd' })).toBe(sha256);
  });

  it('is refused to what JSON cannot hold', () => {
    for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, '\ud800']) {
      expect(() => hashOf(value)).toThrow();
    }
  });

  it('differs with the order of a list, with one letter, and with null for absent', () => {
    const hashes = [['a', 'b'], ['b', 'a'], ['a', 'B'], { a: null }, {}].map(hashOf);
    expect(new Set(hashes).size).toBe(5);
  });
});
