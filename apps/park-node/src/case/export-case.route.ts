import { exportCase } from '@twinpark/contract/case/export-case.ts';
import { refuse } from '@twinpark/kernel/shared/refusal.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry } from '../platform/audit/caller-entry.ts';
import type { App } from '../platform/http/app.ts';
import { Problem, problem, refused } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { listGivenPapers, listServedOutputs } from './queries/export-case.ts';
import { findCase } from './queries/find-cases.ts';
import { listEvents } from './queries/list-events.ts';
import { caseReaderOf } from './reader-view.ts';

type Json = Record<string, unknown>;

/** The file of a case, for whoever must answer for it or look into it. */
export function registerCaseExportRoutes(app: App, services: Services): void {
  const { store, clock, zone, park, definitions } = services;

  route(app, exportCase, async ({ params, caller, requestId }) => {
    const reader = caseReaderOf(caller);
    const bundle = await store.read(reader, async (tx) => {
      const stored = await findCase(tx, params.caseId);
      if (stored === null) return problem('notFound');
      const { row, state } = stored;
      await definitions.load(tx, [row.definitionHash]);
      const service = definitions.service(row.definitionHash);
      if (reader.kind === 'authority' && row.authority !== reader.organization) {
        return refused(refuse('notYourDesk', service.citation, { desk: row.authority }), service);
      }
      const events = await listEvents(tx, row.caseId);
      const outputs = await listServedOutputs(tx, row.caseId);
      return {
        format: 'twinpark-case/1' as const,
        exportedAt: clock.now().toString({ fractionalSecondDigits: 3 }),
        zone: zone.id,
        park: park.id,
        caseId: row.caseId,
        caseNumber: row.caseNumber,
        applicant: { organizationId: row.applicantId, name: row.applicantName },
        version: row.version,
        definition: { ...service } as Json,
        events: events.map(({ version, occurredAt, internal, event }) => ({
          version,
          recordedAt: occurredAt.toISOString(),
          internal,
          event: { ...event } as Json,
        })),
        answers: Object.fromEntries(
          Object.entries(state.answers).map(([fact, value]) => [
            fact,
            typeof value === 'object' ? [...value] : value,
          ]),
        ),
        evidence: [...(await listGivenPapers(tx, row.caseId))],
        outputs: outputs.map(({ issuedAt, statement, ...output }) => ({
          ...output,
          issuedAt: issuedAt.toISOString(),
          statement: statement as Json,
        })),
      };
    });
    const refusal = bundle instanceof Problem ? bundle.code : null;
    const entry = callerEntry('case.export', caller, requestId, { kind: 'case', id: params.caseId });
    await store.write((tx) =>
      recordAudit(tx, clock, entry, refusal === null ? 'success' : 'refused', refusal),
    );
    return bundle;
  });
}
