import { dossierStream } from '../outgoing.ts';
import { lockPeerCase } from '../queries/peer-cases.ts';
import { settleAct } from '../settle-act.ts';
import { oneByOne, refuseMessage } from '../take.ts';

/**
 * The other park answers what an applicant of this one sent it.
 *
 * Refuses: `caseUnknown`, `streamOfOther`, and what `settleAct` refuses.
 */
export const takeActAnswered = oneByOne<'org.twinpark.act.answered'>(
  async (tx, { stream, data }, services) => {
    const row = await lockPeerCase(tx, data.caseId);
    if (row === null) return refuseMessage('caseUnknown', { case: data.caseId });
    if (stream !== dossierStream(row.dossierId)) {
      return refuseMessage('streamOfOther', { case: data.caseId });
    }
    return await settleAct(tx, services, data);
  },
);
