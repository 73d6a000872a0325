import type { JointAnswer } from '@twinpark/kernel/vocabulary.ts';
import { sql } from 'kysely';
import type { JointWord } from '../../case/case-notes.ts';
import { json } from '../../platform/database/sql.ts';
import type { Tx } from '../../platform/database/store.ts';

/** Which joint step of which dossier, between whom, and the case of the side that speaks. */
interface JointPlace {
  readonly dossierId: string;
  readonly panel: string;
  readonly caseId: string;
  readonly fromAuthority: string;
  readonly toAuthority: string;
}

/**
 * Keeps whoever hears words of a dossier apart from whoever files its next case, to the end of the transaction: else each
 * would miss what the other has not committed yet.
 */
export async function lockJointDossiers(tx: Tx, dossierIds: readonly string[]): Promise<void> {
  // In one order everywhere, so that two transactions never wait for each other.
  const ordered = [...new Set(dossierIds)].sort();
  if (ordered.length === 0) return;
  await sql`
    select pg_advisory_xact_lock(hashtextextended('twinpark.joint ' || dossier_id, 0))
    from unnest(${ordered}::text[]) as named (dossier_id)`.execute(tx);
}

/** The facts that a side shares, in place of earlier ones; what another case of it said counts no more. */
export async function keepBriefings(
  tx: Tx,
  briefings: readonly (JointPlace & { readonly facts: object })[],
  at: Date,
): Promise<void> {
  await keep(
    tx,
    briefings.map(({ facts, ...place }) => ({ ...placeRow(place), facts, conditions: [] })),
    at,
    // The same case keeps what it has said.
    sql`facts = excluded.facts,
      answer = case when held.case_id = excluded.case_id then held.answer end,
      conditions = case when held.case_id = excluded.case_id then held.conditions else '[]' end,
      said_on = case when held.case_id = excluded.case_id then held.said_on end,
      heard_by = case when held.case_id = excluded.case_id then held.heard_by end`,
  );
}

/** What a side says now. */
export async function keepWords(
  tx: Tx,
  words: readonly (JointPlace & {
    readonly answer: JointAnswer;
    readonly conditions: readonly string[];
    readonly on: string;
  })[],
  at: Date,
): Promise<void> {
  await keep(
    tx,
    words.map(({ answer, conditions, on, ...place }) => ({
      ...placeRow(place),
      facts: {},
      answer,
      conditions,
      said_on: on,
    })),
    at,
    sql`facts = case when held.case_id = excluded.case_id then held.facts else '{}' end,
      answer = excluded.answer, conditions = excluded.conditions, said_on = excluded.said_on, heard_by = null`,
  );
}

/** The case of a side has ended without a grant. What is known of a newer case of it stays as it is. */
export async function keepEnds(tx: Tx, ended: readonly JointPlace[], at: Date): Promise<void> {
  if (ended.length === 0) return;
  await sql`
    insert into joint_words as held (dossier_id, panel, to_authority, from_authority, case_id, ended, changed_at)
    select dossier_id, panel, to_authority, from_authority, case_id, true, ${at}
    from jsonb_to_recordset(${json(ended.map(placeRow))}) as row (
      dossier_id uuid, panel text, to_authority text, from_authority text, case_id uuid
    )
    on conflict (dossier_id, panel) do update set ended = true, changed_at = excluded.changed_at
      where held.case_id = excluded.case_id`.execute(tx);
}

/** Each of another place: a row can be written but once in a statement. */
async function keep(
  tx: Tx,
  rows: readonly object[],
  at: Date,
  changes: ReturnType<typeof sql>,
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into joint_words as held (
      dossier_id, panel, to_authority, from_authority, case_id, changed_at, facts, answer, conditions, said_on, ended
    )
    select dossier_id, panel, to_authority, from_authority, case_id, ${at}, facts, answer, conditions, said_on, false
    from jsonb_to_recordset(${json(rows)}) as row (
      dossier_id uuid, panel text, to_authority text, from_authority text, case_id uuid, facts jsonb, answer text,
      conditions jsonb, said_on date
    )
    on conflict (dossier_id, panel) do update set
      ${changes},
      to_authority = excluded.to_authority,
      from_authority = excluded.from_authority,
      case_id = excluded.case_id,
      ended = false,
      changed_at = excluded.changed_at`.execute(tx);
}

function placeRow({ dossierId, panel, caseId, fromAuthority, toAuthority }: JointPlace) {
  return {
    dossier_id: dossierId,
    panel,
    case_id: caseId,
    from_authority: fromAuthority,
    to_authority: toAuthority,
  };
}

const wordColumns = [
  'panel',
  'toAuthority',
  'facts',
  'answer',
  'conditions',
  'saidOn',
  'heardBy',
  'ended',
] as const;

export type DossierWord = JointWord & { readonly dossierId: string };

/** What the other side has told of joint steps of these dossiers, as far as the reader may read it. */
export async function listJointWords(tx: Tx, dossierIds: readonly string[]): Promise<readonly DossierWord[]> {
  const rows = await tx
    .selectFrom('jointWords')
    .select(['dossierId', ...wordColumns])
    .where('dossierId', '=', sql<string>`any(${[...dossierIds]}::uuid[])`)
    .execute();
  return rows as unknown as readonly DossierWord[];
}

/** Notes which case has heard a word; null for none. */
export async function markHeard(
  tx: Tx,
  { dossierId, panel }: Pick<DossierWord, 'dossierId' | 'panel'>,
  caseId: string | null,
): Promise<void> {
  await tx
    .updateTable('jointWords')
    .set({ heardBy: caseId })
    .where('dossierId', '=', dossierId)
    .where('panel', '=', panel)
    .execute();
}

/** Cases of these dossiers that are not decided yet, the newest first. */
export async function listPendingCases(tx: Tx, dossierIds: readonly string[]) {
  return await tx
    .selectFrom('cases')
    .select(['caseId', 'dossierId', 'definitionHash'])
    .where('dossierId', '=', sql<string>`any(${[...dossierIds]}::uuid[])`)
    .where('status', 'in', ['filed', 'awaitingEvidence', 'inExamination', 'suspended'])
    .orderBy('caseId', 'desc')
    .execute();
}
