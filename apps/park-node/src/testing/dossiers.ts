import { createHash, randomUUID } from 'node:crypto';
import {
  addDossierEvidence,
  createDossier,
  getDossier,
  saveAnswers,
} from '@twinpark/contract/dossier/dossiers.ts';
import { fileStep, previewFiling, type SentFiling } from '@twinpark/contract/dossier/steps.ts';
import type { CaseCommand } from '@twinpark/kernel/case/commands.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import { instantNow } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { officer, orderOf } from './case-orders.ts';
import type { TestClient } from './test-client.ts';
import type { TestNode } from './test-node.ts';

/** What the laboratory of the invented journey needs in the north. */
export const dryLaboratory: Facts = {
  'team.name': 'Lind',
  'team.headcount': 4,
  'laboratory.kind': 'dry',
};

/** A dossier of the invented journey with these answers. Returns its id and version. */
export async function aDossier(
  client: TestClient,
  answers: Facts = {},
  title = 'Laboratory on the bank',
): Promise<{ dossierId: string; version: number }> {
  const body = { journey: 'open-a-laboratory', title, language: 'en' } as const;
  const begun = await client.get(createDossier, { body });
  return Object.keys(answers).length === 0 ? begun : await answered(client, begun.dossierId, answers);
}

/** Saves answers on whatever version the dossier has. */
export async function answered(client: TestClient, dossierId: string, answers: Facts) {
  const params = { dossierId };
  const { version } = await client.get(getDossier, { params });
  return await client.get(saveAnswers, { params, body: { version, answers: answers as never } });
}

/** Puts a paper of the organisation with this name into the dossier. */
export async function withPaper(
  node: TestNode,
  client: TestClient,
  dossierId: string,
  type = 'floor-plan',
  content: string = randomUUID(),
  name = `${type}.pdf`,
) {
  const evidenceId = await aPaper(node, dossierId, name, content);
  return await client.get(addDossierEvidence, { params: { dossierId }, body: { evidenceId, type } });
}

/** A paper of the dossier's organisation, without its bytes. */
export async function aPaper(
  { services: { store, clock } }: TestNode,
  dossierId: string,
  name: string,
  content: string,
): Promise<string> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const evidenceId = newId(clock);
  const now = instantNow(clock);
  await store.write(async (tx) => {
    const { organizationId } = await tx
      .selectFrom('dossiers')
      .select('organizationId')
      .where('dossierId', '=', dossierId)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('evidenceFiles')
      .values({ sha256, sizeBytes: content.length, mediaType: 'application/pdf', storedAt: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await tx
      .insertInto('evidence')
      .values({ evidenceId, organizationId, sha256, name, createdBy: 'test', createdAt: now })
      .execute();
  });
  return evidenceId;
}

/** Files a step as the dossier stands. */
export async function filed(
  client: TestClient,
  dossierId: string,
  step = 'north-laboratory-permit',
): Promise<SentFiling> {
  const { version } = await client.get(getDossier, { params: { dossierId } });
  return await client.get(fileStep, { params: { dossierId, step }, body: { version } });
}

/** What an officer of the authority does to a case; a second officer approves. */
export async function act(node: TestNode, caseId: string, ...commands: readonly CaseCommand[]) {
  for (const command of commands) {
    const person = command.type === 'approveDecision' ? 'officer-2' : 'officer-1';
    const result = await node.services.commander.submit(orderOf(caseId, officer(person), [command]));
    if (result.kind !== 'done') throw new Error(`${command.type}: ${JSON.stringify(result)}`);
  }
}

/** From the acceptance to the decision. */
export function decisionOf(outcome: 'granted' | 'refused'): readonly CaseCommand[] {
  const reasons = outcome === 'refused' ? ['The floor does not bear it.'] : [];
  return [
    { type: 'acceptCase' },
    { type: 'completeStep', step: 'technical-review', result: 'passed' },
    { type: 'proposeDecision', outcome, reasons },
    { type: 'approveDecision' },
  ];
}

/** Files a step of which something crosses, with the agreement to exactly what the preview shows. */
export async function filedAcross(client: TestClient, dossierId: string, step: string): Promise<SentFiling> {
  const params = { dossierId, step };
  const { version, crossing } = await client.get(previewFiling, { params });
  const agreement = { digest: crossing?.digest ?? '' };
  return await client.get(fileStep, { params, body: { version, agreement } });
}
