import { join } from 'node:path';
import { aReceipt, aStatement, bothKeys } from '@twinpark/transparency/testing/a-log.ts';
import { describe, expect, it } from 'vitest';
import { call } from '../../testing/call.ts';
import { aFolder, aKeysFile } from '../../testing/served-log.ts';

const receipt = await aReceipt();

function verify(text: string, more: readonly string[] = [], keys: unknown = bothKeys) {
  const file = join(aFolder(new Map([['receipt.json', text]])), 'receipt.json');
  return call(['receipt', 'verify', file, '--keys', aKeysFile(keys), ...more]);
}

describe('verifying a receipt', () => {
  it('says what it states, where that stands, and when both parks signed', async () => {
    const { code, out, err } = await verify(JSON.stringify(receipt, null, 2));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const said of [
      'This receipt is valid.',
      'North Park (elmera/north)',
      'twinpark-decision/1',
      'N-2026-000017',
      '2026-03-02T11:59:30Z',
      'Entry 41 of the log twinpark/elmera/north/log, which then had 300',
      '2026-03-02T12:00:00Z (twinpark/elmera/south/witness)',
    ]) {
      expect(out).toContain(said);
    }
    expect(out.match(/^ {2}yes /gm)).toHaveLength(5);
  });

  it('says which check failed, and that nothing in it is proved', async () => {
    const changed = { ...receipt, statement: { ...aStatement, outcome: 'refused' } };
    const { code, out } = await verify(JSON.stringify(changed));
    expect(code).toBe(1);
    expect(out).toContain('NOT valid');
    expect(out).toContain('unproved');
    expect(out).toMatch(
      /NO +The statement stands in the log, unchanged\. The statement, salt, place or path has\s+been\s+changed/,
    );
  });

  it.each([
    ['not json', 'It is not JSON.'],
    ['{}', 'A part is missing. Place: /format'],
    [JSON.stringify({ ...receipt, salt: 'x' }), 'Place: /salt'],
    [JSON.stringify(receipt).replace('"salt"', '"statement":{},"salt"'), 'two programs'],
  ])('explains what is no receipt: %.20s', async (text, said) => {
    const { code, out } = await verify(text);
    expect(code).toBe(1);
    expect(out).toContain(said);
  });

  it('gives programs every check with its reason', async () => {
    const sound = await verify(JSON.stringify(receipt), ['--json']);
    expect({ code: sound.code, ...JSON.parse(sound.out) }).toMatchObject({
      code: 0,
      ok: true,
      valid: true,
      statement: aStatement,
      index: 41,
      size: 300,
      cosignedAt: '2026-03-02T12:00:00Z',
      checks: [{ name: 'wellFormed', passed: true }, {}, {}, {}, {}],
    });
    const lone = await verify(JSON.stringify(receipt), ['--json'], {
      ...bothKeys,
      cards: bothKeys.cards.slice(0, 1),
    });
    expect(JSON.parse(lone.out).checks[3]).toMatchObject({
      reason: 'unknownOtherPark',
      facts: { zone: 'elmera' },
    });
    expect(lone.code).toBe(1);
  });

  it.each([
    ['zh-Hans', '此回执有效。', '此回执无效'],
    ['zh-Hant', '這份回條有效。', '這份回條無效'],
  ])('speaks to its reader in %s', async (language, valid, invalid) => {
    expect((await verify(JSON.stringify(receipt), ['--lang', language])).out).toContain(valid);
    expect((await verify('{}', ['--lang', language])).out).toContain(invalid);
  });

  it('shows no control characters of a statement', async () => {
    const odd = await aReceipt({ ...aStatement, number: '\u001b[2J17' });
    const { code, out } = await verify(JSON.stringify(odd));
    expect(code).toBe(0);
    expect(out).toContain('17');
    expect(out).not.toContain('\u001b');
  });

  it('names what is wrong with the keys, and where', async () => {
    const broken = await verify('{}', [], { ...bothKeys, cards: [{ ...bothKeys.cards[0], zone: 7 }] });
    expect(broken).toMatchObject({ code: 1, out: '' });
    expect(broken.err).toContain('keys.json#/cards/0/zone: This is not a name');
    expect(broken.err).toContain('twinpark keys fetch');
    const { code, out } = await verify('{}', ['--json'], '{');
    expect({ code, problem: JSON.parse(out).problems[0] }).toMatchObject({
      code: 1,
      problem: { code: 'notJson', place: '' },
    });
  });
});
