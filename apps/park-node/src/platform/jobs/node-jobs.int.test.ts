import { listFailedJobs, retryJob } from '@twinpark/contract/node/failed-jobs.ts';
import { listNotifications } from '@twinpark/contract/notification/notifications.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { notifyQueue } from '../../notification/notify.job.ts';
import { applicant, officer, openingOrder, orderOf } from '../../testing/case-orders.ts';
import { storeKinds } from '../../testing/stores.ts';
import { startTestNode, type TestNode } from '../../testing/test-node.ts';
import { startNodeJobs } from './node-jobs.ts';

describe.each(storeKinds)('a node at work, %s store', (kind) => {
  let node: TestNode;
  let stopJobs: () => Promise<void>;

  beforeAll(async () => {
    node = await startTestNode({ kind });
    stopJobs = await startNodeJobs(node.services);
  });
  afterAll(async () => {
    await stopJobs();
    await node.stop();
  });

  test('lets silence act on its own when the park’s days have passed, and tells both sides', async () => {
    const { services, clock } = node;
    const reed = await node.as('applicant', 'Reed Institute');
    const { organizationId } = await services.store.write((tx) =>
      tx
        .selectFrom('organizations')
        .select('organizationId')
        .where('name', '=', 'Reed Institute')
        .executeTakeFirstOrThrow(),
    );
    const by = applicant(organizationId);
    const order = openingOrder(services.zone, clock, { by });
    const { caseId } = order;
    const orders = [
      order,
      orderOf(caseId, by, [{ type: 'fileCase' }]),
      orderOf(caseId, officer(), [{ type: 'acceptCase' }]),
    ];
    for (const each of orders) expect(await services.commander.submit(each)).toMatchObject({ kind: 'done' });
    clock.advance({ days: 40 });
    await vi.waitFor(
      async () => {
        const { items } = await reed.get(listNotifications);
        expect(items.map((item) => item.kind).toSorted()).toEqual([
          'caseAccepted',
          'caseDecided',
          'deadlineOverdue',
        ]);
        expect(items.find((item) => item.kind === 'caseDecided')?.facts).toMatchObject({
          tacit: true,
          outcome: 'granted',
        });
      },
      { timeout: 15_000, interval: 200 },
    );
  });

  test('shows whoever runs the park the work that failed for good, and begins it again when told to', async () => {
    const { services } = node;
    const operator = await node.as('operator', 'north-operator');
    // There is no such case.
    const data = { caseId: '00000000-0000-7000-8000-00000000dead', from: 1, to: 1 };
    const enqueue = () =>
      services.store.write(async (tx) => {
        await services.jobs.enqueue(tx, notifyQueue, [data]);
        await sql`update pgboss.job set retry_limit = 0 where name = 'notify' and state = 'created'`.execute(
          tx,
        );
      });
    await enqueue();
    await enqueue();
    const listed = async () => (await operator.get(listFailedJobs)).items;
    await vi.waitFor(async () => expect(await listed()).toHaveLength(2), { timeout: 15_000 });
    const [first, second] = await listed();
    expect(first).toMatchObject({
      queue: 'notify',
      data,
      attempts: 1,
      reason: expect.stringContaining('no result'),
    });
    const page = await operator.get(listFailedJobs, { query: { limit: '1' } });
    expect(page.items).toEqual([first]);
    const rest = await operator.get(listFailedJobs, { query: { limit: '1', cursor: page.nextCursor ?? '' } });
    expect(rest).toEqual({ items: [second], nextCursor: null });

    const sent = { params: { jobId: first?.jobId ?? '' }, idempotencyKey: 'retry-the-first' };
    expect((await operator.call(retryJob, sent)).status).toBe(204);
    // Asked again the same, it is not begun a third time.
    expect((await operator.call(retryJob, sent)).status).toBe(204);
    expect((await listed()).map(({ jobId }) => jobId)).toEqual([second?.jobId]);
    expect(await operator.problem(retryJob, { params: sent.params })).toMatchObject({ code: 'notFound' });
    const trail = await services.store.write((tx) =>
      tx
        .selectFrom('auditEvents')
        .select(['subjectId', 'outcome'])
        .where('action', '=', 'job.retry')
        .orderBy('auditId')
        .execute(),
    );
    expect(trail).toEqual([
      { subjectId: first?.jobId, outcome: 'success' },
      { subjectId: first?.jobId, outcome: 'refused' },
    ]);
  });

  test('shows failed work to nobody else', async () => {
    for (const [role, organization] of [
      ['applicant', 'Reed Institute'],
      ['officer', 'north-office'],
      ['auditor', 'oversight'],
    ] as const) {
      const other = await node.as(role, organization);
      expect(await other.problem(listFailedJobs)).toMatchObject({ code: 'roleNotAllowed' });
    }
  });
});
