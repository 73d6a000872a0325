import { type Dossier, endedWithoutGrant, type FilingRecord } from '@twinpark/kernel/dossier/dossier.ts';
import type { Selectable } from 'kysely';
import type { DossierFilingsTable, DossiersTable } from '../platform/database/tables.ts';

export type DossierRow = Readonly<Selectable<DossiersTable>>;

export type FilingRow = Pick<
  DossierFilingsTable,
  'dossierId' | 'step' | 'attempt' | 'caseId' | 'park' | 'service' | 'filedOn' | 'status' | 'outcome'
> &
  Pick<FilingRecord, 'answers' | 'evidence'>;

/**
 * The kernel's dossier from its rows: of each step the newest filing, and of the papers those that are still there,
 * by their digests.
 */
export function dossierOf(
  row: Pick<DossierRow, 'dossierId' | 'journey' | 'organizationId' | 'answers' | 'evidence'>,
  filings: readonly FilingRow[],
  papersAtHand: ReadonlySet<string>,
): Dossier {
  const held = Object.entries(row.evidence).filter(([, { value }]) => papersAtHand.has(value.digest));
  return {
    id: row.dossierId,
    journey: row.journey,
    applicant: row.organizationId,
    answers: row.answers,
    evidence: Object.fromEntries(held),
    filings: Object.fromEntries(
      [...newestFilings(filings)].map(([step, filing]): [string, FilingRecord] => [
        step,
        {
          caseId: filing.caseId,
          service: filing.service,
          filedOn: filing.filedOn,
          answers: filing.answers,
          evidence: filing.evidence,
          status: filing.status,
          outcome: filing.outcome,
        },
      ]),
    ),
  };
}

/** What the applicant has put into the dossier, whatever was filed from it. */
export function asGiven(row: Parameters<typeof dossierOf>[0]): Dossier {
  return dossierOf(row, [], new Set(Object.values(row.evidence).map(({ value }) => value.digest)));
}

/** By step: the filing that counts. */
export function newestFilings<Filing extends Pick<FilingRow, 'step' | 'attempt'>>(
  filings: readonly Filing[],
): ReadonlyMap<string, Filing> {
  const newest = new Map<string, Filing>();
  for (const filing of filings) {
    if (filing.attempt > (newest.get(filing.step)?.attempt ?? 0)) newest.set(filing.step, filing);
  }
  return newest;
}

/** A filing whose case can still come to a grant, or has. */
export function isLive(filing: Pick<FilingRow, 'status' | 'outcome'> | undefined): boolean {
  return filing !== undefined && !endedWithoutGrant(filing);
}
