import type { AuditAction } from '@twinpark/contract/audit/audit-actions.ts';

/** One entry of the audit trail before it has an id and a time. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly personId: string | null;
  /** Id of the applicant's organisation, or of the authority in the zone pack. */
  readonly organization: string | null;
  readonly role: string | null;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly requestId: string | null;
  /** Never personal data beyond the ids above, and never what was written into a case. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}
