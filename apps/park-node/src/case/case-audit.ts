import type { AuditAction } from '@twinpark/contract/audit/audit-actions.ts';
import type { AuditEntry } from '../platform/audit/audit-entry.ts';
import { type Member, organizationKey } from '../platform/auth/caller.ts';

export function caseAudit(
  action: AuditAction,
  { person, acting }: Member,
  caseId: string,
  requestId: string,
  details: AuditEntry['details'] = {},
): AuditEntry {
  return {
    action,
    personId: person.id,
    organization: organizationKey(acting),
    role: acting.role,
    subjectKind: 'case',
    subjectId: caseId,
    requestId,
    details,
  };
}
