import type { EvidenceItem } from '@twinpark/kernel/case/state.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';

/** A row for `record_case_changes` (sql/000013_recording.sql): what stands in a dossier from a day on. */
export function toldRow(
  dossierId: string,
  { answers, evidence }: { readonly answers: Facts; readonly evidence: readonly EvidenceItem[] },
  since: string,
  changedAt: Date,
) {
  const dated = (entries: readonly (readonly [string, unknown])[]) =>
    Object.fromEntries(entries.map(([key, value]) => [key, { value, since }]));
  return {
    dossier_id: dossierId,
    answers: dated(Object.entries(answers)),
    evidence: dated(evidence.map((item) => [item.type, item])),
    changed_at: changedAt,
  };
}
