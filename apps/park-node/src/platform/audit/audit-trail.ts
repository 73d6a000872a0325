import type { ProblemCode } from '@twinpark/contract/problem.ts';
import { type Clock, instantNow } from '../clock.ts';
import { json } from '../database/sql.ts';
import type { Tx } from '../database/store.ts';
import { newId } from '../ids.ts';
import type { AuditEntry } from './audit-entry.ts';

/**
 * Adds an entry to the audit trail, in the transaction of what it tells about. Case commands write theirs with their
 * events (case/change-set.ts).
 */
export async function recordAudit(
  tx: Tx,
  clock: Clock,
  entry: AuditEntry,
  outcome: 'success' | 'refused' | 'failed' = 'success',
  code: ProblemCode | null = null,
): Promise<void> {
  const at = instantNow(clock);
  await tx
    .insertInto('auditEvents')
    .values({ ...entry, details: json(entry.details), auditId: newId(clock), at, outcome, code })
    .execute();
}

/** A successful entry as a row for `record_case_changes` (sql/000013_recording.sql). */
export function auditRow(clock: Clock, entry: AuditEntry) {
  return {
    audit_id: newId(clock),
    at: instantNow(clock),
    action: entry.action,
    outcome: 'success',
    code: null,
    person_id: entry.personId,
    organization: entry.organization,
    role: entry.role,
    subject_kind: entry.subjectKind,
    subject_id: entry.subjectId,
    request_id: entry.requestId,
    details: entry.details,
  };
}
