import type { OutputWords } from './output-words.ts';

const units = {
  workingDays: ['working day', 'working days'],
  calendarDays: ['calendar day', 'calendar days'],
  months: ['month', 'months'],
} as const;

export const en: OutputWords = {
  demo: 'Demonstration. This document has no legal effect.',
  refusalTitle: 'Notice of refusal',
  lead: '{authority} has decided on this application:',
  outcomes: {
    granted: 'The application is granted.',
    grantedWithConditions: 'The application is granted on the conditions below.',
    refused: 'The application is refused.',
  },
  tacit: {
    granted: 'The time to decide passed without a decision; by law the application then counts as granted.',
    refused: 'The time to decide passed without a decision; by law the application then counts as refused.',
  },
  replaces: 'This document takes the place of {receiptNumber}.',
  labels: {
    receiptNumber: 'Document number',
    caseNumber: 'Case number',
    applicant: 'Applicant',
    service: 'Service',
    output: 'Document',
    authority: 'Authority',
    outcome: 'Decision',
    filedOn: 'Filed on',
    decidedOn: 'Decided on',
    issuedOn: 'Issued on',
    validUntil: 'Valid until',
    validWithoutEnd: 'no end date',
    verificationCode: 'Verification code',
    keyId: 'Signing key',
    contentSha256: 'SHA-256 of the content',
  },
  headings: {
    conditions: 'Conditions',
    reasons: 'Reasons',
    legalBasis: 'Legal basis',
    remedies: 'If you disagree',
    authenticity: 'Is this document genuine?',
  },
  writtenIn: 'In {language}, the language of the case.',
  remedy: {
    lodgeWith: 'To: {body}',
    lastDay: 'Last day: {day} ({limit} from the day of issue)',
    provisional: 'The day may still move, because the working days of that year are not published yet.',
    noLimit: 'No time limit is established.',
    languages: 'Languages: {languages}',
    basis: 'Basis: {provision}',
    limitBasis: 'Time limit: {provision}',
  },
  limit: (amount, unit) => `${amount} ${units[unit][amount === 1 ? 0 : 1]}`,
  authenticity:
    'Scan the code, or enter document number and verification code at {address}. The page shows what was issued and whether it still stands. The document is signed electronically.',
  qrCode: 'QR code that leads to {url}',
  page: 'Page {page} of {pages}',
  verification: {
    title: 'Check a document',
    standing: {
      standing: 'Genuine, and it stands.',
      expired: 'Genuine, but its validity ended on {day}.',
      underRemedy: 'Genuine. The decision is being challenged and stands until that is decided.',
      setAside:
        'Genuine, but it no longer counts: the decision was set aside. No new one has been issued yet.',
      superseded: 'Genuine, but it no longer counts: a later document has taken its place.',
    },
    genuine: 'Issued by {authority}, {park}, and signed with the park’s key.',
    compare: 'Compare what stands here with the paper. If they differ, the paper is not genuine.',
    notFoundTitle: 'No document has this number and code',
    notFound: 'Check both against the paper, letter by letter. If they agree, the paper is not genuine.',
    damagedTitle: 'This document cannot be confirmed at the moment',
    damaged:
      'The park’s record of it does not match its signature. Please ask the authority, and name the document number.',
    formTitle: 'Number and code',
    formHelp: 'Both are printed beside the square code on the document.',
    check: 'Check',
    offlineTitle: 'Check it without this site',
    offline: [
      'Keep the signed statement and the park’s public keys. They verify for as long as you keep them, whatever becomes of this site.',
      'The signature is a JWS with detached payload (RFC 7515, appendix F), algorithm EdDSA with Ed25519, over the canonical JSON (RFC 8785) of “statement”. Its header names the key by “kid”.',
      'The printed SHA-256 is that of the canonical JSON of “statement.content”. Each PDF file has the SHA-256 that stands here:',
    ],
    statement: 'Signed statement (JSON)',
    receipt: 'Receipt of both parks (JSON)',
    receiptHelp:
      'The receipt proves that the document was served: the park’s public log holds it, and the other park has signed that log too. Anybody can verify it with nothing but the public keys of the two parks: twinpark receipt verify.',
    keys: 'Public keys (JSON)',
    files: 'PDF, {language}',
  },
};
