import type { OutputStanding, OutputStatement } from '@twinpark/contract/output/output.ts';
import type { AuditEntry } from '../platform/audit/audit-entry.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { dateIn } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import type { Services } from '../services.ts';
import {
  findCaseOf,
  findVerificationCode,
  getOutput,
  hasLaterOutput,
  type OutputRow,
} from './queries/outputs.ts';
import { standingOf } from './standing.ts';
import { isSameCode, newVerificationCode } from './verification-code.ts';

export type Verification =
  | {
      readonly found: 'genuine';
      readonly statement: OutputStatement;
      readonly signature: string;
      readonly standing: OutputStanding;
    }
  /** No document has both this number and this code; which of them is wrong is nobody's to know. */
  | { readonly found: 'nothing' }
  /** What the park has kept is not what it signed. */
  | { readonly found: 'damaged' };

const receiptNumberForm = /^R-[A-Z0-9-]{1,80}$/;
/** Compared where there is no document, so that an unknown number takes no less time than a wrong code. */
const noCode = newVerificationCode();

/** What a document says and where it stands, for whoever knows its number and its code. */
export async function verifyOutput(
  { store, clock, park, signer, logger }: Pick<Services, 'store' | 'clock' | 'park' | 'signer' | 'logger'>,
  asked: { readonly receiptNumber: string; readonly code: string; readonly requestId: string },
): Promise<Verification> {
  const typed = asked.receiptNumber.trim().toUpperCase();
  // What was typed may be anything, and is looked for and remembered only where it can be a number.
  const receiptNumber = receiptNumberForm.test(typed) ? typed : null;
  const today = dateIn(park.timeZone, clock.now());
  return await store.write(async (tx) => {
    const code = await findVerificationCode(tx, receiptNumber ?? '');
    const isHeld = isSameCode(asked.code, code ?? noCode) && code !== null;
    const output = isHeld ? await getOutput(tx, typed) : null;
    const verification = output ? await judge(tx, output, signer, today) : ({ found: 'nothing' } as const);
    const [outcome, problem] = audited[verification.found];
    await recordAudit(tx, clock, auditOf(receiptNumber, asked.requestId), outcome, problem);
    if (verification.found === 'damaged') logger.error({ receiptNumber }, 'an output is not what was signed');
    return verification;
  });
}

const audited = {
  genuine: ['success', null],
  nothing: ['refused', 'notFound'],
  damaged: ['failed', 'evidenceDamaged'],
} as const;

function auditOf(receiptNumber: string | null, requestId: string): AuditEntry {
  return {
    action: 'output.verify',
    personId: null,
    organization: null,
    role: null,
    subjectKind: 'output',
    subjectId: receiptNumber,
    requestId,
    details: {},
  };
}

async function judge(
  tx: Tx,
  output: OutputRow,
  signer: Services['signer'],
  today: string,
): Promise<Verification> {
  const { receiptNumber, statement, signature } = output;
  const isSigned = await signer.verify(statement, signature);
  if (!isSigned || statement.content.receiptNumber !== receiptNumber) return { found: 'damaged' };
  const held = await findCaseOf(tx, output.caseId);
  const standing = standingOf(output, held, await hasLaterOutput(tx, output), today);
  return { found: 'genuine', statement, signature, standing };
}
