import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listAuditEvents } from '@twinpark/contract/audit/list-audit-events.ts';
import { getCase } from '@twinpark/contract/case/get-case.ts';
import { getDossier } from '@twinpark/contract/dossier/dossiers.ts';
import {
  answerByHand,
  getLink,
  getMessage,
  listMessages,
  resendMessage,
} from '@twinpark/contract/gateway/traffic.ts';
import { listNotifications } from '@twinpark/contract/notification/notifications.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, aDossier, filedAcross, withPaper } from '../testing/dossiers.ts';
import type { TestClient } from '../testing/test-client.ts';
import type { TestNode } from '../testing/test-node.ts';
import { startTwoParks, type TwoParks } from '../testing/two-parks.ts';
import { bring } from './fixtures/carry.ts';
import { sendAll, talk } from './fixtures/send-all.ts';
import { encodeMessage } from './message-codec.ts';
import { PeerClient } from './peer-client.ts';

/** The name of the team crosses, and whoever looks after the traffic never reads it. */
const secret = `team-${randomUUID()}`;
const answers = {
  'team.name': secret,
  'team.headcount': 5,
  'laboratory.kind': 'wet',
  'laboratory.opensOn': '2027-01-04',
};
const ownPermit = 'north-laboratory-permit';
const theirPermit = 'south-laboratory-permit';

let parks: TwoParks;
let north: TestNode;
let south: TestNode;
let lind: TestClient;
let operator: TestClient;
let southOperator: TestClient;
beforeAll(async () => {
  parks = await startTwoParks();
  ({ north, south } = parks);
  lind = await north.as('applicant', 'Lind Laboratories');
  operator = await north.as('operator', 'north-operator');
  southOperator = await south.as('operator', 'south-operator');
});
afterAll(async () => await parks.stop());

/** A dossier of the north whose step in the south has been filed, and waits to be sent. */
async function crossing() {
  const { dossierId } = await aDossier(lind, answers);
  await withPaper(north, lind, dossierId, 'safety-concept');
  await withPaper(north, lind, dossierId, 'floor-plan');
  const { caseId } = await filedAcross(lind, dossierId, theirPermit);
  const [message] = (await sentOf({ caseId })).items;
  return { dossierId, caseId, messageId: message?.messageId ?? '' };
}

/** Something that goes behind it in the same stream: what the north's own case shares with the joint panel. */
async function somethingBehind(dossierId: string): Promise<void> {
  const { caseId } = await filedAcross(lind, dossierId, ownPermit);
  await act(north, caseId, { type: 'acceptCase' });
  await act(
    north,
    caseId,
    { type: 'completeStep', step: 'technical-review', result: 'passed' },
    { type: 'contribute', step: 'safety-panel', answer: 'yes' },
  );
}

const sentOf = (query: object = {}, by: TestClient = operator) => by.get(listMessages, { query });
const words = (by: TestClient, language: string) =>
  by.get(getLink, { headers: { 'accept-language': language } });
const run = (node: TestNode, text: string, values: unknown[] = []) =>
  node.services.store.jobs.executeSql(text, values);

/** Puts a field into a message that its service does not declare, as a node with other rules would. */
const spoil = (messageId: string) =>
  run(
    north,
    `update outbox_messages set data = jsonb_set(data, '{answers,contact.email}', '"x@reed.example"') where message_id = $1`,
    [messageId],
  );
const mend = (messageId: string) =>
  run(north, `update outbox_messages set data = data #- '{answers,contact.email}' where message_id = $1`, [
    messageId,
  ]);

async function stuck() {
  const made = await crossing();
  await spoil(made.messageId);
  await somethingBehind(made.dossierId);
  await sendAll(north);
  return { ...made, params: { messageId: made.messageId } };
}

const typesTaken = async (dossierId: string) => {
  const { rows } = await run(
    south,
    'select position, type from inbox_messages where stream = $1 order by position',
    [`dossier-${dossierId}`],
  );
  return rows.map(({ position, type }) => `${position} ${String(type).replace('org.twinpark.', '')}`);
};

