import { describe, expect, it } from 'vitest';
import { byteRange } from './byte-range.ts';

describe('A Range header on 100 bytes', () => {
  it.each([
    ['bytes=0-9', { first: 0, last: 9 }],
    ['bytes=90-', { first: 90, last: 99 }],
    ['bytes=-10', { first: 90, last: 99 }],
    ['bytes=-1000', { first: 0, last: 99 }],
    ['bytes=95-1000', { first: 95, last: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-0', null],
    ['bytes=-', null],
    ['bytes=0-1,5-6', null],
    ['items=0-1', null],
    [undefined, null],
  ])('%j asks for %j', (header, range) => {
    expect(byteRange(header, 100)).toEqual(range);
  });

  it('asks for nothing that an empty file has', () => {
    expect(byteRange('bytes=-5', 0)).toBe('unsatisfiable');
  });
});
