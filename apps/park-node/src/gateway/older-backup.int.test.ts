import { randomUUID } from 'node:crypto';
import { commandEndpoints } from '@twinpark/contract/case/case-commands.ts';
import { getCase } from '@twinpark/contract/case/get-case.ts';
import { answerByHand, getMessage, listMessages, resendMessage } from '@twinpark/contract/gateway/traffic.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedStoreOver, openEmbeddedDatabase } from '../platform/database/embedded-store.ts';
import { act, aDossier, filedAcross, withPaper } from '../testing/dossiers.ts';
import { openTestPglite } from '../testing/stores.ts';
import type { TestClient } from '../testing/test-client.ts';
import type { TestNode } from '../testing/test-node.ts';
import { startTwoParks, type TwoParks } from '../testing/two-parks.ts';
import { sendAll, talk } from './fixtures/send-all.ts';
import { clearMessages } from './retention.ts';

type Database = Awaited<ReturnType<typeof openTestPglite>>;

let parks: TwoParks;
let north: TestNode;
let reed: TestClient;
let database: Database;
beforeAll(async () => {
  parks = await startTwoParks();
  north = parks.north;
  reed = await north.as('applicant', 'Reed Institute');
  await startSouthOver(await openTestPglite());
});
afterAll(async () => await parks.stop());

async function startSouthOver(next: Database): Promise<void> {
  database = next;
  await parks.restart(
    'south',
    embeddedStoreOver(next, north.clock, () => {}),
  );
}

/** Takes a copy of the south's database; the function that is returned puts it back. */
async function backUpSouth(): Promise<() => Promise<void>> {
  // Else numbers that were already drawn would be skipped, as after a crash.
  await database.exec('checkpoint');
  const image = await database.dumpDataDir('none');
  return async () => await startSouthOver(await openEmbeddedDatabase(null, image));
}

const answers = {
  'team.name': 'Reed',
  'team.headcount': 5,
  'laboratory.kind': 'wet',
  'laboratory.opensOn': '2027-01-04',
};

/** A dossier of the north, filed in the south, and on its own side up to the joint panel. */
async function crossing() {
  const { dossierId } = await aDossier(reed, answers);
  for (const paper of ['floor-plan', 'safety-concept']) await withPaper(north, reed, dossierId, paper, paper);
  const { caseId } = await filedAcross(reed, dossierId, 'south-laboratory-permit');
  const own = await filedAcross(reed, dossierId, 'north-laboratory-permit');
  await act(
    north,
    own.caseId,
    { type: 'acceptCase' },
    { type: 'completeStep', step: 'technical-review', result: 'passed' },
  );
  const say = async () => {
    await act(north, own.caseId, { type: 'contribute', step: 'safety-panel', answer: 'yes' });
  };
  return { stream: `dossier-${dossierId}`, caseId, say };
}

const rowsOf = async (node: TestNode, text: string, values: unknown[] = []) =>
  (await node.services.store.jobs.executeSql(text, values)).rows as readonly Record<string, unknown>[];
const taken = async (stream: string) => {
  const rows = await rowsOf(
    parks.south,
    'select position, type from inbox_messages where stream = $1 order by position',
    [stream],
  );
  return rows.map(({ position, type }) => `${position} ${String(type).replace('org.twinpark.', '')}`);
};
const stuckOf = async (node: TestNode) => {
  const operator = await node.as('operator', `${node.services.park.id}-operator`, randomUUID());
  const { items } = await operator.get(listMessages, { query: { status: 'stuck' } });
  return { operator, items };
};

async function expectInStep({ stream, caseId }: { readonly stream: string; readonly caseId: string }) {
  const digests = 'select position, digest from BOX_messages where stream = $1 order by position';
  const inPlace = digests.replace('BOX', 'outbox').replace('where', "where status <> 'replaced' and");
  expect(await rowsOf(parks.south, digests.replace('BOX', 'inbox'), [stream])).toEqual(
    await rowsOf(north, inPlace, [stream]),
  );
  const unsettled = "select 1 from outbox_messages where status in ('waiting', 'stuck')";
  expect(await rowsOf(north, unsettled)).toEqual([]);
  expect(await rowsOf(parks.south, unsettled)).toEqual([]);
  const about = ['case_number', 'status', 'filed_on', 'version'].join(', ');
  const here = await rowsOf(parks.south, `select ${about} from cases where case_id = $1`, [caseId]);
  expect(here).toHaveLength(1);
  expect(await rowsOf(north, `select ${about} from peer_cases where case_id = $1`, [caseId])).toEqual(here);
}

const heardAnswer = async (caseId: string) => {
  const officer = await parks.south.as('officer', 'south-office', randomUUID());
  const { steps } = await officer.get(getCase, { params: { caseId } });
  return steps.find(({ joint }) => joint !== null)?.joint?.other?.answer;
};

