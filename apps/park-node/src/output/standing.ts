import type { OutputStanding } from '@twinpark/contract/output/output.ts';
import type { CaseStatus } from '@twinpark/kernel/vocabulary.ts';
import type { OutputRow } from './queries/outputs.ts';

/** Where a document stands on a day, by what has become of its case since. */
export function standingOf(
  { receiptNumber, statement }: Pick<OutputRow, 'receiptNumber' | 'statement'>,
  held: { readonly status: CaseStatus; readonly receiptNumber: string | null } | undefined,
  hasLater: boolean,
  today: string,
): OutputStanding {
  if (hasLater) return 'superseded';
  // A case that was reopened has no document until it is decided anew.
  if (held?.receiptNumber !== receiptNumber) return 'setAside';
  if (held.status === 'underRemedy') return 'underRemedy';
  const { validUntil } = statement.content;
  return validUntil !== null && today > validUntil ? 'expired' : 'standing';
}
