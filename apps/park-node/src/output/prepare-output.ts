import type { OutputContent, OutputStatement } from '@twinpark/contract/output/output.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { DecidedCase } from '@twinpark/kernel/case/state.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import { hashOf } from '@twinpark/pack/hash.ts';
import { numberInYear } from '../case/carry-out.ts';
import type { CaseRow, PreparedOutput } from '../case/case-order.ts';
import { lockFiles } from '../evidence/queries/evidence.ts';
import { dateIn, instantNow } from '../platform/clock.ts';
import type { Services } from '../services.ts';
import { decisionPages } from './decision-page.ts';
import { outputContent } from './output-content.ts';
import { listOutputsOf, takeReceiptCount } from './queries/outputs.ts';
import { newVerificationCode } from './verification-code.ts';
import { verificationFormUrl, verificationUrl } from './verification-url.ts';

const pdf = 'application/pdf';

/**
 * The document of a decided case, printed in the languages of its output and signed. Runs before the order that serves
 * it: until that is recorded nobody can see any of it, and if it is refused, the sweep removes the files and a receipt
 * number stays unused. The order is to act on the day that the document names as that of its issue.
 *
 * Throws: `StorageFull`.
 */
export async function prepareOutput(
  services: Pick<
    Services,
    | 'store'
    | 'clock'
    | 'zone'
    | 'park'
    | 'calendarFor'
    | 'config'
    | 'evidenceStore'
    | 'pdfRenderer'
    | 'signer'
  >,
  row: CaseRow,
  state: DecidedCase,
  service: ServiceDefinition,
  establishes: Facts = {},
): Promise<PreparedOutput & { readonly statement: OutputStatement }> {
  const { store, clock, zone, park, calendarFor, config } = services;
  const signer = services.signer.hold();
  const issuedOn = dateIn(park.timeZone, clock.now());
  const { count, earlier } = await store.write(async (tx) => ({
    count: await takeReceiptCount(tx),
    earlier: await listOutputsOf(tx, row.caseId),
  }));
  const receiptNumber = `R-${numberInYear(park.id, issuedOn, count)}`;
  const demo = config.mode === 'demo';
  const replaces = earlier[0]?.receiptNumber ?? null;
  const content = outputContent({
    ...{ zone, park, calendarFor, demo, row, state, service },
    ...{ establishes, receiptNumber, replaces, issuedOn },
  });
  const verificationCode = newVerificationCode();
  const url = verificationUrl(config.publicUrl, receiptNumber, verificationCode);
  const documents = await print({ ...services, signer }, content, service.output.languages, {
    verificationCode,
    url,
  });
  const statement: OutputStatement = {
    format: 'twinpark-output/1',
    content,
    documents: documents.map(({ language, mediaType, sha256 }) => ({ language, mediaType, sha256 })),
  };
  const signature = await signer.sign(statement);
  return { receiptNumber, verificationCode, verificationUrl: url, statement, signature, documents };
}

async function print(
  { store, clock, park, config, evidenceStore, pdfRenderer, signer }: Parameters<typeof prepareOutput>[0],
  content: OutputContent,
  languages: readonly string[],
  { verificationCode, url }: { readonly verificationCode: string; readonly url: string },
): Promise<PreparedOutput['documents']> {
  const proof = {
    verificationCode,
    verificationUrl: url,
    formUrl: verificationFormUrl(config.publicUrl),
    keyId: signer.keyId,
    contentSha256: hashOf(content),
  };
  const files = await Promise.all(
    languages.map(async (language) => {
      const bytes = await pdfRenderer.renderPdf(decisionPages(content, language, park, proof));
      return { language, ...(await evidenceStore.put(bytes)) };
    }),
  );
  const storedAt = instantNow(clock);
  await store.write(async (tx) => {
    await lockFiles(tx, 'naming');
    await tx
      .insertInto('evidenceFiles')
      .values(files.map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes, mediaType: pdf, storedAt })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  return files.map(({ language, sha256, sizeBytes }) => ({ language, mediaType: pdf, sha256, sizeBytes }));
}
