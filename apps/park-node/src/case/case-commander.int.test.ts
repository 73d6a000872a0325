import type { CaseCommand } from '@twinpark/kernel/case/commands.ts';
import type { Actor } from '@twinpark/kernel/case/state.ts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../platform/database/store.ts';
import { newId } from '../platform/ids.ts';
import {
  applicant,
  elmera,
  officer,
  openCommander,
  openingOrder,
  orderOf,
  ordersToGrant,
  reed,
} from '../testing/case-orders.ts';
import { expectRowsToEqualReplay } from '../testing/stored-cases.ts';
import { openTestStores, storeKinds } from '../testing/stores.ts';
import { TestClock } from '../testing/test-clock.ts';
import type { CaseCommander } from './case-commander.ts';
import type { CaseOrder, OrderResult } from './case-order.ts';

const zone = elmera();

describe.each(storeKinds)('Orders on cases, %s', (kind) => {
  const clock = new TestClock('2026-03-02T09:00:00Z');
  let stores: readonly Store[] = [];
  let commanders: readonly CaseCommander[] = [];
  const store = (): Store => first(stores);
  const commander = (): CaseCommander => first(commanders);

  // Two stores on one database are two processes of one park; the embedded database has room for one.
  beforeAll(async () => {
    stores = await openTestStores(kind, kind === 'embedded' ? 1 : 2, clock);
    commanders = await Promise.all(stores.map((each) => openCommander(each, clock)));
    await store().write(async (tx) => {
      await sql`insert into organizations (organization_id, kind, name, created_at)
        values (${reed}, 'applicant', 'Reed Institute', now())`.execute(tx);
    });
  });
  afterAll(async () => {
    for (const each of stores) await each.close();
  });

  const opened = async (): Promise<string> => {
    const order = openingOrder(zone, clock);
    expect(await commander().submit(order)).toMatchObject({ kind: 'done' });
    return order.caseId;
  };
  const versionsOf = async (caseId: string): Promise<readonly number[]> =>
    await store().write(async (tx) => {
      const rows = await tx.selectFrom('caseEvents').select('version').where('caseId', '=', caseId).execute();
      return rows.map(({ version }) => version).sort((a, b) => a - b);
    });

  it('lead from an opening to a grant, each answered when it is stored', async () => {
    const caseId = await opened();
    for (const order of ordersToGrant(caseId)) {
      const result = await commander().submit(order);
      expect(result).toMatchObject({ kind: 'done' });
      const version = (result as { answer: { body: { version: number } } }).answer.body.version;
      expect(await versionsOf(caseId)).toHaveLength(version);
    }
    await expectRowsToEqualReplay(store(), zone, 'north');
  });

  it('leave rows that equal a replay, however they cross each other', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, async (plan) => {
        const cases = [await opened(), await opened()];
        for (const { days, acts } of plan) {
          clock.advance({ days });
          const results = await Promise.all(
            acts.map(async ({ of, act, key, process }) => {
              const order = orderFor(cases[of] ?? '', act, key);
              const submitted = commanders[process % commanders.length]?.submit(order);
              return { order, result: await submitted };
            }),
          );
          requireOneDoing(results);
        }
        await expectRowsToEqualReplay(store(), zone, 'north');
      }),
      { numRuns: 12 },
    );
  });

  it('leave a withdrawn case in the records of the authority with which it was filed', async () => {
    const caseId = await opened();
    await commander().submit(orderOf(caseId, applicant(), [{ type: 'fileCase' }]));
    await commander().submit(orderOf(caseId, applicant(), [{ type: 'withdrawCase' }]));
    expect(await commander().submit(orderOf(caseId, officer(), [{ type: 'acceptCase' }]))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'actionNotInStatus' },
    });
  });

  it('of one key are done once, in whichever process they arrive, and answered alike', async () => {
    const order = openingOrder(zone, clock, { idempotency: keyOf('once', 'same') });
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, place) => commanders[place % commanders.length]?.submit(order)),
    );
    const again = await Promise.all(commanders.map((each) => each.submit(order)));
    const kinds = [...results, ...again].map((result) => result?.kind);
    expect(kinds.filter((each) => each === 'done')).toHaveLength(1);
    expect(new Set(kinds)).toEqual(new Set(['done', 'keyInFlight', 'repeated']));
    const answers = [...results, ...again].flatMap((result) =>
      result && 'answer' in result ? result.answer : [],
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await versionsOf(order.caseId)).toEqual([1]);
  });

  it('of one key with another content are refused', async () => {
    const caseId = await opened();
    const file = orderOf(caseId, applicant(), [{ type: 'fileCase' }], {
      idempotency: keyOf('reused', 'one'),
    });
    expect(await commander().submit(file)).toMatchObject({ kind: 'done' });
    expect(await commander().submit({ ...file, idempotency: keyOf('reused', 'other') })).toEqual({
      kind: 'keyReused',
    });
    expect(await versionsOf(caseId)).toEqual([1, 2]);
  });

  it('of an applicant on another’s case, and of an authority on a draft, find nothing and leave an entry', async () => {
    const caseId = await opened();
    const stranger = applicant('00000000-0000-7000-8000-0000000000ff');
    expect(await commander().submit(orderOf(caseId, stranger, [{ type: 'fileCase' }]))).toEqual({
      kind: 'notFound',
    });
    expect(await commander().submit(orderOf(caseId, officer(), [{ type: 'acceptCase' }]))).toEqual({
      kind: 'notFound',
    });
    const unknown = newId(clock);
    expect(await commander().submit(orderOf(unknown, officer(), [{ type: 'acceptCase' }]))).toEqual({
      kind: 'notFound',
    });
    expect(await entriesOf(store(), caseId)).toEqual([
      'case.acceptCase refused notFound',
      'case.fileCase refused notFound',
      'case.openCase success null',
    ]);
    expect(await entriesOf(store(), unknown)).toEqual(['case.acceptCase refused notFound']);
  });

  it.each([
    ['a value that the database cannot hold', { 'team.name': 'nul \u0000', 'team.headcount': 4 }],
    ['half of a character', { 'team.name': 'half \ud800', 'team.headcount': 4 }],
  ])('with %s fail alone, with an entry, and the rest of their batch is done', async (_, answers) => {
    const good = Array.from({ length: 12 }, () => openingOrder(zone, clock));
    const poisoned = openingOrder(zone, clock);
    const bad: CaseOrder = {
      ...poisoned,
      commands: [{ type: 'openCase', caseId: poisoned.caseId, answers, evidence: [] }],
    };
    const submitted = [...good.slice(0, 5), bad, ...good.slice(5)].map((order) => commander().submit(order));
    const settled = await Promise.allSettled(submitted);
    expect(settled.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
    expect(settled[5]?.status).toBe('rejected');
    expect(await versionsOf(poisoned.caseId)).toEqual([]);
    expect(await entriesOf(store(), poisoned.caseId)).toEqual(['case.openCase failed internalError']);
    for (const { caseId } of good) expect(await versionsOf(caseId)).toEqual([1]);
  });

  it('are undone as a whole when what follows from them cannot be enqueued', async () => {
    const failing = await openCommander(store(), clock, async (tx) => {
      await sql`insert into calendar_editions values ('half done', now())`.execute(tx);
      throw new Error('The queue is gone');
    });
    const order = openingOrder(zone, clock, { idempotency: keyOf('hook', 'x') });
    await expect(failing.submit(order)).rejects.toThrow('The queue is gone');
    expect(await versionsOf(order.caseId)).toEqual([]);
    const { rows } = await store().write((tx) =>
      sql`select from calendar_editions where digest = 'half done'`.execute(tx),
    );
    expect(rows).toEqual([]);
    expect(await commander().submit(order)).toMatchObject({ kind: 'done' });
  });

  it('that meet another process on the same rows are tried again, and done once', async () => {
    let met = 0;
    const crossed = await openCommander(store(), clock, () => {
      met += 1;
      const error = Object.assign(new Error('deadlock detected'), { code: '40P01' });
      return met < 3 ? Promise.reject(error) : Promise.resolve();
    });
    const order = openingOrder(zone, clock);
    expect(await crossed.submit(order)).toMatchObject({ kind: 'done' });
    expect(met).toBe(3);
    expect(await versionsOf(order.caseId)).toEqual([1]);
    expect(await entriesOf(store(), order.caseId)).toEqual(['case.openCase success null']);
  });

  it('leave what was rung for a limit that they do not move, and begin anew for one that they do', async () => {
    const caseId = await opened();
    for (const order of ordersToGrant(caseId).slice(0, 2)) await commander().submit(order);
    const ringOf = async () =>
      await store().write((tx) =>
        tx.selectFrom('deadlines').select(['ring', 'rungAt']).where('caseId', '=', caseId).executeTakeFirst(),
      );
    await store().write((tx) =>
      sql`update deadlines set ring = 'overdue', rung_at = now() where case_id = ${caseId}`.execute(tx),
    );
    const amend = orderOf(caseId, applicant(), [{ type: 'amendCase', answers: { 'team.headcount': 8 } }]);
    expect(await commander().submit(amend)).toMatchObject({ kind: 'done' });
    expect(await ringOf()).toMatchObject({ ring: 'overdue', rungAt: expect.any(Date) });
    const extend = orderOf(caseId, officer(), [{ type: 'extendLimit', reason: 'complex' }]);
    expect(await commander().submit(extend)).toMatchObject({ kind: 'done' });
    expect(await ringOf()).toEqual({ ring: 'dueSoon', rungAt: null });
  });

  it('to open two cases for one step of a dossier leave one case', async () => {
    const dossierId = newId(clock);
    await store().write(async (tx) => {
      await sql`insert into definitions values ('journey', 'journey', 'j', '{}', now()) on conflict do nothing`.execute(
        tx,
      );
      await sql`insert into dossiers (dossier_id, organization_id, journey, journey_hash, title, language, created_by, created_at, changed_at)
        values (${dossierId}, ${reed}, 'j', 'journey', 't', 'de', 'p', now(), now())`.execute(tx);
    });
    const orders = Array.from({ length: 4 }, () => {
      const order = openingOrder(zone, clock);
      if (!order.opening) throw new Error('An opening order opens');
      const dossier = { dossierId, step: 'north-laboratory-permit', attempt: 1 };
      return { ...order, opening: { ...order.opening, dossier } } as CaseOrder;
    });
    const results = await Promise.all(
      orders.map((order, place) => commanders[place % commanders.length]?.submit(order)),
    );
    expect(results.map((result) => result?.kind).sort()).toEqual([
      'done',
      'stepFiled',
      'stepFiled',
      'stepFiled',
    ]);
    await expectRowsToEqualReplay(store(), zone, 'north');
  });

  it('that were taken before a stop are carried out, and none after it', async () => {
    const stopping = await openCommander(store(), clock);
    const orders = Array.from({ length: 30 }, () => openingOrder(zone, clock));
    const taken = orders.map((order) => stopping.submit(order));
    const stopped = stopping.stop();
    expect(await stopping.submit(openingOrder(zone, clock))).toEqual({ kind: 'shuttingDown' });
    await stopped;
    for (const { caseId } of orders) expect(await versionsOf(caseId)).toEqual([1]);
    expect(new Set((await Promise.all(taken)).map((result) => result.kind))).toEqual(new Set(['done']));
    await stopping.stop();
  });
});

