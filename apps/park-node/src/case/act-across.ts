import type { CaseView } from '@twinpark/contract/case/case-view.ts';
import { type ActToSend, sendAct } from '../gateway/send-act.ts';
import type { AuditEntry } from '../platform/audit/audit-entry.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { withRefusalRecorded } from '../platform/audit/caller-entry.ts';
import { once } from '../platform/http/once.ts';
import { Problem } from '../platform/http/problem.ts';
import type { Services } from '../services.ts';
import { noNotes } from './case-notes.ts';
import type { Idempotency } from './case-order.ts';
import { presentCase } from './present-case.ts';
import { shownRow } from './queries/find-on-either-side.ts';
import type { ReaderView } from './reader-view.ts';

/**
 * Sends what an applicant does with a case of the other park. The answer is the case as it stands until that park has
 * answered, with the act that is on its way.
 *
 * Problems: those of `sendAct` and of a key.
 */
export async function actAcross(
  services: Services,
  act: Omit<ActToSend, 'fromDossier'>,
  {
    idempotency,
    audit,
    view,
  }: { readonly idempotency: Idempotency; readonly audit: AuditEntry; readonly view: ReaderView },
): Promise<CaseView | Problem> {
  const { clock, definitions } = services;
  const work = once(services, idempotency, async (tx) => {
    const sent = await sendAct(tx, services, { ...act, fromDossier: false });
    if (sent instanceof Problem) return sent;
    await recordAudit(tx, clock, audit);
    const service = definitions.service(sent.definitionHash);
    const shown = { row: shownRow(sent), state: sent.state, service, act: sent.act, notes: noNotes };
    return presentCase(services, shown, view);
  });
  return await withRefusalRecorded(services, audit, work);
}
