import type { Tx } from '../platform/database/store.ts';
import type { Services } from '../services.ts';
import { leaveOut } from './align-stream.ts';
import type { SentRow } from './queries/traffic.ts';
import { settleAct } from './settle-act.ts';

/** Messages that bring an act of the applicant, which waits for an answer. */
const acts: readonly string[] = [
  'org.twinpark.filing.submitted',
  'org.twinpark.filing.amended',
  'org.twinpark.filing.withdrawn',
  'org.twinpark.remedy.lodged',
];

/**
 * Settles a stuck message with what was agreed by other means. An act of the applicant counts as refused, for the
 * reason that is given; everything else is taken as told.
 */
export async function settleByHand(tx: Tx, services: Services, row: SentRow, note: string): Promise<void> {
  await leaveOut(tx, services.clock, row);
  if (!acts.includes(row.type) || row.subject === null) return;
  await settleAct(tx, services, {
    caseId: row.subject,
    inReplyTo: row.messageId,
    outcome: 'refused',
    caseNumber: null,
    refusal: { code: 'answeredByHand', clause: null, facts: { note } },
  });
}
