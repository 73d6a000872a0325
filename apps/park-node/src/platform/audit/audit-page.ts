import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../database/store.ts';
import type { AuditEventsTable } from '../database/tables.ts';

export interface AuditFilter {
  readonly action: string | null;
  readonly outcome: AuditEventsTable['outcome'] | null;
  readonly person: string | null;
  readonly subject: string | null;
  /** First instant that counts. */
  readonly from: string | null;
  /** First instant that no longer counts. */
  readonly to: string | null;
}

export type AuditRow = { [Column in keyof AuditEventsTable]: AuditEventsTable[Column] } & {
  details: Readonly<Record<string, unknown>>;
};

export interface AuditPage {
  readonly rows: readonly AuditRow[];
  /** Id of the entry before which the next page begins; null on the last. */
  readonly goesOnAt: string | null;
}

/** Entries that one request looks at where a combination of filters fits few. */
export const mostLookedAt = 5_000;

/**
 * Entries that fit a filter, newest first. An index leads to those that fit its narrowest part; what else the filter
 * says is asked of a bounded number of these, so that a page costs the same however long the trail is.
 */
export async function listEntries(
  tx: Tx,
  filter: AuditFilter,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<AuditPage> {
  const [leading = sql`true`, ...others] = conditionsOf(filter);
  const range = sql.join([leading, ...rangeOf(filter, before)], sql` and `);
  const lookedAt = others.length === 0 ? limit + 1 : mostLookedAt;
  const { rows: found } = await sql<AuditRow>`
    with looked_at as materialized (
      select audit_id, at, action, outcome, code, person_id, organization, role, subject_kind, subject_id, request_id,
        details
      from audit_events where ${range} order by audit_id desc limit ${lookedAt}
    )
    select * from looked_at where ${sql.join([sql`true`, ...others], sql` and `)}
    order by audit_id desc limit ${limit + 1}`.execute(tx);
  const rows = found.slice(0, limit);
  if (found.length > limit) return { rows, goesOnAt: rows.at(-1)?.auditId ?? null };
  if (others.length === 0) return { rows, goesOnAt: null };
  const { rows: last } = await sql<{ auditId: string }>`
    select audit_id from audit_events where ${range} order by audit_id desc offset ${mostLookedAt - 1} limit 1`.execute(
    tx,
  );
  return { rows, goesOnAt: last[0]?.auditId ?? null };
}

/** The narrowest first. What succeeded is nearly everything, so it leads nowhere. */
function conditionsOf({ action, outcome, person, subject }: AuditFilter): readonly RawBuilder<unknown>[] {
  return [
    subject === null ? null : sql`subject_id = ${subject}`,
    person === null ? null : sql`person_id = ${person}`,
    // Written out, so that the planner sees that the index over what did not succeed will do.
    outcome === null || outcome === 'success' ? null : sql`outcome = ${sql.lit(outcome)}`,
    action === null ? null : sql`action = ${action}`,
    outcome === 'success' ? sql`outcome = 'success'` : null,
  ].filter((condition) => condition !== null);
}

/** The time of an entry is the time in its id. */
function rangeOf({ from, to }: AuditFilter, before: string | null): readonly RawBuilder<unknown>[] {
  return [
    from === null ? null : sql`audit_id >= uuid_from_instant(${since1970(from)}::timestamptz)`,
    to === null ? null : sql`audit_id < uuid_from_instant(${since1970(to)}::timestamptz)`,
    before === null ? null : sql`audit_id < ${before}::uuid`,
  ].filter((condition) => condition !== null);
}

/** Ids tell no earlier time, and no entry is older. */
function since1970(instant: string): string {
  return new Date(Math.max(0, Date.parse(instant))).toISOString();
}
