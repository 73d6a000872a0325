import type { AuditAction } from '@twinpark/contract/audit/audit-actions.ts';
import type { Actor } from '@twinpark/kernel/case/state.ts';
import { otherPark } from '@twinpark/pack/zone.ts';
import type { AuditEntry } from '../platform/audit/audit-entry.ts';
import type { Services } from '../services.ts';

/** The name under which acts stand that the other park's node brought: who did them is known there alone. */
const gateway = 'gateway';

/** An applicant of the other park, whose people this park does not know. */
export function peerActor(organizationId: string): Actor {
  return { role: 'applicant', person: gateway, organization: organizationId };
}

/** The other park's authority, as what it says in a joint step is heard. */
export function peerAuthority(authority: string): Actor {
  return { role: 'peer', person: gateway, organization: authority };
}

/** An entry about what a message of the other park has done to a case. */
export function peerEntry(
  action: AuditAction,
  caseId: string,
  organization: string,
  { zone, park }: Pick<Services, 'zone' | 'park'>,
  messageId: string | null,
): AuditEntry {
  return {
    action,
    personId: null,
    organization,
    role: null,
    subjectKind: 'case',
    subjectId: caseId,
    requestId: null,
    details: { park: otherPark(zone, park.id).id, message: messageId },
  };
}
