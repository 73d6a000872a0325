import { assignCase, listColleagues } from '@twinpark/contract/case/assign-case.ts';
import { explainClock } from '@twinpark/contract/case/explain-clock.ts';
import { exportCase } from '@twinpark/contract/case/export-case.ts';
import { getCase } from '@twinpark/contract/case/get-case.ts';
import { getCaseTimeline } from '@twinpark/contract/case/get-case-timeline.ts';
import { listCases } from '@twinpark/contract/case/list-cases.ts';
import type { AnswerOf } from '@twinpark/contract/endpoint.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import { replay } from '@twinpark/kernel/case/evolve.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { storeKinds } from '../testing/stores.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { act, aFiledCase, court, decide, office } from './fixtures/filing.ts';

const ada = 'officer of north-office Ada';
const bo = 'supervisor of north-office Bo';

describe.each(storeKinds)('A case on the %s store', (kind) => {
  let node: TestNode;
  let reed: TestClient;
  let willow: TestClient;
  let officer: TestClient;
  let second: TestClient;
  let judge: TestClient;
  let auditor: TestClient;
  beforeAll(async () => {
    node = await startTestNode({ kind });
    reed = await node.as('applicant', 'Reed Institute', 'Rae');
    willow = await node.as('applicant', 'Willow Limited');
    officer = await node.as('officer', office, 'Ada');
    second = await node.as('supervisor', office, 'Bo');
    judge = await node.as('officer', court);
    auditor = await node.as('auditor', 'oversight');
  });
  afterAll(() => node.stop());

  const filed = (headcount?: number) =>
    aFiledCase(node, { by: 'Reed Institute', ...(headcount === undefined ? {} : { headcount }) });
  const read = (client: TestClient, caseId: string) => client.get(getCase, { params: { caseId } });

  describe('when it is read', () => {
    it('shows what was filed, what the rules make of it, and which limits run by which clause', async () => {
      const view = await read(officer, await filed(2));
      expect(view).toMatchObject({
        status: 'filed',
        service: { name: { de: 'Laborgenehmigung Nord' } },
        facts: [
          { id: 'team.name', label: { de: 'Name des Teams' }, value: 'Reed' },
          { id: 'team.headcount', type: 'integer', value: 2 },
          { id: 'laboratory.kind', value: 'dry' },
        ],
        evidence: [{ type: { name: { de: 'Grundriss' } }, name: 'plan.pdf' }],
        missing: { facts: [], evidence: [] },
        criteria: [
          { id: 'enough-people', value: 'no', law: { clause: '§ 3', title: { de: 'Nordparkgesetz' } } },
        ],
        steps: [
          { state: 'notBegun' },
          { state: 'notBegun', joint: { otherAuthority: { id: 'south-office' } } },
        ],
        clocks: [
          { clock: 'acceptance', dueOn: '2026-06-16', owner: { kind: 'authority' }, law: { clause: '§ 4' } },
        ],
        remedies: [{ id: 'appeal', body: { id: court }, lastDay: null, state: 'available' }],
        definition: { inForce: true },
        decision: null,
        output: null,
      });
    });

    it('tells each reader what it may do and, of the rest, why not, in its language', async () => {
      const caseId = await filed();
      const headers = { 'accept-language': 'zh-CN' };
      const view = await officer.get(getCase, { params: { caseId }, headers });
      const open = view.actions.filter(({ refusal }) => refusal === null).map(({ action }) => action);
      expect(open.toSorted()).toEqual(['acceptCase', 'declineAcceptance', 'requestEvidence']);
      const closed = view.actions.find(({ action }) => action === 'closeCase')?.refusal;
      expect(closed).toMatchObject({
        code: 'actionNotInStatus',
        clause: { title: { de: 'Nordparkgesetz' } },
      });
      expect(closed?.detail).toMatch(/\p{Script=Han}/u);
      const own = await read(reed, caseId);
      expect(own.actions.map(({ action, refusal }) => [action, refusal?.code ?? null])).toEqual([
        ['amendCase', null],
        ['withdrawCase', null],
        ['supplyEvidence', 'actionNotInStatus'],
        ['lodgeRemedy', 'actionNotInStatus'],
      ]);
      expect((await read(auditor, caseId)).actions).toEqual([]);
    });

    it('lets the body of a remedy decide on it, and nobody else', async () => {
      const caseId = await filed();
      await decide(officer, second, caseId, { outcome: 'refused', reasons: ['zu klein'] });
      await act(officer, caseId, 'serveOutput');
      expect((await read(reed, caseId)).remedies).toMatchObject([
        { lastDay: '2026-07-10', provisional: false },
      ]);
      await act(reed, caseId, 'lodgeRemedy', { remedy: 'appeal' });
      const offered = (await read(judge, caseId)).actions.filter(({ refusal }) => refusal === null);
      expect(offered).toEqual([{ action: 'decideRemedy', refusal: null }]);
      expect((await read(officer, caseId)).actions.map(({ action }) => action)).not.toContain('decideRemedy');
    });

    it('keeps a proposal between the officers of the authority, and officers from applicants', async () => {
      const caseId = await filed();
      await act(officer, caseId, 'acceptCase');
      await act(officer, caseId, 'completeStep', { step: 'technical-review', result: 'passed' });
      await act(officer, caseId, 'proposeDecision', { outcome: 'granted' });
      await officer.get(assignCase, { params: { caseId }, body: { from: null, to: ada } });
      expect((await read(second, caseId)).proposal).toMatchObject({ by: { personId: ada } });
      const answers = [
        await reed.call(getCase, { params: { caseId } }),
        await reed.call(getCaseTimeline, { params: { caseId } }),
        await reed.call(listCases),
      ];
      for (const { bytes } of answers) {
        const text = Buffer.from(bytes).toString('utf8');
        expect(text).not.toContain(ada);
        expect(text).not.toContain(bo);
        expect(text).not.toContain('decisionProposed');
      }
      expect((await read(reed, caseId)).proposal).toBeNull();
    });

    it('is not there for whoever may not read it', async () => {
      const caseId = await filed();
      const nowhere = newId(node.clock);
      const endpoints = [getCase, getCaseTimeline] as const;
      for (const stranger of [willow, judge]) {
        for (const endpoint of endpoints) {
          const known = await stranger.problem(endpoint, { params: { caseId } });
          const unknown = await stranger.problem(endpoint, { params: { caseId: nowhere } });
          expect({ ...known, instance: '' }).toEqual({ ...unknown, instance: '' });
        }
      }
      const draft = await aFiledCase(node, { by: 'Reed Institute', draft: true });
      expect((await officer.problem(getCase, { params: { caseId: draft } })).code).toBe('notFound');
      expect((await auditor.problem(getCase, { params: { caseId: draft } })).code).toBe('notFound');
      expect(await read(reed, draft)).toMatchObject({ status: 'draft' });
    });
  });

  describe('in its timeline', () => {
    it('tells who did what, each reader knowing its own people by name', async () => {
      const caseId = await filed();
      await act(officer, caseId, 'requestEvidence', { facts: ['team.headcount'] });
      await act(reed, caseId, 'supplyEvidence', { answers: { 'team.headcount': 7 } });
      const timeline = async (client: TestClient) =>
        (await client.get(getCaseTimeline, { params: { caseId } })).items;
      expect(await timeline(reed)).toMatchObject([
        {
          version: 4,
          type: 'evidenceSupplied',
          by: { role: 'applicant', person: { name: 'applicant of Reed Institute Rae' } },
          details: { facts: [{ id: 'team.headcount', value: 7 }], complete: true },
        },
        {
          type: 'evidenceRequested',
          by: { role: 'officer', organization: { id: office, name: { de: 'Laboramt Nord' } }, person: null },
          details: { askedFacts: [{ name: { de: 'Personen im Team' } }], dueOn: null },
        },
        { type: 'caseFiled' },
        { version: 1, type: 'caseOpened', details: { evidence: [{ name: 'plan.pdf' }] } },
      ]);
      const seen = await timeline(officer);
      expect(seen[1]).toMatchObject({ by: { person: { personId: ada, name: ada } } });
      expect(seen[0]).toMatchObject({
        by: { organization: { name: { de: 'Reed Institute' } }, person: null },
      });
      expect((await timeline(auditor))[1]).toMatchObject({ by: { person: { personId: ada, name: null } } });
    });

    it('is read page by page, and leaves out for applicants what goes on inside the authority', async () => {
      const caseId = await filed();
      await decide(officer, second, caseId);
      const pagesOf = async (client: TestClient) => {
        const types: string[] = [];
        for (let cursor: string | null = ''; cursor !== null; ) {
          const query: { limit: number; cursor?: string } = {
            limit: 2,
            ...(cursor === '' ? {} : { cursor }),
          };
          const page: AnswerOf<typeof getCaseTimeline> = await client.get(getCaseTimeline, {
            params: { caseId },
            query,
          });
          types.push(...page.items.map(({ type }) => type));
          cursor = page.nextCursor;
        }
        return types;
      };
      const all = [
        'caseDecided',
        'decisionProposed',
        'stepCompleted',
        'caseAccepted',
        'caseFiled',
        'caseOpened',
      ];
      expect(await pagesOf(officer)).toEqual(all);
      expect(await pagesOf(reed)).toEqual(all.filter((type) => type !== 'decisionProposed'));
      const { nextCursor } = await officer.get(getCaseTimeline, { params: { caseId }, query: { limit: 1 } });
      const elsewhere = { params: { caseId: await filed() }, query: { cursor: nextCursor ?? '' } };
      expect((await officer.problem(getCaseTimeline, elsewhere)).code).toBe('cursorInvalid');
    });
  });

  describe('and its clock', () => {
    const explain = (caseId: string, clock: 'acceptance' | 'decision') =>
      reed.get(explainClock, { params: { caseId, clock } });

    it('is told day by day, with weekends, feasts and worked Saturdays by name', async () => {
      const { running, dueOn, days, limit } = await explain(await filed(), 'acceptance');
      expect({ running, dueOn }).toEqual({ running: true, dueOn: '2026-06-16' });
      expect(limit).toMatchObject({ amount: 5, unit: 'workingDays', law: { clause: '§ 4' } });
      expect(days.map(({ date, number, cause }) => [date.slice(5), number, cause.kind])).toEqual([
        ['06-10', null, 'startDay'],
        ['06-11', 1, 'workingDay'],
        ['06-12', 2, 'workingDay'],
        ['06-13', 3, 'makeUpDay'],
        ['06-14', null, 'restDay'],
        ['06-15', 4, 'workingDay'],
        ['06-16', 5, 'workingDay'],
      ]);
      expect(days[3]?.cause).toMatchObject({ holidays: [{ name: { de: 'Flussfest' } }] });
    });

    it('gives the days of a procedure to whom it belongs', async () => {
      const caseId = await filed();
      await act(officer, caseId, 'acceptCase');
      await act(officer, caseId, 'suspendCase', { procedure: 'expert-opinion' });
      const { days } = await explain(caseId, 'decision');
      const paused = days.find(({ cause }) => cause.kind === 'pause');
      expect(paused).toMatchObject({
        owner: { kind: 'procedure', procedure: { name: { de: 'Gutachten' } } },
      });
      expect((await explain(caseId, 'acceptance')).running).toBe(false);
    });
  });

  describe('when it is assigned', () => {
    it('is taken, handed over and given back, and not taken from under a colleague', async () => {
      const caseId = await filed();
      const assign = (from: string | null, to: string | null) => ({ params: { caseId }, body: { from, to } });
      expect(await officer.get(assignCase, assign(null, ada))).toEqual({
        assignee: { personId: ada, name: ada },
      });
      expect((await second.problem(assignCase, assign(null, bo))).code).toBe('assignedMeanwhile');
      expect((await read(officer, caseId)).assignee).toEqual({ personId: ada, name: ada });
      await second.get(assignCase, assign(ada, bo));
      expect((await officer.problem(assignCase, assign(bo, `officer of ${court}`))).code).toBe(
        'notAColleague',
      );
      expect(await officer.get(assignCase, assign(bo, null))).toEqual({ assignee: null });
      expect((await judge.problem(assignCase, assign(null, null))).code).toBe('notFound');
    });

    it('stays with the authority that decides', async () => {
      const caseId = await filed();
      await decide(officer, second, caseId);
      await act(reed, caseId, 'lodgeRemedy', { remedy: 'appeal' });
      const taken = { params: { caseId }, body: { from: null, to: `officer of ${court}` } };
      expect((await judge.problem(assignCase, taken)).code).toBe('notYourDesk');
    });

    it('can go to everybody of the authority, and to nobody else', async () => {
      const { items } = await officer.get(listColleagues);
      expect(items.filter(({ personId }) => !personId.startsWith('demo.'))).toEqual([
        { personId: ada, name: ada, role: 'officer' },
        { personId: bo, name: bo, role: 'supervisor' },
      ]);
    });
  });

  describe('as an export', () => {
    it('holds the law, the papers and every event, from which its state can be replayed', async () => {
      const caseId = await filed();
      await decide(officer, second, caseId);
      await act(officer, caseId, 'serveOutput', { establishes: { 'northPermit.number': 'N-5' } });
      const bundle = await auditor.get(exportCase, { params: { caseId } });
      expect(bundle.events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7]);
      const state = replay(bundle.events.map(({ event }) => event as unknown as CaseEvent));
      expect(state).toMatchObject({ status: 'served', answers: bundle.answers });
      expect(bundle.definition).toMatchObject({ id: 'north-laboratory-permit', authority: office });
      expect(bundle.evidence).toMatchObject([{ type: 'floor-plan', sha256: 'a'.repeat(64) }]);
      expect(bundle.outputs).toMatchObject([{ documents: [{ language: 'de' }] }]);
      const { exportedAt: _at, ...own } = await officer.get(exportCase, { params: { caseId } });
      expect(bundle).toMatchObject(own);
    });

    it('is for the authority that decides and the oversight body alone', async () => {
      const caseId = await filed();
      expect((await reed.problem(exportCase, { params: { caseId } })).code).toBe('roleNotAllowed');
      expect((await judge.problem(exportCase, { params: { caseId } })).code).toBe('notFound');
      await decide(officer, second, caseId);
      await act(reed, caseId, 'lodgeRemedy', { remedy: 'appeal' });
      expect((await judge.problem(exportCase, { params: { caseId } })).code).toBe('notYourDesk');
    });
  });
});
