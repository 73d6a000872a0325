import {
  getEvidence,
  listEvidence,
  readCaseEvidence,
  readEvidence,
  removeEvidence,
} from '@twinpark/contract/evidence/evidence.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry, withRefusalRecorded } from '../platform/audit/caller-entry.ts';
import { type Member, readerOf } from '../platform/auth/caller.ts';
import type { Reader, Tx } from '../platform/database/store.ts';
import type { App } from '../platform/http/app.ts';
import { cursorAt, readPlace } from '../platform/http/cursor.ts';
import { once } from '../platform/http/once.ts';
import { problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { presentEvidence } from './present-evidence.ts';
import {
  findCaseEvidence,
  findEvidence,
  findPaperAcross,
  isEvidenceInUse,
  listEvidenceOf,
  lockEvidence,
  lockFiles,
  removeEvidenceRow,
} from './queries/evidence.ts';
import { sendFile } from './send-file.ts';

export function registerEvidenceRoutes(app: App, services: Services): void {
  const { clock, store } = services;
  const read = <Result>(caller: Member, work: (tx: Tx) => Promise<Result>) =>
    store.read(applicant(caller), work);

  route(app, listEvidence, async ({ query, caller }) => {
    const { organizationId } = caller.acting;
    const list = `evidence ${organizationId}`;
    const place = query.cursor === undefined ? null : readPlace(list, query.cursor, ['instant', 'id']);
    if (query.cursor !== undefined && place === null) return problem('cursorInvalid');
    const after = place && { createdAt: new Date(place[0]), evidenceId: place[1] };
    const rows = await read(caller, (tx) => listEvidenceOf(tx, organizationId, query.limit + 1, after));
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    return {
      items: page.map(presentEvidence),
      nextCursor: last ? cursorAt(list, [last.createdAt.toISOString(), last.evidenceId]) : null,
    };
  });

  route(app, getEvidence, async ({ params, caller }) => {
    const row = await read(caller, (tx) => findEvidence(tx, params.evidenceId, caller.acting.organizationId));
    return row ? presentEvidence(row) : problem('notFound');
  });

  route(app, removeEvidence, async ({ params, caller, idempotency, requestId }) => {
    const entry = callerEntry('evidence.remove', caller, requestId, {
      kind: 'evidence',
      id: params.evidenceId,
    });
    const work = once(services, idempotency, async (tx) => {
      const { organizationId } = caller.acting;
      await lockFiles(tx, 'naming');
      const row = await lockEvidence(tx, params.evidenceId, organizationId);
      if (!row) return problem('notFound');
      if (await isEvidenceInUse(tx, row.sha256, organizationId)) return problem('evidenceInUse');
      await removeEvidenceRow(tx, row.evidenceId);
      await recordAudit(tx, clock, entry);
      return undefined;
    });
    return await withRefusalRecorded(services, entry, work);
  });

  route(app, readEvidence, async ({ params, caller, requestId, headers }) => {
    const row = await read(caller, (tx) => findEvidence(tx, params.evidenceId, caller.acting.organizationId));
    if (!row) return problem('notFound');
    const entry = callerEntry('evidence.read', caller, requestId, { kind: 'evidence', id: row.evidenceId });
    return await sendFile(services, row, headers, entry);
  });

  route(app, readCaseEvidence, async ({ params, caller, requestId, headers }) => {
    const reader = readerOf(caller);
    const row =
      reader &&
      (await store.read(
        reader,
        async (tx) =>
          (await findCaseEvidence(tx, params.caseId, params.sha256)) ??
          (await findPaperAcross(tx, params.caseId, params.sha256)),
      ));
    if (!row) return problem('notFound');
    if (row === 'onItsWay') return problem('paperOnItsWay', { sha256: params.sha256 });
    const entry = callerEntry(
      'evidence.read',
      caller,
      requestId,
      { kind: 'case', id: params.caseId },
      {
        sha256: row.sha256,
      },
    );
    return await sendFile(services, row, headers, entry);
  });
}

function applicant({ person, acting }: Member): Reader {
  return { kind: 'applicant', organization: acting.organizationId, person: person.id };
}
