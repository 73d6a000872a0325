import { addDossierEvidence, getDossier } from '@twinpark/contract/dossier/dossiers.ts';
import type { Endpoint } from '@twinpark/contract/endpoint.ts';
import { removeEvidence } from '@twinpark/contract/evidence/evidence.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDossier, aPaper } from '../testing/dossiers.ts';
import { hasPostgres } from '../testing/postgres.ts';
import type { Received, TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';

type Answered = Pick<Received<Endpoint>, 'status' | 'problem'>;

describe.runIf(hasPostgres)('A paper that is put into a dossier and removed in the same moment', () => {
  let node: TestNode;
  let lind: TestClient;
  let scope: string;
  let dossierId: string;
  let evidenceId: string;
  beforeAll(async () => {
    node = await startTestNode({ kind: 'server' });
    lind = await node.as('applicant', 'Labor Lind');
    scope = await scopeOf(lind);
  });
  afterAll(() => node.stop());

  const add = (idempotencyKey: string) =>
    lind.call(addDossierEvidence, {
      params: { dossierId },
      body: { evidenceId, type: 'floor-plan' },
      idempotencyKey,
    });
  const remove = (idempotencyKey: string) =>
    lind.call(removeEvidence, { params: { evidenceId }, idempotencyKey });

  it.each([
    { first: add, then: remove, code: 'evidenceInUse', papers: ['floor-plan'] },
    { first: remove, then: add, code: 'evidenceUnknown', papers: [] },
  ])('stays where it was put first, or is gone for good: $code', async ({ first, then, code, papers }) => {
    ({ dossierId } = await aDossier(lind));
    evidenceId = await aPaper(node, dossierId, 'plan.pdf', code);
    const keys = [`first-${code}`, `then-${code}`] as const;
    const answers = await inTheSameMoment(
      keys[0],
      () => first(keys[0]),
      () => then(keys[1]),
    );
    expect(answers.map(({ status }) => status < 400)).toEqual([true, false]);
    expect(answers[1]?.problem).toMatchObject({ code });
    const { evidence } = await lind.get(getDossier, { params: { dossierId } });
    expect(evidence.map(({ type, evidenceId }) => [type, evidenceId])).toEqual(
      papers.map((type) => [type, evidenceId]),
    );
  });

  /** Keeps the first from ending until the second waits for it, as it keeps its answer last. */
  async function inTheSameMoment(
    key: string,
    first: () => Promise<Answered>,
    second: () => Promise<Answered>,
  ): Promise<readonly Answered[]> {
    const { store } = node.services;
    const answers: Promise<Answered>[] = [];
    const undone = store.write(async (tx) => {
      const taken = { scope, key, requestHash: '', status: 200, response: 'null', createdAt: new Date() };
      await tx.insertInto('idempotencyKeys').values(taken).execute();
      answers.push(first());
      await expect.poll(waiting, { timeout: 10_000 }).toBe(1);
      answers.push(second());
      await expect.poll(waiting, { timeout: 10_000 }).toBe(2);
      throw new Error('Let go');
    });
    await expect(undone).rejects.toThrow('Let go');
    return await Promise.all(answers);
  }

  async function waiting(): Promise<number> {
    const { rows } = await node.services.store.jobs.executeSql(`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`);
    return Number(rows[0]?.['count']);
  }

  async function scopeOf(client: TestClient): Promise<string> {
    await aDossier(client);
    const { scope } = await node.services.store.write((tx) =>
      tx.selectFrom('idempotencyKeys').select('scope').executeTakeFirstOrThrow(),
    );
    return scope;
  }
});
