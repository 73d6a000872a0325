import { describe, expect, it } from 'vitest';
import { bytesOf, textOf } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { parseSignedCheckpoint } from './checkpoint.ts';
import { commitmentOf } from './commitment.ts';
import { cosign } from './cosignature.ts';
import type { Crypto } from './crypto.ts';
import type { ParkKeys } from './keys.ts';
import { nodeCrypto as crypto } from './node-crypto.ts';
import { parseReceiptText, type Receipt } from './receipt.ts';
import { signText, writeNote } from './signed-note.ts';
import {
  aCard,
  aReceipt,
  aSalt,
  aSigner,
  aStatement,
  bothKeys,
  logSigner,
  noon,
  witnessSigner,
} from './testing/a-log.ts';
import { receiptChecks, verifyReceipt } from './verify-receipt.ts';

const receipt = await aReceipt();
const verdictOf = (value: unknown, keys: ParkKeys = bothKeys) => verifyReceipt(value, keys, crypto);

const verified = new Map<string, boolean>();
/** Thousands of changed receipts hold the same signatures over the same text: each is verified once. */
const remembering: Crypto = {
  ...crypto,
  verifyEd25519: (...args) => {
    const key = args.map((bytes) => bytes.toHex()).join();
    const verdict = verified.get(key) ?? crypto.verifyEd25519(...args);
    verified.set(key, verdict);
    return verdict;
  },
};

/** The first check that did not pass, with its reason. */
function refusal(value: unknown, keys?: ParkKeys) {
  const { valid, checks } = verdictOf(value, keys);
  const first = checks.find(({ passed }) => !passed);
  expect(valid).toBe(false);
  return first && `${first.name}: ${first.reason}`;
}

/** A receipt whose checkpoint has other signatures. */
function signedBy(signatures: (text: string) => Parameters<typeof writeNote>[0]['signatures']) {
  return aReceipt(aStatement, {
    change: (checkpoint) => {
      const { note } = parseSignedCheckpoint(checkpoint) ?? expect.fail();
      return writeNote({ text: note.text, signatures: signatures(note.text) });
    },
  });
}

const seconds = noon.epochMilliseconds / 1000;

