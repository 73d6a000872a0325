import type { OutputContent, OutputStatement } from '@twinpark/contract/output/output.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { DecidedCase } from '@twinpark/kernel/case/state.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import { hashOf } from '@twinpark/pack/hash.ts';
import { numberInYear } from '../case/carry-out.ts';
import type { CaseRow, PreparedOutput } from '../case/case-order.ts';
import { lockFiles } from '../evidence/queries/evidence.ts';
import { dateIn } from '../platform/clock.ts';
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
 * number stays unused.
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
): Promise<PreparedOutput> {
  const { store, clock, zone, park, calendarFor, config, signer } = services;
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
  const documents = await print(services, content, service.output.languages, verificationCode);
  const statement: OutputStatement = { format: 'twinpark-output/1', content, documents };
  const signature = await signer.sign(statement);
  return { receiptNumber, verificationCode, statement, signature, documents };
}

async function print(
  { store, clock, park, config, evidenceStore, pdfRenderer, signer }: Parameters<typeof prepareOutput>[0],
  content: OutputContent,
  languages: readonly string[],
  verificationCode: string,
): Promise<OutputStatement['documents']> {
  const proof = {
    verificationCode,
    verificationUrl: verificationUrl(config.publicUrl, content.receiptNumber, verificationCode),
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
  const storedAt = new Date(clock.now().epochMilliseconds);
  await store.write(async (tx) => {
    await lockFiles(tx, 'naming');
    await tx
      .insertInto('evidenceFiles')
      .values(files.map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes, mediaType: pdf, storedAt })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  return files.map(({ language, sha256 }) => ({ language, mediaType: pdf, sha256 }));
}
