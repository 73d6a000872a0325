import type { MessageOf } from '@twinpark/contract/gateway/messages.ts';
import { isNodeProblem, type ProblemCode, problemCodes } from '@twinpark/contract/problem.ts';
import { markFilingRefused, markFilingSent } from '../dossier/queries/filings.ts';
import { giveNotice } from '../notification/notices.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { dateIn, instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import type { Services } from '../services.ts';
import { peerEntry } from './peer-order.ts';
import { lockPeerCase, type PeerCaseRow, updatePeerCase, wasSentAbout } from './queries/peer-cases.ts';
import { type Refused, refuseMessage } from './take.ts';

type Answer = MessageOf<'org.twinpark.act.answered'>['data'];

/**
 * Notes what the other park says to an act of an applicant. Of a filing that it refuses no case has come, so that the
 * step can be filed anew. An answer to an older act, or a second one, changes nothing; but what was settled by hand gives
 * way to the answer that comes after all.
 *
 * Refuses: `caseUnknown`, `messageMalformed` for an answer to nothing that was sent.
 */
export async function settleAct(
  tx: Tx,
  services: Pick<Services, 'clock' | 'park' | 'zone'>,
  { caseId, inReplyTo, ...answer }: Answer,
): Promise<Refused | null> {
  const row = await lockPeerCase(tx, caseId);
  if (row === null) return refuseMessage('caseUnknown', { case: caseId });
  if ((answer.outcome === 'refused') !== (answer.refusal !== null)) {
    return refuseMessage('messageMalformed', { pointer: '/data/refusal' });
  }
  const { act } = row;
  if (act.messageId !== inReplyTo) {
    const isOlder = await wasSentAbout(tx, inReplyTo, caseId);
    return isOlder ? null : refuseMessage('messageMalformed', { pointer: '/data/inReplyTo' });
  }
  if (act.answer !== null && act.answer.refusal?.code !== 'answeredByHand') return null;
  const { clock } = services;
  const isFiling = act.action === 'fileCase' && row.version === 0;
  await updatePeerCase(tx, row, {
    act: { ...act, answer },
    caseNumber: row.caseNumber ?? answer.caseNumber,
    ...(isFiling && standingOf(answer)),
    changedAt: instantNow(clock),
  });
  if (isFiling && answer.outcome === 'refused') await markFilingRefused(tx, caseId);
  else if (isFiling) await markFilingSent(tx, caseId);
  if (answer.refusal) await tellApplicant(tx, services, row, answer.refusal.code);
  const entry = peerEntry(`case.${act.action}`, caseId, row.authority, services, inReplyTo);
  await recordAudit(
    tx,
    clock,
    entry,
    answer.outcome === 'done' ? 'success' : 'refused',
    answer.refusal && problemOf(answer.refusal.code),
  );
  return null;
}

function standingOf({ outcome }: Pick<Answer, 'outcome'>) {
  return outcome === 'refused'
    ? ({ status: 'none', waitingFor: 'nobody' } as const)
    : ({ status: 'draft', waitingFor: 'authority' } as const);
}

async function tellApplicant(
  tx: Tx,
  { clock, park }: Pick<Services, 'clock' | 'park'>,
  { caseId, applicantId, act }: PeerCaseRow,
  refusal: NonNullable<Answer['refusal']>['code'],
): Promise<void> {
  const on = dateIn(park.timeZone, clock.now());
  await giveNotice(tx, clock, [
    {
      recipient: applicantId,
      assignee: null,
      kind: 'actRefused',
      caseId,
      facts: { on, action: act.action, refusal },
      cause: `act ${act.messageId} ${refusal}`,
    },
  ]);
}

/** The problem that stands for a refusal in the audit trail, which knows problems alone. */
function problemOf(code: NonNullable<Answer['refusal']>['code']): ProblemCode | null {
  if (code === 'stepFiled') return 'versionConflict';
  if (code === 'caseUnknown') return 'notFound';
  const known = problemCodes.find((each) => each === code);
  return known === undefined || isNodeProblem(known) ? null : known;
}
