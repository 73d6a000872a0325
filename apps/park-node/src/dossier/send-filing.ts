import type { SentFiling } from '@twinpark/contract/dossier/steps.ts';
import { answerOfOrder } from '../case/answer-of-order.ts';
import type { Idempotency, Opening, RecordedCase } from '../case/case-order.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry } from '../platform/audit/caller-entry.ts';
import { actorOf, type Member, readerOf } from '../platform/auth/caller.ts';
import { type Problem, problem } from '../platform/http/problem.ts';
import type { Services } from '../services.ts';
import type { StepFiling } from './step-filing.ts';

/** Who sends what a step has ready. */
export interface Sending {
  readonly filing: StepFiling;
  readonly caseId: string;
  /** Set where the case is to be opened. */
  readonly opening: Opening | null;
  readonly caller: Member;
  readonly idempotency: Idempotency;
  readonly requestId: string;
}

/**
 * Takes a filing or an amendment to its authority. The one place that knows how: cases of this park are its node's own.
 *
 * Problems: `serviceOfOtherPark`, `versionConflict` when another filing of the step came first, `shuttingDown`, those of
 * a key, and what the case refuses.
 */
export async function sendFiling(services: Services, sending: Sending): Promise<SentFiling | Problem> {
  const { park, commander, store, clock } = services;
  const { filing, caseId, opening, caller, idempotency, requestId } = sending;
  const { service, step, commands } = filing;
  const last = commands.at(-1);
  if (!last) throw new Error('A filing without a command has nothing to send');
  const details = { step: step.id, service: service.id };
  const audit = callerEntry(`case.${last.type}`, caller, requestId, { kind: 'case', id: caseId }, details);
  if (service.park !== park.id) {
    await store.write((tx) => recordAudit(tx, clock, audit, 'refused', 'serviceOfOtherPark'));
    return problem('serviceOfOtherPark', { park: service.park, service: service.id });
  }
  const result = await commander.submit({
    caseId,
    reader: readerOf(caller),
    actor: actorOf(caller),
    commands,
    opening,
    fromDossier: true,
    output: null,
    idempotency,
    audit,
    answer: (done) => ({ status: opening ? 201 : 200, body: presentSent(done, step.id) }),
  });
  return answerOfOrder<SentFiling>(result);
}

function presentSent({ row }: RecordedCase, step: string): SentFiling {
  const { caseId, caseNumber, service, status, filedOn, version } = row;
  return { caseId, caseNumber, step, service, status, filedOn, version };
}
