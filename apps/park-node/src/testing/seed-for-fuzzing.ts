import { getCase } from '@twinpark/contract/case/get-case.ts';
import { act, aFiledCase } from '../case/fixtures/filing.ts';
import { aDossier, answered, aPaper, dryLaboratory, withPaper } from './dossiers.ts';
import type { KnownValues } from './requests.ts';
import type { TestNode } from './test-node.ts';

/**
 * Cases at every stage at which somebody can act, and a dossier that is ready to be filed, so that what is sent at random
 * meets something to act on. Returns their ids and versions.
 */
export async function seedForFuzzing(
  node: TestNode,
  { applicant: by, authority }: { readonly applicant: string; readonly authority: string },
): Promise<KnownValues> {
  const applicant = await node.as('applicant', by);
  const officer = await node.as('officer', authority);
  const filed = await aFiledCase(node, { by });
  const accepted = await aFiledCase(node, { by });
  const awaiting = await aFiledCase(node, { by });
  const proposed = await aFiledCase(node, { by });
  const decided = await aFiledCase(node, { by });
  for (const caseId of [accepted, awaiting, proposed, decided]) await act(officer, caseId, 'acceptCase');
  await act(officer, awaiting, 'requestEvidence', { evidence: ['floor-plan'] });
  for (const caseId of [proposed, decided]) {
    await act(officer, caseId, 'completeStep', { step: 'technical-review', result: 'passed' });
    await act(officer, caseId, 'proposeDecision', { outcome: 'granted' });
  }
  await act(await node.as('supervisor', authority), decided, 'approveDecision');

  const { dossierId } = await aDossier(applicant);
  await answered(applicant, dossierId, dryLaboratory);
  const [plan, other] = ['plan of the laboratory', 'another paper'] as const;
  for (const content of [plan, other])
    await node.services.evidenceStore.put(new TextEncoder().encode(content));
  const { version } = await withPaper(node, applicant, dossierId, 'floor-plan', plan);
  const caseId = [filed, accepted, awaiting, proposed, decided];
  const cases = await Promise.all(caseId.map((id) => officer.get(getCase, { params: { caseId: id } })));
  return {
    caseId,
    dossierId: [dossierId],
    evidenceId: [await aPaper(node, dossierId, 'plan.pdf', other)],
    version: [...new Set([version, ...cases.map((each) => each.version)])],
  };
}
