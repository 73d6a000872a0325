import type { AuditAction } from '@twinpark/contract/audit/audit-actions.ts';
import { type Caller, organizationKey } from '../auth/caller.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { Problem } from '../http/problem.ts';
import type { AuditEntry } from './audit-entry.ts';
import { recordAudit } from './audit-trail.ts';

export interface AuditSubject {
  readonly kind:
    | 'person'
    | 'organization'
    | 'member'
    | 'invitation'
    | 'passkey'
    | 'dossier'
    | 'upload'
    | 'evidence'
    | 'case'
    | 'output'
    | 'receipt'
    | 'notification'
    | 'job'
    | 'message'
    | 'audit';
  readonly id: string | null;
}

/** An entry about what a caller does, in the name of the organisation for which it acts. */
export function callerEntry(
  action: AuditAction,
  { person, acting }: Caller,
  requestId: string,
  subject: AuditSubject,
  details: AuditEntry['details'] = {},
): AuditEntry {
  return {
    action,
    personId: person.id,
    organization: acting && organizationKey(acting),
    role: acting?.role ?? null,
    subjectKind: subject.kind,
    subjectId: subject.id,
    requestId,
    details,
  };
}

/**
 * Records that something came to a problem, which the work itself cannot: its transaction left no trace. Returns what
 * came of it.
 */
export async function withRefusalRecorded<Answer>(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  entry: AuditEntry,
  work: Promise<Answer | Problem>,
): Promise<Answer | Problem> {
  const answer = await work;
  if (answer instanceof Problem) {
    await store.write((tx) => recordAudit(tx, clock, entry, 'refused', answer.code));
  }
  return answer;
}
