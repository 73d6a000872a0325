import { listAuditEvents } from '@twinpark/contract/audit/list-audit-events.ts';
import { eraseOrganization } from '@twinpark/contract/log/erasure.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { verifyLog } from '@twinpark/transparency/verify-log.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, decide, office } from '../case/fixtures/filing.ts';
import { sweepEvidence } from '../evidence/sweep.ts';
import { instantNow } from '../platform/clock.ts';
import { json } from '../platform/database/sql.ts';
import { newId } from '../platform/ids.ts';
import { filesNaming, rowsNaming } from '../testing/canaries.ts';
import { aDossier, dryLaboratory, filed, withPaper } from '../testing/dossiers.ts';
import { storeKinds } from '../testing/stores.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { log } from './statements.ts';

const canary = 'Kanarienvogel';

describe.each(storeKinds)('Erasing an organisation, %s', (kind) => {
  let node: TestNode;
  let erased: TestClient;
  let heron: TestClient;
  let operator: TestClient;
  let officer: TestClient;
  let second: TestClient;
  let organizationId: string;

  beforeAll(async () => {
    node = await startTestNode({ kind, jobs: true, now: '2026-06-10T08:00:00Z' });
    erased = await node.as('applicant', `${canary} Institute`);
    heron = await node.as('applicant', 'Heron Company');
    operator = await node.as('operator', 'operator');
    officer = await node.as('officer', office);
    second = await node.as('officer', office, 'the second');
    organizationId = await idOf(node, `${canary} Institute`);
  });
  afterAll(async () => await node.stop());

  it('waits until everything has come to an end, and says what has not', async () => {
    const caseId = await aFiledStep(node, erased, canary);
    const { caseNumber } = await node.services.store.write((tx) =>
      tx.selectFrom('cases').select('caseNumber').where('caseId', '=', caseId).executeTakeFirstOrThrow(),
    );
    const problem = await operator.problem(eraseOrganization, asked(organizationId));
    expect(problem).toMatchObject({ code: 'erasureTooEarly', facts: { underWay: [caseNumber] } });
    await decide(officer, second, caseId);
    expect((await operator.problem(eraseOrganization, asked(organizationId))).code).toBe('erasureTooEarly');
    await act(officer, caseId, 'serveOutput', { establishes: { 'northPermit.number': `${canary} N-1` } });
    await aFiledStep(node, heron, 'Lind');
    await crossed(node, organizationId);
  });

  it('is nobody’s but the operator’s, and knows nobody that is not there', async () => {
    expect((await officer.problem(eraseOrganization, asked(organizationId))).code).toBe('roleNotAllowed');
    for (const other of [newId(node.clock), await idOf(node, 'north-office')]) {
      expect((await operator.problem(eraseOrganization, asked(other))).code).toBe('notFound');
    }
  });

  it('leaves not one byte of it in the database or among the files, and the log as it was', async () => {
    const { services } = node;
    await services.log.sequence();
    const before = await sizeAndRoot(node);
    const copy = await filesOf(node);
    const ids = await idsOf(node, organizationId);
    expect(ids.length).toBeGreaterThan(8);
    const heronBefore = await rowsNaming(node, [await idOf(node, 'Heron Company')]);
    const traces = await rowsNaming(node, [canary, ...ids]);
    // What is looked for is found where it is.
    for (const table of [
      'cases',
      'case_events',
      'log_statements',
      'outputs',
      'audit_events',
      'auth_users',
      'dossiers',
    ]) {
      expect(traces.map((trace) => trace.split(' ')[0])).toContain(table);
    }

    const answer = await operator.get(eraseOrganization, asked(organizationId));
    expect(answer).toMatchObject({ cases: 2, dossiers: 1, people: 1 });
    expect(answer.entries).toBeGreaterThan(6);
    expect(await rowsNaming(node, [await idOf(node, 'Heron Company')])).toEqual(heronBefore);
    // By then files that nobody names are old enough for the sweep.
    node.clock.travelTo('2099-01-01T00:00:00Z');
    await sweepEvidence(services);

    expect(await rowsNaming(node, [canary, ...ids])).toEqual([]);
    expect(filesNaming(services.config.dataFolder, canary)).toEqual([]);
    expect(filesNaming(services.config.dataFolder, 'plan of Lind')).toHaveLength(1);

    // The first tiles of the log are what they were, and the whole of it still holds.
    const { size } = before;
    for (const name of [`tile/0/000.p/${size}`, `tile/entries/000.p/${size}`]) {
      expect((await fileOf(node, name))?.toHex()).toBe(copy.get(name)?.toHex());
    }
    const cards = { format: 'twinpark-keys/1', cards: [services.parkCard] } as Parameters<
      typeof verifyLog
    >[1];
    const earlier = await verifyLog(async (path) => copy.get(path) ?? null, cards, nodeCrypto);
    expect(earlier).toMatchObject({ found: { checkpoint: { checkpoint: { size: before.size } } } });
    const whole = await verifyLog(async (path) => (await fileOf(node, path)) ?? null, cards, nodeCrypto);
    expect(whole).toMatchObject({ found: { checkpoint: { checkpoint: { size: before.size + 1 } } } });
  });

  it('leaves on record that it was done, and why, but not to whom', async () => {
    const statements = await node.services.store.write((tx) =>
      tx.selectFrom('logStatements').select(['statement', 'subject']).where('subject', 'is', null).execute(),
    );
    expect(statements).toMatchObject([
      { subject: null, statement: { format: 'twinpark-erasure/1', reason: 'The applicant asked for it.' } },
    ]);
    const auditor = await node.as('auditor', 'oversight');
    const { items } = await auditor.get(listAuditEvents, {
      query: { action: 'organization.erase', outcome: 'success' },
    });
    expect(items).toMatchObject([{ subjectId: null, details: { cases: 2, dossiers: 1, people: 1 } }]);
    expect((await operator.problem(eraseOrganization, asked(organizationId))).code).toBe('notFound');
  });

  it('is not within the rights of the node but as a whole', async () => {
    for (const table of ['case_events', 'log_statements', 'log_entries', 'audit_events', 'outputs']) {
      await expect(
        node.services.store.write((tx) => sql`delete from ${sql.table(table)}`.execute(tx)),
      ).rejects.toThrow(/permission denied/);
    }
    const other = await idOf(node, 'Heron Company');
    // Even whoever calls the function by itself cannot take away what is under way.
    await expect(
      node.services.store.write((tx) => sql`select erase_organization(${other})`.execute(tx)),
    ).rejects.toThrow(/under way/);
  });
});

