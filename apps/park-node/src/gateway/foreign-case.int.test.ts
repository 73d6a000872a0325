import { createHash } from 'node:crypto';
import { exportCase } from '@twinpark/contract/case/export-case.ts';
import { getCase } from '@twinpark/contract/case/get-case.ts';
import { getCaseTimeline } from '@twinpark/contract/case/get-case-timeline.ts';
import { readCaseEvidence } from '@twinpark/contract/evidence/evidence.ts';
import { reportedEventSchema } from '@twinpark/contract/gateway/case-events.ts';
import { messageEnvelopeSchema } from '@twinpark/contract/gateway/messages.ts';
import { listNotifications } from '@twinpark/contract/notification/notifications.ts';
import { getOutput, readOutputDocument } from '@twinpark/contract/output/output.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, office } from '../case/fixtures/filing.ts';
import { ringDeadlines } from '../deadline/ring-deadlines.ts';
import { notify } from '../notification/notify.job.ts';
import { newId } from '../platform/ids.ts';
import { storeKinds } from '../testing/stores.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { fetchFiles } from './fetch-files.ts';
import {
  agreementTo,
  filingData,
  type OfferedPaper,
  outboxOf,
  PeerVoice,
  taken,
} from './fixtures/message-builder.ts';
import type { PeerAnswered } from './peer-client.ts';

const wet = { 'team.name': 'Rivage', 'team.headcount': 4, 'laboratory.kind': 'wet' };
const dry = { ...wet, 'laboratory.kind': 'dry' };

function aPaper(type: string, content: string): OfferedPaper & { readonly bytes: Uint8Array } {
  const bytes = new TextEncoder().encode(content);
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { type, name: `${type}.txt`, digest, sizeBytes: bytes.byteLength, mediaType: 'text/plain', bytes };
}

const plan = aPaper('floor-plan', 'Three rooms and a sink.');
const concept = aPaper('safety-concept', 'Nobody eats in here.');
const offered = ({ bytes: _, ...paper }: ReturnType<typeof aPaper>): OfferedPaper => paper;

