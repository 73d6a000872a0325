import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import { listPapersOnTheirWay } from '../../gateway/queries/fetches.ts';
import { listJointWords } from '../../gateway/queries/joint-words.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { CaseNotes } from '../case-notes.ts';
import type { CaseRow } from '../case-order.ts';

/** What is known beside a case, as far as the reader may know it. Cases that concern this park alone have none. */
export async function findCaseNotes(
  tx: Tx,
  { caseId, dossierId, applicantPark }: Pick<CaseRow, 'caseId' | 'dossierId' | 'applicantPark'>,
  { steps }: ServiceDefinition,
): Promise<CaseNotes> {
  const isJoint = dossierId !== null && steps.some(({ joint }) => joint !== null);
  return {
    words: isJoint ? await listJointWords(tx, [dossierId]) : [],
    onTheirWay: applicantPark === null ? [] : await listPapersOnTheirWay(tx, caseId),
  };
}
