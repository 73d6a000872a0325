import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type MemberRole,
  type OrganizationKind,
  organizationKinds,
  rolesOfKind,
} from '@twinpark/contract/identity/roles.ts';
import { loadZone } from '@twinpark/pack/load.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { zoneFolder } from '@twinpark/testkit/invented-zone.ts';
import { sql } from 'kysely';
import { composeNode, finishNode, type NodeParts } from '../compose.ts';
import type { Config } from '../config.ts';
import { cookiePrefixOf } from '../platform/auth/session-cookie.ts';
import { instantNow } from '../platform/clock.ts';
import type { Store } from '../platform/database/store.ts';
import type { App } from '../platform/http/app.ts';
import { newId } from '../platform/ids.ts';
import { startNodeJobs } from '../platform/jobs/node-jobs.ts';
import type { Services } from '../services.ts';
import { openTestStore } from './stores.ts';
import { TestClient } from './test-client.ts';
import { TestClock } from './test-clock.ts';

/** A whole node in this process, over a store of its own. */
export interface TestNode {
  readonly services: Services;
  readonly app: App;
  readonly clock: TestClock;
  /** A client that nobody is signed in at. */
  readonly nobody: TestClient;
  /**
   * A client for a person that acts in a role: for an organisation of the zone pack by its id, or, as an applicant, for
   * a company of that name, made when it is first named.
   */
  as(role: MemberRole, organization: string, person?: string): Promise<TestClient>;
  /** Ends it and starts it again, as its operator does: over all that it has kept, or with another store in its place. */
  restart(store?: Store): Promise<TestNode>;
  stop(): Promise<void>;
}

export interface TestNodeOptions {
  readonly kind?: Store['kind'];
  readonly park?: string;
  readonly now?: string;
  readonly config?: Partial<Config>;
  /** Whether the node does its own work, too, such as telling people what happened. */
  readonly jobs?: boolean;
  /** Where it looks for the other park's card, which may come later; not given: as `config` says. */
  readonly peerCardIn?: 'own folder';
  /** Where its log goes. */
  readonly logStream?: { write(line: string): void };
}

export async function startTestNode(options: TestNodeOptions = {}): Promise<TestNode> {
  const clock = new TestClock(options.now ?? '2026-06-10T08:00:00Z');
  const folder = mkdtempSync(join(tmpdir(), 'twinpark-node-'));
  const store = await openTestStore(options.kind ?? 'embedded', clock);
  const config = testConfig(folder, options);
  const zone = await zoneIn(config.zoneFolder);
  return await composed({ clock, store, config, zone }, options, new Map());
}

async function composed(
  parts: Pick<NodeParts, 'config' | 'zone' | 'store'> & { readonly clock: TestClock },
  options: TestNodeOptions,
  cookies: Map<string, string>,
): Promise<TestNode> {
  const { config, clock, store } = parts;
  const node = await composeNode({
    ...parts,
    checkAnswers: true,
    ...(options.logStream && { logStream: options.logStream }),
  });
  const { services, app } = node;
  const stopJobs = options.jobs ? await startNodeJobs(services) : () => services.jobs.stop();
  await app.fastify.ready();
  const end = async () => {
    app.drain();
    await finishNode(node, stopJobs);
  };
  return {
    services,
    app,
    clock,
    nobody: new TestClient(app.fastify, {}),
    as: async (role, organization, person) => {
      const id = `${role} of ${organization}${person ? ` ${person}` : ''}`;
      const cookie = cookies.get(id) ?? (await signedIn(services, id, role, organization));
      cookies.set(id, cookie);
      return new TestClient(app.fastify, { cookie });
    },
    restart: async (next) => {
      await end();
      if (next === undefined) return await composed(parts, options, cookies);
      await store.close();
      return await composed({ ...parts, store: next }, options, new Map());
    },
    stop: async () => {
      await end();
      await store.close();
      rmSync(config.dataFolder, { recursive: true, force: true });
    },
  };
}

async function zoneIn(folder: string): Promise<Zone> {
  const loaded = await loadZone(folder);
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  return loaded.zone;
}

function testConfig(folder: string, { park = 'north', config, peerCardIn }: TestNodeOptions): Config {
  return {
    park,
    zoneFolder,
    dataFolder: folder,
    databaseUrl: null,
    databaseOwnerUrl: null,
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://localhost',
    peerUrl: null,
    peerCard: peerCardIn === undefined ? null : join(folder, 'peer-card.json'),
    trustProxy: 0,
    mode: 'demo',
    sessionSecret: 'a secret for tests that nobody needs to guess',
    openIdProviders: [],
    largestEvidenceBytes: 104_857_600,
    requestsPerMinute: 1_000_000,
    messagesKeptDays: 400,
    metricsToken: null,
    logLevel: 'silent',
    ...config,
  };
}

/** Makes the person, its organisation and a session of it. Returns the cookie of the session. */
async function signedIn(
  { store, clock, config }: Services,
  id: string,
  role: MemberRole,
  organization: string,
): Promise<string> {
  const kind = kindOf(role);
  const packId = kind === 'applicant' ? null : organization;
  const createdAt = instantNow(clock);
  await sql`insert into auth_users (id, name, email, email_verified, assurance, demo)
    values (${id}, ${id}, ${`${randomUUID()}@demo.invalid`}, true, 'substantial', true)`.execute(
    store.identity,
  );
  const organizationId = await store.write(async (tx) => {
    const known = await tx
      .selectFrom('organizations')
      .select('organizationId')
      .where('kind', '=', kind)
      .where((where) => (packId === null ? where('name', '=', organization) : where('packId', '=', packId)))
      .executeTakeFirst();
    const organizationId = known?.organizationId ?? newId(clock);
    if (!known) {
      await tx
        .insertInto('organizations')
        .values({ organizationId, kind, packId, name: organization, demo: true, createdAt })
        .execute();
    }
    await tx
      .insertInto('memberships')
      .values({ organizationId, personId: id, role, manages: true, createdAt })
      .execute();
    return organizationId;
  });
  const token = randomUUID();
  await sql`insert into auth_sessions (id, user_id, token, expires_at, acting_organization_id)
    values (${randomUUID()}, ${id}, ${token}, '2100-01-01', ${organizationId})`.execute(store.identity);
  const signature = createHmac('sha256', config.sessionSecret).update(token).digest('base64');
  return `${cookiePrefixOf(config)}.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
}

function kindOf(role: MemberRole): OrganizationKind {
  return organizationKinds.find((kind) => rolesOfKind[kind].includes(role)) ?? 'applicant';
}
