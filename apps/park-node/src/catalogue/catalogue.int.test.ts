import { getJourney, listJourneys, planJourney } from '@twinpark/contract/catalogue/journeys.ts';
import { getService, listServices } from '@twinpark/contract/catalogue/services.ts';
import { getNode } from '@twinpark/contract/node/get-node.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestNode, type TestNode } from '../testing/test-node.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode({ now: '2026-06-10T22:30:00Z' });
});
afterAll(() => node.stop());

const journey = { journey: 'open-a-laboratory' };

describe('What everybody may read', () => {
  it('is which park of which zone this is, what day it is on both sides, and how to sign in', async () => {
    expect(await node.nobody.get(getNode)).toMatchObject({
      zone: { id: 'elmera' },
      park: 'north',
      parks: [
        { id: 'north', today: '2026-06-11', languages: ['de', 'fr'] },
        { id: 'south', today: '2026-06-11' },
      ],
      mode: 'demo',
      peer: null,
      signIn: [{ method: 'demoAccount' }, { method: 'passkey' }],
      versions: { api: 1 },
    });
  });

  it('is the services of both parks, page by page', async () => {
    const first = await node.nobody.get(listServices, { query: { limit: 2 } });
    expect(first.items.map(({ id }) => id)).toEqual(['north-laboratory-permit', 'south-laboratory-permit']);
    const cursor = first.nextCursor ?? '';
    const second = await node.nobody.get(listServices, { query: { limit: 2, cursor } });
    expect(second.items).toMatchObject([
      { id: 'south-tenancy', authority: { id: 'south-operator' }, decisionLimit: { established: false } },
    ]);
    expect(second.nextCursor).toBeNull();
    const elsewhere = { query: { limit: 2, cursor, park: 'south' } };
    expect(await node.nobody.problem(listServices, elsewhere)).toMatchObject({ code: 'cursorInvalid' });
  });

  it('is the whole law of a service, with the titles of what it cites', async () => {
    const service = await node.nobody.get(getService, { params: { service: 'north-laboratory-permit' } });
    expect(service).toMatchObject({
      law: { instrument: 'north-park-act', clause: '§ 2', title: { de: 'Nordparkgesetz' } },
      needs: [
        { fact: 'team.name', when: null },
        {},
        {},
        { fact: 'laboratory.budget', when: { op: 'compare', left: { op: 'fact', fact: 'team.headcount' } } },
      ],
      provides: ['northPermit.number'],
      evidence: [
        { type: 'floor-plan', name: { de: 'Grundriss' }, debt: { established: true, amount: 10 } },
        { type: 'safety-concept', debt: null },
      ],
      decisionLimit: { amount: 20, unit: 'workingDays', tacit: 'granted', extension: { amount: 10 } },
      steps: [{ id: 'technical-review' }, { joint: { otherAuthority: { id: 'south-office' } } }],
      fourEyes: { clause: '§ 7' },
      fees: [{ amountMinorUnits: 25_000, currency: 'EUR' }],
      remedies: [{ body: { id: 'north-court' }, limit: { amount: 1, unit: 'months' } }],
    });
    expect(service.facts.map(({ id }) => id)).toEqual([
      'team.name',
      'team.headcount',
      'laboratory.kind',
      'laboratory.budget',
      'northPermit.number',
    ]);
    const unknown = { params: { service: 'moon-permit' } };
    expect(await node.nobody.problem(getService, unknown)).toMatchObject({ code: 'notFound', status: 404 });
  });

  it('is a journey with its one form, and for which steps each question is asked', async () => {
    const { items } = await node.nobody.get(listJourneys);
    expect(items).toMatchObject([{ id: 'open-a-laboratory', steps: 3, parks: ['north', 'south'] }]);
    const { steps, form } = await node.nobody.get(getJourney, { params: journey });
    expect(steps.map(({ id, park }) => [id, park])).toEqual([
      ['north-laboratory-permit', 'north'],
      ['south-laboratory-permit', 'south'],
      ['south-tenancy', 'south'],
    ]);
    const factsOf = new Map(form.facts.map((fact) => [fact.id, fact]));
    expect(factsOf.get('team.name')?.steps).toEqual([
      'north-laboratory-permit',
      'south-laboratory-permit',
      'south-tenancy',
    ]);
    expect(factsOf.get('northPermit.number')).toMatchObject({
      suppliedBy: 'output',
      steps: ['south-tenancy'],
    });
    expect(factsOf.get('laboratory.kind')?.options.map(({ id }) => id)).toEqual(['wet', 'dry']);
    expect(form.evidenceTypes).toMatchObject([
      { id: 'floor-plan', steps: ['north-laboratory-permit'] },
      { id: 'safety-concept', steps: ['north-laboratory-permit', 'south-laboratory-permit'] },
    ]);
  });
});

describe('A plan of a journey', () => {
  const plan = (answers: Record<string, string>, startOn = '2026-06-01') =>
    node.nobody.get(planJourney, { params: journey, body: { startOn, answers } });

  it('counts each side by its own calendar and keeps nothing', async () => {
    const { steps } = await plan({ 'laboratory.kind': 'wet' });
    expect(steps).toMatchObject([
      { step: 'north-laboratory-permit', needed: 'yes', fileOn: '2026-06-01', decidedBy: '2026-07-07' },
      { step: 'south-laboratory-permit', needed: 'yes', atLeast: true },
      { step: 'south-tenancy', decidedBy: null, atLeast: true },
    ]);
  });

  it('leaves out what is not needed and names what would settle it', async () => {
    const south = (steps: Awaited<ReturnType<typeof plan>>['steps']) =>
      steps.find(({ step }) => step === 'south-laboratory-permit');
    expect(south((await plan({ 'laboratory.kind': 'dry' })).steps)).toMatchObject({
      needed: 'no',
      fileOn: null,
    });
    expect(south((await plan({})).steps)).toMatchObject({
      needed: 'unknown',
      settledBy: ['laboratory.kind'],
    });
  });

  it('is refused for what no answer can be and no calendar has', async () => {
    const refused = async (body: { startOn: string; answers?: Record<string, string> }) =>
      await node.nobody.problem(planJourney, { params: journey, body });
    expect(await refused({ startOn: '2026-06-01', answers: { 'laboratory.kind': 'damp' } })).toMatchObject({
      code: 'factValueInvalid',
      errors: [{ pointer: '/answers/laboratory.kind' }],
    });
    expect(await refused({ startOn: '2026-06-01', answers: { 'moon.phase': 'full' } })).toMatchObject({
      code: 'factUnknown',
    });
    for (const startOn of ['0001-01-01', '1999-12-31', '2101-01-01', '9999-12-31']) {
      expect(await refused({ startOn }), startOn).toMatchObject({
        code: 'validationFailed',
        errors: [{ pointer: '/startOn' }],
      });
    }
    for (const startOn of ['2000-01-01', '2100-12-31']) {
      expect((await plan({ 'laboratory.kind': 'wet' }, startOn)).steps[0]?.fileOn).toBe(startOn);
    }
  });
});
