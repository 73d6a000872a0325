import type { ProblemCode } from '@twinpark/contract/problem.ts';
import type { Clock } from '../clock.ts';
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
  const at = new Date(clock.now().epochMilliseconds);
  await tx
    .insertInto('auditEvents')
    .values({ ...entry, details: json(entry.details), auditId: newId(clock), at, outcome, code })
    .execute();
}
