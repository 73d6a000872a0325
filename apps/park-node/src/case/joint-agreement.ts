import type { Language } from '@twinpark/contract/common.ts';
import type { CommandOf } from '@twinpark/kernel/case/commands.ts';
import { type Agreement, agreementFor } from '../dossier/agreements.ts';
import { askCase } from '../dossier/ask-case.ts';
import { crossingOf } from '../dossier/crossing.ts';
import { findStepOf } from '../dossier/queries/filings.ts';
import { actorOf, type Member } from '../platform/auth/caller.ts';
import type { Reader } from '../platform/database/store.ts';
import { Problem, refused } from '../platform/http/problem.ts';
import type { Services } from '../services.ts';
import { findCase } from './queries/find-cases.ts';

interface Amendment {
  readonly caseId: string;
  readonly command: CommandOf<'amendCase' | 'supplyEvidence'>;
  readonly agreement: { readonly digest: string } | undefined;
  readonly caller: Member;
  readonly language: Language;
}

/**
 * What an amendment of a case of this park needs where it changes what a joint step shares with the other park: the
 * applicant's agreement, and the version of the case from which that was told. Null where nothing of it crosses.
 *
 * Problems: those of `agreementFor`, and what the case refuses.
 */
export async function jointAgreement(
  services: Services,
  reader: Reader,
  { caseId, command, agreement, caller, language }: Amendment,
): Promise<{ readonly agreement: Agreement; readonly version: number } | Problem | null> {
  const { store, definitions } = services;
  const found = await store.read(reader, async (tx) => {
    const stored = await findCase(tx, caseId);
    const step = stored && (await findStepOf(tx, caseId));
    if (!stored || !step) return null;
    await definitions.load(tx, [stored.row.definitionHash]);
    return { ...stored, ...step };
  });
  // Without a dossier there is no other side that a panel could belong to.
  if (found === null) return null;
  const { row, state, dossierId, step } = found;
  const service = definitions.service(row.definitionHash);
  const { answers: fields = {}, evidence: papers = [] } = command;
  const content = { service, fields, papers, held: state.answers };
  const about = { caseId, dossierId, step, caller, language };
  const agreed = agreementFor(services, crossingOf(content, services), agreement, about);
  if (!(agreed instanceof Problem)) return agreed && { agreement: agreed, version: row.version };
  // What the law refuses nobody need agree to first.
  const { refusal } = askCase(services, service, [command], state, actorOf(caller));
  return refusal ? refused(refusal, service) : agreed;
}