const acts: readonly (readonly [Actor, CaseCommand])[] = [
  [applicant(), { type: 'fileCase' }],
  [applicant(), { type: 'amendCase', answers: { 'team.headcount': 7 } }],
  [applicant(), { type: 'withdrawCase' }],
  [officer(), { type: 'acceptCase' }],
  [officer(), { type: 'declineAcceptance', reasons: ['outside the park'] }],
  [officer(), { type: 'requestEvidence', evidence: ['floor-plan'] }],
  [
    applicant(),
    { type: 'supplyEvidence', evidence: [{ type: 'floor-plan', name: 'b.pdf', digest: 'b'.repeat(64) }] },
  ],
  [officer(), { type: 'completeStep', step: 'technical-review', result: 'passed' }],
  [officer(), { type: 'suspendCase', procedure: 'expert-opinion' }],
  [officer(), { type: 'resumeCase' }],
  [officer(), { type: 'extendLimit', reason: 'complex' }],
  [officer(), { type: 'proposeDecision', outcome: 'granted' }],
  [officer('officer-2'), { type: 'returnProposal', reason: 'unclear' }],
  [officer('officer-2'), { type: 'approveDecision' }],
  [applicant(), { type: 'lodgeRemedy', remedy: 'appeal' }],
  [
    { role: 'remedyBody', person: 'judge', organization: 'north-court' },
    { type: 'decideRemedy', result: 'remitted' },
  ],
];
/** Acts that lead onward come more often, so that stories reach their later statuses. */
const onward = [0, 0, 3, 3, 7, 11, 13];