describe('how the other park is reached', () => {
  it('says that nothing waits while it answers', async () => {
    await crossing();
    await sendAll(north);
    expect(await operator.get(getLink, {})).toMatchObject({
      peer: { park: 'south', url: parks.links.fromNorth.url },
      protocol: 2,
      lastContactAt: north.clock.now().toString({ fractionalSecondDigits: 3 }),
      failingSince: null,
      attempts: 0,
      problem: null,
      nextAttemptAt: null,
      waiting: { count: 0, oldestAt: null },
      stuck: { count: 0, oldestAt: null },
    });
  });

  it('says since when it is away, why, and when it is tried next, in three languages', async () => {
    parks.links.fromNorth.isCut = true;
    const since = north.clock.now();
    await crossing();
    await sendAll(north);
    for (const { clock } of [north, south]) clock.advance({ minutes: 1 });
    await sendAll(north);
    expect(await words(operator, 'en')).toMatchObject({
      failingSince: since.toString({ fractionalSecondDigits: 3 }),
      attempts: 2,
      nextAttemptAt: since.add({ minutes: 2 }).toString({ fractionalSecondDigits: 3 }),
      problem: {
        code: 'peerUnreachable',
        raisedBy: 'node',
        sentence: expect.stringMatching(
          /^The other park’s node does not answer \([A-Z_]+\)\. This node tries again by itself\.$/,
        ),
      },
      waiting: { count: 1, oldestAt: since.toString({ fractionalSecondDigits: 3 }) },
    });
    expect((await words(operator, 'zh-Hans')).problem?.sentence).toContain('对方园区节点没有回应');
    expect((await words(operator, 'zh-Hant')).problem?.sentence).toContain('對方園區的節點沒有回應');
    parks.links.fromNorth.isCut = false;
    await sendAll(north);
    expect(await words(operator, 'en')).toMatchObject({ failingSince: null, waiting: { count: 0 } });
  });

  it('says so when something answers there that cannot prove to be its node', async () => {
    const stranger = createServer((_, answer) => answer.end('{"results":[]}')).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    const { peerKeys, ownKeys, keys, clock } = north.services;
    const misled = new PeerClient({
      peerUrl: `http://127.0.0.1:${port}`,
      peerKeys,
      signer: () => ownKeys.signer(keys.gateway),
      clock,
    });
    const { messageId } = await crossing();
    await sendAll(north, misled);
    stranger.close();
    stranger.closeAllConnections();
    const { problem, waiting } = await words(operator, 'en');
    expect(problem).toMatchObject({
      code: 'peerAnswerUnsigned',
      sentence: expect.stringContaining('cannot be shown to be its node'),
    });
    expect(waiting.count).toBe(1);
    await sendAll(north);
    expect(await operator.get(getMessage, { params: { messageId } })).toMatchObject({ status: 'delivered' });
  });
});

