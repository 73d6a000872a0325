import { assignCase } from '@twinpark/contract/case/assign-case.ts';
import { listCases } from '@twinpark/contract/case/list-cases.ts';
import type { SentQueryOf } from '@twinpark/contract/endpoint.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeKinds } from '../testing/stores.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { act, aFiledCase, court, decide, office } from './fixtures/filing.ts';
import { listCaseDesks } from './queries/list-case-desks.ts';
import { listCaseKeys } from './queries/list-case-keys.ts';

type Query = SentQueryOf<typeof listCases>;

const everything = { due: null, assignee: null, filedFrom: null, filedTo: null, outcome: null };

describe.each(storeKinds)('The queue on the %s store', (kind) => {
  let node: TestNode;
  let reed: TestClient;
  let willow: TestClient;
  let officer: TestClient;
  let second: TestClient;
  let judge: TestClient;
  let auditor: TestClient;
  const cases: Record<string, string> = {};

  beforeAll(async () => {
    node = await startTestNode({ kind, now: '2026-06-01T08:00:00Z' });
    reed = await node.as('applicant', '芦苇科技');
    willow = await node.as('applicant', 'Willow Limited');
    officer = await node.as('officer', office, 'Ada');
    second = await node.as('supervisor', office, 'Bo');
    judge = await node.as('officer', court);
    auditor = await node.as('auditor', 'oversight');
    cases['granted'] = await aFiledCase(node, { by: 'Willow Limited' });
    await decide(officer, second, cases['granted']);
    cases['challenged'] = await aFiledCase(node, { by: 'Willow Limited' });
    await decide(officer, second, cases['challenged'], { outcome: 'refused', reasons: ['zu klein'] });
    await act(willow, cases['challenged'], 'lodgeRemedy', { remedy: 'appeal' });
    node.clock.travelTo('2026-06-02T08:00:00Z');
    cases['filed'] = await aFiledCase(node, { by: '芦苇科技' });
    node.clock.travelTo('2026-06-03T08:00:00Z');
    cases['examined'] = await aFiledCase(node, { by: '芦苇科技' });
    await act(officer, cases['examined'], 'acceptCase');
    cases['asked'] = await aFiledCase(node, { by: '芦苇科技', name: '臨床研究院' });
    await act(officer, cases['asked'], 'requestEvidence', { facts: ['team.headcount'] });
    cases['draft'] = await aFiledCase(node, { by: '芦苇科技', draft: true });
    cases['withdrawn'] = await aFiledCase(node, { by: '芦苇科技' });
    await act(reed, cases['withdrawn'], 'withdrawCase');
    node.clock.travelTo('2026-06-10T08:00:00Z');
  });
  afterAll(() => node.stop());

  const nameOf = (caseId: string) => Object.keys(cases).find((name) => cases[name] === caseId) ?? caseId;
  const list = async (client: TestClient, query: Query = {}) =>
    (await client.get(listCases, { query })).items.map(({ caseId }) => nameOf(caseId));

  it('holds for an applicant its own cases, drafts too, and for others none of them', async () => {
    expect((await list(reed)).toSorted()).toEqual(['asked', 'draft', 'examined', 'filed', 'withdrawn']);
    expect((await list(willow)).toSorted()).toEqual(['challenged', 'granted']);
  });

  it('holds for an authority what was filed with it, and for a court what was brought before it', async () => {
    const filed = ['asked', 'challenged', 'examined', 'filed', 'granted', 'withdrawn'];
    expect((await list(officer)).toSorted()).toEqual(filed);
    expect((await list(auditor)).toSorted()).toEqual(filed);
    expect(await list(judge)).toEqual(['challenged']);
  });

  it('is sorted by day of filing, last day or change, what has no such day at the end', async () => {
    expect(await list(officer, { sort: 'due' })).toEqual([
      'filed', // 5 working days from 2 June, without the feast
      'examined',
      ...(await list(officer, { sort: 'due', due: 'none' })),
    ]);
    expect((await list(officer, { sort: '-due' })).slice(0, 2)).toEqual(['examined', 'filed']);
    expect((await list(officer, { sort: 'filed' }))[0]).toBe('granted');
    expect((await list(reed, { sort: '-filed' })).at(-1)).toBe('draft');
    expect((await list(officer, { sort: '-changed' }))[0]).toBe('withdrawn');
    expect((await list(officer, { sort: 'changed' })).at(-1)).toBe('withdrawn');
  });

  it('is filtered by status, by whose move it is and by outcome', async () => {
    expect((await list(officer, { status: ['filed', 'inExamination'] })).toSorted()).toEqual([
      'examined',
      'filed',
    ]);
    expect(await list(officer, { status: 'withdrawn' })).toEqual(['withdrawn']);
    expect(await list(officer, { waitingFor: 'applicant' })).toEqual(['asked']);
    expect(await list(reed, { waitingFor: 'nobody' })).toEqual(['withdrawn']);
    expect(await list(officer, { outcome: 'granted' })).toEqual(['granted']);
    expect(await list(judge, { outcome: 'refused' })).toEqual(['challenged']);
    expect(await list(judge, { outcome: 'granted' })).toEqual([]);
    expect(await list(officer, { waitingFor: 'applicant', status: 'filed' })).toEqual([]);
  });

  it('is filtered by service and by day of filing', async () => {
    expect(await list(officer, { service: 'north-laboratory-permit', status: 'filed' })).toEqual(['filed']);
    expect(await list(officer, { service: 'another-service' })).toEqual([]);
    expect(await list(reed, { service: 'another-service' })).toEqual([]);
    expect(await list(officer, { filedFrom: '2026-06-02', filedTo: '2026-06-02' })).toEqual(['filed']);
    expect((await list(judge, { filedTo: '2026-06-01' })).length).toBe(1);
    expect(await list(judge, { filedFrom: '2026-06-02' })).toEqual([]);
  });

  it('is filtered by when the last day lies', async () => {
    // Today is Wednesday 10 June; Saturday 13 June is worked in exchange for the feast.
    const due = (query: Query) => list(officer, query);
    expect(await due({ due: 'overdue' })).toEqual([]);
    expect(await due({ due: 'thisWeek' })).toEqual(['filed']);
    expect(await due({ due: 'inThreeWorkingDays' })).toEqual(['filed']);
    expect(await due({ due: 'later' })).toEqual(['examined']);
    expect((await due({ due: 'none' })).toSorted()).toEqual(['asked', 'challenged', 'granted', 'withdrawn']);
  });

  it('is filtered by who handles a case, which other organisations do not know', async () => {
    const me = 'supervisor of north-office Bo';
    await second.get(assignCase, { params: { caseId: cases['filed'] ?? '' }, body: { from: null, to: me } });
    expect(await list(second, { assignee: 'me' })).toEqual(['filed']);
    expect(await list(officer, { assignee: me })).toEqual(['filed']);
    expect(await list(officer, { assignee: 'me' })).toEqual([]);
    expect(await list(officer, { assignee: 'nobody' })).not.toContain('filed');
    expect(await list(judge, { assignee: 'nobody' })).toEqual([]);
    const [seen] = (await reed.get(listCases, { query: { status: 'filed' } })).items;
    expect(seen).toMatchObject({ assignee: null });
    const [own] = (await officer.get(listCases, { query: { status: 'filed' } })).items;
    expect(own).toMatchObject({ assignee: { personId: me, name: me } });
  });

  it('is searched in both scripts, by parts of words, by numbers and by the name of the service', async () => {
    expect((await list(officer, { q: '蘆葦' })).toSorted()).toEqual(['examined', 'filed', 'withdrawn']);
    expect(await list(officer, { q: '临床' })).toEqual(['asked']);
    expect(await list(officer, { q: '臨床研究' })).toEqual(['asked']);
    expect(await list(officer, { q: '研床' })).toEqual([]);
    expect((await list(auditor, { q: 'willo' })).toSorted()).toEqual(['challenged', 'granted']);
    expect(await list(judge, { q: 'Willow' })).toEqual(['challenged']);
    expect(await list(judge, { q: '芦苇' })).toEqual([]);
    const [item] = (await officer.get(listCases, { query: { status: 'filed' } })).items;
    expect(await list(officer, { q: item?.caseNumber ?? '' })).toEqual(['filed']);
    expect(await list(reed, { q: item?.caseNumber ?? '' })).toEqual(['filed']);
    expect(await list(willow, { q: item?.caseNumber ?? '' })).toEqual([]);
    expect((await list(officer, { q: 'Laborgenehmigung willow' })).toSorted()).toEqual([
      'challenged',
      'granted',
    ]);
    expect((await list(reed, { q: 'autorisation' })).length).toBe(5);
    expect(await list(reed, { q: 'autorisation kiesel' })).toEqual([]);
    expect(await list(officer, { q: '!!!' })).toEqual([]);
    expect((await list(officer, { q: "' & | ( :* \\" })).length).toBe(0);
  });

  it('is searched along its order where the words are common', async () => {
    const walked = (organization: string, words: string) => {
      const reader = { kind: 'authority', organization, person: 'somebody' } as const;
      return node.services.store.read(reader, async (tx) => {
        const desks = (await listCaseDesks(tx, organization)).map((desk) => ({ ...desk, words }));
        const statuses = ['filed', 'inExamination', 'underRemedy'] as const;
        const filter = { ...everything, statuses };
        const sort = { by: 'filed', descending: false } as const;
        const stretch = { dated: true, after: null, limit: 100 };
        const keys = await listCaseKeys(tx, [{ from: 'desks', desks }], filter, sort, stretch);
        return keys.map(({ caseId }) => nameOf(caseId));
      });
    };
    expect(await walked(office, "'2026'")).toEqual(['challenged', 'filed', 'examined']);
    expect(await walked(office, "'willow'")).toEqual(['challenged']);
    expect(await walked(court, "'willow'")).toEqual(['challenged']);
    expect(await walked(court, "'芦苇'")).toEqual([]);
  });

  it('is counted when asked for', async () => {
    const { total } = await officer.get(listCases, { query: { count: 'true', limit: 1 } });
    expect(total).toEqual({ number: 6, exact: true });
    expect((await officer.get(listCases)).total).toBeNull();
    const own = await reed.get(listCases, { query: { count: 'true', status: 'draft' } });
    expect(own.total).toEqual({ number: 1, exact: true });
  });

  it.each(['due', '-due', 'filed', '-filed', 'changed', '-changed'] as const)(
    'is read page by page without a gap or a repetition, sorted by %s',
    async (sort) => {
      for (const client of [officer, reed, judge]) {
        const whole = await list(client, { sort });
        const paged: string[] = [];
        for (let cursor: string | null = ''; cursor !== null; ) {
          const query: Query = { sort, limit: 2, ...(cursor === '' ? {} : { cursor }) };
          const { items, nextCursor } = await client.get(listCases, { query });
          paged.push(...items.map(({ caseId }) => nameOf(caseId)));
          cursor = nextCursor;
        }
        expect(paged).toEqual(whole);
      }
    },
  );

  it('goes on after what has changed meanwhile: nothing is shown twice', async () => {
    const first = await officer.get(listCases, { query: { sort: 'filed', limit: 3 } });
    const [, moved] = first.items;
    const added = await aFiledCase(node, { by: 'Willow Limited' });
    await act(officer, moved?.caseId ?? '', 'serveOutput', {}).catch(() => {});
    const rest = await officer.get(listCases, {
      query: { sort: 'filed', limit: 100, cursor: first.nextCursor ?? '' },
    });
    const seen = [...first.items, ...rest.items].map(({ caseId }) => caseId);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain(added);
    expect(seen.length).toBe(7);
  });

  it('refuses a cursor of another list, another reader or nobody', async () => {
    const { nextCursor } = await officer.get(listCases, { query: { limit: 1 } });
    const cursor = nextCursor ?? '';
    const codeOf = async (client: TestClient, query: Query) =>
      (await client.problem(listCases, { query })).code;
    expect(await codeOf(officer, { cursor, sort: 'due' })).toBe('cursorInvalid');
    expect(await codeOf(officer, { cursor, status: 'filed' })).toBe('cursorInvalid');
    expect(await codeOf(judge, { cursor })).toBe('cursorInvalid');
    expect(await codeOf(officer, { cursor: 'nonsense' })).toBe('cursorInvalid');
    const [fingerprint] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [string];
    for (const position of [
      ['x', 'y'],
      ['2026-02-30 00:00:00+00', cases['filed']],
      [null, cases['filed']],
      [1],
    ]) {
      const forged = Buffer.from(JSON.stringify([fingerprint, ...position])).toString('base64url');
      expect(await codeOf(officer, { cursor: forged })).toBe('cursorInvalid');
    }
  });
});
