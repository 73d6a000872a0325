import { listFailedJobs, retryJob } from '@twinpark/contract/node/failed-jobs.ts';
import type { Services } from '../../services.ts';
import { recordAudit } from '../audit/audit-trail.ts';
import { callerEntry, withRefusalRecorded } from '../audit/caller-entry.ts';
import type { App } from '../http/app.ts';
import { cursorAt, readPlace } from '../http/cursor.ts';
import { once } from '../http/once.ts';
import { problem } from '../http/problem.ts';
import { route } from '../http/route.ts';

export function registerFailedJobsRoutes(app: App, services: Services): void {
  const { store, clock, jobs } = services;

  route(app, listFailedJobs, async ({ query }) => {
    const list = 'failed jobs';
    const found = query.cursor === undefined ? null : readPlace(list, query.cursor, ['instant', 'id']);
    if (query.cursor !== undefined && found === null) return problem('cursorInvalid');
    const after = found && { place: found[0], jobId: found[1] };
    const rows = await store.write((tx) => jobs.listFailed(tx, query.limit + 1, after));
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    return {
      items: page.map(({ place: _, enqueuedAt, failedAt, ...job }) => ({
        ...job,
        enqueuedAt: enqueuedAt.toISOString(),
        failedAt: failedAt.toISOString(),
      })),
      nextCursor: last ? cursorAt(list, [last.place, last.jobId]) : null,
    };
  });

  route(app, retryJob, async ({ params, caller, idempotency, requestId }) => {
    const entry = callerEntry('job.retry', caller, requestId, { kind: 'job', id: params.jobId });
    const work = once(services, idempotency, async (tx) => {
      if (!(await jobs.retry(tx, params.jobId))) return problem('notFound');
      await recordAudit(tx, clock, entry);
      return undefined;
    });
    return await withRefusalRecorded(services, entry, work);
  });
}
