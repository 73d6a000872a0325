import { noCase } from '@twinpark/kernel/case/state.ts';
import { getPark } from '@twinpark/pack/zone.ts';
import type { Opening } from '../case/case-order.ts';
import { dossierStream, sendToPeer } from '../gateway/outgoing.ts';
import { insertPeerCase, type PeerCaseRow } from '../gateway/queries/peer-cases.ts';
import { type ActToSend, prepareCrossing, sentFacts, toldAgreement } from '../gateway/send-act.ts';
import { actorOf } from '../platform/auth/caller.ts';
import { dateIn, instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import { Problem, problem, refused } from '../platform/http/problem.ts';
import type { Services } from '../services.ts';
import { askCase } from './ask-case.ts';
import { crossingOf } from './crossing.ts';
import { insertFiling, newestAttempt } from './queries/filings.ts';
import type { StepFiling } from './step-filing.ts';

/**
 * Sends a filing to the other park, in the transaction that notes it in the dossier. Until that park answers the case is
 * a draft there may be nothing of; the dossier counts it as filed, so that the step cannot be filed twice.
 *
 * Problems: `versionConflict` where the step was filed meanwhile, what the case refuses by the other park's law, and
 * those of `prepareCrossing`.
 */
export async function fileAcross(
  tx: Tx,
  services: Services,
  {
    filing,
    dossierId,
    caseId,
    agreement: given,
    caller,
    language,
  }: Pick<ActToSend, 'agreement' | 'caller' | 'language'> & {
    readonly filing: StepFiling;
    readonly dossierId: string;
    readonly caseId: string;
  },
  opening: Opening,
): Promise<PeerCaseRow | Problem> {
  const { clock, zone } = services;
  const { service, step, fields, papers, commands } = filing;
  const attempt = opening.dossier?.attempt ?? 1;
  if ((await newestAttempt(tx, dossierId, step.id)) !== attempt - 1) return problem('versionConflict');
  const actor = actorOf(caller);
  const { refusal } = askCase(services, service, commands, noCase, actor);
  if (refusal) return refused(refusal, service);
  const crossing = crossingOf({ service, fields, papers, held: {} }, services);
  const about = { caseId, dossierId, step: step.id, caller, language };
  const prepared = await prepareCrossing(tx, services, { crossing, given, papers, about });
  if (prepared instanceof Problem) return prepared;
  const { organizationId } = caller.acting;
  const { applicantName } = opening;
  const [messageId = ''] = await sendToPeer(tx, clock, [
    {
      type: 'org.twinpark.filing.submitted',
      stream: dossierStream(dossierId),
      subject: caseId,
      data: {
        ...{ caseId, dossierId },
        step: step.id,
        service: service.id,
        definition: service.hash,
        language: opening.language,
        applicant: { organizationId, name: applicantName },
        answers: sentFacts(fields),
        papers: [...prepared.papers],
        agreement: toldAgreement(prepared.agreement),
      },
    },
  ]);
  services.peer?.courier.nudge();
  const sentAt = instantNow(clock);
  const filedOn = dateIn(getPark(zone, service.park).timeZone, clock.now());
  const { state: draft } = askCase(services, service, commands.slice(0, 1), noCase, actor);
  if (draft.status === 'none') throw new Error('A filing begins with the opening of its case');
  const row: PeerCaseRow = {
    ...{ caseId, dossierId, applicantName },
    step: step.id,
    park: service.park,
    applicantId: organizationId,
    service: service.id,
    definitionHash: service.hash,
    authority: service.authority,
    language: opening.language,
    caseNumber: null,
    status: draft.status,
    outcome: null,
    waitingFor: 'authority',
    dueOn: null,
    dueProvisional: false,
    applicantDueOn: null,
    openedOn: filedOn,
    filedOn: null,
    decidedOn: null,
    receiptNumber: null,
    version: 0,
    state: draft,
    act: { messageId, action: 'fileCase', sentAt: sentAt.toISOString(), answer: null },
    changedAt: sentAt,
  };
  await insertPeerCase(tx, row);
  await insertFiling(tx, {
    ...{ dossierId, attempt, caseId, filedOn },
    step: step.id,
    park: service.park,
    service: service.id,
    answers: draft.answers,
    evidence: draft.evidence,
    status: 'filed',
    outcome: null,
    createdAt: sentAt,
  });
  return row;
}
