import { found, inventedZone, withFile } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';
import { decode } from './decode.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** 研究园区的申请 in GBK, and 研究園區的申請 in Big5. */
const gbk = [0xd1, 0xd0, 0xbe, 0xbf, 0xd4, 0xb0, 0xc7, 0xf8, 0xb5, 0xc4, 0xc9, 0xea, 0xc7, 0xeb];
const big5 = [0xac, 0xe3, 0xa8, 0x73, 0xb6, 0xe9, 0xb0, 0xcf, 0xaa, 0xba, 0xa5, 0xd3, 0xbd, 0xd0];

function foundIn(content: Uint8Array): string[] {
  return found(withFile('facts-more.yaml', content)).filter(
    (problem) => !problem.includes('unknown-reference'),
  );
}

describe('The bytes of a pack file', () => {
  it('are right as UTF-8', () => {
    expect(decode(bytesOf('name: 园区\n'))).toEqual({ text: 'name: 园区\n', faults: [] });
  });

  it.each([
    ['GBK', gbk],
    ['Big5', big5],
  ])('are refused in %s, by name and place', (encoding, letters) => {
    const content = Uint8Array.from([...bytesOf('# 一\nzone:\n  id: '), ...letters, 0x0a]);
    const byte = String(bytesOf('# 一\nzone:\n  id: ').length + 1);
    expect(decode(content)).toEqual({
      text: null,
      faults: [
        { code: 'encoding-not-utf8', position: { line: 3, column: 7 }, parameters: { byte, encoding } },
      ],
    });
    expect(foundIn(content)).toEqual(['facts-more.yaml:3:7 encoding-not-utf8']);
  });

  it('are refused in UTF-16, by name and place', () => {
    const content = Uint8Array.from([0xff, 0xfe, 0x61, 0x00]);
    expect(decode(content).faults).toEqual([
      {
        code: 'encoding-not-utf8',
        position: { line: 1, column: 1 },
        parameters: { byte: '1', encoding: 'UTF-16' },
      },
    ]);
  });

  it('are refused where a character is cut off', () => {
    expect(foundIn(bytesOf('# a\n# 园').slice(0, -1))).toEqual(['facts-more.yaml:2:3 encoding-not-utf8']);
  });

  it('have no byte order mark, and are read on behind one', () => {
    const content = Uint8Array.from([0xef, 0xbb, 0xbf, ...bytesOf('quarrels: []\n')]);
    expect(foundIn(content)).toEqual([
      'facts-more.yaml:1:1 byte-order-mark',
      'facts-more.yaml:1:1 unknown-field',
    ]);
  });

  it('hold no control character', () => {
    expect(foundIn(bytesOf('zone:\n  id: a\u0007b\n'))).toEqual(['facts-more.yaml:2:8 control-character']);
    expect(foundIn(bytesOf('zone:\n  id: \u0000\n'))).toEqual(['facts-more.yaml:2:7 control-character']);
  });

  it('hold no character that nobody sees', () => {
    expect(foundIn(bytesOf('quarrels: a\u202eb\n'))).toEqual([
      'facts-more.yaml:1:1 unknown-field',
      'facts-more.yaml:1:12 hidden-character',
    ]);
  });

  it('never make the check throw, whatever they are', () => {
    const [zone] = inventedZone();
    const bytes = zone && 'bytes' in zone ? zone.bytes : new Uint8Array();
    for (let index = 0; index < bytes.length; index += 1) {
      const damaged = bytes.slice();
      damaged[index] = (index * 37) % 256;
      expect(() => found([{ path: 'a.yaml', bytes: damaged }])).not.toThrow();
    }
  });
});
