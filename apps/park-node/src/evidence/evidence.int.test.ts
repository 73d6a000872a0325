import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  getEvidence,
  listEvidence,
  readCaseEvidence,
  readEvidence,
  removeEvidence,
} from '@twinpark/contract/evidence/evidence.ts';
import {
  cancelUpload,
  completeUpload,
  getUpload,
  partSizeBytes,
  putPart,
  startUpload,
} from '@twinpark/contract/evidence/uploads.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { instantNow } from '../platform/clock.ts';
import { storeKinds } from '../testing/stores.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { sweepEvidence } from './sweep.ts';

const text = (value: string) => new TextEncoder().encode(value);
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const digestOf = (bytes: Uint8Array) => ({
  'content-digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
});

describe.each(storeKinds)('Evidence, %s', (kind) => {
  let node: TestNode;
  let lab: TestClient;
  let other: TestClient;
  beforeAll(async () => {
    node = await startTestNode({ kind, config: { largestEvidenceBytes: 3 * partSizeBytes } });
    lab = await node.as('applicant', 'Lab of Elm');
    other = await node.as('applicant', 'Works of Ash');
  });
  afterAll(async () => {
    await node.stop();
  });

  async function start(client: TestClient, bytes: Uint8Array, name = 'paper.txt'): Promise<string> {
    const body = { name, sizeBytes: bytes.byteLength };
    return (await client.get(startUpload, { body })).uploadId;
  }

  function send(client: TestClient, uploadId: string, partNumber: number, part: Uint8Array) {
    return client.call(putPart, { params: { uploadId, partNumber }, body: part, headers: digestOf(part) });
  }

  async function upload(client: TestClient, bytes: Uint8Array, name?: string) {
    const uploadId = await start(client, bytes, name);
    for (const [index, part] of partsOf(bytes).entries()) await send(client, uploadId, index + 1, part);
    return await client.get(completeUpload, { params: { uploadId } });
  }

  function fileOf(sha256: string): string {
    const { dataFolder } = node.services.config;
    return join(dataFolder, 'evidence', 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  it('comes in parts, goes on where it broke off, and is read again as it was sent', async () => {
    const bytes = bigText(2 * partSizeBytes + 10);
    const [one, two, three] = partsOf(bytes);
    const uploadId = await start(lab, bytes, '大檔案.txt');
    await send(lab, uploadId, 3, three ?? bytes);
    await send(lab, uploadId, 1, one ?? bytes);
    const incomplete = await lab.problem(completeUpload, { params: { uploadId } });
    expect(incomplete).toMatchObject({ code: 'uploadIncomplete', facts: { missing: [2] } });
    const state = await lab.get(getUpload, { params: { uploadId } });
    expect(state).toMatchObject({ partCount: 3, received: [1, 3], receivedBytes: partSizeBytes + 10 });
    await send(lab, uploadId, 2, two ?? bytes);

    const paper = await lab.get(completeUpload, { params: { uploadId } });

    expect(paper).toMatchObject({ name: '大檔案.txt', sha256: hashOf(bytes), mediaType: 'text/plain' });
    const read = await lab.call(readEvidence, { params: { evidenceId: paper.evidenceId } });
    expect(hashOf(read.bytes)).toBe(paper.sha256);
    expect(read.headers['content-disposition']).toContain("filename*=UTF-8''%E5%A4%A7%E6%AA%94%E6%A1%88.txt");
    expect(read.headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it('becomes one paper, however often and by whatever key it is completed', async () => {
    const bytes = text(`once ${randomUUID()}`);
    const uploadId = await start(lab, bytes);
    await send(lab, uploadId, 1, bytes);
    const sent = { params: { uploadId } };
    const results = await Promise.all([lab.call(completeUpload, sent), lab.call(completeUpload, sent)]);
    const papers = results.map(({ answer }) => answer?.evidenceId);
    expect(papers[0]).toBeDefined();
    expect(new Set(papers).size).toBe(1);
    const again = await lab.get(completeUpload, sent);
    expect(again.evidenceId).toBe(papers[0]);
  });

  it('is kept once for two organisations, and neither learns of the other', async () => {
    const bytes = text(`same bytes ${randomUUID()}`);
    const mine = await upload(lab, bytes);
    const theirs = await upload(other, bytes);
    expect(theirs.sha256).toBe(mine.sha256);
    expect(theirs.evidenceId).not.toBe(mine.evidenceId);
    const foreign = { params: { evidenceId: mine.evidenceId } };
    expect((await other.problem(getEvidence, foreign)).code).toBe('notFound');
    expect((await other.problem(readEvidence, foreign)).code).toBe('notFound');
    expect((await other.problem(removeEvidence, foreign)).code).toBe('notFound');
    const caseId = randomUUID();
    const guessed = { params: { caseId, sha256: mine.sha256 } };
    expect((await other.problem(readCaseEvidence, guessed)).code).toBe('notFound');
    const { items } = await other.get(listEvidence);
    expect(items.map(({ evidenceId }) => evidenceId)).toEqual([theirs.evidenceId]);
  });

  it('is listed page by page, newest first', async () => {
    const third = await node.as('applicant', 'Newest first');
    const ids: string[] = [];
    for (const name of ['a.txt', 'b.txt', 'c.txt']) {
      node.clock.advance({ minutes: 1 });
      ids.unshift((await upload(third, text(name), name)).evidenceId);
    }
    const first = await third.get(listEvidence, { query: { limit: 2 } });
    const second = await third.get(listEvidence, { query: { limit: 2, cursor: first.nextCursor ?? '' } });
    expect([...first.items, ...second.items].map(({ evidenceId }) => evidenceId)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
    const bad = await lab.problem(listEvidence, { query: { cursor: first.nextCursor ?? '' } });
    expect(bad.code).toBe('cursorInvalid');
  });

  it('is read in ranges and by its tag, as a viewer asks for it', async () => {
    const { evidenceId, sha256 } = await upload(lab, text('0123456789'));
    const params = { evidenceId };
    const range = await lab.call(readEvidence, { params, headers: { range: 'bytes=2-4' } });
    expect([range.status, range.headers['content-range'], Buffer.from(range.bytes).toString()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
    const beyond = await lab.call(readEvidence, { params, headers: { range: 'bytes=10-' } });
    expect(beyond.status).toBe(416);
    const known = await lab.call(readEvidence, { params, headers: { 'if-none-match': `"${sha256}"` } });
    expect([known.status, known.bytes.byteLength]).toEqual([304, 0]);
  });

  it('is refused part by part for what is wrong with it', async () => {
    const bytes = text('ten bytes!');
    const uploadId = await start(lab, bytes);
    const params = { uploadId, partNumber: 1 };
    const code = async (sent: object) => (await lab.problem(putPart, sent as never)).code;
    expect(await code({ params, body: bytes })).toBe('digestMissing');
    expect(await code({ params, body: bytes, headers: digestOf(text('others')) })).toBe('digestMismatch');
    expect(await code({ params, body: text('nine'), headers: digestOf(text('nine')) })).toBe('partSizeWrong');
    const long = bigText(11);
    expect(await code({ params, body: long, headers: digestOf(long) })).toBe('partSizeWrong');
    const second = { uploadId, partNumber: 2 };
    expect(await code({ params: second, body: bytes, headers: digestOf(bytes) })).toBe('partOutOfRange');
    expect((await send(other, uploadId, 1, bytes)).problem?.code).toBe('notFound');
    expect((await lab.get(getUpload, { params: { uploadId } })).received).toEqual([]);
  });

  it('is refused as a whole when it is too large, of a forbidden kind or not what was announced', async () => {
    const body = { name: 'a.txt', sizeBytes: 3 * partSizeBytes + 1 };
    expect((await lab.problem(startUpload, { body })).code).toBe('fileTooLarge');
    const nameless = { name: '\u200b', sizeBytes: 1 };
    expect((await lab.problem(startUpload, { body: nameless })).code).toBe('fileNameEmpty');
    const page = text('<html><script>alert(1)</script>');
    const pageUpload = await start(lab, page, 'page.pdf');
    await send(lab, pageUpload, 1, page);
    const refused = await lab.problem(completeUpload, { params: { uploadId: pageUpload } });
    expect(refused.code).toBe('fileTypeNotAllowed');
    const bytes = text('as announced?');
    const announced = { name: 'a.txt', sizeBytes: bytes.byteLength, sha256: '0'.repeat(64) };
    const { uploadId } = await lab.get(startUpload, { body: announced });
    await send(lab, uploadId, 1, bytes);
    expect((await lab.problem(completeUpload, { params: { uploadId } })).code).toBe('digestMismatch');
  });

  it('may be given up, and then takes no part any more', async () => {
    const bytes = text('never mind');
    const uploadId = await start(lab, bytes);
    await send(lab, uploadId, 1, bytes);
    expect((await lab.call(cancelUpload, { params: { uploadId } })).status).toBe(204);
    expect((await send(lab, uploadId, 1, bytes)).problem?.code).toBe('notFound');
    const kept = await readdir(join(node.services.config.dataFolder, 'evidence', 'uploads'));
    expect(kept).not.toContain(uploadId);
  });

  it('is what was looked at, though another part is sent in the same moment', async () => {
    const page = text(`%PDF-1.7\n${randomUUID()}`);
    const other = text(`<html>--\n${randomUUID()}`);
    const uploadId = await start(lab, page, 'page.pdf');
    await send(lab, uploadId, 1, page);
    const { evidenceStore } = node.services;
    const put = evidenceStore.put.bind(evidenceStore);
    const spy = vi.spyOn(evidenceStore, 'put').mockImplementationOnce(async (given) => {
      await evidenceStore.putPart(uploadId, 1, other);
      return await put(given);
    });
    const refused = await lab.problem(completeUpload, { params: { uploadId } });
    expect(refused).toMatchObject({ code: 'digestMismatch', facts: { part: 1 } });
    spy.mockRestore();
  });

  it('leaves no upload behind when it is removed', async () => {
    const bytes = text(`removed ${randomUUID()}`);
    const uploadId = await start(lab, bytes);
    await send(lab, uploadId, 1, bytes);
    const { evidenceId } = await lab.get(completeUpload, { params: { uploadId } });
    await lab.call(removeEvidence, { params: { evidenceId } });
    expect((await lab.problem(getUpload, { params: { uploadId } })).code).toBe('notFound');
  });

  it('closes a day after it began', async () => {
    const late = await node.as('applicant', 'Late sender');
    const bytes = text('late');
    const uploadId = await start(late, bytes);
    node.clock.advance({ days: 1 });
    expect((await send(late, uploadId, 1, bytes)).problem?.code).toBe('uploadClosed');
    await sweepEvidence(node.services);
    expect((await late.problem(getUpload, { params: { uploadId } })).code).toBe('notFound');
  });

  it('is never handed out when its bytes are not those that were given', async () => {
    const paper = await upload(lab, text(`original ${randomUUID()}`));
    const params = { evidenceId: paper.evidenceId };
    expect((await lab.call(readEvidence, { params })).status).toBe(200);
    await writeFile(fileOf(paper.sha256), 'falsified afterwards');
    const damaged = await lab.problem(readEvidence, { params });
    expect(damaged).toMatchObject({ code: 'evidenceDamaged', status: 500 });
    await rm(fileOf(paper.sha256));
    expect((await lab.problem(readEvidence, { params })).code).toBe('evidenceDamaged');
  });

  it('that nobody names any more is swept, and nothing else', async () => {
    const kept = await upload(lab, text(`kept ${randomUUID()}`));
    const removed = await upload(lab, text(`removed ${randomUUID()}`));
    await lab.call(removeEvidence, { params: { evidenceId: removed.evidenceId } });
    const crashed = await node.services.evidenceStore.put(text(`a crash before the row ${randomUUID()}`));
    const old = new Date(node.clock.now().subtract({ hours: 25 }).epochMilliseconds);
    for (const { sha256 } of [kept, removed, crashed]) await utimes(fileOf(sha256), old, old);
    const young = await node.services.evidenceStore.put(text(`being named ${randomUUID()}`));
    await utimes(fileOf(young.sha256), instantNow(node.clock), instantNow(node.clock));

    await sweepEvidence(node.services);

    const { evidenceStore } = node.services;
    const states = [kept, removed, crashed, young].map(({ sha256 }) => evidenceStore.check(sha256));
    expect(await Promise.all(states)).toEqual(['sound', 'missing', 'missing', 'sound']);
  });

  it('leaves an entry in the audit trail for every reading', async () => {
    const paper = await upload(lab, text(`audited ${randomUUID()}`));
    await lab.call(readEvidence, { params: { evidenceId: paper.evidenceId } });
    const entries = await node.services.store.write((tx) =>
      tx
        .selectFrom('auditEvents')
        .select(['action', 'outcome'])
        .where('subjectId', '=', paper.evidenceId)
        .orderBy('auditId')
        .execute(),
    );
    expect(entries).toEqual([
      { action: 'evidence.complete', outcome: 'success' },
      { action: 'evidence.read', outcome: 'success' },
    ]);
  });

  it('leaves an entry for what was given up and for what was refused', async () => {
    const uploadId = await start(lab, text('ten bytes!'));
    await lab.problem(completeUpload, { params: { uploadId } });
    await lab.call(cancelUpload, { params: { uploadId } });
    await lab.problem(cancelUpload, { params: { uploadId } });
    const entries = await node.services.store.write((tx) =>
      tx
        .selectFrom('auditEvents')
        .select(['action', 'outcome', 'code'])
        .where('subjectId', '=', uploadId)
        .orderBy('auditId')
        .execute(),
    );
    expect(entries).toEqual([
      { action: 'evidence.upload', outcome: 'success', code: null },
      { action: 'evidence.complete', outcome: 'refused', code: 'uploadIncomplete' },
      { action: 'evidence.cancel', outcome: 'success', code: null },
      { action: 'evidence.cancel', outcome: 'refused', code: 'notFound' },
    ]);
  });
});

function partsOf(bytes: Uint8Array): readonly Uint8Array[] {
  const count = Math.ceil(bytes.byteLength / partSizeBytes);
  return Array.from({ length: count }, (_, index) =>
    bytes.slice(index * partSizeBytes, (index + 1) * partSizeBytes),
  );
}

function bigText(length: number): Uint8Array {
  return new Uint8Array(length).fill('a'.charCodeAt(0));
}
