import type { OutputStanding } from '@twinpark/contract/output/output.ts';
import type { DecisionOutcome, TimeUnit } from '@twinpark/kernel/vocabulary.ts';

/** The words of printed documents and of the page that verifies them. `{name}` is filled in. */
export interface OutputWords {
  readonly demo: string;
  readonly refusalTitle: string;
  readonly lead: string;
  readonly outcomes: Readonly<Record<DecisionOutcome, string>>;
  /** Added where the law decided because the authority was silent. */
  readonly tacit: Readonly<Record<'granted' | 'refused', string>>;
  readonly replaces: string;
  readonly labels: {
    readonly receiptNumber: string;
    readonly caseNumber: string;
    readonly applicant: string;
    readonly service: string;
    readonly output: string;
    readonly authority: string;
    readonly outcome: string;
    readonly filedOn: string;
    readonly decidedOn: string;
    readonly issuedOn: string;
    readonly validUntil: string;
    readonly validWithoutEnd: string;
    readonly verificationCode: string;
    readonly keyId: string;
    readonly contentSha256: string;
  };
  readonly headings: {
    readonly conditions: string;
    readonly reasons: string;
    readonly legalBasis: string;
    readonly remedies: string;
    readonly authenticity: string;
  };
  readonly writtenIn: string;
  readonly remedy: {
    readonly lodgeWith: string;
    readonly lastDay: string;
    readonly provisional: string;
    readonly noLimit: string;
    readonly languages: string;
    readonly basis: string;
    readonly limitBasis: string;
  };
  readonly limit: (amount: number, unit: TimeUnit) => string;
  readonly authenticity: string;
  readonly qrCode: string;
  readonly page: string;
  readonly verification: {
    readonly title: string;
    readonly standing: Readonly<Record<OutputStanding, string>>;
    readonly genuine: string;
    readonly compare: string;
    readonly notFoundTitle: string;
    readonly notFound: string;
    readonly damagedTitle: string;
    readonly damaged: string;
    readonly formTitle: string;
    readonly formHelp: string;
    readonly check: string;
    readonly offlineTitle: string;
    readonly offline: readonly string[];
    readonly statement: string;
    readonly receipt: string;
    readonly receiptHelp: string;
    readonly keys: string;
    readonly files: string;
  };
}
