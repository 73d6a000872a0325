import { fileRangeBytes, readPeerFile } from '@twinpark/contract/gateway/read-peer-file.ts';
import { sql } from 'kysely';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import type { Tx } from '../platform/database/store.ts';
import type { App } from '../platform/http/app.ts';
import { problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';

/** Files that messages have named, for the node that took them. */
export function registerPeerFileRoutes(app: App, services: Services): void {
  const { store, clock, evidenceStore, logger } = services;

  route(app, readPeerFile, async ({ params, query, caller, requestId }) => {
    const { caseId, sha256 } = params;
    const file = await store.write((tx) => findOfferedFile(tx, caseId, sha256, caller.peer));
    if (file === null || query.from > Math.max(file.sizeBytes - 1, 0)) return problem('notFound');
    const isFirst = query.from === 0;
    const entry = {
      action: file.kind === 'paper' ? 'evidence.read' : 'output.read',
      personId: null,
      organization: caller.peer,
      role: 'peer',
      subjectKind: 'case',
      subjectId: caseId,
      requestId,
      details: { sha256 },
    } as const;
    const state = isFirst ? await evidenceStore.check(sha256) : 'sound';
    const last = Math.min(query.from + fileRangeBytes, file.sizeBytes) - 1;
    const bytes =
      state === 'sound'
        ? await evidenceStore.read(sha256, last < 0 ? undefined : { first: query.from, last })
        : null;
    if (bytes === null) {
      logger.error({ sha256, state }, 'evidence is not what its name says');
      await store.write((tx) => recordAudit(tx, clock, entry, 'failed', 'evidenceDamaged'));
      return problem('evidenceDamaged', { sha256 });
    }
    if (isFirst) await store.write((tx) => recordAudit(tx, clock, entry));
    return { headers: { 'cache-control': 'no-store' }, stream: Buffer.concat(await Array.fromAsync(bytes)) };
  });
}

interface OfferedFile {
  readonly kind: 'paper' | 'document';
  readonly sizeBytes: number;
}

/** A paper that crosses with its case, or a page of what a case of an applicant over there was served. */
async function findOfferedFile(
  tx: Tx,
  caseId: string,
  sha256: string,
  peer: string,
): Promise<OfferedFile | null> {
  const { rows } = await sql<OfferedFile>`
    select offered.kind, evidence_files.size_bytes as "sizeBytes"
    from (
      select 'paper' as kind, sha256 from crossing_papers where case_id = ${caseId}::uuid and sha256 = ${sha256}
      union all
      select 'document', d.sha256
      from outputs o
      join output_documents d on d.receipt_number = o.receipt_number
      join cases c on c.case_id = o.case_id
      where o.case_id = ${caseId}::uuid and d.sha256 = ${sha256} and c.applicant_park = ${peer}
    ) as offered
    join evidence_files on evidence_files.sha256 = offered.sha256
    limit 1`.execute(tx);
  return rows[0] ?? null;
}
