import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import type { Tx } from '../../platform/database/store.ts';

export interface EventRow {
  readonly version: number;
  readonly occurredAt: Date;
  readonly internal: boolean;
  readonly event: CaseEvent;
}

/** Events of a case that the reader may read, newest first, before a version. */
export async function listEventsBefore(
  tx: Tx,
  caseId: string,
  before: number | null,
  limit: number,
): Promise<readonly EventRow[]> {
  const rows = await events(tx, caseId)
    .$if(before !== null, (query) => query.where('version', '<', before ?? 0))
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
  return rows as readonly EventRow[];
}

/** All events of a case that the reader may read, oldest first. */
export async function listEvents(tx: Tx, caseId: string): Promise<readonly EventRow[]> {
  return (await events(tx, caseId).orderBy('version').execute()) as readonly EventRow[];
}

function events(tx: Tx, caseId: string) {
  return tx
    .selectFrom('caseEvents')
    .select(['version', 'occurredAt', 'internal', 'event'])
    .where('caseId', '=', caseId);
}
