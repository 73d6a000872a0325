import type { Dossier, JourneyWorld } from '@twinpark/kernel/dossier/dossier.ts';
import type { Tx } from '../platform/database/store.ts';
import type { Services } from '../services.ts';
import { type DossierRow, dossierOf, isLive, newestFilings } from './dossier-value.ts';
import { type FiledCase, listFilings } from './queries/filings.ts';
import { listPapers, type Paper } from './queries/papers.ts';

/** A dossier with everything that its steps are judged by. */
export interface HeldDossier {
  readonly row: DossierRow;
  readonly dossier: Dossier;
  /** By step: the newest filing. */
  readonly filings: ReadonlyMap<string, FiledCase>;
  /** By digest: the papers of the dossier that are still there. */
  readonly papers: ReadonlyMap<string, Paper>;
  readonly world: JourneyWorld;
}

/** What surrounds a dossier's row; few queries, however many cases it has. */
export async function holdDossier(
  tx: Tx,
  services: Pick<Services, 'zone' | 'definitions'>,
  row: DossierRow,
): Promise<HeldDossier> {
  const filings = newestFilings(await listFilings(tx, row.dossierId));
  const digests = Object.values(row.evidence).map(({ value }) => value.digest);
  const papers = await listPapers(tx, digests, row.organizationId);
  return {
    row,
    dossier: dossierOf(row, [...filings.values()], new Set(papers.keys())),
    filings,
    papers,
    world: await worldOf(tx, services, row, filings),
  };
}

/**
 * The journey as the dossier keeps it, and the law of each step: that of its running case, else what the zone pack has
 * today.
 */
export async function worldOf(
  tx: Tx,
  { zone, definitions }: Pick<Services, 'zone' | 'definitions'>,
  { journeyHash }: Pick<DossierRow, 'journeyHash'>,
  filings: ReadonlyMap<string, FiledCase> = new Map(),
): Promise<JourneyWorld> {
  const live = [...filings].flatMap(([step, filing]) =>
    isLive(filing) && filing.definitionHash !== null ? [{ step, hash: filing.definitionHash }] : [],
  );
  await definitions.load(tx, [journeyHash, ...live.map(({ hash }) => hash)]);
  const journey = definitions.journey(journeyHash);
  const former = journey.steps.map(({ service }) => service).filter((id) => !zone.services.has(id));
  return {
    journey,
    services:
      former.length === 0
        ? zone.services
        : new Map([...zone.services, ...(await definitions.loadFormer(tx, former))]),
    filedUnder: new Map(live.map(({ step, hash }) => [step, definitions.service(hash)])),
  };
}
