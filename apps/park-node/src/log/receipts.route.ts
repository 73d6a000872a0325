import { getReceipt, getReceiptOfDocument, listReceipts } from '@twinpark/contract/log/receipts.ts';
import { findCaseRows } from '../case/queries/find-cases.ts';
import { caseReaderOf } from '../case/reader-view.ts';
import { verifyOutput } from '../output/verify-output.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry } from '../platform/audit/caller-entry.ts';
import { type Member, readerOf } from '../platform/auth/caller.ts';
import type { Tx } from '../platform/database/store.ts';
import type { App } from '../platform/http/app.ts';
import { cursorAt, readPlace } from '../platform/http/cursor.ts';
import { Problem, problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { receiptOfDocument, receiptOrNot } from './find-receipt.ts';
import { findCosignedSize } from './queries/checkpoints.ts';
import { findStatement, listActs, type StoredStatement } from './queries/statements.ts';

/** Receipts: what the log holds, each with its proof. */
export function registerReceiptRoutes(app: App, services: Services): void {
  const { store, clock } = services;

  route(app, listReceipts, async ({ params, query, caller }) => {
    const list = `receipts ${params.caseId}`;
    const place = query.cursor === undefined ? [] : readPlace(list, query.cursor, ['id']);
    if (place === null) return problem('cursorInvalid');
    return await store.read(caseReaderOf(caller), async (tx) => {
      const [row] = await findCaseRows(tx, [params.caseId]);
      if (!row) return problem('notFound');
      const acts = await listActs(tx, row.caseId, place[0] ?? null, query.limit + 1);
      const cosigned = await findCosignedSize(tx);
      const page = acts.slice(0, query.limit);
      const last = acts.length > query.limit ? page.at(-1) : undefined;
      return {
        items: page.map(({ entryId, statement: { version, type, on, at }, logIndex }) => ({
          entryId,
          version,
          type,
          on,
          at,
          logIndex,
          isReady: logIndex !== null && logIndex < cosigned,
        })),
        nextCursor: last ? cursorAt(list, [last.entryId]) : null,
      };
    });
  });

  route(app, getReceipt, async ({ params, caller, requestId }) => {
    const found = await readStatement(services, caller, params.entryId, receiptOrNot);
    const code = found instanceof Problem ? found.code : null;
    const entry = callerEntry('receipt.read', caller, requestId, { kind: 'receipt', id: params.entryId });
    await store.write((tx) => recordAudit(tx, clock, entry, code === null ? 'success' : 'refused', code));
    return found;
  });

  route(app, getReceiptOfDocument, async ({ params, query, requestId }) => {
    const asked = { receiptNumber: params.receiptNumber, code: query.code, requestId };
    const verification = await verifyOutput(services, asked);
    if (verification.found === 'nothing') return problem('notFound');
    if (verification.found === 'damaged') return problem('evidenceDamaged');
    return await store.write((tx) => receiptOfDocument(tx, verification.statement.content.receiptNumber));
  });
}

/** An entry as far as its statement is the caller's to read. The body that runs the park reads no act of a case. */
async function readStatement<Answer>(
  { store }: Services,
  caller: Member,
  entryId: string,
  use: (tx: Tx, stored: StoredStatement) => Promise<Answer | Problem>,
): Promise<Answer | Problem> {
  const reader = readerOf(caller);
  const work = async (tx: Tx): Promise<Answer | Problem> => {
    const stored = await findStatement(tx, entryId);
    const isWithheld = reader === null && stored?.statement.format === 'twinpark-act/1';
    return stored && !isWithheld ? await use(tx, stored) : problem('notFound');
  };
  return reader === null ? await store.write(work) : await store.read(reader, work);
}
