import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '@twinpark/contract/common.ts';
import {
  readVerificationStyle,
  showVerification,
  showVerificationForm,
} from '@twinpark/contract/output/output.ts';
import { receiptOfDocument } from '../log/find-receipt.ts';
import type { App } from '../platform/http/app.ts';
import { Problem } from '../platform/http/problem.ts';
import { type RawAnswer, route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { verificationPage } from './verification-page.ts';
import { type Verification, verifyOutput } from './verify-output.ts';

const statusOf: Readonly<Record<Verification['found'], number>> = {
  genuine: 200,
  nothing: 404,
  damaged: 500,
};

/** The pages for people behind the printed code. */
export function registerVerificationRoutes(app: App, services: Services): void {
  const style = readFileSync(join(import.meta.dirname, '../../templates/verify.css'));

  route(app, showVerification, async ({ params, query, requestId, language }) =>
    page({ receiptNumber: params.receiptNumber, code: query.code }, query.language ?? language, requestId),
  );

  route(app, showVerificationForm, async ({ query, requestId, language }) => {
    const { receiptNumber, code } = query;
    return await page({ receiptNumber, code }, query.language ?? language, requestId);
  });

  route(app, readVerificationStyle, async () => ({
    headers: { 'cache-control': 'public, max-age=3600' },
    stream: style,
  }));

  const isProved = async ({ statement }: Extract<Verification, { found: 'genuine' }>): Promise<boolean> => {
    const { receiptNumber } = statement.content;
    const receipt = await services.store.write((tx) => receiptOfDocument(tx, receiptNumber));
    return !(receipt instanceof Problem);
  };
  const page = async (
    asked: { readonly receiptNumber: string; readonly code: string },
    language: Language,
    requestId: string,
  ): Promise<RawAnswer> => {
    const isAsked = asked.receiptNumber !== '';
    const verification = isAsked ? await verifyOutput(services, { ...asked, requestId }) : null;
    const hasReceipt = verification?.found === 'genuine' && (await isProved(verification));
    return {
      status: verification === null ? 200 : statusOf[verification.found],
      headers: {
        'content-language': language,
        vary: 'Accept-Language',
        'cache-control': 'no-store',
        // The address holds the code.
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex',
      },
      stream: Buffer.from(
        verificationPage({ park: services.park, language, asked, verification, hasReceipt }),
      ),
    };
  };
}
