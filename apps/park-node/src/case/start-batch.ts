import { sql } from 'kysely';
import type { Tx } from '../platform/database/store.ts';
import { type CaseNotes, type JointWord, noNotes } from './case-notes.ts';
import type { Answer, CaseOrder, CaseRow, OrderResult } from './case-order.ts';
import type { Definitions } from './definitions.ts';
import type { OpenedCase } from './project-case.ts';

/** What a batch of orders finds when it starts. */
export interface BatchStart {
  /** What orders that were done before were told. */
  readonly answers: ReadonlyMap<CaseOrder, OrderResult>;
  /** By case id; locked until the transaction ends. */
  readonly held: ReadonlyMap<string, HeldCase>;
  /** A case number for each opening. */
  readonly numbers: number[];
}

export interface HeldCase {
  readonly row: Omit<CaseRow, 'changedAt'>;
  readonly state: OpenedCase;
  /** Other organisations with a desk in the case; looked up only where a reader's right hangs on it. */
  readonly desks: readonly string[];
  readonly notes: CaseNotes;
}

/** Finds kept answers and locks the cases of the orders, in one statement unless a reader's right takes another. */
export async function startBatch(
  tx: Tx,
  orders: readonly CaseOrder[],
  definitions: Definitions,
): Promise<BatchStart> {
  const keys = orders.flatMap(({ idempotency }) => idempotency ?? []);
  const wanted = orders.filter(({ opening }) => opening === null).map(({ caseId }) => caseId);
  const { rows } = await sql<{ readonly start: Start }>`select start_case_batch(
    ${keys.map(({ scope }) => scope)}, ${keys.map(({ key }) => key)}, ${wanted}, ${orders.length - wanted.length}
  ) as start`.execute(tx);
  const start = rows[0]?.start;
  const { answers, held, numbers } = start ?? { answers: null, held: null, numbers: null };
  const cases = held ?? [];
  await definitions.load(
    tx,
    cases.map(({ row }) => row.definitionHash),
  );
  const desks = await findDesks(tx, cases, orders);
  return {
    answers: resultsOf(orders, answers ?? []),
    held: new Map(
      cases.map(({ row, state }) => [
        row.caseId,
        { row, state, desks: desks.get(row.caseId) ?? [], notes: notesOf(row, start) },
      ]),
    ),
    numbers: numbers ?? [],
  };
}

/** What `start_case_batch` returns (sql/000013_recording.sql). */
interface Start {
  readonly answers: readonly KeptAnswer[] | null;
  readonly held: readonly Pick<HeldCase, 'row' | 'state'>[] | null;
  readonly numbers: number[] | null;
  readonly words: readonly (JointWord & { readonly dossierId: string })[] | null;
  readonly onTheirWay: readonly { readonly caseId: string; readonly sha256: string }[] | null;
}

interface KeptAnswer extends Answer {
  readonly scope: string;
  readonly key: string;
  readonly requestHash: string;
}

function notesOf({ caseId, dossierId }: HeldCase['row'], start: Start | undefined): CaseNotes {
  const { words, onTheirWay } = start ?? {};
  if (!words && !onTheirWay) return noNotes;
  return {
    words: (words ?? []).filter((word) => word.dossierId === dossierId),
    onTheirWay: (onTheirWay ?? []).filter((paper) => paper.caseId === caseId).map(({ sha256 }) => sha256),
  };
}

function resultsOf(
  orders: readonly CaseOrder[],
  answers: readonly KeptAnswer[],
): ReadonlyMap<CaseOrder, OrderResult> {
  const results = new Map<CaseOrder, OrderResult>();
  for (const order of answers.length === 0 ? [] : orders) {
    const kept = answers.find(
      ({ scope, key }) => scope === order.idempotency?.scope && key === order.idempotency.key,
    );
    if (!kept) continue;
    const { requestHash, status, body } = kept;
    const same = requestHash === order.idempotency?.requestHash;
    results.set(order, same ? { kind: 'repeated', answer: { status, body } } : { kind: 'keyReused' });
  }
  return results;
}

async function findDesks(
  tx: Tx,
  cases: readonly Pick<HeldCase, 'row'>[],
  orders: readonly CaseOrder[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const readers = new Map(orders.map(({ caseId, reader }) => [caseId, reader]));
  const foreign = cases
    .map(({ row }) => row)
    .filter(({ caseId, authority }) => {
      const reader = readers.get(caseId);
      return reader?.kind === 'authority' && reader.organization !== authority;
    })
    .map(({ caseId }) => caseId);
  if (foreign.length === 0) return new Map();
  const rows = await tx
    .selectFrom('caseDesks')
    .select(['caseId', 'organization'])
    .where('caseId', 'in', foreign)
    .execute();
  return new Map(
    [...Map.groupBy(rows, ({ caseId }) => caseId)].map(([caseId, desks]) => [
      caseId,
      desks.map(({ organization }) => organization),
    ]),
  );
}
