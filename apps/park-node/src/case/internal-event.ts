import type { CaseEvent } from '@twinpark/kernel/case/events.ts';

/** What goes on between two officers before the decision is out. */
export function isInternal({ type }: CaseEvent): boolean {
  return type === 'decisionProposed' || type === 'proposalReturned';
}
