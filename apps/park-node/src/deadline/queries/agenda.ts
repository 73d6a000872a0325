import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import { sql } from 'kysely';
import type { Definitions } from '../../case/definitions.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { CasesTable, DeadlinesTable } from '../../platform/database/tables.ts';

/** A limit that the node must tell about today, or should have before. */
export interface DueRing
  extends Pick<
      DeadlinesTable,
      'caseId' | 'clock' | 'subject' | 'applicantId' | 'authority' | 'desk' | 'dueOn' | 'provisional'
    >,
    Pick<CasesTable, 'applicantPark' | 'assignee' | 'filedOn'> {
  readonly ring: 'dueSoon' | 'overdue';
  readonly ringOn: string;
  /** Day of the case's newest event. */
  readonly lastOn: string;
  readonly service: ServiceDefinition;
}

/** Which limit of which case. */
export type DeadlineKey = Pick<DeadlinesTable, 'caseId' | 'clock' | 'subject'>;

/**
 * The next rings up to a day, the earliest first. What a command is rewriting at this moment is left out, for it will
 * stand there anew.
 */
export async function takeDueRings(
  tx: Tx,
  definitions: Definitions,
  {
    until,
    without,
    most,
  }: { readonly until: string; readonly without: readonly string[]; readonly most: number },
): Promise<readonly DueRing[]> {
  let query = tx
    .selectFrom('deadlines')
    .leftJoin('cases', 'cases.caseId', 'deadlines.caseId')
    .leftJoin('peerCases as peer', 'peer.caseId', 'deadlines.caseId')
    .select([
      'deadlines.caseId',
      'clock',
      'subject',
      'deadlines.dueOn',
      'provisional',
      'desk',
      'deadlines.applicantId',
      'deadlines.authority',
      'cases.applicantPark',
      'cases.assignee',
    ])
    .select((select) => [
      select.ref('ring').$castTo<DueRing['ring']>().as('ring'),
      select.ref('ringOn').$castTo<string>().as('ringOn'),
      sql<string>`coalesce(cases.state, peer.state) ->> 'lastOn'`.as('lastOn'),
      sql<string | null>`coalesce(cases.filed_on, peer.filed_on)`.as('filedOn'),
      sql<string>`coalesce(cases.definition_hash, peer.definition_hash)`.as('definitionHash'),
    ])
    .where((where) => where.or([where('cases.caseId', 'is not', null), where('peer.caseId', 'is not', null)]))
    .where('ringOn', '<=', until)
    .orderBy('ringOn')
    .orderBy('deadlines.caseId')
    .orderBy('clock')
    .orderBy('subject')
    .limit(most)
    .forUpdate('deadlines')
    .skipLocked();
  if (without.length > 0) query = query.where('deadlines.caseId', 'not in', without);
  const rows = await query.execute();
  const hashes = [...new Set(rows.map(({ definitionHash }) => definitionHash))];
  await definitions.load(tx, hashes);
  return rows.map(({ definitionHash, ...row }) => ({ ...row, service: definitions.service(definitionHash) }));
}

/** After the reminder comes the day after the last day. */
export async function expectOverdue(tx: Tx, keys: readonly DeadlineKey[], at: Date): Promise<void> {
  await setRing(tx, keys, sql`ring = 'overdue', ring_on = due_on + 1, rung_at = ${at}`);
}

/** Nothing more is to be told of these limits unless their case changes. */
export async function silence(tx: Tx, keys: readonly DeadlineKey[], at: Date): Promise<void> {
  await setRing(tx, keys, sql`ring = null, ring_on = null, rung_at = ${at}`);
}

/** What could not be done yet is tried again on another day; not what has been rewritten meanwhile. */
export async function ringAgain(
  tx: Tx,
  keys: readonly (DeadlineKey & Pick<DueRing, 'ringOn'>)[],
  on: string,
  at: Date,
): Promise<void> {
  await setRing(
    tx,
    keys,
    sql`ring_on = ${on}::date, rung_at = ${at}`,
    sql`and deadlines.ring_on = key.ring_on`,
  );
}

async function setRing(
  tx: Tx,
  keys: readonly (DeadlineKey & { readonly ringOn?: string })[],
  changes: ReturnType<typeof sql>,
  condition: ReturnType<typeof sql> = sql``,
): Promise<void> {
  if (keys.length === 0) return;
  const list = keys.map(({ caseId, clock, subject, ringOn }) => ({
    case_id: caseId,
    clock,
    subject,
    ring_on: ringOn ?? null,
  }));
  await sql`
    update deadlines set ${changes}
    from jsonb_to_recordset(${JSON.stringify(list)}::text::jsonb)
      as key (case_id uuid, clock text, subject text, ring_on date)
    where deadlines.case_id = key.case_id and deadlines.clock = key.clock and deadlines.subject = key.subject
      ${condition}`.execute(tx);
}
