import type { ActAnswer } from '@twinpark/contract/gateway/messages.ts';
import type { Refusal } from '@twinpark/kernel/shared/refusal.ts';
import type { OutgoingMessage } from './outgoing.ts';

/** The message of the other park that brought an act of an applicant. */
export interface BroughtBy {
  readonly messageId: string;
  readonly stream: string;
}

export function actDone(caseId: string, by: BroughtBy, caseNumber: string): OutgoingMessage {
  return answerTo(caseId, by, { outcome: 'done', caseNumber, refusal: null });
}

/** The case, or the law, refuses the act: the message that brought it was taken all the same. */
export function actRefused(
  caseId: string,
  by: BroughtBy,
  caseNumber: string | null,
  { code, clause, facts }: Refusal,
): OutgoingMessage {
  const citation = clause && { ...clause, seen: [...clause.seen] };
  return answerTo(caseId, by, {
    outcome: 'refused',
    caseNumber,
    refusal: { code, clause: citation, facts: { ...facts } },
  });
}

function answerTo(caseId: string, { messageId, stream }: BroughtBy, answer: ActAnswer): OutgoingMessage {
  return {
    type: 'org.twinpark.act.answered',
    stream,
    subject: caseId,
    data: { caseId, inReplyTo: messageId, ...answer },
  };
}
