import { listAuditEvents } from '@twinpark/contract/audit/list-audit-events.ts';
import {
  addCheckpoint,
  proveConsistency,
  proveInclusion,
  readCheckpoint,
} from '@twinpark/contract/log/read-log.ts';
import { getReceipt, getReceiptOfDocument, listReceipts } from '@twinpark/contract/log/receipts.ts';
import { getOutput, showVerification } from '@twinpark/contract/output/output.ts';
import { parseSignedCheckpoint, writeCheckpoint } from '@twinpark/transparency/checkpoint.ts';
import type { ParkKeys } from '@twinpark/transparency/keys.ts';
import { isConsistent, isIncluded, leafHash } from '@twinpark/transparency/merkle.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { signText, writeNote } from '@twinpark/transparency/signed-note.ts';
import { verifyLog } from '@twinpark/transparency/verify-log.ts';
import { verifyReceipt } from '@twinpark/transparency/verify-receipt.ts';
import { writeAddCheckpoint } from '@twinpark/transparency/witness.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, aFiledCase, decide, office } from '../case/fixtures/filing.ts';
import type { TestClient } from '../testing/test-client.ts';
import type { TestNode } from '../testing/test-node.ts';
import { startTwoParks, type TwoParks } from '../testing/two-parks.ts';
import { logSigner } from './note-signers.ts';
import { log } from './statements.ts';
import { askForCosignature } from './witness-client.ts';

let parks: TwoParks;
let north: TestNode;
let south: TestNode;
let reed: TestClient;
let officer: TestClient;
let second: TestClient;
let caseId: string;

beforeAll(async () => {
  parks = await startTwoParks();
  ({ north, south } = parks);
  reed = await north.as('applicant', 'Reed Institute');
  officer = await north.as('officer', office);
  second = await north.as('officer', office, 'the second');
  caseId = await aFiledCase(north, { by: 'Reed Institute' });
  await decide(officer, second, caseId);
});
afterAll(async () => await parks.stop());

const cards = (): ParkKeys => ({
  format: 'twinpark-keys/1',
  cards: [north.services.parkCard, south.services.parkCard] as ParkKeys['cards'],
});
const cosignNorth = () => askForCosignature(north.services, { peerUrl: north.services.config.peerUrl ?? '' });

