import type { DossierSummary } from '@twinpark/contract/dossier/dossiers.ts';
import type { Definitions } from '../case/definitions.ts';
import type { Tx } from '../platform/database/store.ts';
import { cursorAt, readPlace } from '../platform/http/cursor.ts';
import { type Problem, problem } from '../platform/http/problem.ts';
import { newestFilings } from './dossier-value.ts';
import { presentDossierSummary } from './present-dossier.ts';
import { listDossierRows } from './queries/dossiers.ts';
import { listFilingHeads } from './queries/filings.ts';

/** A page of an organisation's dossiers, the last changed first. */
export async function listPage(
  tx: Tx,
  definitions: Definitions,
  organizationId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: DossierSummary[]; nextCursor: string | null } | Problem> {
  const place = cursor === undefined ? null : readPlace(list, cursor, ['instant', 'id']);
  if (cursor !== undefined && place === null) return problem('cursorInvalid');
  const after = place && { changedAt: new Date(place[0]), dossierId: place[1] };
  const found = await listDossierRows(tx, organizationId, after, limit + 1);
  const rows = found.slice(0, limit);
  await definitions.load(
    tx,
    rows.map(({ journeyHash }) => journeyHash),
  );
  const filings = await listFilingHeads(
    tx,
    rows.map(({ dossierId }) => dossierId),
  );
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    items: rows.map((row) => {
      const own = filings.filter(({ dossierId }) => dossierId === row.dossierId);
      return presentDossierSummary(row, definitions.journey(row.journeyHash), newestFilings(own).values());
    }),
    nextCursor: last ? cursorAt(list, [last.changedAt.toISOString(), last.dossierId]) : null,
  };
}

const list = 'dossiers';
