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
import { composeNode, finishNode } from '../compose.ts';
import type { Config } from '../config.ts';
import { cookiePrefixOf } from '../platform/auth/session-cookie.ts';
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
  stop(): Promise<void>;
}

export interface TestNodeOptions {
  readonly kind?: Store['kind'];
  readonly park?: string;
  readonly now?: string;
  readonly config?: Partial<Config>;
  /** Whether the node does its own work, too, such as telling people what happened. */
  readonly jobs?: boolean;
}

export async function startTestNode(options: TestNodeOptions = {}): Promise<TestNode> {
  const clock = new TestClock(options.now ?? '2026-06-10T08:00:00Z');
  const folder = mkdtempSync(join(tmpdir(), 'twinpark-node-'));
  const store = await openTestStore(options.kind ?? 'embedded', clock);
  const config = testConfig(folder, options);
  const zone = await zoneIn(config.zoneFolder);
  const node = await composeNode({ config, zone, clock, store, checkAnswers: true });
  const { services, app } = node;
  const stopJobs = options.jobs ? await startNodeJobs(services) : () => services.jobs.stop();
  await app.fastify.ready();
  const cookies = new Map<string, string>();
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
    stop: async () => {
      app.drain();
      await finishNode(node, stopJobs);
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function zoneIn(folder: string): Promise<Zone> {
  const loaded = await loadZone(folder);
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  return loaded.zone;
}

function testConfig(folder: string, { park = 'north', config }: TestNodeOptions): Config {
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
    trustProxy: 0,
    mode: 'demo',
    sessionSecret: 'a secret for tests that nobody needs to guess',
    openIdProviders: [],
    largestEvidenceBytes: 104_857_600,
    requestsPerMinute: 1_000_000,
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
  const createdAt = new Date(clock.now().epochMilliseconds);
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
