import { readCaseEvidence } from '@twinpark/contract/evidence/evidence.ts';
import { readOutputDocument } from '@twinpark/contract/output/output.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { act, office } from '../case/fixtures/filing.ts';
import { sha256Of } from '../evidence/content-digest.ts';
import { instantNow } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { startTwoParks, type TwoParks } from '../testing/two-parks.ts';
import { fetchFiles } from './fetch-files.ts';
import { filingData, PeerVoice } from './fixtures/message-builder.ts';

let parks: TwoParks;
beforeAll(async () => {
  parks = await startTwoParks();
});
afterAll(async () => await parks.stop());

const dry = { 'team.name': 'Rivage', 'team.headcount': 4, 'laboratory.kind': 'dry' };

/** A paper that the south keeps, larger than one answer, and a case in the north that it was given. */
async function aFiling() {
  const { north, south } = parks;
  const content = Buffer.from(`plan ${newId(south.clock)} `.repeat(120_000));
  const sha256 = sha256Of(content);
  const voice = new PeerVoice(north.services);
  const paper = {
    ...{ type: 'floor-plan', name: 'plan.txt', digest: sha256 },
    ...{ sizeBytes: content.byteLength, mediaType: 'text/plain' },
  };
  const data = filingData(north.services, voice.dossierId, dry, [paper]);
  await south.services.evidenceStore.put(content);
  await south.services.store.write(async (tx) => {
    const storedAt = instantNow(south.clock);
    await tx
      .insertInto('evidenceFiles')
      .values({ sha256, sizeBytes: content.byteLength, mediaType: 'text/plain', storedAt })
      .execute();
    await tx.insertInto('crossingPapers').values({ caseId: data.caseId, sha256 }).execute();
  });
  expect(await voice.say('org.twinpark.filing.submitted', data)).toBeNull();
  return { caseId: data.caseId, sha256, content };
}

async function ask(from: 'north' | 'south', caseId: string, sha256: string, rest = '') {
  const client = parks[from].services.peer?.client;
  const answered = await client?.get(`/gateway/cases/${caseId}/files/${sha256}${rest}`, { protocol: 2 });
  if (answered?.kind !== 'answered') throw new Error(JSON.stringify(answered));
  return answered;
}

it('a paper comes from the park that keeps it, piece by piece, and is the same here', async () => {
  const { caseId, sha256, content } = await aFiling();
  expect(content.byteLength).toBeGreaterThan(4_194_304);
  await fetchFiles(parks.north.services);
  const officer = await parks.north.as('officer', office);
  const { bytes } = await officer.call(readCaseEvidence, { params: { caseId, sha256 } });
  expect(sha256Of(bytes)).toBe(sha256);
  const audited = await parks.south.services.store.write((tx) =>
    tx
      .selectFrom('auditEvents')
      .select(['action', 'organization', 'outcome'])
      .where('subjectId', '=', caseId)
      .where('action', '=', 'evidence.read')
      .execute(),
  );
  expect(audited).toEqual([{ action: 'evidence.read', organization: 'north', outcome: 'success' }]);
});

it('a file is sent for the case that it crosses with, and for no other', async () => {
  const { caseId, sha256, content } = await aFiling();
  const { status, body } = await ask('north', caseId, sha256, `?from=${content.byteLength - 3}`);
  expect([status, Buffer.from(body)]).toEqual([200, content.subarray(-3)]);
  for (const [wantedCase, wanted, rest] of [
    [newId(parks.north.clock), sha256, ''],
    [caseId, 'a'.repeat(64), ''],
    [caseId, sha256, `?from=${content.byteLength}`],
  ] as const) {
    expect((await ask('north', wantedCase, wanted, rest)).status).toBe(404);
  }
  expect((await ask('north', caseId, sha256, '?from=-1')).status).toBe(400);
  // The north keeps the paper too by then, and it is not the north's to hand out.
  expect((await ask('south', caseId, sha256)).status).toBe(404);
});

it('a damaged file is not sent', async () => {
  const { caseId, sha256 } = await aFiling();
  await parks.south.services.store.write(async (tx) => {
    await tx
      .insertInto('crossingPapers')
      .values({ caseId, sha256: 'd'.repeat(64) })
      .execute();
    const storedAt = instantNow(parks.south.clock);
    await tx
      .insertInto('evidenceFiles')
      .values({ sha256: 'd'.repeat(64), sizeBytes: 5, mediaType: 'text/plain', storedAt })
      .execute();
  });
  expect((await ask('north', caseId, 'd'.repeat(64))).status).toBe(500);
  expect((await ask('north', caseId, sha256)).status).toBe(200);
});

it('the pages of an output go to the park of its applicant, and those of others do not', async () => {
  const { caseId } = await aFiling();
  const officer = await parks.north.as('officer', office);
  const second = await parks.north.as('officer', office, 'second');
  await act(officer, caseId, 'acceptCase');
  await act(officer, caseId, 'completeStep', { step: 'technical-review', result: 'passed' });
  await act(officer, caseId, 'proposeDecision', { outcome: 'granted' });
  await act(second, caseId, 'approveDecision');
  await act(officer, caseId, 'serveOutput', { establishes: { 'northPermit.number': 'N-1' } });
  const { bytes } = await officer.call(readOutputDocument, { params: { caseId, language: 'de' } });
  const sha256 = sha256Of(bytes);
  const { status, body } = await ask('south', caseId, sha256);
  expect([status, sha256Of(body)]).toEqual([200, sha256]);
  await parks.north.services.store.write((tx) =>
    tx.updateTable('cases').set({ applicantPark: null }).where('caseId', '=', caseId).execute(),
  );
  expect((await ask('south', caseId, sha256)).status).toBe(404);
});