describe('the other park comes back from an older backup', () => {
  it('and is sent again what it has lost as soon as something new is said; then both are in step', async () => {
    const known = await crossing();
    await talk(north, parks.south);
    const restore = await backUpSouth();
    // Nothing of what follows has been answered yet, but everything was taken.
    parks.links.fromSouth.isCut = true;
    const lost = await crossing();
    await known.say();
    await sendAll(north);
    expect(await taken(lost.stream)).toEqual(['1 filing.submitted', '2 joint.briefed']);
    await restore();
    parks.links.fromSouth.isCut = false;
    expect(await taken(lost.stream)).toEqual([]);

    await lost.say();
    const params = { caseId: await ownCaseOf(known.stream) };
    await reed.get(commandEndpoints.withdrawCase, { params, body: {} });
    await talk(north, parks.south);
    expect(await taken(lost.stream)).toEqual([
      '1 filing.submitted',
      '2 joint.briefed',
      '3 joint.contributed',
    ]);
    expect(await taken(known.stream)).toEqual([
      '1 filing.submitted',
      '2 joint.briefed',
      '3 joint.contributed',
      '4 joint.ended',
    ]);
    expect(await heardAnswer(lost.caseId)).toBe('yes');
    await expectInStep(lost);
    await expectInStep(known);
  });

  it('and what it says anew of what it had told before goes on where this side stands, once a person has looked', async () => {
    const restore = await backUpSouth();
    const lost = await crossing();
    await talk(north, parks.south);
    expect((await reed.get(getCase, { params: { caseId: lost.caseId } })).status).toBe('filed');
    await restore();
    await lost.say();
    await talk(north, parks.south);
    const { operator, items } = await stuckOf(parks.south);
    expect(items).toEqual([
      expect.objectContaining({
        type: 'org.twinpark.act.answered',
        position: 1,
        blocks: 2,
        problem: expect.objectContaining({
          code: 'messageAltered',
          facts: { position: 1, expected: 3 },
          sentence: expect.stringContaining('goes out as message 3 of its stream'),
        }),
      }),
    ]);
    await operator.get(resendMessage, { params: { messageId: items[0]?.messageId ?? '' } });
    await talk(parks.south, north);
    const outgoing = await rowsOf(
      parks.south,
      'select position, type, status from outbox_messages where stream = $1 order by position',
      [lost.stream],
    );
    expect(outgoing.map(({ position, status }) => `${position} ${status}`)).toEqual([
      '3 delivered',
      '4 delivered',
      '5 delivered',
    ]);
    expect(await heardAnswer(lost.caseId)).toBe('yes');
    await expectInStep(lost);
  });

  it('and what it would say anew can be left out by hand as well', async () => {
    const restore = await backUpSouth();
    const lost = await crossing();
    await talk(north, parks.south);
    await restore();
    await lost.say();
    await talk(north, parks.south);
    const { operator, items } = await stuckOf(parks.south);
    const params = { messageId: items[0]?.messageId ?? '' };
    await operator.get(answerByHand, { params, body: { note: 'It was told before the restore.' } });
    await talk(parks.south, north);
    const outgoing = await rowsOf(
      parks.south,
      'select position, type, status from outbox_messages where stream = $1 order by position, status',
      [lost.stream],
    );
    expect(outgoing.map(({ position, type, status }) => `${position} ${type} ${status}`)).toEqual([
      '1 org.twinpark.act.answered replaced',
      '3 org.twinpark.case.reported delivered',
      '4 org.twinpark.case.reported delivered',
    ]);
    await expectInStep(lost);
  });

  it('and asks for what is no longer kept: that is stuck, and says what it comes to', async () => {
    const restore = await backUpSouth();
    parks.links.fromSouth.isCut = true;
    const lost = await crossing();
    await sendAll(north);
    parks.links.fromSouth.isCut = false;
    north.clock.advance({ days: 31 });
    parks.south.clock.advance({ days: 31 });
    await clearMessages({ ...north.services, config: { messagesKeptDays: 30 } });
    await restore();
    await lost.say();
    await sendAll(north);
    const { operator, items } = await stuckOf(north);
    expect(items).toEqual([
      expect.objectContaining({
        stream: lost.stream,
        position: 3,
        problem: expect.objectContaining({
          code: 'positionGap',
          sentence: expect.stringMatching(/has lost message 1 of this stream.*not all of it is kept here/),
        }),
      }),
    ]);
    const params = { messageId: items[0]?.messageId ?? '' };
    expect(await operator.get(resendMessage, { params })).toMatchObject({ status: 'waiting' });
    await sendAll(north);
    expect(await operator.get(getMessage, { params })).toMatchObject({ status: 'delivered' });
    expect(await taken(lost.stream)).toEqual([
      '1 message.replaced',
      '2 message.replaced',
      '3 joint.contributed',
    ]);
    const first = await rowsOf(
      north,
      "select message_id from outbox_messages where stream = $1 and position = 1 and status = 'replaced'",
      [lost.stream],
    );
    const gone = { messageId: String(first[0]?.['message_id']) };
    expect(await operator.get(getMessage, { params: gone })).toMatchObject({
      type: 'org.twinpark.filing.submitted',
      kept: false,
      canResend: false,
    });
  });
});

async function ownCaseOf(stream: string): Promise<string> {
  const [row] = await rowsOf(north, 'select case_id from cases where dossier_id = $1', [
    stream.replace('dossier-', ''),
  ]);
  return String(row?.['case_id']);
}
