import type { Services } from '../services.ts';
import { forgetFile, listNamedFiles, lockFiles } from './queries/evidence.ts';
import { listOpenUploads, removeExpiredUploads } from './queries/uploads.ts';

/** How long a file may lie without a name: longer than any request between keeping and naming it. */
const unnamedLivesHours = 24;
const batchSize = 500;

/** Removes what uploads left behind: parts of those that expired, and files that nothing names. */
export async function sweepEvidence(
  services: Pick<Services, 'store' | 'evidenceStore' | 'clock'>,
): Promise<{ readonly uploads: number; readonly files: number }> {
  return { uploads: await sweepUploads(services), files: await sweepFiles(services) };
}

async function sweepUploads({
  store,
  evidenceStore,
  clock,
}: Pick<Services, 'store' | 'evidenceStore' | 'clock'>): Promise<number> {
  const now = clock.now();
  await store.write((tx) => removeExpiredUploads(tx, now));
  let removed = 0;
  for await (const kept of inBatches(evidenceStore.listUploads())) {
    const open = new Set(await store.write((tx) => listOpenUploads(tx, kept, now)));
    for (const uploadId of kept.filter((id) => !open.has(id))) {
      await evidenceStore.removeParts(uploadId);
      removed += 1;
    }
  }
  return removed;
}

async function sweepFiles({
  store,
  evidenceStore,
  clock,
}: Pick<Services, 'store' | 'evidenceStore' | 'clock'>): Promise<number> {
  const untouchedSince = clock.now().subtract({ hours: unnamedLivesHours });
  let removed = 0;
  for await (const hashes of inBatches(evidenceStore.listUntouchedSince(untouchedSince))) {
    removed += await store.write(async (tx) => {
      // Whoever is about to name one of these waits, and then finds that it is gone.
      await lockFiles(tx, 'sweeping');
      const named = await listNamedFiles(tx, hashes);
      const unnamed = hashes.filter((sha256) => !named.has(sha256));
      for (const sha256 of unnamed) {
        await forgetFile(tx, sha256);
        await evidenceStore.removeUntouchedSince(sha256, untouchedSince);
      }
      return unnamed.length;
    });
  }
  return removed;
}

async function* inBatches<Item>(items: AsyncIterable<Item>): AsyncIterable<readonly Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
