import type { AuditAction } from '@twinpark/contract/audit/audit-actions.ts';
import type { Dossier } from '@twinpark/kernel/dossier/dossier.ts';
import type { Idempotency } from '../case/case-order.ts';
import type { AuditEntry } from '../platform/audit/audit-entry.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry, withRefusalRecorded } from '../platform/audit/caller-entry.ts';
import type { Member } from '../platform/auth/caller.ts';
import { dateIn } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import { once } from '../platform/http/once.ts';
import { Problem, problem } from '../platform/http/problem.ts';
import type { Services } from '../services.ts';
import type { DossierRow } from './dossier-value.ts';
import { lockDossier, updateDossier } from './queries/dossiers.ts';

/** What a change of a dossier is asked with. */
export interface ChangeRequest {
  readonly dossierId: string;
  readonly caller: Member;
  readonly idempotency: Idempotency;
  readonly requestId: string;
  readonly action: AuditAction;
  readonly details: AuditEntry['details'];
}

export type DossierContent = Pick<Dossier, 'answers' | 'evidence'>;

export interface DossierVersion {
  readonly dossierId: string;
  readonly version: number;
  readonly changedAt: string;
}

/**
 * Changes the answers or papers of a dossier, one change after the other, and keeps them as its next version; a change
 * that leaves everything as it is makes none. `today` is the calendar date of this park.
 *
 * Problems: `notFound`, and those of the change.
 */
export async function changeDossier(
  services: Services,
  request: ChangeRequest,
  change: (
    tx: Tx,
    row: DossierRow,
    today: string,
  ) => Promise<DossierContent | Problem> | DossierContent | Problem,
): Promise<DossierVersion | Problem> {
  const { clock, park } = services;
  const { dossierId, caller, idempotency } = request;
  const entry = dossierAudit(request);
  const work = once(services, idempotency, async (tx): Promise<DossierVersion | Problem> => {
    const row = await lockDossier(tx, dossierId, caller.acting.organizationId);
    if (!row) return problem('notFound');
    const now = clock.now();
    const changed = await change(tx, row, dateIn(park.timeZone, now));
    if (changed instanceof Problem) return changed;
    await recordAudit(tx, clock, entry);
    if (isSame(row, changed)) return versionOf(row);
    const next = {
      dossierId,
      answers: changed.answers,
      evidence: changed.evidence,
      version: row.version + 1,
      changedAt: new Date(now.epochMilliseconds),
    };
    await updateDossier(tx, next);
    return versionOf(next);
  });
  return await withRefusalRecorded(services, entry, work);
}

export function versionOf({
  dossierId,
  version,
  changedAt,
}: Pick<DossierRow, 'dossierId' | 'version' | 'changedAt'>): DossierVersion {
  return { dossierId, version, changedAt: changedAt.toISOString() };
}

export function dossierAudit({
  action,
  caller,
  dossierId,
  requestId,
  details,
}: Omit<ChangeRequest, 'idempotency' | 'dossierId'> & { readonly dossierId: string | null }): AuditEntry {
  return callerEntry(action, caller, requestId, { kind: 'dossier', id: dossierId }, details);
}

/** The kernel keeps what does not change as it is, so equal parts are the same. */
function isSame(before: DossierContent, after: DossierContent): boolean {
  return sameParts(before.answers, after.answers) && sameParts(before.evidence, after.evidence);
}

function sameParts(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): boolean {
  const keys = Object.keys(before);
  return keys.length === Object.keys(after).length && keys.every((key) => before[key] === after[key]);
}
