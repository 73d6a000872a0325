import { sql } from 'kysely';
import type { CaseProjection } from '../../case/project-case.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { CasesTable, DeadlinesTable } from '../../platform/database/tables.ts';

/** Whether the provisional limits were counted by these calendars the last time. */
export async function isRecounted(tx: Tx, digest: string): Promise<boolean> {
  const newest = await tx
    .selectFrom('calendarEditions')
    .select('digest')
    .orderBy('countedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest?.digest === digest;
}

export async function markRecounted(tx: Tx, digest: string, countedAt: Date): Promise<void> {
  await tx
    .insertInto('calendarEditions')
    .values({ digest, countedAt })
    .onConflict((conflict) => conflict.column('digest').doUpdateSet({ countedAt }))
    .execute();
}

/** Cases with a limit whose last day may still move, by id. */
export async function listProvisionalCases(
  tx: Tx,
  after: string | null,
  most: number,
): Promise<readonly string[]> {
  let query = tx
    .selectFrom('deadlines')
    .select('caseId')
    .distinct()
    .where('provisional', '=', true)
    .orderBy('caseId')
    .limit(most);
  if (after !== null) query = query.where('caseId', '>', after);
  return (await query.execute()).map(({ caseId }) => caseId);
}

/** The cases, kept from any command until the end of the transaction; in the order in which commands lock them. */
export async function lockCases(tx: Tx, caseIds: readonly string[]) {
  if (caseIds.length === 0) return [];
  return await tx
    .selectFrom('cases')
    .select([
      ...(['caseId', 'caseNumber', 'dossierId', 'applicantId', 'applicantPark', 'authority'] as const),
      ...(['assignee', 'filedOn', 'definitionHash', 'state'] as const),
    ])
    .where('caseId', 'in', caseIds)
    .orderBy('caseId')
    .forUpdate()
    .execute();
}

export async function listHeld(tx: Tx, caseIds: readonly string[]) {
  if (caseIds.length === 0) return [];
  return await tx
    .selectFrom('deadlines')
    .select(['caseId', 'clock', 'subject', 'dueOn', 'provisional', 'stopped'])
    .where('caseId', 'in', caseIds)
    .execute();
}

/** Puts the limits of a case as they are counted now where they stood, and in the queues that are ordered by them. */
export async function replaceDeadlines(
  tx: Tx,
  caseId: string,
  deadlines: readonly Omit<DeadlinesTable, 'rungAt'>[],
  { dueOn, dueProvisional, applicantDueOn }: Pick<CasesTable, keyof CaseProjection>,
): Promise<void> {
  await tx.deleteFrom('deadlines').where('caseId', '=', caseId).execute();
  if (deadlines.length > 0)
    await tx
      .insertInto('deadlines')
      .values([...deadlines])
      .execute();
  await tx
    .updateTable('cases')
    .set({ dueOn, dueProvisional, applicantDueOn })
    .where('caseId', '=', caseId)
    .execute();
  await sql`update case_desks set due_on = ${dueOn}::date where case_id = ${caseId}::uuid`.execute(tx);
}
