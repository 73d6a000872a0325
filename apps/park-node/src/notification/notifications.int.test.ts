import {
  countUnreadNotifications,
  listNotifications,
  markNotificationRead,
} from '@twinpark/contract/notification/notifications.ts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startNodeJobs } from '../platform/jobs/node-jobs.ts';
import { applicant, officer, openingOrder, orderOf } from '../testing/case-orders.ts';
import { storeKinds } from '../testing/stores.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { giveNotice } from './notices.ts';
import { notify } from './notify.job.ts';

describe.each(storeKinds)('notifications, %s store', (kind) => {
  let node: TestNode;
  let stopJobs: () => Promise<void>;
  let [reed, sedge, north, south]: TestClient[] = [];

  beforeAll(async () => {
    node = await startTestNode({ kind });
    [reed, sedge] = [await node.as('applicant', 'Reed Institute'), await node.as('applicant', 'Sedge Works')];
    [north, south] = [await node.as('officer', 'north-office'), await node.as('officer', 'south-office')];
    stopJobs = await startNodeJobs(node.services);
  });
  afterAll(async () => {
    await stopJobs();
    await node.stop();
  });

  const openCase = async (): Promise<{ caseId: string; by: ReturnType<typeof applicant> }> => {
    const { services, clock } = node;
    const row = await services.store.write((tx) =>
      tx
        .selectFrom('organizations')
        .select('organizationId')
        .where('name', '=', 'Reed Institute')
        .executeTakeFirstOrThrow(),
    );
    const by = applicant(row.organizationId);
    const order = openingOrder(services.zone, clock, { by });
    expect(await services.commander.submit(order)).toMatchObject({ kind: 'done' });
    return { caseId: order.caseId, by };
  };
  const kindsFor = async (client: TestClient | undefined, caseId: string, query = {}) => {
    const page = await client?.get(listNotifications, { query: { limit: '200', ...query } });
    return page?.items.filter((item) => item.case.caseId === caseId).map((item) => item.kind);
  };

  test('reach the desk of a filed case and the applicant it is accepted for, and nobody else', async () => {
    const { commander } = node.services;
    const { caseId, by } = await openCase();
    await commander.submit(orderOf(caseId, by, [{ type: 'amendCase', answers: { 'team.headcount': 5 } }]));
    await commander.submit(orderOf(caseId, by, [{ type: 'fileCase' }]));
    await commander.submit(orderOf(caseId, officer(), [{ type: 'acceptCase' }]));
    await vi.waitFor(async () => expect(await kindsFor(reed, caseId)).toEqual(['caseAccepted']), {
      timeout: 15_000,
    });
    // What was amended in the draft the authority never hears of.
    await vi.waitFor(async () => expect(await kindsFor(north, caseId)).toEqual(['caseFiled']));
    expect(await kindsFor(sedge, caseId)).toEqual([]);
    expect(await kindsFor(south, caseId)).toEqual([]);
  });

  test('tell nobody twice when the job runs twice', async () => {
    const { services } = node;
    const { caseId, by } = await openCase();
    await services.commander.submit(orderOf(caseId, by, [{ type: 'fileCase' }]));
    for (let times = 0; times < 3; times += 1) await notify(services, { caseId, from: 1, to: 2 });
    await vi.waitFor(async () => expect(await kindsFor(north, caseId)).toEqual(['caseFiled']));
  });

  test('are read once for the organisation, and only by it', async () => {
    const { services } = node;
    const { caseId, by } = await openCase();
    await services.commander.submit(orderOf(caseId, by, [{ type: 'fileCase' }]));
    await notify(services, { caseId, from: 1, to: 2 });
    const before = await north?.get(countUnreadNotifications);
    const { items = [] } = (await north?.get(listNotifications)) ?? {};
    const [newest] = items;
    expect(newest).toMatchObject({
      kind: 'caseFiled',
      readAt: null,
      case: { caseId, service: 'north-laboratory-permit' },
    });
    const params = { notificationId: newest?.notificationId ?? '' };
    for (const stranger of [reed, south]) {
      expect(await stranger?.problem(markNotificationRead, { params })).toMatchObject({ code: 'notFound' });
    }
    const read = await north?.get(markNotificationRead, { params });
    node.clock.advance({ minutes: 5 });
    expect(await north?.get(markNotificationRead, { params })).toEqual(read);
    expect(await kindsFor(north, caseId, { unread: 'true' })).toEqual([]);
    expect(await kindsFor(north, caseId)).toEqual(['caseFiled']);
    expect((await north?.get(countUnreadNotifications))?.count).toBe((before?.count ?? 0) - 1);
  });

  test('come page by page, the newest first, and a cursor of one list is none of another', async () => {
    const { services } = node;
    for (let count = 0; count < 5; count += 1) {
      const { caseId, by } = await openCase();
      await services.commander.submit(orderOf(caseId, by, [{ type: 'fileCase' }]));
      await notify(services, { caseId, from: 1, to: 2 });
      node.clock.advance({ minutes: 1 });
    }
    const all = await north?.get(listNotifications, { query: { limit: '200' } });
    const times = all?.items.map(({ createdAt }) => createdAt) ?? [];
    expect(times).toEqual(times.toSorted().toReversed());
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await north?.get(listNotifications, {
        query: { limit: '2', ...(cursor === undefined ? {} : { cursor }) },
      });
      seen.push(...(page?.items ?? []).map(({ notificationId }) => notificationId));
      cursor = page?.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(all?.items.map(({ notificationId }) => notificationId));
    const first = await north?.get(listNotifications, { query: { limit: '2' } });
    const other = { query: { unread: 'true', cursor: first?.nextCursor ?? '' } } as const;
    expect(await north?.problem(listNotifications, other)).toMatchObject({ code: 'cursorInvalid' });
  });

  test('name the colleague to whom the case is assigned, and the desk still sees them', async () => {
    const { services } = node;
    const colleague = await node.as('officer', 'north-office', 'second');
    const { caseId, by } = await openCase();
    await services.commander.submit(orderOf(caseId, by, [{ type: 'fileCase' }]));
    await services.store.write((tx) =>
      tx
        .updateTable('cases')
        .set({ assignee: 'officer of north-office second' })
        .where('caseId', '=', caseId)
        .execute(),
    );
    await services.commander.submit(orderOf(caseId, by, [{ type: 'withdrawCase' }]));
    await notify(services, { caseId, from: 3, to: 3 });
    expect(await kindsFor(colleague, caseId, { mine: 'true' })).toContain('caseWithdrawn');
    expect(await kindsFor(north, caseId, { mine: 'true' })).toEqual([]);
    expect(await kindsFor(north, caseId)).toContain('caseWithdrawn');
  });

  test('are counted to a hundred', async () => {
    const { services } = node;
    const { caseId } = await openCase();
    const organization = await services.store.write((tx) =>
      tx.selectFrom('cases').select('applicantId').where('caseId', '=', caseId).executeTakeFirstOrThrow(),
    );
    await services.store.write((tx) =>
      giveNotice(
        tx,
        services.clock,
        Array.from({ length: 120 }, (_, index) => ({
          recipient: organization.applicantId,
          assignee: null,
          kind: 'caseClosed' as const,
          caseId,
          facts: { on: '2026-06-10' },
          cause: `closed ${index}`,
        })),
      ),
    );
    expect(await reed?.get(countUnreadNotifications)).toEqual({ count: 100, more: true });
  });
});
