import { assignCase, listColleagues as listColleaguesEndpoint } from '@twinpark/contract/case/assign-case.ts';
import { refuse } from '@twinpark/kernel/shared/refusal.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry } from '../platform/audit/caller-entry.ts';
import type { App } from '../platform/http/app.ts';
import { once } from '../platform/http/once.ts';
import { type Problem, problem, refused } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { findMember, lockAssignee, setAssignee } from './queries/assign.ts';
import { findCaseRows } from './queries/find-cases.ts';
import { listColleagues } from './queries/list-colleagues.ts';
import { caseReaderOf } from './reader-view.ts';

/** Who of an authority handles a case: plain order at the desk, without effect in law. */
export function registerAssignmentRoutes(app: App, services: Services): void {
  const { store, clock, definitions } = services;

  route(app, listColleaguesEndpoint, async ({ caller }) => ({
    items: [...(await store.read(caseReaderOf(caller), listColleagues))],
  }));

  route(app, assignCase, async ({ params, body, caller, idempotency, requestId }) => {
    const reader = caseReaderOf(caller);
    const { from, to } = body;
    const entry = callerEntry(
      'case.assign',
      caller,
      requestId,
      { kind: 'case', id: params.caseId },
      { from, to },
    );
    const refusedWith = async (reason: Problem): Promise<Problem> => {
      await store.write((tx) => recordAudit(tx, clock, entry, 'refused', reason.code));
      return reason;
    };
    const row = await store.read(reader, async (tx) => {
      const [found] = await findCaseRows(tx, [params.caseId]);
      if (found) await definitions.load(tx, [found.definitionHash]);
      return found;
    });
    if (!row) return await refusedWith(problem('notFound'));
    if (row.authority !== reader.organization) {
      const service = definitions.service(row.definitionHash);
      return await refusedWith(
        refused(refuse('notYourDesk', service.citation, { desk: row.authority }), service),
      );
    }
    const answer = await once(services, idempotency, async (tx) => {
      const held = await lockAssignee(tx, row.caseId);
      if (held !== from) return problem('assignedMeanwhile');
      const colleague =
        to === null ? null : await findMember(tx, row.authority, to, ['officer', 'supervisor']);
      if (colleague === undefined) return problem('notAColleague');
      await setAssignee(tx, row.caseId, to);
      await recordAudit(tx, clock, entry);
      return { assignee: to === null || colleague === null ? null : { personId: to, name: colleague.name } };
    });
    return 'code' in answer ? await refusedWith(answer) : answer;
  });
}