describe.each(storeKinds)(
  'A case that an applicant of the other park files here, on the %s store',
  (kind) => {
    let node: TestNode;
    let officer: TestClient;
    let second: TestClient;
    let auditor: TestClient;

    beforeAll(async () => {
      node = await startTestNode({ kind, config: { peerUrl: 'http://peer.invalid' } });
      officer = await node.as('officer', office);
      second = await node.as('officer', office, 'second');
      auditor = await node.as('auditor', 'oversight');
    });
    afterAll(async () => {
      await node?.stop();
    });

    async function filed(answers: object = dry, papers: readonly OfferedPaper[] = [offered(plan)]) {
      const voice = new PeerVoice(node.services);
      const data = filingData(node.services, voice.dossierId, answers as typeof dry, papers);
      expect(await voice.say('org.twinpark.filing.submitted', data)).toBeNull();
      return { voice, data, caseId: data.caseId };
    }

    it('is opened under the id it was given, answered first, and reported without naming a person', async () => {
      const { voice, data, caseId } = await filed();
      const view = await officer.get(getCase, { params: { caseId } });
      expect(view).toMatchObject({
        status: 'filed',
        applicant: { name: 'Institut du Rivage' },
        dossierId: null,
      });
      const [answered, reported, ...more] = await outboxOf(node.services, voice.dossierId);
      expect(more).toEqual([]);
      expect(answered).toMatchObject({
        type: 'act.answered',
        position: 1,
        data: { caseId, outcome: 'done', caseNumber: view.caseNumber, refusal: null },
      });
      expect(reported).toMatchObject({
        type: 'case.reported',
        position: 2,
        data: {
          caseNumber: view.caseNumber,
          events: [
            { version: 1, event: { type: 'caseOpened', applicant: data.applicant.organizationId } },
            { version: 2, event: { type: 'caseFiled' } },
          ],
          deadlines: [{ clock: 'acceptance', subject: '', owner: 'authority' }],
          output: null,
        },
      });
      expect(JSON.stringify(reported)).not.toContain('"person"');
    });

    it('refuses in words of the law, and takes the message all the same', async () => {
      const voice = new PeerVoice(node.services);
      const { 'team.headcount': _, ...short } = dry;
      const data = filingData(node.services, voice.dossierId, short, []);
      expect(await voice.say('org.twinpark.filing.submitted', data)).toBeNull();
      expect(await outboxOf(node.services, voice.dossierId)).toMatchObject([
        {
          type: 'act.answered',
          data: {
            outcome: 'refused',
            caseNumber: null,
            refusal: {
              code: 'factsMissing',
              clause: { instrument: 'north-park-act' },
              facts: { facts: expect.arrayContaining(['team.headcount']) },
            },
          },
        },
      ]);
      expect((await officer.call(getCase, { params: { caseId: data.caseId } })).status).toBe(404);
    });

    it('takes amendments, withdrawals and remedies of its applicant, and of nobody else', async () => {
      const { voice, caseId } = await filed();
      const agreement = agreementTo(node.services);
      const answers = { 'team.headcount': 6 };
      const amended = { caseId, act: 'amendCase' as const, answers, papers: [], agreement };
      expect(await voice.say('org.twinpark.filing.amended', amended)).toBeNull();
      expect((await officer.get(getCase, { params: { caseId } })).facts).toContainEqual(
        expect.objectContaining({ id: 'team.headcount', value: 6 }),
      );
      const other = new PeerVoice(node.services);
      expect(await other.say('org.twinpark.filing.withdrawn', { caseId })).toMatchObject({
        code: 'streamOfOther',
      });
      expect(await voice.say('org.twinpark.filing.withdrawn', { caseId: newId(node.clock) })).toMatchObject({
        code: 'caseUnknown',
      });
      expect(await voice.say('org.twinpark.remedy.lodged', { caseId, remedy: 'appeal' })).toBeNull();
      expect((await outboxOf(node.services, voice.dossierId)).at(-1)).toMatchObject({
        data: { outcome: 'refused', refusal: { code: 'actionNotInStatus' } },
      });
      expect(await voice.say('org.twinpark.filing.withdrawn', { caseId })).toBeNull();
      expect((await outboxOf(node.services, voice.dossierId)).slice(-2)).toMatchObject([
        { type: 'act.answered', data: { outcome: 'done' } },
        { type: 'case.reported', data: { events: [{ event: { type: 'caseWithdrawn' } }], deadlines: [] } },
      ]);
    });

    it('refuses what its service does not declare, wherever it stands, and keeps nothing of it', async () => {
      const secret = 'canary-4711';
      const attempts = [
        ['fieldNotDeclared', { answers: { ...dry, 'laboratory.opensOn': '2026-09-01' } }],
        ['fieldNotDeclared', { answers: { ...dry, 'contact.email': secret } }],
        ['factValueInvalid', { answers: { ...dry, 'laboratory.kind': secret } }],
        ['factValueInvalid', { answers: { ...dry, 'team.headcount': secret } }],
        ['paperNotDeclared', { papers: [{ ...offered(plan), type: 'passport' }] }],
        ['messageMalformed', { papers: [{ ...offered(plan), name: '../plan.txt' }] }],
        ['definitionUnknown', { definition: 'f'.repeat(64) }],
        ['definitionUnknown', { service: 'no-such-service' }],
        ['serviceOfOtherPark', { service: 'south-tenancy' }],
        ['timeImplausible', { caseId: '01000000-0000-7000-8000-000000000000' }],
        ['timeImplausible', { caseId: '0f000000-0000-7000-8000-000000000000' }],
        ['timeImplausible', { caseId: 'f47ac10b-58cc-4372-a567-0e02b2c3d479' }],
        ['streamOfOther', { dossierId: newId(node.clock) }],
        ['agreementMissing', { agreement: agreementTo(node.services, 'b'.repeat(64)) }],
      ] as const;
      for (const [code, change] of attempts) {
        const voice = new PeerVoice(node.services);
        const data = filingData(node.services, voice.dossierId, dry, [offered(plan)]);
        const changed = { ...data, ...change } as typeof data;
        const message = voice.message('org.twinpark.filing.submitted', changed);
        const refused = await taken(node.services, message);
        expect(refused, JSON.stringify(change)).toMatchObject({ code });
        expect(JSON.stringify(refused)).not.toContain(secret);
        expect(await outboxOf(node.services, voice.dossierId)).toEqual([]);
        expect((await officer.call(getCase, { params: { caseId: changed.caseId } })).status).toBe(404);
      }
      const { voice, caseId } = await filed();
      const before = await outboxOf(node.services, voice.dossierId);
      const agreement = agreementTo(node.services);
      for (const [code, change] of [
        ['fieldNotDeclared', { answers: { 'contact.email': secret }, papers: [] }],
        ['paperNotDeclared', { answers: {}, papers: [{ ...offered(plan), type: 'passport' }] }],
      ] as const) {
        const data = { caseId, act: 'amendCase', agreement, ...change, papers: [...change.papers] } as const;
        expect(await voice.say('org.twinpark.filing.amended', data as never)).toMatchObject({ code });
      }
      expect(await outboxOf(node.services, voice.dossierId)).toEqual(before);
    });

    it('takes no id twice, and no filing in the name of an organisation of this park', async () => {
      const { data } = await filed();
      const voice = new PeerVoice(node.services);
      const again = filingData(node.services, voice.dossierId, dry, [offered(plan)], { caseId: data.caseId });
      expect(await voice.say('org.twinpark.filing.submitted', again)).toMatchObject({ code: 'caseIdTaken' });
      await node.as('applicant', 'Reed Institute');
      const { organizationId } = await node.services.store.write((tx) =>
        tx
          .selectFrom('organizations')
          .select('organizationId')
          .where('name', '=', 'Reed Institute')
          .executeTakeFirstOrThrow(),
      );
      const ours = filingData(node.services, voice.dossierId, dry, [offered(plan)], {
        applicant: { organizationId, name: 'Reed Institute' },
      });
      expect(await voice.say('org.twinpark.filing.submitted', ours)).toMatchObject({
        code: 'applicantOfThisPark',
      });
    });

    it('takes a filing that was long on its way, made in a month of which nothing is stored yet', async () => {
      const voice = new PeerVoice(node.services);
      const made = Temporal.Instant.from('2025-06-20T10:00:00Z');
      const caseId = newId({ now: () => made });
      const data = filingData(node.services, voice.dossierId, dry, [offered(plan)], { caseId });
      expect(await voice.say('org.twinpark.filing.submitted', data)).toBeNull();
      expect(await officer.get(getCase, { params: { caseId } })).toMatchObject({ status: 'filed' });
    });

    it('has its papers fetched, and shows none before it has come', async () => {
      const { caseId } = await filed(wet, [offered(plan), offered(concept)]);
      const params = { caseId, sha256: plan.digest };
      const onItsWay = (await officer.get(getCase, { params })).evidence.map((paper) => paper.onItsWay);
      expect(onItsWay).toEqual([true, true]);
      expect(await officer.problem(readCaseEvidence, { params })).toMatchObject({
        code: 'paperOnItsWay',
        status: 409,
      });

      const forged = new TextEncoder().encode('Everybody eats in.. .');
      const files = new Map([
        [plan.digest, plan.bytes],
        [concept.digest, forged],
      ]);
      const client = peerWith(files);
      await fetchFiles({ ...node.services, peer: { client } });
      expect(client.asked).toContain(`/gateway/cases/${caseId}/files/${plan.digest}?from=0`);
      const { bytes } = await officer.call(readCaseEvidence, { params });
      expect(Buffer.from(bytes).toString()).toBe('Three rooms and a sink.');
      const view = await officer.get(getCase, { params });
      expect(view.evidence.map(({ type, onItsWay }) => [type.id, onItsWay])).toEqual([
        ['floor-plan', false],
        ['safety-concept', true],
      ]);
      expect(await problemOf(caseId, concept.digest)).toMatchObject({ code: 'sizeMismatch' });

      // What is wrong stays undone until the applicant gives the paper again.
      await fetchFiles({
        ...node.services,
        peer: { client: peerWith(new Map([[concept.digest, concept.bytes]])) },
      });
      expect(await problemOf(caseId, concept.digest)).toMatchObject({ code: 'sizeMismatch' });
    });

    it('keeps no file whose bytes are not those that were named', async () => {
      const { caseId } = await filed(wet, [offered(plan), offered(concept)]);
      const wrong = new TextEncoder().encode('x'.repeat(concept.sizeBytes));
      await fetchFiles({
        ...node.services,
        peer: {
          client: peerWith(
            new Map([
              [concept.digest, wrong],
              [plan.digest, plan.bytes],
            ]),
          ),
        },
      });
      expect(await problemOf(caseId, concept.digest)).toMatchObject({ code: 'digestMismatch' });
      expect(await node.services.evidenceStore.check(createHash('sha256').update(wrong).digest('hex'))).toBe(
        'missing',
      );
    });

    it('goes on where a cut left a file, and lets one that fails keep none behind it', async () => {
      const long = aPaper('floor-plan', 'a sink, '.repeat(1_100_000));
      const { caseId } = await filed(wet, [offered(long), offered(concept)]);
      const files = new Map([
        [long.digest, long.bytes],
        [concept.digest, concept.bytes],
      ]);
      const cut = peerWith(files, { cutAt: `${long.digest}?from=8388608` });
      await expect(fetchFiles({ ...node.services, peer: { client: cut } })).rejects.toThrow('unreachable');
      const whole = peerWith(files);
      await fetchFiles({ ...node.services, peer: { client: whole } });
      const ofLong = whole.asked.filter((path) => path.includes(long.digest));
      expect(ofLong).toEqual([`/gateway/cases/${caseId}/files/${long.digest}?from=8388608`]);
      expect(await node.services.evidenceStore.check(long.digest)).toBe('sound');
      const { caseId: next } = await filed(wet, [offered(plan), offered(concept)]);
      const failing = peerWith(new Map([[concept.digest, concept.bytes]]), { failing: plan.digest });
      await expect(fetchFiles({ ...node.services, peer: { client: failing } })).rejects.toThrow('1 file');
      expect(
        (await officer.get(getCase, { params: { caseId: next } })).evidence.map(({ onItsWay }) => onItsWay),
      ).toEqual([true, false]);
    });

    it('lives its whole life here: decided, served, challenged, with nobody told who has no account', async () => {
      const { voice, data, caseId } = await filed(dry, [offered(plan)]);
      const params = { caseId };
      await act(officer, caseId, 'acceptCase');
      await act(officer, caseId, 'requestEvidence', { facts: ['laboratory.budget'] });
      const agreement = agreementTo(node.services);
      const answers = { 'laboratory.budget': 900 };
      await voice.say('org.twinpark.filing.amended', {
        caseId,
        act: 'supplyEvidence',
        answers,
        papers: [],
        agreement,
      });
      await act(officer, caseId, 'completeStep', { step: 'technical-review', result: 'passed' });
      await act(officer, caseId, 'proposeDecision', { outcome: 'granted' });
      await act(second, caseId, 'approveDecision');
      const served = await act(officer, caseId, 'serveOutput', {
        establishes: { 'northPermit.number': 'N-1' },
      });
      await voice.say('org.twinpark.remedy.lodged', { caseId, remedy: 'appeal' });
      expect(await officer.get(getCase, { params })).toMatchObject({ status: 'underRemedy' });

      const sent = await outboxOf(node.services, voice.dossierId);
      const reports = sent.filter(({ type }) => type === 'case.reported').map((message) => message.data);
      const events = reports.flatMap(
        (report) => report['events'] as { version: number; event: { type: string } }[],
      );
      expect(events.map(({ version, event }) => [version, event.type])).toEqual([
        [1, 'caseOpened'],
        [2, 'caseFiled'],
        [3, 'caseAccepted'],
        [4, 'evidenceRequested'],
        [5, 'evidenceSupplied'],
        [6, 'stepCompleted'],
        // 7 is the proposal, which stays between two officers.
        [8, 'caseDecided'],
        [9, 'outputServed'],
        [10, 'remedyLodged'],
      ]);
      for (const { event } of events)
        expect(reportedEventSchema.safeParse(event).success, event.type).toBe(true);
      const [output] = reports.flatMap((report) => report['output'] ?? []) as Record<string, unknown>[];
      expect(output).toMatchObject({
        receiptNumber: served.receiptNumber,
        verificationUrl: expect.stringContaining(`/verify/${served.receiptNumber}?code=`),
        documents: [{ language: 'de', mediaType: 'application/pdf', sizeBytes: expect.any(Number) }],
      });
      for (const { messageId, position, type, data: content } of sent) {
        const envelope = voice.message(
          `org.twinpark.${type}` as 'org.twinpark.case.reported',
          content as never,
        );
        expect(messageEnvelopeSchema.safeParse({ ...envelope, id: messageId, position }).success).toBe(true);
      }

      const { statement } = await officer.get(getOutput, { params });
      expect(statement.content.applicant).toBe('Institut du Rivage');
      const page = await officer.call(readOutputDocument, { params: { caseId, language: 'de' } });
      expect(page.status).toBe(200);
      const exported = await auditor.get(exportCase, { params });
      expect(exported.applicant).toEqual(data.applicant);
      const timeline = await officer.get(getCaseTimeline, { params, query: {} });
      expect(timeline.items.at(-1)).toMatchObject({
        by: { organization: { name: { de: 'Institut du Rivage' } }, person: null },
      });

      await notify(node.services, { caseId, from: 1, to: 10 });
      const { items } = await officer.get(listNotifications, { query: {} });
      expect(items.some((notice) => notice.case.caseId === caseId)).toBe(true);
      const toApplicant = await node.services.store.write((tx) =>
        tx
          .selectFrom('notifications')
          .select('kind')
          .where('recipient', '=', data.applicant.organizationId)
          .execute(),
      );
      expect(toApplicant).toEqual([]);
    });

    it('is decided by silence and rings the authority alone', async () => {
      const { voice, data, caseId } = await filed(dry, [offered(plan)]);
      await act(officer, caseId, 'acceptCase');
      const { clocks } = await officer.get(getCase, { params: { caseId } });
      const lastDay = Temporal.PlainDate.from(clocks.find(({ clock }) => clock === 'decision')?.dueOn ?? '');
      node.clock.travelTo(`${lastDay.add({ days: 1 })}T08:00:00Z`);
      await ringDeadlines(node.services);
      expect(await officer.get(getCase, { params: { caseId } })).toMatchObject({
        status: 'decided',
        decision: { outcome: 'granted', tacit: true },
      });
      expect((await outboxOf(node.services, voice.dossierId)).at(-1)).toMatchObject({
        type: 'case.reported',
        data: { events: [{ event: { type: 'caseDecided', tacit: true, by: { role: 'timer' } } }] },
      });
      const told = await node.services.store.write((tx) =>
        tx.selectFrom('notifications').select('recipient').where('caseId', '=', caseId).execute(),
      );
      expect(new Set(told.map(({ recipient }) => recipient))).toEqual(new Set([office]));
      expect(told.map(({ recipient }) => recipient)).not.toContain(data.applicant.organizationId);
    });

    async function problemOf(caseId: string, sha256: string) {
      const row = await node.services.store.write((tx) =>
        tx
          .selectFrom('fetches')
          .select('problem')
          .where('caseId', '=', caseId)
          .where('sha256', '=', sha256)
          .executeTakeFirstOrThrow(),
      );
      return row.problem;
    }
  },
);

/** The other park's node as a fetch sees it. */
function peerWith(
  files: ReadonlyMap<string, Uint8Array>,
  { cutAt, failing }: { readonly cutAt?: string; readonly failing?: string } = {},
) {
  const asked: string[] = [];
  return {
    asked,
    get: (path: string): Promise<PeerAnswered> => {
      if (cutAt && path.endsWith(cutAt)) {
        return Promise.resolve({ kind: 'unreachable', reason: 'ECONNRESET' });
      }
      asked.push(path);
      const { pathname, searchParams } = new URL(path, 'http://peer.invalid');
      const sha256 = pathname.split('/').at(-1) ?? '';
      const bytes = files.get(sha256);
      const from = Number(searchParams.get('from'));
      const status = sha256 === failing ? 500 : bytes ? 200 : 404;
      const body = bytes?.subarray(from, from + 4_194_304) ?? new Uint8Array();
      return Promise.resolve({ kind: 'answered', status, headers: {}, body });
    },
  };
}