const asked = (organizationId: string) => ({
  params: { organizationId },
  body: { reason: 'The applicant asked for it.' },
});

async function aFiledStep(node: TestNode, client: TestClient, name: string): Promise<string> {
  const { dossierId } = await aDossier(client, { ...dryLaboratory, 'team.name': name });
  const paper = `%PDF-1.4 plan of ${name}`;
  await withPaper(node, client, dossierId, 'floor-plan', paper);
  await node.services.evidenceStore.put(Buffer.from(paper));
  return (await filed(client, dossierId)).caseId;
}

/** What the gateway keeps of a case that was filed in the other park, its messages done with. */
async function crossed(node: TestNode, organizationId: string): Promise<void> {
  const { store, clock } = node.services;
  const at = instantNow(clock);
  await store.write(async (tx) => {
    const { dossierId } = await tx
      .selectFrom('dossiers')
      .select('dossierId')
      .where('organizationId', '=', organizationId)
      .executeTakeFirstOrThrow();
    const { definitionHash } = await tx
      .selectFrom('cases')
      .select('definitionHash')
      .executeTakeFirstOrThrow();
    const [caseId, messageId] = [newId(clock), newId(clock)];
    const stream = `dossier-${dossierId}`;
    await tx
      .insertInto('peerCases')
      .values({
        caseId,
        dossierId,
        step: 'south-tenancy',
        park: 'south',
        applicantId: organizationId,
        applicantName: `${canary} Institute`,
        service: 'south-tenancy',
        definitionHash,
        authority: 'south-office',
        language: 'fr',
        caseNumber: 'SOUTH-1',
        status: 'closed',
        outcome: null,
        waitingFor: 'nobody',
        dueOn: null,
        dueProvisional: false,
        applicantDueOn: null,
        openedOn: '2026-06-10',
        filedOn: '2026-06-10',
        decidedOn: null,
        receiptNumber: null,
        version: 1,
        state: json({ status: 'closed', answers: { 'team.name': canary } }) as never,
        deadlines: json([]),
        act: json({ messageId, action: 'withdrawCase', sentAt: at, answer: { result: 'done' } }) as never,
        search: '',
        changedAt: at,
      })
      .execute();
    await tx
      .insertInto('outboxStreams')
      .values({ stream, lastPosition: 1, dueAt: null, leasedUntil: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const statement = {
      format: 'twinpark-message/1',
      zone: 'elmera',
      park: 'north',
      at: clock.now().toString(),
      direction: 'sent',
      messageId,
      stream,
      position: 99,
      type: 'org.twinpark.filing.withdrawn',
      digest: 'a'.repeat(64),
    } as const;
    const [entryId = ''] = await log(tx, clock, [{ statement, subject: messageId }]);
    await tx
      .insertInto('outboxMessages')
      .values({
        messageId,
        stream,
        position: 99,
        type: 'org.twinpark.filing.withdrawn',
        subject: caseId,
        data: json({ caseId, note: canary }) as never,
        createdAt: at,
        status: 'delivered',
        lastAttemptAt: at,
        problem: null,
        settledAt: at,
        digest: 'a'.repeat(64),
        entryId,
        receipt: null,
      })
      .execute();
  });
}

async function idOf(node: TestNode, name: string): Promise<string> {
  const { organizationId } = await node.services.store.write((tx) =>
    tx
      .selectFrom('organizations')
      .select('organizationId')
      .where((where) => where.or([where('name', '=', name), where('packId', '=', name)]))
      .limit(1)
      .executeTakeFirstOrThrow(),
  );
  return organizationId;
}

/** Every id that is the organisation's own. */
async function idsOf(node: TestNode, organizationId: string): Promise<readonly string[]> {
  const { rows } = await node.services.store.write((tx) =>
    sql<{ id: string }>`
      select ${organizationId}::text as id
      union select case_id::text from cases where applicant_id = ${organizationId}
      union select case_id::text from peer_cases where applicant_id = ${organizationId}
      union select case_number from cases where applicant_id = ${organizationId}
      union select dossier_id::text from dossiers where organization_id = ${organizationId}
      union select evidence_id::text from evidence where organization_id = ${organizationId}
      union select receipt_number from cases where applicant_id = ${organizationId}
      union select message_id::text from outbox_messages
      union select person_id from memberships where organization_id = ${organizationId}`.execute(tx),
  );
  return rows.map(({ id }) => id).filter(Boolean);
}

async function sizeAndRoot(node: TestNode) {
  return await node.services.store.write((tx) =>
    tx.selectFrom('logHead').select(['size', 'root']).executeTakeFirstOrThrow(),
  );
}

async function fileOf(node: TestNode, path: string): Promise<Uint8Array | undefined> {
  if (path === 'checkpoint') await node.services.log.sequence();
  const { statusCode, rawPayload } = await node.app.fastify.inject({ method: 'GET', url: `/log/${path}` });
  return statusCode === 200 ? new Uint8Array(rawPayload) : undefined;
}

/** A copy of the log, which so far has one tile. */
async function filesOf(node: TestNode): Promise<ReadonlyMap<string, Uint8Array>> {
  const { size } = await sizeAndRoot(node);
  const names = ['checkpoint', `tile/0/000.p/${size}`, `tile/entries/000.p/${size}`];
  const files = await Promise.all(
    names.map(async (name) => [name, (await fileOf(node, name)) ?? new Uint8Array()] as const),
  );
  return new Map(files);
}
