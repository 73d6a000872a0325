import {
  findPeerCase,
  findPeerCases,
  listPeerEventsBefore,
  type PeerCaseRow,
} from '../../gateway/queries/peer-cases.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { PeerAct } from '../../platform/database/tables.ts';
import { noNotes } from '../case-notes.ts';
import type { ShownCase } from '../present-case-summary.ts';
import { findCase, findCaseRows } from './find-cases.ts';
import { type EventRow, listEventsBefore } from './list-events.ts';

/**
 * A case of this park or, for its applicant, what the other park has told of one there; null where there is none or the
 * reader may not know of it.
 */
export async function findOnEitherSide(tx: Tx, caseId: string) {
  const own = await findCase(tx, caseId);
  if (own) return { ...own, act: null as PeerAct | null };
  const peer = await findPeerCase(tx, caseId);
  return peer && { row: shownRow(peer), state: peer.state, act: peer.act, notes: noNotes };
}

/** Rows of cases by their ids, as far as the reader may read them, in the order asked for. */
export async function findRowsOnEitherSide(
  tx: Tx,
  caseIds: readonly string[],
): Promise<readonly ShownCase[]> {
  const own = new Map((await findCaseRows(tx, caseIds)).map((row) => [row.caseId, row]));
  const peers = await findPeerCases(
    tx,
    caseIds.filter((caseId) => !own.has(caseId)),
  );
  return caseIds.flatMap((caseId): readonly ShownCase[] => {
    const row = own.get(caseId);
    if (row) return [row];
    const peer = peers.get(caseId);
    return peer ? [shownRow(peer)] : [];
  });
}

/** Events of a case that the reader may read, newest first, before a version. */
export async function listEventsOnEitherSide(
  tx: Tx,
  caseId: string,
  before: number | null,
  limit: number,
): Promise<readonly EventRow[]> {
  const own = await listEventsBefore(tx, caseId, before, limit);
  if (own.length > 0) return own;
  const told = await listPeerEventsBefore(tx, caseId, before, limit);
  return told.map((event) => ({ ...event, internal: false }));
}

/** What a list shows of it. Who handles it there nobody here is told. */
export function shownRow({
  state: _state,
  act: _act,
  step: _step,
  park: _park,
  ...row
}: PeerCaseRow): ShownCase {
  return { ...row, applicantPark: null, assignee: null };
}