const rounds = fc.array(
  fc.record({
    days: fc.nat({ max: 6 }),
    acts: fc.array(
      fc.record({
        of: fc.nat({ max: 1 }),
        act: fc.oneof(fc.constantFrom(...onward), fc.nat({ max: acts.length - 1 })),
        key: fc.nat({ max: 5 }),
        process: fc.nat({ max: 1 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  }),
  { minLength: 2, maxLength: 8 },
);

/** The same act with the same key on the same case is the same request. */
function orderFor(caseId: string, act: number, key: number): CaseOrder {
  const [actor, command] = acts[act] ?? [applicant(), { type: 'fileCase' } as const];
  return orderOf(caseId, actor, [command], { idempotency: keyOf(`${caseId} ${key}`, `${act}`) });
}

function keyOf(key: string, requestHash: string): NonNullable<CaseOrder['idempotency']> {
  return { scope: 'tests', key, requestHash };
}

/** Of the orders of one round that carry one key and ask the same, at most one is done; repetitions are told the same. */
function requireOneDoing(
  results: readonly { readonly order: CaseOrder; readonly result: OrderResult | undefined }[],
): void {
  const byKey = Map.groupBy(results, ({ order }) => order.idempotency?.key);
  for (const same of byKey.values()) {
    const done = same.flatMap(({ result }) => (result?.kind === 'done' ? result.answer : []));
    expect(done.length).toBeLessThanOrEqual(1);
    for (const { result } of same) {
      if (result?.kind === 'repeated' && done[0]) expect(result.answer).toEqual(done[0]);
    }
  }
}

async function entriesOf(store: Store, caseId: string): Promise<readonly string[]> {
  const rows = await store.write((tx) =>
    tx
      .selectFrom('auditEvents')
      .select(['action', 'outcome', 'code'])
      .where('subjectId', '=', caseId)
      .execute(),
  );
  return rows.map(({ action, outcome, code }) => `${action} ${outcome} ${code}`).sort();
}

function first<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined) throw new Error('There is none while no test runs');
  return item;
}
