import { listEvidence } from '@twinpark/contract/evidence/evidence.ts';
import { getNode } from '@twinpark/contract/node/get-node.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeKinds } from './stores.ts';
import { startTestNode, type TestNode } from './test-node.ts';

describe.each(storeKinds)('a node for tests on the %s store', (kind) => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({ kind });
  });
  afterAll(() => node.stop());

  it('says which park it is', async () => {
    expect(await node.nobody.get(getNode)).toMatchObject({ park: 'north', mode: 'demo' });
  });

  it('answers whoever acts in a role and turns away the others', async () => {
    const applicant = await node.as('applicant', 'Labor Lind');
    expect(await applicant.get(listEvidence)).toEqual({ items: [], nextCursor: null });
    const officer = await node.as('officer', 'north-office');
    expect(await officer.problem(listEvidence)).toMatchObject({ code: 'roleNotAllowed' });
    expect(await node.nobody.problem(listEvidence)).toMatchObject({ code: 'signInRequired' });
  });
});
