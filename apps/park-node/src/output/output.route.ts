import {
  getOutput,
  listSigningKeys,
  readOutputDocument,
  verifyOutput as verifyOutputEndpoint,
} from '@twinpark/contract/output/output.ts';
import { getPark } from '@twinpark/pack/zone.ts';
import { sendFile } from '../evidence/send-file.ts';
import { callerEntry } from '../platform/audit/caller-entry.ts';
import { type Member, readerOf } from '../platform/auth/caller.ts';
import { dateIn } from '../platform/clock.ts';
import type { App } from '../platform/http/app.ts';
import { type Problem, problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { type CaseWithOutputs, findServedOutputs } from './served-outputs.ts';
import { standingOf } from './standing.ts';
import { verifyOutput } from './verify-output.ts';

export function registerOutputRoutes(app: App, services: Services): void {
  const { clock, zone, signer } = services;

  route(app, getOutput, async ({ params, caller }) => {
    return await readCase(services, caller, params.caseId, ({ held, park, outputs }) => {
      const today = dateIn(getPark(zone, park).timeZone, clock.now());
      const [newest, ...earlier] = outputs.map((output, index) => ({
        statement: output.statement,
        signature: output.signature,
        receiptNumber: output.receiptNumber,
        issuedAt: output.issuedAt.toISOString(),
        standing: standingOf(output, held, index > 0, today),
        verificationUrl: output.verificationUrl,
      }));
      return newest ? { ...newest, earlier } : problem('outputNotIssued');
    });
  });

  route(app, readOutputDocument, async ({ params, query, caller, requestId, headers }) => {
    const found = await readCase(services, caller, params.caseId, async ({ outputs, findPages }) => {
      const output = query.receiptNumber
        ? outputs.find(({ receiptNumber }) => receiptNumber === query.receiptNumber)
        : outputs[0];
      if (!output) return problem(query.receiptNumber ? 'notFound' : 'outputNotIssued');
      const { receiptNumber } = output;
      const file = await findPages(receiptNumber, params.language);
      if (file === 'onItsWay') return problem('paperOnItsWay');
      return file
        ? { ...file, receiptNumber, name: `${receiptNumber}-${params.language}.pdf` }
        : problem('notFound');
    });
    if (!('sha256' in found)) return found;
    const { receiptNumber: id, sha256 } = found;
    const entry = callerEntry('output.read', caller, requestId, { kind: 'output', id }, { sha256 });
    return await sendFile(services, found, headers, entry);
  });

  route(app, verifyOutputEndpoint, async ({ params, query, requestId }) => {
    const { receiptNumber } = params;
    const verified = await verifyOutput(services, { receiptNumber, code: query.code, requestId });
    if (verified.found === 'nothing') return problem('notFound');
    if (verified.found === 'damaged') return problem('evidenceDamaged');
    const { statement, signature, standing } = verified;
    return { statement, signature, standing };
  });

  route(app, listSigningKeys, async () => ({ keys: [...signer.publicKeys] }));
}

/** What a caller may read of a case and its documents, newest first; `notFound` where it may not read the case. */
async function readCase<Answer>(
  services: Pick<Services, 'store' | 'config' | 'park'>,
  caller: Member,
  caseId: string,
  work: (found: CaseWithOutputs) => Answer | Problem | Promise<Answer | Problem>,
): Promise<Answer | Problem> {
  const reader = readerOf(caller);
  if (reader === null) return problem('notFound');
  return await services.store.read(reader, async (tx) => {
    const found = await findServedOutputs(tx, services, caseId);
    return found ? await work(found) : problem('notFound');
  });
}
