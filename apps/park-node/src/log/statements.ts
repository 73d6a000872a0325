import { randomBytes } from 'node:crypto';
import type { ActStatement, LoggedStatement } from '@twinpark/contract/log/statements.ts';
import { hashOf } from '@twinpark/pack/hash.ts';
import { commitmentOf, saltBytes } from '@twinpark/transparency/commitment.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { sql } from 'kysely';
import type { RecordedCase } from '../case/case-order.ts';
import { isInternal } from '../case/internal-event.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import { newId } from '../platform/ids.ts';

/** Something that the park's log is to hold. */
export interface ToLog {
  readonly statement: LoggedStatement;
  /** The case or the message that it is about; null where it is about none. */
  readonly subject: string | null;
}

/** A row for `record_case_changes` (sql/000013_recording.sql). */
export interface LogRow {
  readonly entry_id: string;
  readonly subject: string | null;
  readonly statement: LoggedStatement;
  readonly salt: string;
  readonly commitment: string;
}

/** A statement with its entry for the log. Binary columns are in base64. */
export function entryRow(clock: Clock, { statement, subject }: ToLog): LogRow {
  const salt = randomBytes(saltBytes);
  const commitment = commitmentOf(nodeCrypto, salt, statement);
  if (commitment === null) throw new TypeError(`${statement.format} has no canonical form`);
  return {
    entry_id: newId(clock),
    subject,
    statement,
    salt: salt.toBase64(),
    commitment: commitment.toBase64(),
  };
}

/**
 * Has the log hold statements from the end of the transaction on, and returns the ids of their entries. Their place
 * follows soon after. Case commands write theirs with their events (case/change-set.ts).
 */
export async function log(tx: Tx, clock: Clock, statements: readonly ToLog[]): Promise<readonly string[]> {
  if (statements.length === 0) return [];
  const rows = statements.map((statement) => entryRow(clock, statement));
  const changes = JSON.stringify({ log_statements: rows });
  await sql`select record_case_changes(${changes}::text::jsonb)`.execute(tx);
  return rows.map(({ entry_id }) => entry_id);
}

/**
 * What a case's new events have to say to the log: each that is of legal effect and not the affair of two officers. A
 * draft is the applicant's own, so the first is the filing, with the opening where both are one act.
 */
export function actsToLog(
  of: { readonly zone: string; readonly park: string },
  { row, events }: Pick<RecordedCase, 'row' | 'events'>,
  isNew: boolean,
): readonly ToLog[] {
  const filing = events.findIndex(({ type }) => type === 'caseFiled');
  if (filing < 0 && row.filedOn === null) return [];
  const first = isNew || filing < 0 ? 0 : filing;
  const before = row.version - events.length;
  return events.flatMap((event, index) => {
    if (index < first || isInternal(event)) return [];
    const statement: ActStatement = {
      format: 'twinpark-act/1',
      ...of,
      at: event.at,
      caseId: row.caseId,
      caseNumber: row.caseNumber,
      service: row.service,
      definition: row.definitionHash,
      version: before + index + 1,
      type: event.type,
      on: event.on,
      by: { role: event.by.role, organization: event.by.organization || null },
      receiptNumber: event.type === 'outputServed' ? event.receiptNumber : null,
      digest: hashOf(event),
    };
    return [{ statement, subject: row.caseId }];
  });
}
