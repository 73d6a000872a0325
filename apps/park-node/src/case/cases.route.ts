import { explainClock } from '@twinpark/contract/case/explain-clock.ts';
import { getCase } from '@twinpark/contract/case/get-case.ts';
import { getCaseTimeline } from '@twinpark/contract/case/get-case-timeline.ts';
import { listCases as listCasesEndpoint } from '@twinpark/contract/case/list-cases.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry } from '../platform/audit/caller-entry.ts';
import type { App } from '../platform/http/app.ts';
import { cursorAt, readCursor } from '../platform/http/cursor.ts';
import { problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { explainCaseClock } from './explain-case-clock.ts';
import { listCases } from './list-cases.ts';
import { contextFor, presentCase } from './present-case.ts';
import { presentCaseSummary } from './present-case-summary.ts';
import { presentEvent } from './present-event.ts';
import { findCaseNotes } from './queries/find-case-notes.ts';
import {
  findOnEitherSide,
  findRowsOnEitherSide,
  listEventsOnEitherSide,
} from './queries/find-on-either-side.ts';
import { caseReaderOf, readerView } from './reader-view.ts';

/** Reading cases: the queue, one case, what happened to it and how its days are counted. */
export function registerCaseRoutes(app: App, services: Services): void {
  const { store, clock, zone, definitions } = services;

  route(app, listCasesEndpoint, async ({ query, caller, language }) => {
    const reader = caseReaderOf(caller);
    return await store.read(reader, async (tx) => {
      const page = await listCases(tx, reader, query, services);
      if (page === null) return problem('cursorInvalid');
      const rows = await findRowsOnEitherSide(tx, page.caseIds);
      const view = await readerView(tx, reader, caller, language);
      await definitions.load(
        tx,
        rows.map(({ definitionHash }) => definitionHash),
      );
      return {
        items: rows.map((row) =>
          presentCaseSummary(zone, row, definitions.service(row.definitionHash), view),
        ),
        nextCursor: page.nextCursor,
        total: page.total,
      };
    });
  });

  route(app, getCase, async ({ params, caller, language, requestId }) => {
    const reader = caseReaderOf(caller);
    const found = await store.read(reader, async (tx) => {
      const stored = await findOnEitherSide(tx, params.caseId);
      if (stored === null) return null;
      await definitions.load(tx, [stored.row.definitionHash]);
      const service = definitions.service(stored.row.definitionHash);
      const notes = await findCaseNotes(tx, stored.row, service);
      const view = await readerView(tx, reader, caller, language);
      return presentCase(services, { ...stored, service, notes }, view);
    });
    if (found === null) return problem('notFound');
    // Whose data somebody in office has read is kept; an applicant reads its own.
    if (reader.kind !== 'applicant') {
      const entry = callerEntry('case.read', caller, requestId, { kind: 'case', id: params.caseId });
      await store.write((tx) => recordAudit(tx, clock, entry));
    }
    return found;
  });

  route(app, getCaseTimeline, async ({ params, query, caller, language }) => {
    const reader = caseReaderOf(caller);
    const list = `timeline ${params.caseId} ${reader.organization}`;
    const [before = null] = query.cursor === undefined ? [] : (readCursor(list, query.cursor) ?? []);
    const isPlace = typeof before === 'number' && Number.isSafeInteger(before) && before < 2 ** 31;
    if (query.cursor !== undefined && !isPlace) return problem('cursorInvalid');
    return await store.read(reader, async (tx) => {
      const [row] = await findRowsOnEitherSide(tx, [params.caseId]);
      if (!row) return problem('notFound');
      const events = await listEventsOnEitherSide(tx, row.caseId, isPlace ? before : null, query.limit + 1);
      const view = await readerView(tx, reader, caller, language);
      await definitions.load(tx, [row.definitionHash]);
      const service = definitions.service(row.definitionHash);
      const page = events.slice(0, query.limit);
      const last = events.length > query.limit ? page.at(-1) : undefined;
      return {
        items: page.map((event) => presentEvent(zone, event, row, service, view)),
        nextCursor: last ? cursorAt(list, [last.version]) : null,
      };
    });
  });

  route(app, explainClock, async ({ params, caller }) => {
    const reader = caseReaderOf(caller);
    return await store.read(reader, async (tx) => {
      const stored = await findOnEitherSide(tx, params.caseId);
      if (stored === null) return problem('notFound');
      await definitions.load(tx, [stored.row.definitionHash]);
      const service = definitions.service(stored.row.definitionHash);
      return explainCaseClock(zone, stored.state, params.clock, contextFor(services, service, { reader }));
    });
  });
}
