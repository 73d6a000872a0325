import { commandEndpoints } from '@twinpark/contract/case/case-commands.ts';
import { getCase } from '@twinpark/contract/case/get-case.ts';
import { getLink } from '@twinpark/contract/gateway/traffic.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, aDossier, decisionOf, dryLaboratory, filedAcross, withPaper } from '../testing/dossiers.ts';
import type { TestClient } from '../testing/test-client.ts';
import type { TestNode } from '../testing/test-node.ts';
import { startTwoParks, type TwoParks } from '../testing/two-parks.ts';
import { sendAll, talk } from './fixtures/send-all.ts';

/** Dossiers of each side. */
const dossiers = 34;
const start = '2026-06-10T08:00:00Z';
const theReturn = '2026-07-10T08:00:00Z';
const wetLaboratory = { ...dryLaboratory, 'laboratory.kind': 'wet', 'laboratory.opensOn': '2027-01-04' };

let parks: TwoParks;
let north: TestNode;
let south: TestNode;
let applicants: { readonly north: TestClient; readonly south: TestClient };
beforeAll(async () => {
  parks = await startTwoParks({ now: start, keepWire: true });
  ({ north, south } = parks);
  applicants = {
    north: await north.as('applicant', 'Reed Institute'),
    south: await south.as('applicant', 'Labor Lind'),
  };
});
afterAll(async () => await parks.stop());

const travelTo = (instant: string) => {
  for (const { clock } of [north, south]) clock.travelTo(instant);
};
const rowsOf = async (node: TestNode, text: string) =>
  (await node.services.store.jobs.executeSql(text)).rows as readonly Record<string, unknown>[];

async function figure(node: TestNode, name: string): Promise<number> {
  const { body } = await node.app.fastify.inject({ method: 'GET', url: '/metrics' });
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(body)?.[1]);
}

/** A dossier of the south, filed in the north before anything is amiss. */
async function filedInTheNorth(): Promise<string> {
  const { dossierId } = await aDossier(applicants.south, dryLaboratory);
  await withPaper(south, applicants.south, dossierId, 'floor-plan', 'the plan of them all');
  return (await filedAcross(applicants.south, dossierId, 'north-laboratory-permit')).caseId;
}

/** A dossier of the north that is filed on both sides while the south is away, and examined in the north. */
async function filedOnBothSides(): Promise<string> {
  const { dossierId } = await aDossier(applicants.north, wetLaboratory);
  for (const paper of ['floor-plan', 'safety-concept']) {
    await withPaper(north, applicants.north, dossierId, paper, paper);
  }
  const across = await filedAcross(applicants.north, dossierId, 'south-laboratory-permit');
  const own = await filedAcross(applicants.north, dossierId, 'north-laboratory-permit');
  await act(
    north,
    own.caseId,
    { type: 'acceptCase' },
    { type: 'completeStep', step: 'technical-review', result: 'passed' },
    { type: 'contribute', step: 'safety-panel', answer: 'yes' },
  );
  return across.caseId;
}

