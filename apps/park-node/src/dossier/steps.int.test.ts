import { getDossier, listDossiers } from '@twinpark/contract/dossier/dossiers.ts';
import { amendStep, fileStep, previewFiling } from '@twinpark/contract/dossier/steps.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicant, orderOf } from '../testing/case-orders.ts';
import { act, aDossier, answered, decisionOf, dryLaboratory, filed, withPaper } from '../testing/dossiers.ts';
import { storeKinds } from '../testing/stores.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';

const north = 'north-laboratory-permit';
const tenancy = 'south-tenancy';

describe.each(storeKinds)('The steps of a dossier on the %s store', (kind) => {
  let node: TestNode;
  let lind: TestClient;
  let rival: TestClient;
  beforeAll(async () => {
    node = await startTestNode({ kind });
    lind = await node.as('applicant', 'Labor Lind');
    rival = await node.as('applicant', 'Reed Institute');
  });
  afterAll(() => node.stop());

  /** A dossier from which the north's permit can be filed. */
  async function ready(answers = dryLaboratory) {
    const { dossierId } = await aDossier(lind, answers);
    const { version } = await withPaper(node, lind, dossierId);
    return { dossierId, version };
  }

  const preview = (dossierId: string, step = north) =>
    lind.get(previewFiling, { params: { dossierId, step } });
  const stepOf = async (dossierId: string, id = north) =>
    (await lind.get(getDossier, { params: { dossierId } })).steps.find(({ step }) => step === id);

  async function countFilings(dossierId: string): Promise<number> {
    const rows = await node.services.store.write((tx) =>
      tx.selectFrom('dossierFilings').select('caseId').where('dossierId', '=', dossierId).execute(),
    );
    return rows.length;
  }

  describe('are filed', () => {
    it('as previewed: what the service needs for these answers, and nothing else', async () => {
      const { dossierId } = await ready({
        ...dryLaboratory,
        'laboratory.budget': 5_000_00,
        'contact.email': 'canary@example.org',
      });
      await withPaper(node, lind, dossierId, 'safety-concept');
      const shown = await preview(dossierId);
      expect(shown).toMatchObject({ kind: 'filing', refusal: null, language: 'de', crossing: null });
      // Fewer than ten people: the budget is not asked for; a dry laboratory: nor is a safety concept.
      expect(shown.fields.map(({ fact, value }) => [fact.id, value])).toEqual(Object.entries(dryLaboratory));
      expect(shown.papers).toMatchObject([{ type: 'floor-plan', typeName: { de: 'Grundriss' } }]);

      const sent = await filed(lind, dossierId);
      expect(sent).toMatchObject({ service: north, status: 'filed', filedOn: '2026-06-10', version: 2 });
      const { events, row } = await node.services.store.write(async (tx) => ({
        events: await tx.selectFrom('caseEvents').select('event').where('caseId', '=', sent.caseId).execute(),
        row: await tx.selectFrom('cases').selectAll().where('caseId', '=', sent.caseId).executeTakeFirst(),
      }));
      expect(row).toMatchObject({ dossierId, applicantName: 'Labor Lind', language: 'de' });
      expect(events[0]?.event).toMatchObject({
        answers: dryLaboratory,
        evidence: shown.papers.map(({ type, name, sha256 }) => ({ type, name, digest: sha256 })),
      });
      expect(JSON.stringify(events)).not.toContain('canary');
      expect(await stepOf(dossierId)).toMatchObject({
        standing: { state: 'filed' },
        filing: { caseId: sent.caseId, caseNumber: sent.caseNumber, attempt: 1, waitingFor: 'authority' },
        fileOn: '2026-06-10',
        drift: [],
      });
    });

    it('once, however often the request comes', async () => {
      const { dossierId, version } = await ready();
      const request = {
        params: { dossierId, step: north },
        body: { version },
        idempotencyKey: `filing-of-${dossierId}`,
      };
      const first = await lind.get(fileStep, request);
      expect(await lind.get(fileStep, request)).toEqual(first);
      const otherBody = { ...request, body: { version: version + 1 } };
      expect(await lind.problem(fileStep, otherBody)).toMatchObject({ code: 'idempotencyKeyReused' });
      expect(await countFilings(dossierId)).toBe(1);
    });

    it('once, when two tabs file at the same time or one after the other', async () => {
      const { dossierId, version } = await ready();
      const request = { params: { dossierId, step: north }, body: { version } };
      const all = await Promise.all([1, 2, 3].map(() => lind.call(fileStep, request)));
      expect(all.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      expect(await countFilings(dossierId)).toBe(1);
      expect(await lind.problem(fileStep, request)).toMatchObject({ code: 'actionNotInStatus', status: 409 });
      expect(await countFilings(dossierId)).toBe(1);
    });

    it('only as the applicant has seen them', async () => {
      const { dossierId, version } = await ready();
      await answered(lind, dossierId, { 'team.headcount': 5 });
      const request = { params: { dossierId, step: north }, body: { version } };
      expect(await lind.problem(fileStep, request)).toMatchObject({
        code: 'versionConflict',
        facts: { version: version + 1 },
      });
      expect(await countFilings(dossierId)).toBe(0);
    });

    it('when they are whole, as the preview says beforehand in the same words', async () => {
      const { dossierId, version } = await aDossier(lind, { 'team.name': 'Lind', 'laboratory.kind': 'wet' });
      const { refusal, lack } = await preview(dossierId);
      expect(refusal).toMatchObject({ code: 'factsMissing', law: { title: { de: 'Nordparkgesetz' } } });
      expect(lack).toMatchObject({ facts: ['team.headcount', 'laboratory.budget'] });
      const refused = await lind.problem(fileStep, { params: { dossierId, step: north }, body: { version } });
      expect(refused).toMatchObject({ code: 'factsMissing', detail: refusal?.sentence });
      expect(await countFilings(dossierId)).toBe(0);
    });

    it('in the order of the journey, and across the border only with a way there', async () => {
      const { dossierId, version } = await ready();
      const early = { params: { dossierId, step: tenancy }, body: { version } };
      expect(await lind.problem(fileStep, early)).toMatchObject({ code: 'earlierServicesOutstanding' });
      const needless = { params: { dossierId, step: 'south-laboratory-permit' }, body: { version } };
      expect(await lind.problem(fileStep, needless)).toMatchObject({ code: 'serviceNotNeeded' });
      await answered(lind, dossierId, { 'laboratory.kind': 'wet' });
      const across = { ...needless, body: { version: version + 1 } };
      expect(await lind.problem(fileStep, across)).toMatchObject({
        code: 'factsMissing',
      });
      const unknown = { params: { dossierId, step: 'moon-permit' }, body: { version } };
      expect(await lind.problem(fileStep, unknown)).toMatchObject({ code: 'stepUnknownInJourney' });
    });

    it('by nobody but their own organisation', async () => {
      const { dossierId, version } = await ready();
      const params = { dossierId, step: north };
      expect(await rival.problem(previewFiling, { params })).toMatchObject({ code: 'notFound' });
      expect(await rival.problem(fileStep, { params, body: { version } })).toMatchObject({
        code: 'notFound',
      });
      expect(await countFilings(dossierId)).toBe(0);
    });

    it('anew after a refusal, as the next attempt', async () => {
      const { dossierId, version } = await ready();
      const first = await filed(lind, dossierId);
      await act(node, first.caseId, ...decisionOf('refused'), {
        type: 'serveOutput',
        receiptNumber: `R-${first.caseNumber}`,
      });
      expect(await stepOf(dossierId)).toMatchObject({
        standing: { state: 'ready' },
        filing: { attempt: 1, status: 'served', outcome: 'refused' },
      });
      const second = await lind.get(fileStep, { params: { dossierId, step: north }, body: { version } });
      expect(second.caseId).not.toBe(first.caseId);
      expect(await stepOf(dossierId)).toMatchObject({ filing: { caseId: second.caseId, attempt: 2 } });
      const { items } = await lind.get(listDossiers);
      const own = items.find((dossier) => dossier.dossierId === dossierId);
      expect(own?.filings).toMatchObject([{ step: north, attempt: 2, status: 'filed' }]);
    });
  });

  describe('drift from the dossier', () => {
    it('when an answer changes, until an amendment brings them together again', async () => {
      const { dossierId } = await ready();
      const { caseId } = await filed(lind, dossierId);
      const { version } = await answered(lind, dossierId, { 'team.headcount': 12 });
      expect(await stepOf(dossierId)).toMatchObject({
        drift: [{ field: 'team.headcount', kind: 'fact', filed: 4, current: 12 }],
        lack: { facts: ['laboratory.budget'] },
      });
      expect(await preview(dossierId)).toMatchObject({
        kind: 'amendment',
        refusal: null,
        fields: [{ fact: { id: 'team.headcount' }, value: 12 }],
        papers: [],
      });
      const sent = await lind.get(amendStep, { params: { dossierId, step: north }, body: { version } });
      expect(sent).toMatchObject({ caseId, status: 'filed', version: 3 });
      expect(await stepOf(dossierId)).toMatchObject({ drift: [] });
    });

    it('in a way that an amendment without a difference does not mend', async () => {
      const { dossierId, version } = await ready();
      const amend = { params: { dossierId, step: north }, body: { version } };
      expect(await lind.problem(amendStep, amend)).toMatchObject({ code: 'actionNotInStatus' });
      await filed(lind, dossierId);
      expect(await lind.problem(amendStep, amend)).toMatchObject({ code: 'nothingGiven' });
      expect(await preview(dossierId)).toMatchObject({ refusal: { code: 'nothingGiven' } });
    });
  });

  describe('are supplied', () => {
    it('with what the authority asks for, even if these answers would not need it', async () => {
      const { dossierId } = await ready();
      const { caseId } = await filed(lind, dossierId);
      await act(node, caseId, {
        type: 'requestEvidence',
        evidence: ['floor-plan', 'safety-concept'],
        facts: ['team.headcount'],
      });
      expect(await stepOf(dossierId)).toMatchObject({ filing: { waitingFor: 'applicant' } });
      const { version } = await withPaper(node, lind, dossierId, 'safety-concept');
      const amend = (at: number) => ({ params: { dossierId, step: north }, body: { version: at } });
      // The floor plan is the one that the case has already: it does not answer the request.
      expect((await preview(dossierId)).papers).toMatchObject([{ type: 'safety-concept' }]);
      expect(await lind.get(amendStep, amend(version))).toMatchObject({ status: 'awaitingEvidence' });
      const newer = await withPaper(node, lind, dossierId, 'floor-plan');
      expect(await lind.get(amendStep, amend(newer.version))).toMatchObject({ status: 'filed' });
      const { events } = await node.services.store.write(async (tx) => ({
        events: await tx
          .selectFrom('caseEvents')
          .select('type')
          .where('caseId', '=', caseId)
          .orderBy('version')
          .execute(),
      }));
      expect(events.map(({ type }) => type)).toEqual([
        'caseOpened',
        'caseFiled',
        'evidenceRequested',
        'evidenceSupplied',
        'evidenceSupplied',
      ]);
    });

    it('with the minor paper that could follow', async () => {
      const { dossierId } = await aDossier(lind, dryLaboratory);
      const { caseId } = await filed(lind, dossierId);
      await act(node, caseId, { type: 'acceptCase' });
      expect(await stepOf(dossierId)).toMatchObject({
        lack: { mayFollow: ['floor-plan'] },
        filing: { applicantDueOn: '2026-06-23' },
      });
      const { version } = await withPaper(node, lind, dossierId);
      await lind.get(amendStep, { params: { dossierId, step: north }, body: { version } });
      expect(await stepOf(dossierId)).toMatchObject({ lack: null, filing: { applicantDueOn: null } });
    });
  });

  it('hand on what their outputs establish', async () => {
    const { dossierId } = await ready();
    const { caseId, caseNumber } = await filed(lind, dossierId);
    await act(node, caseId, ...decisionOf('granted'));
    expect(await stepOf(dossierId, tenancy)).toMatchObject({
      standing: { state: 'waits', for: [north] },
      lack: { awaited: [{ fact: 'northPermit.number', from: [north] }] },
    });
    const { version } = await lind.get(getDossier, { params: { dossierId } });
    node.clock.advance({ days: 2 });
    await act(node, caseId, {
      type: 'serveOutput',
      receiptNumber: `R-${caseNumber}`,
      establishes: { 'northPermit.number': 'N-2026-7' },
    });
    const dossier = await lind.get(getDossier, { params: { dossierId } });
    expect(dossier.version).toBe(version + 1);
    expect(dossier.answers['northPermit.number']).toMatchObject({ value: 'N-2026-7' });
    expect(dossier.answers['team.name']).toMatchObject({ value: 'Lind' });
    expect(await stepOf(dossierId, tenancy)).toMatchObject({ standing: { state: 'ready' }, lack: null });
    expect(await preview(dossierId, tenancy)).toMatchObject({
      fields: [{ value: 'Lind' }, { fact: { id: 'northPermit.number' }, value: 'N-2026-7' }],
      refusal: null,
      crossing: { toPark: 'south', fields: ['team.name', 'northPermit.number'], papers: [] },
    });
    const sent = { params: { dossierId, step: tenancy }, body: { version: version + 1 } };
    expect(await lind.problem(fileStep, sent)).toMatchObject({ code: 'peerNotConfigured' });
  });

  it('tell the dossier what their case was given directly', async () => {
    const { dossierId, version } = await ready();
    const { caseId } = await filed(lind, dossierId);
    const { store, commander } = node.services;
    const { applicantId } = await store.write((tx) =>
      tx.selectFrom('cases').select('applicantId').where('caseId', '=', caseId).executeTakeFirstOrThrow(),
    );
    node.clock.advance({ days: 1 });
    const concept = { type: 'safety-concept', name: 'safety.pdf', digest: 'c'.repeat(64) };
    const answers = { 'team.headcount': 8, 'team.name': 'Lind' };
    const amendment = { type: 'amendCase', answers, evidence: [concept] } as const;
    const before = (await lind.get(getDossier, { params: { dossierId } })).answers;
    await commander.submit(orderOf(caseId, applicant(applicantId), [amendment]));
    const after = await lind.get(getDossier, { params: { dossierId } });
    expect(after.version).toBe(version + 1);
    expect(after.answers['team.headcount']?.value).toBe(8);
    expect(after.answers['team.headcount']?.since).not.toBe(before['team.headcount']?.since);
    expect(after.answers['team.name']).toEqual(before['team.name']);
    const { evidence } = await store.write((tx) =>
      tx
        .selectFrom('dossiers')
        .select('evidence')
        .where('dossierId', '=', dossierId)
        .executeTakeFirstOrThrow(),
    );
    expect(evidence).toMatchObject({ 'safety-concept': { value: concept }, 'floor-plan': {} });
    await commander.submit(orderOf(caseId, applicant(applicantId), [amendment]));
    expect(await lind.get(getDossier, { params: { dossierId } })).toMatchObject({ version: version + 1 });
  });

  it('keep the law of their case when the zone has another by now', async () => {
    const { dossierId, version } = await ready();
    const { caseId } = await filed(lind, dossierId);
    const { store, zone } = node.services;
    const service = zone.services.get(north);
    if (!service) throw new Error(`The invented zone has ${north}`);
    // The law of that day did not ask how many people work there.
    const former = {
      ...service,
      hash: `former service ${kind}`,
      needs: service.needs.filter(({ fact }) => fact !== 'team.headcount'),
    };
    await store.write(async (tx) => {
      await tx
        .insertInto('definitions')
        .values({
          hash: former.hash,
          kind: 'service',
          id: north,
          content: JSON.stringify(former),
          firstSeenAt: new Date('2025-01-01'),
        })
        .execute();
      await tx
        .updateTable('cases')
        .set({ definitionHash: former.hash })
        .where('caseId', '=', caseId)
        .execute();
    });
    await answered(lind, dossierId, { 'team.headcount': 12 });
    expect(await stepOf(dossierId)).toMatchObject({ filing: { definitionChanged: true }, drift: [] });
    expect(version).toBeGreaterThan(1);
  });
});
