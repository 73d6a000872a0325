import { createHash } from 'node:crypto';
import { protocolVersions } from '@twinpark/contract/gateway/exchange.ts';
import type { MessageOf } from '@twinpark/contract/gateway/messages.ts';
import { fileRangeBytes } from '@twinpark/contract/gateway/read-peer-file.ts';
import { z } from 'zod';
import { sha256Of } from '../evidence/content-digest.ts';
import { mediaTypeOf } from '../evidence/media-type.ts';
import { lockFiles } from '../evidence/queries/evidence.ts';
import { instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import type { DeliveryProblem } from '../platform/database/tables.ts';
import type { Queue } from '../platform/jobs/queue.ts';
import type { Services } from '../services.ts';
import type { PeerClient } from './peer-client.ts';
import {
  listWantedFiles,
  markFetched,
  markUnfetchable,
  type WantedFile,
  wantFiles,
} from './queries/fetches.ts';

/** Asking for the files that the other park offered, one park's worth at a time. */
export const fetchFilesQueue: Queue<object> = {
  name: 'fetch-files',
  data: z.object({}),
  runs: 'single',
  longestSeconds: 3_600,
};

/** Notes files as wanted and has them fetched once the transaction is done. */
export async function wantFilesOfPeer(
  tx: Tx,
  { jobs, clock }: Pick<Services, 'jobs' | 'clock'>,
  files: readonly Omit<WantedFile, 'requestedAt'>[],
): Promise<void> {
  if (files.length === 0) return;
  const requestedAt = instantNow(clock);
  await wantFiles(
    tx,
    files.map((file) => ({ ...file, requestedAt })),
  );
  await jobs.enqueue(tx, fetchFilesQueue, [{}]);
}

/** The papers of filings and amendments that were taken. */
export async function wantPapers(
  tx: Tx,
  services: Pick<Services, 'jobs' | 'clock'>,
  messages: readonly MessageOf<'org.twinpark.filing.submitted' | 'org.twinpark.filing.amended'>[],
): Promise<void> {
  const papers = messages.flatMap(({ data: { caseId, papers } }) =>
    papers.map(({ digest: sha256, sizeBytes, mediaType }) => ({
      ...{ caseId, sha256, sizeBytes, mediaType },
      ...({ kind: 'paper', receiptNumber: null, language: null } as const),
    })),
  );
  await wantFilesOfPeer(tx, services, papers);
}

type FetchNeeds = Pick<Services, 'store' | 'clock' | 'evidenceStore' | 'config' | 'logger'> & {
  readonly peer: { readonly client: Pick<PeerClient, 'get'> } | null;
};

/**
 * Fetches every file that is wanted, piece by piece, so that a cut costs a piece and no more. A file that is not what
 * the message said is not kept, and its row says why.
 *
 * Throws: when the other park's node could not be reached or failed; then the job is tried again later.
 */
export async function fetchFiles(needs: FetchNeeds): Promise<void> {
  const { store, peer, logger } = needs;
  if (peer === null) return;
  let after: WantedFile | null = null;
  let failed = 0;
  for (;;) {
    const wanted: readonly WantedFile[] = await store.write((tx) => listWantedFiles(tx, filesAtOnce, after));
    for (const file of wanted) {
      const problem = await fetchFile(needs, peer.client, file);
      if (problem === null) continue;
      if (problem === 'later') {
        failed += 1;
        continue;
      }
      logger.warn({ sha256: file.sha256, case: file.caseId, code: problem.code }, 'A file was not kept');
      await store.write((tx) => markUnfetchable(tx, file, problem));
    }
    const last = wanted.at(-1);
    if (wanted.length < filesAtOnce || !last) break;
    after = last;
  }
  // Those behind it have had their turn: a file that cannot be sent keeps no other from coming.
  if (failed > 0) throw new Error(`The other park's node failed to send ${failed} files`);
}

const filesAtOnce = 50;

/** Why a file is not kept; null for one that is, and `later` where the other park's node failed. */
async function fetchFile(
  { store, clock, evidenceStore, config }: FetchNeeds,
  client: Pick<PeerClient, 'get'>,
  file: WantedFile,
): Promise<DeliveryProblem | 'later' | null> {
  const { sha256, sizeBytes, mediaType } = file;
  if (sizeBytes > config.largestEvidenceBytes) {
    return fault('fileTooLarge', { sizeBytes, most: config.largestEvidenceBytes });
  }
  const draft = draftIdOf(file);
  const pieces = Math.ceil(sizeBytes / fileRangeBytes);
  const open = () => evidenceStore.readParts(draft, pieces);
  const there = await countWhole(open(), file);
  for (let piece = there; piece < pieces; piece += 1) {
    const bytes = await fetchPiece(client, file, piece * fileRangeBytes);
    if (!(bytes instanceof Uint8Array)) return bytes;
    if (bytes.byteLength !== lengthOf(piece, file)) return fault('sizeMismatch', { sizeBytes });
    await evidenceStore.putPart(draft, piece + 1, bytes);
  }
  const found = await judge(open, file);
  if (found !== null) {
    await evidenceStore.removeParts(draft);
    return found;
  }
  await evidenceStore.put(open());
  const at = instantNow(clock);
  await store.write(async (tx) => {
    await lockFiles(tx, 'naming');
    // What the sweep took before the lock was held is fetched again by the job that this error repeats.
    if ((await evidenceStore.read(sha256)) === null) throw new Error(`${sha256} was swept away`);
    await tx
      .insertInto('evidenceFiles')
      .values({ sha256, sizeBytes, mediaType, storedAt: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await markFetched(tx, file, at);
  });
  await evidenceStore.removeParts(draft);
  return null;
}

/** What is wrong with the bytes that came; null when they are those that the message named. */
async function judge(
  open: () => AsyncIterable<Uint8Array>,
  { sha256, mediaType }: WantedFile,
): Promise<DeliveryProblem | null> {
  const hash = createHash('sha256');
  for await (const bytes of open()) hash.update(bytes);
  const digest = hash.digest('hex');
  if (digest !== sha256) return fault('digestMismatch', { found: digest });
  const found = await mediaTypeOf(open, mediaType === 'text/csv' ? '.csv' : '');
  return found === mediaType ? null : fault('fileTypeNotAllowed', { found, declared: mediaType });
}

/** A piece of a file; or the problem with the whole of it, where the other park does not have it. */
async function fetchPiece(
  client: Pick<PeerClient, 'get'>,
  { caseId, sha256 }: WantedFile,
  from: number,
): Promise<Uint8Array | DeliveryProblem | 'later'> {
  const path = `/gateway/cases/${caseId}/files/${sha256}?from=${from}` as const;
  // A node that has not been brought up to date yet says 400 to the newest version and answers the one before.
  for (const protocol of protocolVersions.toReversed()) {
    const answered = await client.get(path, { protocol, largestAnswer: fileRangeBytes });
    if (answered.kind !== 'answered') throw new Error(`The other park's node: ${answered.kind}`);
    if (answered.status === 200) return answered.body;
    if (answered.status === 404) return { code: 'notFound', raisedBy: 'peer', facts: {} };
    if (answered.status !== 400) return 'later';
  }
  return 'later';
}

/** Pieces that an earlier attempt has kept whole. */
async function countWhole(kept: AsyncIterable<Uint8Array>, file: WantedFile): Promise<number> {
  let count = 0;
  for await (const bytes of kept) {
    if (bytes.byteLength !== lengthOf(count, file)) break;
    count += 1;
  }
  return count;
}

function lengthOf(piece: number, { sizeBytes }: WantedFile): number {
  return Math.min(fileRangeBytes, sizeBytes - piece * fileRangeBytes);
}

/** Where the pieces lie until the file is whole: under an id that every attempt comes to. */
function draftIdOf({ caseId, sha256 }: WantedFile): string {
  const hex = sha256Of(new TextEncoder().encode(`${caseId} ${sha256}`));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

function fault(code: string, facts: DeliveryProblem['facts']): DeliveryProblem {
  return { code, raisedBy: 'node', facts };
}
