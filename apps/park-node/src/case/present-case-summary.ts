import type { CaseSummary } from '@twinpark/contract/case/case-summary.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { namedOrganization } from '../catalogue/present-law.ts';
import type { CaseRow } from './case-order.ts';
import { personFor, type ReaderView } from './reader-view.ts';

/** A case of this park, or of the other park as far as it has told of it, which may have no number yet. */
export type ShownCase = Omit<CaseRow, 'caseNumber'> & { readonly caseNumber: string | null };

export function presentCaseSummary(
  zone: Zone,
  row: ShownCase,
  service: ServiceDefinition,
  view: ReaderView,
): CaseSummary {
  const { caseId, caseNumber, receiptNumber, version, status, outcome, waitingFor } = row;
  const { dueOn, dueProvisional, applicantDueOn, filedOn, decidedOn } = row;
  return {
    ...{ caseId, caseNumber, receiptNumber, version, status, outcome, waitingFor },
    ...{ dueOn, dueProvisional, applicantDueOn, filedOn, decidedOn },
    park: service.park,
    service: { id: service.id, name: service.name },
    authority: namedOrganization(zone, row.authority),
    applicant: { organizationId: row.applicantId, name: row.applicantName },
    dossierId: view.reader.kind === 'applicant' ? row.dossierId : null,
    changedAt: row.changedAt.toISOString(),
    assignee: row.assignee === null ? null : personFor(view, row.assignee, row.authority),
  };
}
