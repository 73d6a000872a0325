import type { Tx } from '../../platform/database/store.ts';

/** A paper of an organisation that is still there. */
export interface Paper {
  readonly evidenceId: string;
  readonly name: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
}

/** A paper that nobody can remove until the transaction ends. */
export async function holdPaper(
  tx: Tx,
  evidenceId: string,
  organizationId: string,
): Promise<Paper | undefined> {
  return await papersOf(tx, organizationId)
    .where('evidenceId', '=', evidenceId)
    .forKeyShare('evidence')
    .executeTakeFirst();
}

/** An organisation's papers by digest; of two with the same bytes the newer. */
export async function listPapers(
  tx: Tx,
  digests: readonly string[],
  organizationId: string,
): Promise<ReadonlyMap<string, Paper>> {
  if (digests.length === 0) return new Map();
  const rows = await papersByDigest(tx, digests, organizationId).execute();
  return new Map(rows.map((paper) => [paper.sha256, paper]));
}

/** The same, and nobody can remove them until the transaction ends. */
export async function holdPapers(
  tx: Tx,
  digests: readonly string[],
  organizationId: string,
): Promise<ReadonlyMap<string, Paper>> {
  if (digests.length === 0) return new Map();
  const rows = await papersByDigest(tx, digests, organizationId).forKeyShare('evidence').execute();
  return new Map(rows.map((paper) => [paper.sha256, paper]));
}

function papersByDigest(tx: Tx, digests: readonly string[], organizationId: string) {
  return papersOf(tx, organizationId).where('evidence.sha256', 'in', digests).orderBy('evidence.createdAt');
}

function papersOf(tx: Tx, organizationId: string) {
  return tx
    .selectFrom('evidence')
    .innerJoin('evidenceFiles as file', 'file.sha256', 'evidence.sha256')
    .select(['evidence.evidenceId', 'evidence.name', 'evidence.sha256', 'file.sizeBytes', 'file.mediaType'])
    .where('evidence.organizationId', '=', organizationId);
}
