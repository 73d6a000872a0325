import type { LoggedStatement } from '@twinpark/contract/log/statements.ts';
import { sql } from 'kysely';
import type { AuditEntry } from '../platform/audit/audit-entry.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import type { Tx } from '../platform/database/store.ts';
import { type Problem, problem } from '../platform/http/problem.ts';
import type { Services } from '../services.ts';
import { log } from './statements.ts';

/** How much was erased, by kind. */
export interface Erased {
  readonly cases: number;
  readonly dossiers: number;
  readonly people: number;
  readonly entries: number;
}

/** So many case numbers are named where something is under way. */
const mostNamed = 20;

/**
 * Erases everything about an applicant's organisation: what it wrote, what was decided on it in this park, its people,
 * and the statements that the log holds the hashes of. The entries stay, so that the log is what it was.
 *
 * Problems: `notFound`, `erasureTooEarly` with what is under way.
 */
export async function eraseOrganization(
  { clock, zone, park }: Pick<Services, 'clock' | 'zone' | 'park'>,
  tx: Tx,
  organizationId: string,
  asked: { readonly reason: string; readonly audit: AuditEntry },
): Promise<Erased | Problem> {
  if (!(await isApplicant(tx, organizationId))) return problem('notFound');
  const underWay = await listUnderWay(tx, organizationId);
  if (underWay.length > 0) return problem('erasureTooEarly', { underWay });
  const { rows } = await sql<{
    erased: Erased;
  }>`select erase_organization(${organizationId}) as erased`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('A function has one answer');
  const { erased } = row;
  const statement: LoggedStatement = {
    format: 'twinpark-erasure/1',
    zone: zone.id,
    park: park.id,
    at: clock.now().toString(),
    entries: erased.entries,
    reason: asked.reason,
  };
  await log(tx, clock, [{ statement, subject: null }]);
  await recordAudit(tx, clock, { ...asked.audit, details: { ...erased } });
  return erased;
}

/** An organisation of this park, or one of the other park that has filed a case here. */
async function isApplicant(tx: Tx, organizationId: string): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from organizations where organization_id = ${organizationId} and kind = 'applicant')
      or (
        exists (select from cases where applicant_id = ${organizationId})
        and not exists (select from organizations where organization_id = ${organizationId})
      ) as known`.execute(tx);
  return rows[0]?.known ?? false;
}

async function listUnderWay(tx: Tx, organizationId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ caseNumber: string }>`
    select case_number from cases_under_way(${organizationId}) order by case_number limit ${mostNamed}`.execute(
    tx,
  );
  return rows.map(({ caseNumber }) => caseNumber);
}
