import { join } from 'node:path';
import { protocolVersions } from '@twinpark/contract/gateway/exchange.ts';
import { calendarsOf, getPark, otherPark, type Zone } from '@twinpark/pack/zone.ts';
import type { CarryOutOptions } from './case/carry-out.ts';
import { CaseCommander } from './case/case-commander.ts';
import { Definitions, storeDefinitions } from './case/definitions.ts';
import type { Config } from './config.ts';
import { FolderEvidenceStore } from './evidence/folder-evidence-store.ts';
import { Courier } from './gateway/courier.ts';
import { hearWaitingWords } from './gateway/hear-words.ts';
import { OwnKeys } from './gateway/own-keys.ts';
import { PeerClient } from './gateway/peer-client.ts';
import { PeerKeys } from './gateway/peer-keys.ts';
import { listPeerKeys } from './gateway/queries/peer-keys.ts';
import { createSignedRequests } from './gateway/signed-requests.ts';
import { logSigner } from './log/note-signers.ts';
import { ParkLog } from './log/park-log.ts';
import { enqueueNotifications } from './notification/notify.job.ts';
import { storeDemoAccounts } from './organization/demo-accounts.ts';
import { newPeopleByInvitation } from './organization/new-people.ts';
import { storePackOrganizations } from './organization/pack-organizations.ts';
import { createSigner } from './output/jws-signer.ts';
import { createPdfRenderer } from './output/pdf-renderer.ts';
import { createSignIn } from './platform/auth/sign-in.ts';
import type { Clock } from './platform/clock.ts';
import type { Store } from './platform/database/store.ts';
import { type App, createApp } from './platform/http/app.ts';
import { openJobs } from './platform/jobs/jobs.ts';
import { nodeQueues } from './platform/jobs/node-jobs.ts';
import { loadNodeKeys } from './platform/keys/node-keys.ts';
import { parkCardOf, writeParkCard } from './platform/keys/park-card.ts';
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
 * Faults: those of `loadNodeKeys`, of `readPeerCard` and of `storePackOrganizations`.
 */
export async function composeNode(parts: NodeParts): Promise<ComposedNode> {
  const { config, zone, clock, store } = parts;
  const park = getPark(zone, config.park);
  const calendarFor = calendarsOf(zone);
  const definitions = new Definitions(zone);
  const keys = loadNodeKeys(config.dataFolder, { create: config.mode === 'demo', clock });
  const parkCard = parkCardOf({ zone, park, address: config.publicUrl }, keys);
  const peer = otherPark(zone, park.id);
  const peerKeys = new PeerKeys({
    cardFile: config.peerCard,
    peer: { zone: zone.id, park: peer.id },
    clock,
    readAnnounced: () => store.write(listPeerKeys),
    onFault: ({ code, facts }) => app.fastify.log.warn({ code, reason: facts['reason'] }, 'peer card'),
  });
  // In a demo the two nodes start at once, and the other one may not have written its card yet.
  peerKeys.check(config.mode === 'demo');
  await peerKeys.refresh();
  // First of all that is written: data of the other mode are left as they are.
  await storePackOrganizations(store, clock, zone, park, config.mode);
  writeParkCard(config.dataFolder, parkCard);
  const ownKeys = new OwnKeys({ store, clock, card: parkCard, hasPeer: config.peerUrl !== null });
  // Before anything is signed: the other park knows no key that is new.
  await ownKeys.announce();
  const signer = () => ownKeys.signer(keys.gateway);
  await storeDefinitions(store, zone, clock);
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
  const peerGate = createSignedRequests({
    peer: peer.id,
    publicUrl: config.publicUrl,
    peerKeys,
    signer,
    protocols: protocolVersions,
    clock,
  });
  const app = createApp({ identity, zone, config, peerGate, checkAnswers, ...(logStream && { logStream }) });
  const logger = app.fastify.log;
  const jobs = await openJobs({ store, queues: nodeQueues, logger });
  const client =
    config.peerUrl === null ? null : new PeerClient({ peerUrl: config.peerUrl, peerKeys, signer, clock });
  const joined = client && { park: peer, client, courier: new Courier(client) };
  const notifyOf = enqueueNotifications(jobs);
  const name = { zone: zone.id, park: park.id };
  const log = new ParkLog({
    store,
    clock,
    signer: () => logSigner(name, ownKeys.signer(keys.log)),
    logger,
  });
  const caseOptions: CarryOutOptions = {
    clock,
    definitions,
    park,
    calendarFor,
    zone: zone.id,
    peer: joined && peer.id,
    onRecorded: async (tx, recorded) => {
      await notifyOf(tx, recorded);
      await hearWaitingWords(tx, recorded, caseOptions);
      log.nudge();
      joined?.courier.nudge();
    },
  };
  const services: Services = {
    config,
    zone,
    park,
    clock,
    store,
    definitions,
    calendarFor,
    caseOptions,
    commander: new CaseCommander({ ...caseOptions, store }),
    evidenceStore: new FolderEvidenceStore(join(config.dataFolder, 'evidence')),
    keys,
    parkCard,
    peerKeys,
    ownKeys,
    peer: joined,
    log,
    signer: createSigner(keys.documents, () => ownKeys.signer(keys.documents)),
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