async function grow(count: number): Promise<void> {
  const { store, clock } = north.services;
  const at = clock.now().toString();
  const statement = {
    format: 'twinpark-erasure/1',
    zone: 'elmera',
    park: 'north',
    at,
    entries: 0,
    reason: 'x',
  } as const;
  await store.write((tx) =>
    log(
      tx,
      clock,
      Array.from({ length: count }, () => ({ statement, subject: null })),
    ),
  );
  await north.services.log.sequence();
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const bytesOf = (base64: string) => Uint8Array.fromBase64(base64);

/** A file of the log as anybody gets it. */
async function fileOf(path: string): Promise<Uint8Array | null> {
  const { statusCode, rawPayload } = await north.app.fastify.inject({ method: 'GET', url: `/log/${path}` });
  return statusCode === 200 ? new Uint8Array(rawPayload) : null;
}

describe('Receipts', () => {
  it('list the acts of a case for whoever may read it, before there is one', async () => {
    await north.services.log.sequence();
    const { items } = await reed.get(listReceipts, { params: { caseId } });
    expect(items.map(({ type, logIndex, isReady }) => [type, logIndex, isReady])).toEqual([
      ['caseOpened', 0, false],
      ['caseFiled', 1, false],
      ['caseAccepted', 2, false],
      ['stepCompleted', 3, false],
      ['caseDecided', 4, false],
    ]);
    const entryId = items[4]?.entryId ?? '';
    const { problem, headers } = await reed.call(getReceipt, { params: { entryId } });
    expect(problem?.code).toBe('receiptNotReady');
    expect(headers['retry-after']).toBe('5');
  });

  it('go page by page', async () => {
    const first = await reed.get(listReceipts, { params: { caseId }, query: { limit: 3 } });
    const cursor = first.nextCursor ?? '';
    const rest = await reed.get(listReceipts, { params: { caseId }, query: { limit: 3, cursor } });
    expect([...first.items, ...rest.items].map(({ version }) => version)).toEqual([1, 2, 3, 4, 6]);
    expect(rest.nextCursor).toBeNull();
  });

  it('hold without any node once the other park has signed the log, and not with one word changed', async () => {
    expect(await cosignNorth()).toBe('cosigned');
    const { items } = await officer.get(listReceipts, { params: { caseId } });
    expect(items.every(({ isReady }) => isReady)).toBe(true);
    for (const { entryId } of items) {
      const receipt = await officer.get(getReceipt, { params: { entryId } });
      const verdict = verifyReceipt(receipt, cards(), nodeCrypto);
      expect(verdict).toMatchObject({ valid: true, receipt: { witness: 'twinpark/elmera/south/witness' } });
      const altered = { ...receipt, statement: { ...receipt.statement, park: 'south' } };
      expect(verifyReceipt(altered, cards(), nodeCrypto).valid).toBe(false);
    }
  });

  it('are nothing to those who may not read the case', async () => {
    const { items } = await reed.get(listReceipts, { params: { caseId } });
    const params = { entryId: items[0]?.entryId ?? '' };
    const others = [
      await north.as('applicant', 'Heron Company'),
      await north.as('officer', 'north-court'),
      await north.as('operator', 'operator'),
    ];
    for (const other of others) {
      expect((await other.problem(getReceipt, { params })).code).toBe('notFound');
    }
    expect((await others[0]?.problem(listReceipts, { params: { caseId } }))?.code).toBe('notFound');
    const auditor = await north.as('auditor', 'oversight');
    expect(await auditor.get(getReceipt, { params })).toMatchObject({ statement: { caseId } });
    const { items: entries } = await auditor.get(listAuditEvents, {
      query: { action: 'receipt.read', limit: 4 },
    });
    expect(entries.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['success', null],
      ['refused', 'notFound'],
      ['refused', 'notFound'],
      ['refused', 'notFound'],
    ]);
  });

  it('are for the holder of a document by its number and code, and the page leads to them', async () => {
    await act(officer, caseId, 'serveOutput', { establishes: { 'northPermit.number': 'N-1' } });
    const { receiptNumber, verificationUrl } = await reed.get(getOutput, { params: { caseId } });
    const code = new URL(verificationUrl).searchParams.get('code') ?? '';
    const params = { receiptNumber };
    const page = async () =>
      text((await north.nobody.call(showVerification, { params, query: { code } })).bytes);
    expect((await north.nobody.problem(getReceiptOfDocument, { params, query: { code } })).code).toBe(
      'receiptNotReady',
    );
    expect(await page()).not.toContain(`/api/verification/${receiptNumber}/receipt?`);
    await north.services.log.sequence();
    await cosignNorth();
    const receipt = await north.nobody.get(getReceiptOfDocument, { params, query: { code } });
    expect(receipt.statement).toMatchObject({ type: 'outputServed', receiptNumber, caseId });
    expect(verifyReceipt(receipt, cards(), nodeCrypto).valid).toBe(true);
    expect(await page()).toContain(`/api/verification/${receiptNumber}/receipt?`);
    const wrong = await north.nobody.problem(getReceiptOfDocument, { params, query: { code: 'AAAA' } });
    expect(wrong.code).toBe('notFound');
  });
});

