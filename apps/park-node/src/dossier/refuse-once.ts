import type { Idempotency } from '../case/case-order.ts';
import type { AuditEntry } from '../platform/audit/audit-entry.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import type { Problem } from '../platform/http/problem.ts';
import type { Services } from '../services.ts';
import { findEarlierAnswer } from './queries/earlier-answer.ts';

/** A repetition of what was done before meets what it has itself brought about; it gets its first answer again. */
export async function refuseOnce<Answer>(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  idempotency: Idempotency,
  audit: AuditEntry,
  reason: Problem,
): Promise<Answer | Problem> {
  return await store.write(async (tx) => {
    const earlier = await findEarlierAnswer<Answer>(tx, idempotency);
    if (earlier !== undefined) return earlier;
    await recordAudit(tx, clock, audit, 'refused', reason.code);
    return reason;
  });
}
