import type { OutputStatement } from '@twinpark/contract/output/output.ts';
import type { CaseStatus } from '@twinpark/kernel/vocabulary.ts';
import type { Tx } from '../platform/database/store.ts';
import type { Services } from '../services.ts';
import { findCaseOf, findDocument, listOutputsOf } from './queries/outputs.ts';
import { findPeerCaseOf, findPeerDocument, listPeerOutputsOf } from './queries/peer-outputs.ts';
import { verificationUrl } from './verification-url.ts';

export interface ServedOutput {
  readonly receiptNumber: string;
  readonly statement: OutputStatement;
  readonly signature: string;
  readonly issuedAt: Date;
  readonly verificationUrl: string;
}

/** The pages of a document; `onItsWay` where the other park has not sent them yet. */
type Pages = { readonly sha256: string; readonly mediaType: string; readonly sizeBytes: number } | 'onItsWay';

/** A case with the documents that were served on it, newest first. */
export interface CaseWithOutputs {
  readonly held: { readonly status: CaseStatus; readonly receiptNumber: string | null };
  /** The park that decides, whose calendar says what has expired. */
  readonly park: string;
  readonly outputs: readonly ServedOutput[];
  readonly findPages: (receiptNumber: string, language: string) => Promise<Pages | null>;
}

/** What the reader may know of a case's documents, on either side; null where it may not read the case. */
export async function findServedOutputs(
  tx: Tx,
  { config, park }: Pick<Services, 'config' | 'park'>,
  caseId: string,
): Promise<CaseWithOutputs | null> {
  const own = await findCaseOf(tx, caseId);
  if (own) {
    const outputs = (await listOutputsOf(tx, caseId)).map(({ verificationCode, ...output }) => ({
      ...output,
      verificationUrl: verificationUrl(config.publicUrl, output.receiptNumber, verificationCode),
    }));
    return {
      held: own,
      park: park.id,
      outputs,
      findPages: (number, language) => findDocument(tx, number, language),
    };
  }
  const peer = await findPeerCaseOf(tx, caseId);
  if (!peer) return null;
  return {
    held: peer,
    park: peer.park,
    outputs: await listPeerOutputsOf(tx, caseId),
    findPages: (number, language) => findPeerDocument(tx, number, language),
  };
}