describe('The log for strangers', () => {
  it('proves that an entry is in it and that it has only grown', async () => {
    await grow(700);
    const { items } = await reed.get(listReceipts, { params: { caseId } });
    const all = await north.nobody.get(proveInclusion, { query: { entry: items[2]?.entryId ?? '' } });
    const checkpoint = parseSignedCheckpoint(
      text((await north.nobody.call(readCheckpoint)).bytes),
    )?.checkpoint;
    if (!checkpoint) throw new Error('No checkpoint');
    expect(all).toMatchObject({ index: 2, size: checkpoint.size });
    expect(
      isIncluded(nodeCrypto, {
        leafHash: leafHash(nodeCrypto, bytesOf(all.entry)),
        index: all.index,
        size: all.size,
        root: checkpoint.root,
        proof: all.hashes.map(bytesOf),
      }),
    ).toBe(true);
    const before = checkpoint;
    await grow(5);
    const after = parseSignedCheckpoint(text((await north.nobody.call(readCheckpoint)).bytes))?.checkpoint;
    const { hashes } = await north.nobody.get(proveConsistency, { query: { from: before.size } });
    expect(after && isConsistent(nodeCrypto, before, after, hashes.map(bytesOf))).toBe(true);
  });

  it('says so where it is asked beyond its end', async () => {
    const query = { index: 900_000 };
    const headers = { 'accept-language': 'zh-HK' };
    const { code, detail, facts } = await north.nobody.problem(proveInclusion, { query, headers });
    expect(code).toBe('logRangeUnknown');
    expect(detail).toContain(`日誌共有${String(facts['size'])}項紀錄`);
    for (const range of [
      { from: 5, to: 4 },
      { from: 0, to: 900_000 },
    ]) {
      expect((await north.nobody.problem(proveConsistency, { query: range })).code).toBe('logRangeUnknown');
    }
    const entry = '01900000-0000-7000-8000-000000000000';
    expect((await north.nobody.problem(proveInclusion, { query: { entry } })).code).toBe('notFound');
    expect((await north.nobody.problem(proveInclusion)).code).toBe('logRangeUnknown');
  });

  it('can be copied as files and is whole', async () => {
    await cosignNorth();
    const verified = await verifyLog(fileOf, cards(), nodeCrypto);
    expect(verified).toMatchObject({
      found: { checkpoint: { cosigners: [{ witness: 'twinpark/elmera/south/witness' }] } },
    });
    for (const name of ['tile/0/000', 'tile/entries/000', 'tile/entries/001.p/3']) {
      const { statusCode, headers } = await north.app.fastify.inject({ method: 'GET', url: `/log/${name}` });
      expect({ name, statusCode, cache: headers['cache-control'] }).toEqual({
        name,
        statusCode: 200,
        cache: 'public, max-age=31536000, immutable',
      });
    }
    const none = [
      'tile/0/009',
      'tile/0/000.p/256',
      'tile/0/0',
      'tile/9/000',
      'tile/63/x001/234',
      'tile/x/000',
      'tile/0/x999/x999/999.p/3',
    ];
    for (const name of none) expect([name, await fileOf(name)]).toEqual([name, null]);
  });
});

