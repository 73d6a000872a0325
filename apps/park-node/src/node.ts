import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { loadZone } from '@twinpark/pack/load.ts';
import { nearest } from '@twinpark/pack/nearest.ts';
import { problemText } from '@twinpark/pack/problems.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { type ComposedNode, composeNode, finishNode } from './compose.ts';
import type { Config } from './config.ts';
import type { ReadyNode } from './node-message.ts';
import { inviteFirstOperator } from './organization/first-operator.ts';
import { recordNodeEntry } from './platform/audit/node-entry.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import { openEmbeddedStore } from './platform/database/embedded-store.ts';
import { openServerStore } from './platform/database/server-store.ts';
import type { Store } from './platform/database/store.ts';
import { startNodeJobs } from './platform/jobs/node-jobs.ts';
import { StartFault } from './platform/start-fault.ts';

/** A node that serves. */
export interface RunningNode {
  readonly about: ReadyNode;
  /** Where it listens, which behind a proxy is not its public address. */
  readonly listensAt: string;
  /** Finishes what is being done, takes nothing new, and lets the store go. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** The zone, where it has been read already. */
  readonly zone?: Zone;
  readonly clock?: Clock;
  /** Where the log goes; standard output where it is not given. */
  readonly logStream?: { write(line: string): void };
}

/** Requests and jobs that take longer when the node stops are cut off; they begin again elsewhere. Unit: milliseconds. */
const longestStop = 20_000;

/**
 * Starts a node: opens its store, brings it to the newest schema, and listens.
 *
 * Faults: `zoneBroken`, `parkUnknown`, `folderUnwritable`, `portInUse`, `addressUnusable`, and those of the stores and
 * of `composeNode`.
 */
export async function startNode(config: Config, options: StartOptions = {}): Promise<RunningNode> {
  const { clock = systemClock, logStream } = options;
  const zone = options.zone ?? (await readZone(config));
  judgePark(zone, config);
  await makeFolder(config.dataFolder);
  const lateErrors: Error[] = [];
  let log: (error: Error) => void = (error) => lateErrors.push(error);
  const store = await openStore(config, clock, (error) => log(error));
  let composed: ComposedNode | null = null;
  try {
    const node = await composeNode({
      config,
      zone,
      clock,
      store,
      checkAnswers: false,
      ...(logStream && { logStream }),
    });
    composed = node;
    const { services, app } = node;
    log = (error) => services.logger.warn(error, 'A database connection broke');
    for (const error of lateErrors) log(error);
    const listensAt = await listen(node);
    const stopJobs = await startNodeJobs(services);
    await recordNodeEntry(services, 'node.start');
    services.logger.info({ park: config.park, mode: config.mode, store: store.kind }, 'started');
    return {
      about: {
        park: config.park,
        name: services.park.name,
        mark: services.park.mark,
        url: config.publicUrl,
        store: store.kind,
        dataFolder: config.dataFolder,
        mode: config.mode,
        firstOperatorLink: config.mode === 'demo' ? null : await inviteFirstOperator(services),
      },
      listensAt,
      stop: async () => {
        services.logger.info('stopping');
        app.drain();
        await Promise.race([
          finishNode(node, stopJobs),
          pause(longestStop, null, { ref: false }).then(() => {
            services.logger.warn('Stopped before everything was finished');
            app.fastify.server.closeAllConnections();
          }),
        ]);
        // A database that is gone keeps nobody from stopping.
        await recordNodeEntry(services, 'node.stop').catch(log);
        await store.close();
      },
    };
  } catch (error) {
    if (composed) await giveUp(composed);
    await store.close();
    throw error;
  }
}

/** Lets go of what a node holds that did not come to serve, so that its process can end. */
async function giveUp(node: ComposedNode): Promise<void> {
  await finishNode(node, () => node.services.jobs.stop());
}

async function readZone({ zoneFolder: folder }: Config): Promise<Zone> {
  const loaded = await loadZone(folder);
  if ('zone' in loaded) return loaded.zone;
  const [problem] = loaded.problems;
  const first = problem && `${problem.path}:${problem.line}:${problem.column} ${problemText(problem, 'en')}`;
  throw new StartFault('zoneBroken', { folder, count: loaded.problems.length, first });
}

function judgePark(zone: Zone, { park }: Config): void {
  if (zone.parks.has(park)) return;
  const known = [...zone.parks.keys()];
  throw new StartFault('parkUnknown', { park, suggestion: nearest(park, known), known: known.join(', ') });
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new StartFault('folderUnwritable', { folder, reason: reasonOf(error) }, error);
  }
}

async function openStore(config: Config, clock: Clock, onError: (error: Error) => void): Promise<Store> {
  const { databaseUrl, databaseOwnerUrl, dataFolder } = config;
  if (databaseUrl === null) return await openEmbeddedStore(dataFolder, clock);
  return await openServerStore({
    url: databaseUrl,
    ...(databaseOwnerUrl !== null && { ownerUrl: databaseOwnerUrl }),
    clock,
    onError,
  });
}

async function listen({ services: { config }, app }: ComposedNode): Promise<string> {
  const { host, port } = config;
  try {
    return await app.fastify.listen({ host, port });
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === 'EADDRINUSE') throw new StartFault('portInUse', { port, host }, error);
    if (['EADDRNOTAVAIL', 'EACCES', 'ENOTFOUND', 'EAI_AGAIN'].includes(reason)) {
      throw new StartFault('addressUnusable', { host, port, reason }, error);
    }
    throw error;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