describe('a receipt', () => {
  it('holds with nothing but the public keys of both parks', () => {
    expect(verdictOf(receipt)).toEqual({
      valid: true,
      checks: receiptChecks.map((name) => expect.objectContaining({ name, passed: true, reason: null })),
      receipt: {
        statement: aStatement,
        origin: 'twinpark/elmera/north/log',
        index: 41,
        size: 300,
        witness: 'twinpark/elmera/south/witness',
        cosignedAt: '2026-03-02T12:00:00Z',
      },
    });
  });

  it('is read from its text however the parts are set apart', () => {
    for (const text of [JSON.stringify(receipt), `${JSON.stringify(receipt, null, 2)}\r\n`]) {
      expect(parseReceiptText(text)).toEqual({ value: receipt });
    }
  });

  it('is not believed with any bit of its text changed', () => {
    const bytes = bytesOf(`${JSON.stringify(receipt, null, 1)}\n`);
    const believed: string[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = new Uint8Array(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const text = textOf(changed);
      const read = text === null ? null : parseReceiptText(text);
      if (!read || 'fault' in read) continue;
      if (verifyReceipt(read.value, bothKeys, remembering).valid) believed.push(`bit ${bit}: ${text}`);
    }
    expect(believed).toEqual([]);
  });

  it.each([
    ['a member twice', (text: string) => text.replace('"salt"', '"statement":{},"salt"')],
    ['a number spelled otherwise', (text: string) => text.replace('120.5', '1.205e2')],
    ['a character spelled otherwise', (text: string) => text.replace('granted', 'gr\\u0061nted')],
  ])('is ambiguous with %s', (_, change) => {
    const fault = { reason: 'ambiguousJson', place: '' };
    expect(parseReceiptText(change(JSON.stringify(receipt)))).toEqual({ fault });
  });

  it.each(['', '{', 'null x', '{"a":1,}', `${'['.repeat(1e5)}`])('is no JSON: %j', (text) => {
    expect(parseReceiptText(text)).toEqual({ fault: { reason: 'notJson', place: '' } });
  });
});

describe('what is no receipt', () => {
  const { salt, ...saltless } = receipt;
  const { at, ...timeless } = aStatement;
  it.each([
    ['notAnObject', '', null],
    ['notAnObject', '', [receipt]],
    ['missingMember', '/salt', saltless],
    ['unknownMember', '/note', { ...receipt, note: 'x' }],
    ['unknownFormat', '/format', { ...receipt, format: 'twinpark-receipt/2' }],
    ['notASalt', '/salt', { ...receipt, salt: 7 }],
    ['notASalt', '/salt', { ...receipt, salt: `${salt}=` }],
    ['notASalt', '/salt', { ...receipt, salt: salt.slice(0, -1) }],
    ['notASalt', '/salt', { ...receipt, salt: ` ${salt}` }],
    ['notAStatement', '/statement', { ...receipt, statement: 'granted' }],
    ['notAStatement', '/statement/zone', { ...receipt, statement: { ...aStatement, zone: 7 } }],
    ['missingMember', '/statement/at', { ...receipt, statement: timeless }],
    [
      'notAnInstant',
      '/statement/at',
      { ...receipt, statement: { ...aStatement, at: `${at.slice(0, -1)}+00:00` } },
    ],
    [
      'notAnInstant',
      '/statement/at',
      { ...receipt, statement: { ...aStatement, at: '2026-02-30T00:00:00Z' } },
    ],
    ['noCanonicalForm', '/statement', { ...receipt, statement: { ...aStatement, number: Number.NaN } }],
    ['noCanonicalForm', '/statement', { ...receipt, statement: { ...aStatement, number: undefined } }],
    ['notAProof', '/proof', { ...receipt, proof: receipt.proof.replace('@v1', '@v2') }],
    ['notAProof', '/proof', { ...receipt, proof: receipt.proof.replace('index 41', 'extra eA==\nindex 41') }],
    ['notAProof', '/proof', { ...receipt, proof: receipt.proof.replace('index 41', 'index 041') }],
    ['notACheckpoint', '/proof', { ...receipt, proof: `${receipt.proof}\n` }],
    ['notACheckpoint', '/proof', { ...receipt, proof: receipt.proof.slice(0, -1) }],
  ])('%s at %j', (reason, place, value) => {
    const { valid, checks, receipt: read } = verdictOf(value);
    expect({ valid, read }).toEqual({ valid: false, read: null });
    expect(checks[0]).toEqual({ name: 'wellFormed', passed: false, reason, facts: { place } });
    expect(checks.slice(1).every((check) => check.reason === 'notReached')).toBe(true);
  });
});

describe('a receipt that does not hold', () => {
  const changed = (change: Partial<Receipt>) => ({ ...receipt, ...change });

  it('says that the statement is not what entered the log', () => {
    expect(refusal(changed({ statement: { ...aStatement, outcome: 'refused' } }))).toBe('included: notInLog');
    expect(refusal(changed({ proof: receipt.proof.replace('index 41', 'index 40') }))).toBe(
      'included: notInLog',
    );
  });

  it('says whose key is lacking', () => {
    const only = (park: 'north' | 'south'): ParkKeys => ({ ...bothKeys, cards: [aCard(park)] });
    expect(refusal(receipt, only('south'))).toBe('signed: unknownPark');
    expect(refusal(receipt, only('north'))).toBe('cosigned: unknownOtherPark');
  });

  it('says that the log is not the one of the park that speaks', async () => {
    const elsewhere = await aReceipt({ ...aStatement, park: 'south' });
    expect(refusal(elsewhere)).toBe('signed: otherLog');
  });

  it('says which signature is missing or wrong', async () => {
    const other = aSigner('cosignature', witnessSigner('south').key.name, 'somebody else');
    const forged = { ...other, key: witnessSigner('south').key };
    const unsigned = await signedBy((text) => [cosign(text, seconds, witnessSigner('south'))]);
    expect(refusal(unsigned)).toBe('signed: noLogSignature');
    const uncosigned = await signedBy((text) => [signText(text, logSigner('north'))]);
    expect(refusal(uncosigned)).toBe('cosigned: noCosignature');
    const byItself = await signedBy((text) => [
      signText(text, logSigner('north')),
      cosign(text, seconds, witnessSigner('north')),
    ]);
    expect(refusal(byItself)).toBe('cosigned: noCosignature');
    const wrong = await signedBy((text) => [
      signText(text, logSigner('north')),
      cosign(text, seconds, forged),
    ]);
    expect(refusal(wrong)).toBe('cosigned: wrongCosignature');
    const wrongLog = await signedBy((text) => [
      signText(`${text} `, logSigner('north')),
      cosign(text, seconds, witnessSigner('south')),
    ]);
    expect(refusal(wrongLog)).toBe('signed: wrongLogSignature');
  });

  it('says that the times cannot be', async () => {
    const late = await aReceipt({ ...aStatement, at: '2026-03-02T12:05:01Z' });
    expect(refusal(late)).toBe('timely: statementTooLate');
    const skewed = await aReceipt({ ...aStatement, at: '2026-03-02T12:05:00Z' });
    expect(verdictOf(skewed).valid).toBe(true);
    const dated = (use: string, from: string, until: string | null): ParkKeys => ({
      ...bothKeys,
      cards: bothKeys.cards.map((card) => ({
        ...card,
        keys: card.keys.map((key) => (key.use === use ? { ...key, from, until } : key)),
      })),
    });
    const begins = '2026-01-01T00:00:00Z';
    expect(refusal(receipt, dated('log', '2026-03-02T12:00:01Z', null))).toBe('timely: logKeyNotGoodThen');
    expect(refusal(receipt, dated('log', begins, '2026-03-02T12:00:00Z'))).toBe('timely: logKeyNotGoodThen');
    expect(refusal(receipt, dated('witness', begins, '2026-03-02T12:00:00Z'))).toBe(
      'timely: witnessKeyNotGoodThen',
    );
    expect(verdictOf(receipt, dated('witness', begins, '2026-03-02T12:00:01Z')).valid).toBe(true);
  });
});

describe('what enters the log', () => {
  it('is the keyed hash of the statement, whatever the order of its members', () => {
    const reversed = Object.fromEntries(Object.entries(aStatement).reverse());
    const entry = commitmentOf(crypto, aSalt, aStatement) ?? expect.fail();
    expect(entry).toHaveLength(32);
    expect(commitmentOf(crypto, aSalt, reversed)).toEqual(entry);
    expect(commitmentOf(crypto, new Uint8Array(32), aStatement)).not.toEqual(entry);
    // HMAC-SHA-256 of `{"a":1}` under 32 octets of zero, made with OpenSSL.
    expect(commitmentOf(crypto, new Uint8Array(32), { a: 1 })?.toHex()).toBe(
      'e0baad27ae5335a93e2979e6693e7630de7d66b4d5bfd687cdbf1f0018f79cb8',
    );
    expect(() => commitmentOf(crypto, new Uint8Array(31), aStatement)).toThrow(RangeError);
  });

  it.each([
    [{ b: 1, a: -0, '\u20ac': 'x', '\r': [] }, '{"\\r":[],"a":0,"b":1,"€":"x"}'],
    [[1e21, 1e-7, 0.1, '\u001f', null, true], '[1e+21,1e-7,0.1,"\\u001f",null,true]'],
  ])('%j has one spelling', (value, json) => {
    expect(canonicalJson(value)).toBe(json);
  });

  it.each([
    [{ a: undefined }],
    [[undefined]],
    [{ a: Number.POSITIVE_INFINITY }],
    ['\ud800'],
    [{ '\udc00': 1 }],
    [new Date(0)],
    [{ toJSON: () => 1 }],
    [1n],
    [new Map()],
    [Object.assign([], { length: 1 })],
    [undefined],
  ])('%o has none', (value) => {
    expect(canonicalJson(value)).toBeNull();
  });
});
