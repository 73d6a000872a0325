import { recountQueue, ringQueue } from '../../deadline/deadline.jobs.ts';
import { recountProvisionalDeadlines } from '../../deadline/recount-provisional.ts';
import { ringDeadlines } from '../../deadline/ring-deadlines.ts';
import { fetchFiles, fetchFilesQueue } from '../../gateway/fetch-files.ts';
import { anyWantedFile } from '../../gateway/queries/fetches.ts';
import { startCosigner } from '../../log/cosigner.ts';
import { notify, notifyQueue } from '../../notification/notify.job.ts';
import type { Services } from '../../services.ts';
import { housekeepingQueue, keepHouse } from './housekeeping.job.ts';
import { everyParkHour } from './park-hours.ts';
import type { QueueSettings } from './queue.ts';

/** Everything that a node does on its own. */
export const nodeQueues: readonly QueueSettings[] = [
  notifyQueue,
  ringQueue,
  recountQueue,
  fetchFilesQueue,
  housekeepingQueue,
];

/**
 * Begins to do the node's own work: what waits, and what each hour and day of the park brings. Returns what ends it, once
 * everything that runs has come to its end.
 */
export async function startNodeJobs(services: Services): Promise<() => Promise<void>> {
  const { jobs, store, park, clock, logger, config } = services;
  jobs.handle(notifyQueue, (data) => notify(services, data));
  jobs.handle(ringQueue, async () => {
    logger.info(await ringDeadlines(services), 'deadlines rung');
  });
  jobs.handle(recountQueue, async () => {
    // Before anything rings by days that are out of date.
    await recountProvisionalDeadlines(services);
    await store.write((tx) => jobs.enqueue(tx, ringQueue, [{}]));
  });
  jobs.handle(fetchFilesQueue, () => fetchFiles(services));
  jobs.handle(housekeepingQueue, () => keepHouse(services));
  await jobs.start();
  services.peer?.courier.start(services);
  const cosigner = config.peerUrl === null ? null : startCosigner(services, { peerUrl: config.peerUrl });
  services.log.start(() => cosigner?.nudge());

  let isFirst = true;
  const stopHours = everyParkHour({ clock, timeZone: park.timeZone, logger }, async ({ isNewDay }) => {
    await store.write(async (tx) => {
      await jobs.enqueue(tx, isFirst ? recountQueue : ringQueue, [{}]);
      // The other park may have been away for longer than a job is tried again.
      if (await anyWantedFile(tx)) await jobs.enqueue(tx, fetchFilesQueue, [{}]);
      if (isNewDay) await jobs.enqueue(tx, housekeepingQueue, [{}]);
    });
    isFirst = false;
    // Another process of the park may have told the other park of new keys.
    await services.ownKeys.refresh();
  });
  return async () => {
    await stopHours();
    await services.peer?.courier.stop();
    await services.log.stop();
    await cosigner?.stop();
    await jobs.stop();
  };
}
