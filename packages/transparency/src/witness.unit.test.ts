import { describe, expect, it } from 'vitest';
import { emptyRoot } from './merkle.ts';
import { consistencyProof } from './merkle-proofs.ts';
import { nodeCrypto as crypto } from './node-crypto.ts';
import { aLog, logSigner, someEntries } from './testing/a-log.ts';
import { decideWitness, type KnownLog, parseAddCheckpoint, writeAddCheckpoint } from './witness.ts';

const entries = someEntries(700);
const older = aLog(entries.slice(0, 300), { isCosigned: false });
const newer = aLog(entries, { isCosigned: false });
const proof = await consistencyProof(crypto, older.size, newer.size, newer.read);
const keys = [logSigner('north').key];
const decide = (body: string, log: KnownLog | null) => decideWitness(crypto, body, () => log);
const known = { keys, last: { size: older.size, root: older.root } };
const request = { oldSize: older.size, proof, checkpoint: newer.checkpoint };

describe('a request to cosign', () => {
  it('is the example of the specification, read and written', () => {
    const body = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;
    const parsed = parseAddCheckpoint(body) ?? expect.fail();
    expect(parsed).toMatchObject({ oldSize: 20852014, proof: [expect.anything(), expect.anything()] });
    expect(writeAddCheckpoint(parsed)).toBe(body);
  });

  it.each([
    '',
    'old 1',
    'old 01\n\nx',
    'old -1\n\nx',
    'new 1\n\nx',
    'old 1\nxx\n\nx',
    'old 1\n\n',
    `old 1\n${'PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n'.repeat(64)}\nx`,
  ])('is malformed: %j', (body) => {
    expect(decide(body, known)).toEqual({ refused: 'malformed', status: 400, body: null });
  });
});

describe('a witness', () => {
  it('cosigns what continues the log that it knows', () => {
    const decision = decide(writeAddCheckpoint(request), known);
    expect(decision).toMatchObject({
      cosign: { checkpoint: { size: 700, root: new Uint8Array(newer.root) } },
    });
  });

  it('cosigns the first checkpoint of a log, and the one it knows once more', () => {
    const first = writeAddCheckpoint({ ...request, oldSize: 0, proof: [] });
    expect(decide(first, { keys, last: null })).toHaveProperty('cosign');
    const again = writeAddCheckpoint({ ...request, oldSize: newer.size, proof: [] });
    expect(decide(again, { keys, last: newer })).toHaveProperty('cosign');
    const empty = writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: aLog([]).checkpoint });
    expect(decide(empty, { keys, last: { size: 0, root: emptyRoot(crypto) } })).toHaveProperty('cosign');
  });

  it.each([
    ['a log that it does not watch', request, null, 'unknownLog', 404, null],
    [
      'a signature of nobody it knows',
      request,
      { ...known, keys: [logSigner('south').key] },
      'notSigned',
      403,
      null,
    ],
    ['a size larger than the checkpoint', { ...request, oldSize: 701 }, known, 'oldSizeTooLarge', 400, null],
    ['another size than it knows', { ...request, oldSize: 299 }, known, 'otherSize', 409, '300\n'],
    ['any size of a log that it sees first', request, { keys, last: null }, 'otherSize', 409, '0\n'],
    [
      'another tree of the size that it knows',
      { ...request, oldSize: 700, proof: [] },
      { keys, last: { ...newer, root: older.root } },
      'otherRoot',
      409,
      null,
    ],
    [
      'a proof that does not hold',
      { ...request, proof: proof.toReversed() },
      known,
      'inconsistent',
      422,
      null,
    ],
    [
      'a proof where none is needed',
      { ...request, oldSize: 0 },
      { keys, last: null },
      'inconsistent',
      422,
      null,
    ],
    ['a proof too few', { ...request, proof: proof.slice(1) }, known, 'inconsistent', 422, null],
    [
      'a log rewritten before what it knows',
      request,
      { keys, last: { ...known.last, root: newer.root } },
      'inconsistent',
      422,
      null,
    ],
  ] as const)('refuses %s', (_, asked, log, refused, status, body) => {
    expect(decide(writeAddCheckpoint(asked), log)).toEqual({ refused, status, body });
  });

  it('refuses a checkpoint with one bit of its signature changed, and one that a log key has signed wrongly beside', () => {
    const broken = {
      ...request,
      checkpoint: newer.checkpoint.replace(/(.)(.{3})=\n$/, (_, a, b) => `${a === 'A' ? 'B' : 'A'}${b}=\n`),
    };
    expect(decide(writeAddCheckpoint(broken), known)).toMatchObject({ refused: 'notSigned', status: 403 });
  });
});
