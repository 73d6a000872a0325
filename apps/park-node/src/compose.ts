import { join } from 'node:path';
import { calendarsOf, getPark, type Zone } from '@twinpark/pack/zone.ts';
import { CaseCommander } from './case/case-commander.ts';
import { Definitions, storeDefinitions } from './case/definitions.ts';
import type { Config } from './config.ts';
import { FolderEvidenceStore } from './evidence/folder-evidence-store.ts';
import { enqueueNotifications } from './notification/notify.job.ts';
import { storeDemoAccounts } from './organization/demo-accounts.ts';
import { newPeopleByInvitation } from './organization/new-people.ts';
import { storePackOrganizations } from './organization/pack-organizations.ts';
import { createSigner } from './output/jws-signer.ts';
import { createPdfRenderer } from './output/pdf-renderer.ts';
import { loadSigningKeys } from './output/signing-keys.ts';
import { createSignIn } from './platform/auth/sign-in.ts';
import type { Clock } from './platform/clock.ts';
import type { Store } from './platform/database/store.ts';
import { type App, createApp } from './platform/http/app.ts';
import { openJobs } from './platform/jobs/jobs.ts';
import { nodeQueues } from './platform/jobs/node-jobs.ts';
import { registerRoutes } from './routes.ts';
import type { Services } from './services.ts';

export interface NodeParts {
  readonly config: Config;
  readonly zone: Zone;
  readonly clock: Clock;
  /** Closed with the node. */
  readonly store: Store;
  /** Holds every answer against its endpoint's schema. */
  readonly checkAnswers: boolean;
  /** Where the log goes; standard output where it is not given. */
  readonly logStream?: { write(line: string): void };
}

/** A node that is put together but neither listens nor works on its own yet. */
export interface ComposedNode {
  readonly services: Services;
  readonly app: App;
}

/**
 * Puts a node together over an open store, and stores what the zone pack says today.
 *
 * Faults: those of `loadSigningKeys`.
 */
export async function composeNode(parts: NodeParts): Promise<ComposedNode> {
  const { config, zone, clock, store } = parts;
  const park = getPark(zone, config.park);
  const calendarFor = calendarsOf(zone);
  const definitions = new Definitions(zone);
  const keys = loadSigningKeys(join(config.dataFolder, 'keys'), { create: config.mode === 'demo', clock });
  await storeDefinitions(store, zone, clock);
  await storePackOrganizations(store, clock, zone, park);
  if (config.mode === 'demo') await storeDemoAccounts({ config, store, clock, zone, park });

  const identity = createSignIn({
    config,
    parkName: park.name['en'] ?? Object.values(park.name)[0] ?? park.id,
    store,
    clock,
    newPeople: newPeopleByInvitation(store, clock),
    warn: (message) => app.fastify.log.warn({ message }, 'sign-in'),
  });
  const { checkAnswers, logStream } = parts;
  const app = createApp({ identity, zone, config, checkAnswers, ...(logStream && { logStream }) });
  const logger = app.fastify.log;
  const jobs = await openJobs({ store, queues: nodeQueues, logger });
  const services: Services = {
    config,
    zone,
    park,
    clock,
    store,
    definitions,
    calendarFor,
    commander: new CaseCommander({
      store,
      clock,
      definitions,
      park,
      calendarFor,
      onRecorded: enqueueNotifications(jobs),
    }),
    evidenceStore: new FolderEvidenceStore(join(config.dataFolder, 'evidence')),
    signer: createSigner(keys),
    pdfRenderer: createPdfRenderer(),
    identity,
    jobs,
    logger,
  };
  registerRoutes(app, services);
  return { services, app };
}

/** Lets everything that a node has begun come to its end. The store stays open. */
export async function finishNode(
  { services, app }: ComposedNode,
  stopJobs: () => Promise<void>,
): Promise<void> {
  await app.fastify.close();
  await stopJobs();
  await services.commander.stop();
  await services.pdfRenderer.close();
}
