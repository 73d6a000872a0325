import type { OutputContent } from '@twinpark/contract/output/output.ts';
import { fillIn } from '@twinpark/pack/problems.ts';
import { paragraphsOf } from './printable.ts';
import type { OutputWords } from './words/output-words.ts';
import { dateIn, languageName, outputWordsIn, textIn } from './words/words.ts';

/** What a document says, in one language: the printed pages and the page that verifies them show the same. */
export interface DocumentView {
  readonly title: string;
  readonly subject: string;
  /** Said on every page of a document that was made in demo mode; null otherwise. */
  readonly demo: string | null;
  readonly facts: readonly Fact[];
  readonly lead: string;
  readonly outcome: {
    readonly kind: OutputContent['outcome'];
    readonly sentence: string;
    readonly more: readonly string[];
  };
  readonly sections: readonly Section[];
}

interface Fact {
  readonly label: string;
  readonly value: string;
  /** Whether it takes a line to itself. */
  readonly wide: boolean;
}

export interface Section {
  readonly heading: string;
  readonly note: string | null;
  /** Language in which the paragraphs are written. */
  readonly language: string;
  readonly items: readonly Item[];
}

interface Item {
  readonly title: string | null;
  readonly paragraphs: readonly string[];
  /** Said beside the matter itself, in smaller letters. */
  readonly remarks: readonly string[];
}

interface Telling {
  readonly content: OutputContent;
  readonly language: string;
  readonly words: OutputWords;
  readonly text: (value: Parameters<typeof textIn>[0]) => string;
}

export function documentView(content: OutputContent, language: string): DocumentView {
  const words = outputWordsIn(language);
  const telling: Telling = { content, language, words, text: (value) => textIn(value, language) };
  const { text } = telling;
  const effect = content.outcome === 'refused' ? 'refused' : 'granted';
  return {
    title: effect === 'granted' ? text(content.output.name) : words.refusalTitle,
    subject: text(content.service.name),
    demo: content.demo ? words.demo : null,
    facts: factsOf(telling),
    lead: fillIn(words.lead, { authority: text(content.authority.name) }),
    outcome: {
      kind: content.outcome,
      sentence: words.outcomes[content.outcome],
      more: [
        ...(content.tacit ? [words.tacit[effect]] : []),
        ...(content.replaces === null ? [] : [fillIn(words.replaces, { receiptNumber: content.replaces })]),
      ],
    },
    sections: [
      written(words.headings.conditions, content.conditions, telling),
      written(words.headings.reasons, content.reasons, telling),
      legalBasis(telling),
      remedies(telling),
    ].filter(({ items }) => items.length > 0),
  };
}

function factsOf({ content, language, words: { labels }, text }: Telling): readonly Fact[] {
  const fact = (label: string, value: string, wide = false): Fact => ({ label, value, wide });
  const date = (value: string) => dateIn(value, language);
  const { validUntil } = content;
  return [
    fact(labels.applicant, content.applicant, true),
    fact(labels.receiptNumber, content.receiptNumber),
    fact(labels.caseNumber, content.caseNumber),
    ...content.establishes.map(({ label, words }) => fact(text(label), text(words), true)),
    fact(labels.filedOn, date(content.filedOn)),
    fact(labels.decidedOn, date(content.decidedOn)),
    fact(labels.issuedOn, date(content.issuedOn)),
    ...(content.outcome === 'refused'
      ? []
      : [fact(labels.validUntil, validUntil === null ? labels.validWithoutEnd : date(validUntil))]),
  ];
}

/** What an officer wrote, in the officer's words and language. */
function written(heading: string, texts: readonly string[], { content, language, words }: Telling): Section {
  const { writtenIn } = content;
  const inAnotherLanguage = fillIn(words.writtenIn, { language: languageName(writtenIn, language) });
  return {
    heading,
    note: writtenIn === language ? null : inAnotherLanguage,
    language: writtenIn,
    items: texts.map((text) => ({ title: null, paragraphs: paragraphsOf(text), remarks: [] })),
  };
}

function legalBasis({ content, language, words, text }: Telling): Section {
  return {
    heading: words.headings.legalBasis,
    note: null,
    language,
    items: content.legalBasis.map((provision) => ({
      title: null,
      paragraphs: [text(provision.words)],
      remarks: provision.citation.note ? [text(provision.citation.note)] : [],
    })),
  };
}

function remedies(telling: Telling): Section {
  const { content, language, words } = telling;
  return {
    heading: words.headings.remedies,
    note: null,
    language,
    items: content.remedies.map((remedy) => remedyItem(remedy, telling)),
  };
}

function remedyItem(
  { name, body, languages, limit, provision, limitProvision }: OutputContent['remedies'][number],
  { language, words, text }: Telling,
): Item {
  const lastDay =
    limit &&
    fillIn(words.remedy.lastDay, {
      day: dateIn(limit.lastDay, language),
      limit: words.limit(limit.amount, limit.unit),
    });
  const basis = text(provision.words);
  const limitBasis = text(limitProvision.words);
  const notes = [provision, limitProvision].flatMap(({ citation }) =>
    citation.note ? [text(citation.note)] : [],
  );
  const list = new Intl.ListFormat(language, { type: 'disjunction' });
  const spoken = list.format(languages.map((each) => languageName(each, language)));
  return {
    title: text(name),
    paragraphs: [
      fillIn(words.remedy.lodgeWith, { body: text(body.name) }),
      lastDay ?? words.remedy.noLimit,
      ...(limit?.provisional ? [words.remedy.provisional] : []),
      fillIn(words.remedy.languages, { languages: spoken }),
    ],
    remarks: [
      fillIn(words.remedy.basis, { provision: basis }),
      ...(limitBasis === basis ? [] : [fillIn(words.remedy.limitBasis, { provision: limitBasis })]),
      ...new Set(notes),
    ],
  };
}