describe('the traffic', () => {
  it('is listed newest first, page by page, on both sides', async () => {
    const { caseId, messageId } = await crossing();
    await talk(north, south);
    const everything = (await sentOf({ limit: 100 })).items.map((item) => item.messageId);
    expect(everything.length).toBeGreaterThan(3);
    expect(everything[0]).toBe(messageId);
    const paged: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await sentOf({ limit: 2, ...(cursor && { cursor }) });
      paged.push(...page.items.map((item) => item.messageId));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(everything);
    const received = (await sentOf({ direction: 'received', caseId }, southOperator)).items;
    expect(received).toEqual([
      expect.objectContaining({
        messageId,
        direction: 'received',
        type: 'org.twinpark.filing.submitted',
        status: 'taken',
        caseId,
        position: 1,
      }),
    ]);
    expect((await sentOf({ caseId }, southOperator)).items.map(({ type }) => type)).toEqual([
      'org.twinpark.case.reported',
      'org.twinpark.act.answered',
    ]);
    const problem = await operator.problem(listMessages, { query: { cursor: 'made-up' } });
    expect(problem.code).toBe('cursorInvalid');
  });

  it('shows of a message the names of what it carries and both log entries, and never a value', async () => {
    const { messageId } = await crossing();
    const params = { messageId };
    await sendAll(north);
    await north.services.log.sequence();
    const sent = await operator.get(getMessage, { params });
    const received = await southOperator.get(getMessage, { params });
    expect(sent).toMatchObject({
      fields: ['laboratory.opensOn', 'team.name'],
      papers: [{ type: 'safety-concept', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      digest: received.digest,
      ownEntry: { logIndex: expect.any(Number) },
      peerEntry: received.ownEntry,
      kept: true,
      canResend: false,
      canAnswerByHand: false,
    });
    expect(received).toMatchObject({ fields: sent.fields, papers: sent.papers, peerEntry: null });
    expect(received.ownEntry?.logIndex).toEqual(expect.any(Number));
    expect(sent.ownEntry?.entryId).not.toBe(received.ownEntry?.entryId);
    const shown = [
      sent,
      received,
      await sentOf({ limit: 100 }),
      await sentOf({ direction: 'received', limit: 100 }, southOperator),
      await operator.get(getLink, {}),
    ];
    expect(JSON.stringify(shown)).not.toContain(secret);
    expect(JSON.stringify(await lind.get(getDossier, { params: await firstDossier() }))).toContain(secret);
  });
});

async function firstDossier() {
  const { rows } = await run(north, 'select dossier_id from dossiers order by created_at limit 1');
  return { dossierId: String(rows[0]?.['dossier_id']) };
}

describe('a message that the other park refuses', () => {
  it('is stuck with the reason in words, and holds up what is behind it in its stream alone', async () => {
    const { messageId, params, caseId } = await stuck();
    const { items } = await sentOf({ status: 'stuck' });
    expect(items).toEqual([
      expect.objectContaining({
        messageId,
        status: 'stuck',
        attempts: 1,
        blocks: 2,
        problem: expect.objectContaining({
          code: 'fieldNotDeclared',
          raisedBy: 'peer',
          facts: { field: 'contact.email' },
          sentence: expect.stringContaining('does not declare (contact.email)'),
        }),
      }),
    ]);
    expect((await sentOf({ status: 'unsettled' })).items.map(({ status }) => status)).toEqual([
      'waiting',
      'waiting',
      'stuck',
    ]);
    expect(await words(operator, 'en')).toMatchObject({
      failingSince: null,
      waiting: { count: 2 },
      stuck: { count: 1 },
    });
    expect(await operator.get(getMessage, { params })).toMatchObject({
      canResend: true,
      canAnswerByHand: true,
      peerEntry: null,
    });
    const other = await crossing();
    await sendAll(north);
    expect(await operator.get(getMessage, { params: { messageId: other.messageId } })).toMatchObject({
      status: 'delivered',
    });
    const { rows } = await run(south, 'select 1 from cases where case_id = $1', [caseId]);
    expect(rows).toEqual([]);
  });

  it('is refused once more while nothing is mended, and goes through with all behind it once it is', async () => {
    const [item] = (await sentOf({ status: 'stuck' })).items;
    const params = { messageId: item?.messageId ?? '' };
    const dossierId = item?.stream.replace('dossier-', '') ?? '';
    expect(await operator.get(resendMessage, { params })).toMatchObject({ status: 'waiting', problem: null });
    await sendAll(north);
    expect(await operator.get(getMessage, { params })).toMatchObject({ status: 'stuck', attempts: 2 });
    await mend(params.messageId);
    await operator.get(resendMessage, { params });
    await talk(north, south);
    expect((await sentOf({ status: 'unsettled' })).items).toEqual([]);
    expect(await typesTaken(dossierId)).toEqual([
      '1 filing.submitted',
      '2 joint.briefed',
      '3 joint.contributed',
    ]);
    const officer = await south.as('officer', 'south-office');
    const heard = await officer.get(getCase, { params: { caseId: item?.caseId ?? '' } });
    expect(heard.steps.find(({ joint }) => joint !== null)?.joint).toMatchObject({
      other: { answer: 'yes' },
    });
  });

  it('is settled by hand: an empty one takes its place, what waits follows, and the applicant is told', async () => {
    const { params, caseId, dossierId } = await stuck();
    const note = 'Agreed by telephone with the south office: the paper was filed on site.';
    expect(await operator.get(answerByHand, { params, body: { note } })).toMatchObject({
      status: 'replaced',
      blocks: 0,
    });
    await talk(north, south);
    expect(await typesTaken(dossierId)).toEqual([
      '1 message.replaced',
      '2 joint.briefed',
      '3 joint.contributed',
    ]);
    expect((await sentOf({ status: 'unsettled' })).items).toEqual([]);
    expect((await sentOf({ caseId })).items.map(({ type, status }) => `${type} ${status}`)).toEqual([
      'org.twinpark.message.replaced delivered',
      'org.twinpark.filing.submitted replaced',
    ]);
    const told = async (language: string) => {
      const headers = { 'accept-language': language };
      const { steps } = await lind.get(getDossier, { params: { dossierId }, headers });
      return steps.find(({ step }) => step === theirPermit)?.filing?.act;
    };
    expect(await told('en')).toMatchObject({
      action: 'fileCase',
      answer: {
        outcome: 'refused',
        refusal: { code: 'answeredByHand', detail: expect.stringContaining(note) },
      },
    });
    expect((await told('zh-Hans'))?.answer?.refusal?.detail).toContain('主管部门尚未据此办理');
    expect((await told('zh-Hant'))?.answer?.refusal?.detail).toContain('主管當局未有據此行事');
    expect((await lind.get(getCase, { params: { caseId } })).act?.answer?.refusal?.code).toBe(
      'answeredByHand',
    );
    const { items } = await lind.get(listNotifications, {});
    expect(items.filter((notice) => notice.case.caseId === caseId)).toEqual([
      expect.objectContaining({
        kind: 'actRefused',
        facts: expect.objectContaining({ action: 'fileCase', refusal: 'answeredByHand' }),
      }),
    ]);
  });

  it('changes nothing should it arrive after all, and the step can be filed anew', async () => {
    const { params, caseId, dossierId, messageId } = await stuck();
    await operator.get(answerByHand, { params, body: { note: 'To be filed once more, as agreed.' } });
    await talk(north, south);
    await mend(messageId);
    const row = await north.services.store.write((tx) =>
      tx
        .selectFrom('outboxMessages')
        .selectAll()
        .where('messageId', '=', messageId)
        .executeTakeFirstOrThrow(),
    );
    const [late] = await bring(south, [encodeMessage(row, 'twinpark/elmera/north', 2)]);
    expect(late).toMatchObject({ result: 'refused', problem: { code: 'messageAltered' } });
    const { rows } = await run(south, 'select 1 from cases where case_id = $1', [caseId]);
    expect(rows).toEqual([]);
    const again = await filedAcross(lind, dossierId, theirPermit);
    await talk(north, south);
    expect(await lind.get(getCase, { params: { caseId: again.caseId } })).toMatchObject({ status: 'filed' });
    expect((await sentOf({ status: 'unsettled' })).items).toEqual([]);
  });
});

describe('who looks after the traffic', () => {
  it('is the operator; the oversight body reads, and nobody else sees anything', async () => {
    const { params } = await stuck();
    const body = { note: 'Agreed with the other operator.' };
    const auditor = await north.as('auditor', 'oversight');
    expect((await auditor.get(getMessage, { params })).status).toBe('stuck');
    expect((await auditor.get(getLink, {})).stuck.count).toBe(1);
    const strangers = [
      lind,
      await north.as('officer', 'north-office'),
      await north.as('supervisor', 'north-office'),
    ];
    for (const client of strangers) {
      expect((await client.call(getLink, {})).status).toBe(403);
      expect((await client.call(listMessages, {})).status).toBe(403);
      expect((await client.call(getMessage, { params })).status).toBe(403);
    }
    for (const client of [...strangers, auditor]) {
      expect((await client.call(resendMessage, { params })).status).toBe(403);
      expect((await client.call(answerByHand, { params, body })).status).toBe(403);
    }
    expect((await north.nobody.call(getMessage, { params })).status).toBe(401);
    expect((await operator.get(getMessage, { params })).status).toBe('stuck');
  });

  it('settles only what is stuck', async () => {
    const body = { note: 'Agreed with the other operator.' };
    const { messageId: waits } = await crossing();
    const [delivered] = (await sentOf({ limit: 100 })).items.filter(({ status }) => status === 'delivered');
    const [received] = (await sentOf({ direction: 'received' })).items;
    for (const messageId of [waits, delivered?.messageId ?? '']) {
      const params = { messageId };
      expect((await operator.problem(resendMessage, { params })).code).toBe('messageNotStuck');
      expect((await operator.problem(answerByHand, { params, body })).code).toBe('messageNotStuck');
    }
    for (const messageId of [received?.messageId ?? '', randomUUID()]) {
      const params = { messageId };
      expect((await operator.problem(resendMessage, { params })).code).toBe('notFound');
      expect((await operator.problem(answerByHand, { params, body })).code).toBe('notFound');
    }
  });

  it('leaves an entry in the audit trail for what it read and did, refusals alike, without what it wrote', async () => {
    const auditor = await north.as('auditor', 'oversight');
    const { params, messageId } = await stuck();
    const note = `by-hand-${randomUUID()}`;
    await operator.get(getMessage, { params });
    await operator.get(resendMessage, { params });
    await sendAll(north);
    await operator.get(answerByHand, { params, body: { note } });
    await operator.problem(answerByHand, { params, body: { note } });
    const { items } = await auditor.get(listAuditEvents, { query: { subject: messageId } });
    expect(items.map(({ action, outcome, code, role }) => [action, outcome, code, role])).toEqual([
      ['message.answerByHand', 'refused', 'messageNotStuck', 'operator'],
      ['message.answerByHand', 'success', null, 'operator'],
      ['message.resend', 'success', null, 'operator'],
      ['message.read', 'success', null, 'operator'],
    ]);
    const { rows } = await run(north, 'select details::text as details from audit_events');
    expect(JSON.stringify(rows)).not.toContain(note);
  });
});