describe('The witness', () => {
  const ask = async (body: string) => await south.nobody.call(addCheckpoint, { body: Buffer.from(body) });
  const ourSigner = () => logSigner({ zone: 'elmera', park: 'north' }, north.services.keys.log[0]);
  const seen = async () =>
    await south.services.store.write((tx) =>
      tx.selectFrom('witnessedLogs').selectAll().executeTakeFirstOrThrow(),
    );
  const forged = (size: number, signer = ourSigner(), origin = 'twinpark/elmera/north/log') => {
    const written = writeCheckpoint({ origin, size, root: new Uint8Array(32), extensions: [] });
    return writeNote({ text: written, signatures: [signText(written, signer)] });
  };

  it('tells the size that it knows, from which the log then goes on', async () => {
    await grow(1);
    await cosignNorth();
    const known = await seen();
    await north.services.store.write((tx) => tx.deleteFrom('logCosignatures').execute());
    await grow(2);
    const answer = await ask(writeAddCheckpoint({ oldSize: 1, proof: [], checkpoint: forged(9_999) }));
    expect([answer.status, answer.headers['content-type'], text(answer.bytes)]).toEqual([
      409,
      'text/x.tlog.size',
      `${known.size}\n`,
    ]);
    expect(await cosignNorth()).toBe('cosigned');
    expect((await seen()).size).toBe(known.size + 2);
  });

  it('refuses a log that contradicts what was seen, and keeps that on record', async () => {
    const known = await seen();
    const other = await ask(
      writeAddCheckpoint({ oldSize: known.size, proof: [], checkpoint: forged(known.size) }),
    );
    expect([other.status, other.problem?.code]).toEqual([409, 'logForked']);
    const grown = await ask(
      writeAddCheckpoint({
        oldSize: known.size,
        proof: [new Uint8Array(32)],
        checkpoint: forged(known.size + 1),
      }),
    );
    expect([grown.status, grown.problem?.code]).toEqual([422, 'logInconsistent']);
    expect(await seen()).toEqual(known);
    const auditor = await south.as('auditor', 'oversight');
    const { items } = await auditor.get(listAuditEvents, { query: { action: 'log.forkSeen' } });
    expect(items.map(({ code, details }) => [code, details['seenSize'], details['size']])).toEqual([
      ['logInconsistent', known.size, known.size + 1],
      ['logForked', known.size, known.size],
    ]);
  });

  it('knows no log but that of the other park, and no key but its own', async () => {
    const stranger = logSigner({ zone: 'elmera', park: 'north' }, south.services.keys.log[0]);
    const bodies = [
      ['malformedRequest', 400, 'old 1\n'],
      ['malformedRequest', 400, ''],
      [
        'checkpointNotSigned',
        403,
        writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: forged(9, stranger) }),
      ],
      [
        'notFound',
        404,
        writeAddCheckpoint({
          oldSize: 0,
          proof: [],
          checkpoint: forged(9, ourSigner(), 'twinpark/elmera/south/log'),
        }),
      ],
      ['malformedRequest', 400, writeAddCheckpoint({ oldSize: 10, proof: [], checkpoint: forged(9) })],
    ] as const;
    for (const [code, status, body] of bodies) {
      const answer = await ask(body);
      expect([answer.problem?.code, answer.status]).toEqual([code, status]);
    }
    const binary = await south.nobody.call(addCheckpoint, { body: new Uint8Array([0xff, 0xfe]) });
    expect(binary.problem?.code).toBe('malformedRequest');
  });

  it('is not believed where it signs with another key', async () => {
    await grow(1);
    const send: typeof fetch = () =>
      Promise.resolve(new Response('\u2014 twinpark/elmera/south/witness AAAAAAAA\n'));
    expect(await askForCosignature(north.services, { peerUrl: 'http://peer.invalid', send })).toBe('failed');
    const away: typeof fetch = () => Promise.reject(new TypeError('away'));
    expect(await askForCosignature(north.services, { peerUrl: 'http://peer.invalid', send: away })).toBe(
      'failed',
    );
    const ahead: typeof fetch = () =>
      Promise.resolve(
        new Response('999999\n', { status: 409, headers: { 'content-type': 'text/x.tlog.size' } }),
      );
    expect(await askForCosignature(north.services, { peerUrl: 'http://peer.invalid', send: ahead })).toBe(
      'ahead',
    );
    expect(await cosignNorth()).toBe('cosigned');
  });
});

it('measures the log for whoever watches the node', async () => {
  const { body } = await north.app.fastify.inject({ method: 'GET', url: '/metrics' });
  const size = Number(/^twinpark_log_entries (\d+)$/m.exec(body)?.[1]);
  expect(size).toBeGreaterThan(700);
  expect(body).toMatch(new RegExp(`^twinpark_log_cosigned_entries ${size}$`, 'm'));
  expect(body).toMatch(/^twinpark_log_uncosigned_seconds 0$/m);
});