describe('the other park is away for a month', () => {
  const decidedInTheNorth: string[] = [];
  const filedMeanwhile: string[] = [];
  let waiting = 0;

  it('and everything that is said to it waits, while the link and the metrics tell since when', async () => {
    for (let count = 0; count < dossiers; count += 1) decidedInTheNorth.push(await filedInTheNorth());
    await talk(south, north);
    parks.links.fromNorth.isCut = true;
    parks.links.fromSouth.isCut = true;
    const [first] = decidedInTheNorth;
    await act(north, first ?? '', { type: 'acceptCase' });
    await sendAll(north);
    travelTo('2026-06-17T08:00:00Z');
    for (const caseId of decidedInTheNorth.slice(1)) await act(north, caseId, { type: 'acceptCase' });
    travelTo('2026-06-24T08:00:00Z');
    for (let count = 0; count < dossiers; count += 1) filedMeanwhile.push(await filedOnBothSides());
    await sendAll(north);
    travelTo('2026-07-01T08:00:00Z');
    for (const caseId of decidedInTheNorth) await act(north, caseId, ...decisionOf('granted').slice(1));
    travelTo(theReturn);
    await sendAll(north);

    const operator = await north.as('operator', 'north-operator');
    const link = await operator.get(getLink, {});
    waiting = link.waiting.count;
    expect(waiting).toBeGreaterThan(200);
    const [streams] = await rowsOf(
      north,
      "select count(distinct stream)::integer as count from outbox_messages where status = 'waiting'",
    );
    expect(streams?.['count']).toBe(2 * dossiers);
    expect(link).toMatchObject({
      failingSince: '2026-06-10T08:00:00.000Z',
      attempts: 3,
      problem: { code: 'peerUnreachable' },
      waiting: { oldestAt: '2026-06-10T08:00:00.000Z' },
      stuck: { count: 0 },
    });
    expect(await figure(north, 'twinpark_peer_away_seconds')).toBe(30 * 86_400);
    expect(await figure(north, 'twinpark_outbox_waiting')).toBe(waiting);
  }, 60_000);

  it('and on its return takes everything once and in order, under fresh signatures', async () => {
    parks.links.fromNorth.isCut = false;
    parks.links.fromSouth.isCut = false;
    parks.links.fromNorth.wire.length = 0;
    const [before] = await rowsOf(south, 'select count(*)::integer as count from inbox_messages');
    await talk(north, south);
    expect(
      await rowsOf(
        north,
        "select position, status, problem from outbox_messages where status <> 'delivered'",
      ),
    ).toEqual([]);
    const [after] = await rowsOf(south, 'select count(*)::integer as count from inbox_messages');
    expect(Number(after?.['count']) - Number(before?.['count'])).toBe(waiting);
    const sent =
      'select message_id, stream, position, type, digest from outbox_messages order by stream, position';
    expect(await rowsOf(south, sent.replace('outbox', 'inbox'))).toEqual(await rowsOf(north, sent));
    // As they came: the place of each in the log of the south rises with its position in the stream.
    await south.services.log.sequence();
    const places = await rowsOf(
      south,
      `select stream, array_agg(log_index order by position) = array_agg(log_index order by log_index) as in_order
       from inbox_messages join log_entries using (entry_id) group by stream`,
    );
    expect(places.filter(({ in_order }) => in_order !== true)).toEqual([]);
    expect(places.length).toBe(2 * dossiers);

    const created = parks.links.fromNorth.wire
      .map((bytes) => bytes.toString('latin1'))
      .filter((text) => text.startsWith('["POST","/gateway/messages"'))
      .map((text) => Number(/created=(\d+)/.exec(text)?.[1]));
    expect(created.length).toBeGreaterThan(0);
    expect(new Set(created)).toEqual(new Set([Temporal.Instant.from(theReturn).epochMilliseconds / 1_000]));
    const [oldest] = await rowsOf(
      south,
      "select min(sent_at) = '2026-06-10T08:00:00Z' as as_written from inbox_messages where type like '%reported'",
    );
    expect(oldest).toEqual({ as_written: true });
    expect(await figure(north, 'twinpark_peer_away_seconds')).toBe(0);
    expect(await figure(north, 'twinpark_outbox_waiting')).toBe(0);
  });

  it('and its applicants read what was decided meanwhile, with the days on which it was', async () => {
    const told = await rowsOf(
      south,
      'select case_id, case_number, status, outcome, filed_on, decided_on, version from peer_cases order by case_id',
    );
    const happened = await rowsOf(
      north,
      `select case_id, case_number, status, outcome, filed_on, decided_on, version from cases
       where applicant_park = 'south' order by case_id`,
    );
    expect(told).toEqual(happened);
    expect(told).toHaveLength(dossiers);
    const [caseId] = decidedInTheNorth;
    expect(await applicants.south.get(getCase, { params: { caseId: caseId ?? '' } })).toMatchObject({
      status: 'decided',
      outcome: 'granted',
      filedOn: '2026-06-10',
      decidedOn: '2026-07-01',
    });
  });

  it('and what was filed meanwhile is filed there on the day it arrives, with limits that both sides count alike', async () => {
    const filed = await rowsOf(
      south,
      `select case_id, case_number, status, filed_on, due_on from cases where applicant_park = 'north' order by case_id`,
    );
    expect(filed.map(({ case_id }) => case_id)).toEqual(filedMeanwhile.toSorted());
    expect(new Set(filed.map(({ filed_on }) => filed_on))).toEqual(new Set(['2026-07-10']));
    const asKnown = 'select case_id, case_number, status, filed_on, due_on from peer_cases order by case_id';
    expect(await rowsOf(north, asKnown)).toEqual(filed);

    const [caseId = ''] = filedMeanwhile;
    const officer = await south.as('officer', 'south-office');
    const { steps } = await officer.get(getCase, { params: { caseId } });
    expect(steps.find(({ joint }) => joint !== null)?.joint).toMatchObject({ other: { answer: 'yes' } });
    await officer.get(commandEndpoints.acceptCase, { params: { caseId }, body: {} });
    await talk(south, north);
    const due = (await officer.get(getCase, { params: { caseId } })).clocks;
    expect(due.length).toBeGreaterThan(0);
    const [known] = await rowsOf(
      north,
      `select due_on, deadlines from peer_cases where case_id = '${caseId}'`,
    );
    const [counted] = await rowsOf(south, `select due_on from cases where case_id = '${caseId}'`);
    expect(known?.['due_on']).toBe(counted?.['due_on']);
    expect(known?.['deadlines']).not.toEqual([]);
  });
});
