import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, commandLines, hang, lineUp, wrap } from './width.ts';

describe('laying out text', () => {
  it('counts a Chinese character as two columns', () => {
    expect(columnsOf('工作天 ok')).toBe(9);
  });

  it('breaks Latin text between words and Chinese text anywhere', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('期限暫停計算', 8)).toEqual(['期限暫停', '計算']);
  });

  it('begins no line with a closing mark, ends none with an opening one, and keeps a number with its word', () => {
    expect(wrap('期限暫停，計算', 8)).toEqual(['期限暫', '停，計算']);
    expect(wrap('期限暫「停」計', 8)).toEqual(['期限暫', '「停」計']);
    expect(wrap('共計有10個月', 8)).toEqual(['共計有', '10個月']);
  });

  it('never exceeds the width and loses nothing but spaces', () => {
    const texts = fc.array(
      fc.constantFrom('ab', '期', '，', '（', ' ', 'verylongwordindeed', '12', '–', '\n'),
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 4, max: 30 }), (pieces, width) => {
        const text = pieces.join('');
        const lines = wrap(text, width);
        expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(width);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });

  it('hangs what follows below the text behind a mark', () => {
    expect(hang('one two three', 9, '  ', '• ')).toEqual(['• one two', '  three']);
  });

  it('keeps the parts of a call whole', () => {
    expect(lineUp(['one', '[--two 三四]', '[--five]'], 12, '    ', '  ')).toEqual([
      '  one',
      '    [--two 三四]',
      '    [--five]',
    ]);
  });

  it('breaks a command so that a shell still takes it', () => {
    expect(commandLines('twinpark clock due --park x --days 10', 27)).toEqual([
      '  twinpark clock due \\',
      '    --park x --days 10',
    ]);
  });
});
