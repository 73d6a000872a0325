import {
  addDossierEvidence,
  createDossier,
  getDossier,
  getDossierForm,
  listDossiers,
  removeDossierEvidence,
  saveAnswers,
} from '@twinpark/contract/dossier/dossiers.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cursorAt } from '../platform/http/cursor.ts';
import { aDossier, answered, aPaper, withPaper } from '../testing/dossiers.ts';
import { storeKinds } from '../testing/stores.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';

describe.each(storeKinds)('Dossiers on the %s store', (kind) => {
  let node: TestNode;
  let lind: TestClient;
  let rival: TestClient;
  beforeAll(async () => {
    node = await startTestNode({ kind });
    lind = await node.as('applicant', 'Labor Lind');
    rival = await node.as('applicant', 'Reed Institute');
  });
  afterAll(() => node.stop());

  describe('begin', () => {
    it('empty, with every step judged on both sides', async () => {
      const { dossierId } = await aDossier(lind);
      expect(await lind.get(getDossier, { params: { dossierId } })).toMatchObject({
        journey: { id: 'open-a-laboratory' },
        journeyChanged: false,
        language: 'en',
        version: 1,
        answers: {},
        evidence: [],
        steps: [
          {
            step: 'north-laboratory-permit',
            standing: { state: 'incomplete', evidence: ['safety-concept'] },
            lack: { facts: ['team.name', 'team.headcount', 'laboratory.kind', 'laboratory.budget'] },
            fileOn: '2026-06-10',
            filing: null,
            drift: [],
          },
          {
            step: 'south-laboratory-permit',
            standing: { state: 'undetermined', facts: ['laboratory.kind'] },
            needed: 'unknown',
          },
          {
            step: 'south-tenancy',
            standing: { state: 'waits' },
            lack: { awaited: [{ fact: 'northPermit.number', from: ['north-laboratory-permit'] }] },
          },
        ],
      });
    });

    it('once, however often the request comes', async () => {
      const sent = {
        body: { journey: 'open-a-laboratory', title: 'Once', language: 'zh-Hant' },
        idempotencyKey: 'begin-this-dossier-once',
      } as const;
      expect(await lind.get(createDossier, sent)).toEqual(await lind.get(createDossier, sent));
      const { items } = await lind.get(listDossiers);
      expect(items.filter(({ title }) => title === 'Once')).toHaveLength(1);
    });

    it('of a journey that the zone has, under a title that can be read', async () => {
      const begin = (journey: string, title: string) =>
        lind.problem(createDossier, { body: { journey, title, language: 'en' } });
      expect(await begin('fly-to-the-moon', 'Moon')).toMatchObject({ code: 'journeyUnknown' });
      for (const title of ['  ', 'two\nlines', 'x'.repeat(201)]) {
        expect(await begin('open-a-laboratory', title)).toMatchObject({ code: 'validationFailed' });
      }
    });
  });

  describe('take answers', () => {
    it('of which each keeps the day since which it stands', async () => {
      const { dossierId } = await aDossier(lind, { 'team.name': 'Lind', 'team.headcount': 4 });
      node.clock.advance({ days: 1 });
      const { version } = await answered(lind, dossierId, { 'team.name': 'Lind', 'team.headcount': 5 });
      expect(version).toBe(3);
      expect(await lind.get(getDossier, { params: { dossierId } })).toMatchObject({
        version: 3,
        answers: {
          'team.name': { value: 'Lind', since: '2026-06-10' },
          'team.headcount': { value: 5, since: '2026-06-11' },
        },
      });
    });

    it('and give them back, which may make a step undetermined again', async () => {
      const { dossierId, version } = await aDossier(lind, { 'laboratory.kind': 'dry' });
      const params = { dossierId };
      const south = async () => (await lind.get(getDossier, { params })).steps[1]?.standing;
      expect(await south()).toEqual({ state: 'notNeeded' });
      await lind.get(saveAnswers, { params, body: { version, answers: { 'laboratory.kind': null } } });
      expect(await south()).toEqual({ state: 'undetermined', facts: ['laboratory.kind'] });
      expect((await lind.get(getDossier, { params })).answers).toEqual({});
    });

    it('from one of two tabs that save at once, and tell the other the version that it missed', async () => {
      const { dossierId, version } = await aDossier(lind);
      const save = (name: string) =>
        lind.call(saveAnswers, {
          params: { dossierId },
          body: { version, answers: { 'team.name': name } },
        });
      const both = await Promise.all([save('Lind'), save('Linde')]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(both.find(({ problem }) => problem)?.problem).toMatchObject({
        code: 'versionConflict',
        facts: { version: version + 1 },
      });
    });

    it('once, when the same save comes again', async () => {
      const { dossierId, version } = await aDossier(lind);
      const sent = {
        params: { dossierId },
        body: { version, answers: { 'team.name': 'Lind' } },
        idempotencyKey: `save-of-${dossierId}`,
      };
      const first = await lind.get(saveAnswers, sent);
      expect(await lind.get(saveAnswers, sent)).toEqual(first);
      expect(await lind.get(getDossier, { params: { dossierId } })).toMatchObject({ version: first.version });
      const other = { ...sent, body: { version, answers: { 'team.name': 'Linde' } } };
      expect(await lind.problem(saveAnswers, other)).toMatchObject({ code: 'idempotencyKeyReused' });
    });

    it('without counting a save that changes nothing', async () => {
      const { dossierId, version } = await aDossier(lind, { 'team.name': 'Lind' });
      expect(await answered(lind, dossierId, { 'team.name': 'Lind' })).toMatchObject({ version });
      expect(await answered(lind, dossierId, {})).toMatchObject({ version });
    });

    it('all of them or none, and find fault in the reader’s language', async () => {
      const { dossierId, version } = await aDossier(lind);
      const answers = { 'team.name': 'Lind', 'team.headcount': 'four', 'laboratory.kind': 'damp' };
      const params = { dossierId };
      const refused = await lind.problem(saveAnswers, {
        params,
        body: { version, answers },
        headers: { 'accept-language': 'zh-HK' },
      });
      expect(refused).toMatchObject({
        code: 'factValueInvalid',
        errors: [
          { pointer: '/answers/team.headcount', detail: '請填寫數字。' },
          { pointer: '/answers/laboratory.kind' },
        ],
      });
      expect(await lind.get(getDossier, { params })).toMatchObject({ version, answers: {} });
    });

    it('but none that the journey does not ask, and none that a decision has to give', async () => {
      const { dossierId, version } = await aDossier(lind);
      const refused = (answers: Record<string, string>) =>
        lind.problem(saveAnswers, { params: { dossierId }, body: { version, answers } });
      expect(await refused({ 'moon.phase': 'full' })).toMatchObject({ code: 'factUnknown', status: 422 });
      expect(await refused({ 'northPermit.number': 'N-1' })).toMatchObject({ code: 'factValueInvalid' });
    });
  });

  describe('take papers', () => {
    it('of the types that the journey has, the newest in place of an earlier one', async () => {
      const { dossierId } = await aDossier(lind);
      const params = { dossierId };
      await withPaper(node, lind, dossierId, 'floor-plan', 'first draft');
      const { version } = await withPaper(node, lind, dossierId, 'floor-plan', 'second draft');
      expect(version).toBe(3);
      const [paper, ...others] = (await lind.get(getDossier, { params })).evidence;
      expect(others).toEqual([]);
      expect(paper).toMatchObject({ type: 'floor-plan', name: 'floor-plan.pdf', sizeBytes: 12 });
      await lind.get(removeDossierEvidence, { params: { ...params, type: 'floor-plan' } });
      expect((await lind.get(getDossier, { params })).evidence).toEqual([]);
      const again = { params: { ...params, type: 'floor-plan' } };
      expect(await lind.problem(removeDossierEvidence, again)).toMatchObject({ code: 'notFound' });
    });

    it('but no type that no step asks for, and no paper of another organisation', async () => {
      const mine = await aDossier(lind);
      const theirs = await aDossier(rival);
      const own = await aPaper(node, mine.dossierId, 'plan.pdf', 'ours');
      const foreign = await aPaper(node, theirs.dossierId, 'plan.pdf', 'theirs');
      const refused = (evidenceId: string, type: string) =>
        lind.problem(addDossierEvidence, {
          params: { dossierId: mine.dossierId },
          body: { evidenceId, type },
        });
      expect(await refused(own, 'passport')).toMatchObject({ code: 'evidenceTypeUnknown' });
      expect(await refused(foreign, 'floor-plan')).toMatchObject({ code: 'evidenceUnknown' });
    });

    it('and miss one that its organisation has removed', async () => {
      const { dossierId } = await aDossier(lind);
      await withPaper(node, lind, dossierId, 'safety-concept', 'to be removed');
      await node.services.store.write((tx) =>
        tx.deleteFrom('evidence').where('name', '=', 'safety-concept.pdf').execute(),
      );
      const { evidence, steps } = await lind.get(getDossier, { params: { dossierId } });
      expect(evidence).toEqual([]);
      expect(steps[0]?.lack?.evidence).toEqual(['safety-concept']);
    });
  });

  describe('belong to their organisation', () => {
    it('so that another finds nothing, whatever it tries', async () => {
      const { dossierId, version } = await aDossier(lind, { 'team.name': 'Lind' });
      const params = { dossierId };
      expect(await rival.problem(getDossier, { params })).toMatchObject({ code: 'notFound' });
      expect(await rival.problem(getDossierForm, { params })).toMatchObject({ code: 'notFound' });
      const stolen = { params, body: { version, answers: { 'team.name': 'Reed' } } };
      expect(await rival.problem(saveAnswers, stolen)).toMatchObject({ code: 'notFound' });
      const { items } = await rival.get(listDossiers);
      expect(items.some((dossier) => dossier.dossierId === dossierId)).toBe(false);
      expect(await lind.get(getDossier, { params })).toMatchObject({ version });
    });

    it('and stay out of sight of every authority', async () => {
      const { dossierId } = await aDossier(lind);
      const officer = await node.as('officer', 'north-office');
      expect(await officer.problem(getDossier, { params: { dossierId } })).toMatchObject({
        code: 'roleNotAllowed',
      });
      const { store } = node.services;
      for (const reader of ['authority', 'oversight'] as const) {
        const rows = await store.read(
          { kind: reader, organization: 'north-office', person: 'somebody' },
          (tx) => tx.selectFrom('dossiers').select('dossierId').execute(),
        );
        expect(rows).toEqual([]);
      }
    });

    it('who lists them the last changed first, without gap or repetition', async () => {
      const busy = await node.as('applicant', 'Busy Institute');
      const ids: string[] = [];
      for (let count = 0; count < 5; count += 1) {
        node.clock.advance({ minutes: count % 2 });
        ids.push((await aDossier(busy)).dossierId);
      }
      node.clock.advance({ minutes: 1 });
      await answered(busy, ids[1] ?? '', { 'team.name': 'Busy' });
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: { dossierId: string }[]; nextCursor: string | null } = await busy.get(
          listDossiers,
          { query: { limit: 2, ...(cursor === null ? {} : { cursor }) } },
        );
        seen.push(...page.items.map(({ dossierId }) => dossierId));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen[0]).toBe(ids[1]);
      expect([...seen].sort()).toEqual([...ids].sort());
      const elsewhere = cursorAt('dossiers', ['yesterday', ids[0] ?? '']);
      for (const forged of ['bm90aGluZw', cursorAt('services', ['a', 'b']), elsewhere]) {
        const foreign = { query: { limit: 2, cursor: forged } };
        expect(await busy.problem(listDossiers, foreign)).toMatchObject({ code: 'cursorInvalid' });
      }
    });
  });

  it('keep to the text of the journey under which they were begun', async () => {
    const { store, zone } = node.services;
    const { dossierId } = await aDossier(lind);
    const journey = zone.journeys.get('open-a-laboratory');
    if (!journey) throw new Error('The invented zone has one journey');
    // An earlier text of the journey: it did not ask for the budget, and had a step of its own name.
    const former = {
      ...journey,
      hash: `former ${kind}`,
      form: [{ id: 'team', title: { de: 'Team', fr: 'Équipe' }, facts: ['team.name'] }],
      steps: [{ id: 'permit', service: 'north-laboratory-permit', after: [], when: null }],
    };
    await store.write(async (tx) => {
      await sql`insert into definitions (hash, kind, id, content, first_seen_at)
        values (${former.hash}, 'journey', ${former.id}, ${JSON.stringify(former)}::text::jsonb, '2025-01-01')`.execute(
        tx,
      );
      await tx
        .updateTable('dossiers')
        .set({ journeyHash: former.hash })
        .where('dossierId', '=', dossierId)
        .execute();
    });
    const params = { dossierId };
    const dossier = await lind.get(getDossier, { params });
    expect(dossier.journeyChanged).toBe(true);
    expect(dossier.steps.map(({ step }) => step)).toEqual(['permit']);
    const { sections } = await lind.get(getDossierForm, { params });
    expect(sections.map(({ facts }) => facts)).toEqual([['team.name']]);
    const unasked = { params, body: { version: 1, answers: { 'team.headcount': 4 } } };
    expect(await lind.problem(saveAnswers, unasked)).toMatchObject({ code: 'factUnknown' });
  });

  it('leave a trace of every change and every refusal, and none of what was written', async () => {
    const { dossierId } = await aDossier(lind, { 'team.name': 'Planted-Canary' });
    await lind.problem(saveAnswers, {
      params: { dossierId },
      body: { version: 1, answers: { 'team.name': 'Planted-Canary' } },
    });
    const trail = await node.services.store.write((tx) =>
      tx
        .selectFrom('auditEvents')
        .selectAll()
        .where('subjectId', '=', dossierId)
        .orderBy('auditId')
        .execute(),
    );
    expect(trail.map(({ action, outcome, code }) => [action, outcome, code])).toEqual(
      expect.arrayContaining([
        ['dossier.create', 'success', null],
        ['dossier.answer', 'success', null],
        ['dossier.answer', 'refused', 'versionConflict'],
      ]),
    );
    expect(JSON.stringify(trail)).not.toContain('Canary');
  });
});
