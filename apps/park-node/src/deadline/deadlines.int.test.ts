import { assignCase } from '@twinpark/contract/case/assign-case.ts';
import { countDeadlines, listDeadlines } from '@twinpark/contract/deadline/list-deadlines.ts';
import { watchDesk } from '@twinpark/contract/deadline/watch-desk.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, aFiledCase, court, decide, office } from '../case/fixtures/filing.ts';
import { storeKinds } from '../testing/stores.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';

const bo = 'supervisor of north-office Bo';

describe.each(storeKinds)('Deadlines on the %s store', (kind) => {
  let node: TestNode;
  let reed: TestClient;
  let willow: TestClient;
  let officer: TestClient;
  let second: TestClient;
  let first = '';
  beforeAll(async () => {
    node = await startTestNode({ kind, now: '2026-06-01T08:00:00Z' });
    reed = await node.as('applicant', 'Reed Institute');
    willow = await node.as('applicant', 'Willow Limited');
    officer = await node.as('officer', office, 'Ada');
    second = await node.as('supervisor', office, 'Bo');
    const decided = await aFiledCase(node, { by: 'Willow Limited' });
    await decide(officer, second, decided);
    first = await aFiledCase(node, { by: 'Reed Institute' });
    await aFiledCase(node, { by: 'Willow Limited' });
    const suspended = await aFiledCase(node, { by: 'Reed Institute' });
    await act(officer, suspended, 'acceptCase');
    await act(officer, suspended, 'suspendCase', { procedure: 'expert-opinion' });
    node.clock.travelTo('2026-06-05T08:00:00Z');
    await aFiledCase(node, { by: 'Reed Institute' });
    await second.get(assignCase, { params: { caseId: first }, body: { from: null, to: bo } });
  });
  afterAll(() => node.stop());

  const ribbon = async (client: TestClient, from = '2026-06-01', days = 30) =>
    (await client.get(countDeadlines, { query: { from, days } })).days;

  it('are counted for each day, for an authority on its desk, for an applicant in its cases', async () => {
    expect(await ribbon(officer)).toEqual([
      { date: '2026-06-10', applicant: 0, authority: 2 },
      { date: '2026-06-12', applicant: 0, authority: 1 },
    ]);
    expect(await ribbon(willow)).toEqual([{ date: '2026-06-10', applicant: 0, authority: 1 }]);
    expect(await ribbon(officer, '2026-06-11', 1)).toEqual([]);
    expect(await ribbon(await node.as('officer', court))).toEqual([]);
  });

  it('of a day are listed page by page', async () => {
    const sent = { params: { date: '2026-06-10' } };
    const one = await officer.get(listDeadlines, { ...sent, query: { limit: 1 } });
    expect(one.items).toMatchObject([
      { caseId: first, clock: 'acceptance', subject: null, owner: 'authority' },
    ]);
    const cursor = one.nextCursor ?? '';
    const two = await officer.get(listDeadlines, { ...sent, query: { limit: 1, cursor } });
    expect(two).toMatchObject({ items: [{ applicantName: 'Willow Limited' }], nextCursor: null });
    const otherDay = { params: { date: '2026-06-12' }, query: { cursor } };
    expect((await officer.problem(listDeadlines, otherDay)).code).toBe('cursorInvalid');
    expect((await reed.get(listDeadlines, sent)).items).toMatchObject([{ caseId: first }]);
  });

  it('and the load of a desk are watched by who answers for it', async () => {
    node.clock.travelTo('2026-06-11T08:00:00Z');
    const desk = await second.get(watchDesk);
    expect(desk).toMatchObject({
      today: '2026-06-11',
      open: 5,
      overdue: 2,
      atRisk: 1,
      unassigned: { open: 4, overdue: 1, atRisk: 1 },
      month: { from: '2026-06-01', decided: 1, medianDaysToDecide: 0 },
    });
    expect(desk.byStatus).toContainEqual({ status: 'suspended', cases: 1 });
    expect(desk.officers).toContainEqual({
      officer: { personId: bo, name: bo },
      open: 1,
      overdue: 1,
      atRisk: 0,
    });
    expect((await officer.problem(watchDesk)).code).toBe('roleNotAllowed');
  });
});
