import type { Language } from '@twinpark/contract/common.ts';
import type { SentFiling } from '@twinpark/contract/dossier/steps.ts';
import type { CaseState } from '@twinpark/kernel/case/state.ts';
import { answerOfOrder } from '../case/answer-of-order.ts';
import type { Idempotency, Opening, RecordedCase } from '../case/case-order.ts';
import type { PeerCaseRow } from '../gateway/queries/peer-cases.ts';
import { type ActCommand, sendAct } from '../gateway/send-act.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry, withRefusalRecorded } from '../platform/audit/caller-entry.ts';
import { actorOf, type Member, readerOf } from '../platform/auth/caller.ts';
import { violatedConstraintOf } from '../platform/database/sql.ts';
import type { Tx } from '../platform/database/store.ts';
import { once } from '../platform/http/once.ts';
import { Problem, problem, refused } from '../platform/http/problem.ts';
import type { Services } from '../services.ts';
import { agreementFor } from './agreements.ts';
import { askCase } from './ask-case.ts';
import { crossingOf } from './crossing.ts';
import { fileAcross } from './file-across.ts';
import { lockDossier } from './queries/dossiers.ts';
import { refuseOnce } from './refuse-once.ts';
import type { StepFiling } from './step-filing.ts';

/** Who sends what a step has ready. */
export interface Sending {
  readonly filing: StepFiling;
  readonly dossierId: string;
  /** Version of the dossier from which the filing was made. */
  readonly version: number;
  readonly caseId: string;
  /** The case as it stands; none where it is to be opened. */
  readonly state: CaseState;
  /** Set where the case is to be opened. */
  readonly opening: Opening | null;
  /** What of it crosses, as the applicant has seen it. */
  readonly agreement: { readonly digest: string } | undefined;
  readonly caller: Member;
  readonly language: Language;
  readonly idempotency: Idempotency;
  readonly requestId: string;
}

/**
 * Takes a filing or an amendment to its authority. The one place that knows how: a case of this park is its node's own,
 * one of the other park goes there as a message.
 *
 * Problems: `versionConflict` when the dossier has changed or another filing of the step came first, `shuttingDown`,
 * those of a key and of what crosses, `actUnanswered`, and what the case refuses.
 */
export async function sendFiling(services: Services, sending: Sending): Promise<SentFiling | Problem> {
  const { park } = services;
  const { filing, caseId, caller, requestId } = sending;
  const { service, step, commands } = filing;
  const last = commands.at(-1);
  if (!last) throw new Error('A filing without a command has nothing to send');
  const details = { step: step.id, service: service.id };
  const audit = callerEntry(`case.${last.type}`, caller, requestId, { kind: 'case', id: caseId }, details);
  return service.park === park.id
    ? await sendHere(services, sending, audit)
    : await sendAcross(services, sending, audit);
}

type Audit = ReturnType<typeof callerEntry>;

async function sendHere(services: Services, sending: Sending, audit: Audit): Promise<SentFiling | Problem> {
  const { filing, dossierId, caseId, state, opening, caller, language, idempotency } = sending;
  const { service, step, fields, papers, commands } = filing;
  const held = state.status === 'none' ? {} : state.answers;
  const crossing = crossingOf({ service, fields, papers, held }, services);
  const about = { caseId, dossierId, step: step.id, caller, language };
  const agreement = agreementFor(services, crossing, sending.agreement, about);
  if (agreement instanceof Problem) {
    // What the law refuses nobody need agree to first.
    const { refusal } = askCase(services, service, commands, state, actorOf(caller));
    const reason = refusal ? refused(refusal, service) : agreement;
    return await refuseOnce(services, idempotency, audit, reason);
  }
  const result = await services.commander.submit({
    caseId,
    reader: readerOf(caller),
    actor: actorOf(caller),
    commands,
    opening,
    fromDossier: true,
    agreement,
    output: null,
    idempotency,
    audit,
    answer: (done) => ({ status: opening ? 201 : 200, body: presentSent(done, step.id) }),
  });
  return answerOfOrder<SentFiling>(result);
}

async function sendAcross(services: Services, sending: Sending, audit: Audit): Promise<SentFiling | Problem> {
  const { dossierId, version, opening, caller, idempotency } = sending;
  const work = once(services, idempotency, async (tx) => {
    // Whoever changes the dossier or files from it comes before or after.
    const row = await lockDossier(tx, dossierId, caller.acting.organizationId);
    if (!row) return problem('notFound');
    if (row.version !== version) return problem('versionConflict', { version: row.version });
    const sent = opening
      ? await fileAcross(tx, services, sending, opening)
      : await amendAcross(tx, services, sending);
    if (sent instanceof Problem) return sent;
    await recordAudit(tx, services.clock, audit);
    return presentAcross(sent, opening ? 'filed' : sent.status);
  });
  return await withRefusalRecorded(services, audit, work.catch(stepFiled));
}

async function amendAcross(
  tx: Tx,
  services: Services,
  { filing, caseId, caller, language, agreement }: Sending,
): Promise<PeerCaseRow | Problem> {
  const [command] = filing.commands;
  return await sendAct(tx, services, {
    caseId,
    command: command as ActCommand,
    caller,
    language,
    agreement,
    fromDossier: true,
  });
}

/** A filing of the step by way of this park, under a law that gave the service to it, came in the same moment. */
function stepFiled(error: unknown): Problem {
  if (violatedConstraintOf(error) === 'dossier_filings_pkey') return problem('versionConflict');
  throw error;
}

function presentSent({ row }: Pick<RecordedCase, 'row'>, step: string): SentFiling {
  const { caseId, caseNumber, service, status, filedOn, version } = row;
  return { caseId, caseNumber, step, service, status, filedOn, version };
}

function presentAcross(row: PeerCaseRow, status: SentFiling['status']): SentFiling {
  const { caseId, caseNumber, step, service, filedOn, version } = row;
  return { caseId, caseNumber, step, service, status, filedOn, version };
}
