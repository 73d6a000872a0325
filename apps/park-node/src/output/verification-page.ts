import { type Language, languages } from '@twinpark/contract/common.ts';
import type { OutputStanding, OutputStatement } from '@twinpark/contract/output/output.ts';
import { hashOf } from '@twinpark/pack/hash.ts';
import { fillIn } from '@twinpark/pack/problems.ts';
import type { Park } from '@twinpark/pack/zone.ts';
import { type DocumentView, documentView, type Section } from './document-view.ts';
import { type Html, html } from './html.ts';
import type { Verification } from './verify-output.ts';
import type { OutputWords } from './words/output-words.ts';
import { dateIn, languageName, outputWordsIn, textIn } from './words/words.ts';

export interface VerificationPage {
  readonly park: Pick<Park, 'mark' | 'tone' | 'name'>;
  readonly language: Language;
  /** Number and code as they were typed; both empty where the form has not been filled in. */
  readonly asked: { readonly receiptNumber: string; readonly code: string };
  /** Null where nothing was asked yet. */
  readonly verification: Verification | null;
  /** Whether both parks have signed the log that holds the serving of the document. */
  readonly hasReceipt: boolean;
}

const htmlLanguage: Readonly<Record<Language, string>> = {
  'zh-Hans': 'zh-Hans-CN',
  'zh-Hant': 'zh-Hant-HK',
  en: 'en-HK',
};

const severityOf: Readonly<Record<OutputStanding, 'good' | 'warn' | 'danger'>> = {
  standing: 'good',
  expired: 'warn',
  underRemedy: 'warn',
  setAside: 'danger',
  superseded: 'danger',
};

/** The page that the printed code leads to. It needs no script and asks nothing of anybody else. */
export function verificationPage(page: VerificationPage): string {
  const { park, language, verification } = page;
  const words = outputWordsIn(language);
  const { title, body } = mainOf(page, words);
  const { html: text } = html`<!doctype html>
<html lang="${htmlLanguage[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${title} · ${textIn(park.name, language)}</title>
<link rel="stylesheet" href="/verify/style.css">
</head>
<body>
<header class="head">
<p class="park"><span class="mark ${park.tone}" aria-hidden="true">${park.mark}</span>${textIn(park.name, language)}</p>
<nav aria-label="${languages.map((each) => languageName(each, each)).join(' / ')}"><ul>${languages.map((each) => languageLink(each, page))}</ul></nav>
</header>
<main>
<h1>${words.verification.title}</h1>
${body}
${verification?.found === 'genuine' ? html`` : formOf(page, words)}
</main>
</body>
</html>
`;
  return text;
}

function languageLink(each: Language, { language, asked }: VerificationPage): Html {
  const query = new URLSearchParams({ ...asked, language: each });
  const current = each === language ? html` aria-current="true"` : html``;
  return html`<li><a href="/verify?${query.toString()}" lang="${htmlLanguage[each]}" hreflang="${each}"${current}>${languageName(each, each)}</a></li>`;
}

function mainOf(
  { language, asked, verification, hasReceipt }: VerificationPage,
  words: OutputWords,
): { readonly title: string; readonly body: Html } {
  const { verification: said } = words;
  if (verification === null) return { title: said.title, body: html`` };
  if (verification.found === 'nothing') {
    return {
      title: said.notFoundTitle,
      body: verdict('danger', said.notFoundTitle, html`<p>${said.notFound}</p>`),
    };
  }
  if (verification.found === 'damaged') {
    return {
      title: said.damagedTitle,
      body: verdict('danger', said.damagedTitle, html`<p>${said.damaged}</p>`),
    };
  }
  const { statement, standing } = verification;
  const { content } = statement;
  const day = content.validUntil === null ? '' : dateIn(content.validUntil, language);
  const sentence = fillIn(said.standing[standing], { day });
  const genuine = fillIn(said.genuine, {
    authority: textIn(content.authority.name, language),
    park: textIn(content.park.name, language),
  });
  const view = documentView(content, language);
  return {
    title: sentence,
    body: html`${view.demo === null ? html`` : html`<p class="demo">${view.demo}</p>`}
${verdict(severityOf[standing], sentence, html`<p>${genuine}</p><p>${said.compare}</p>`)}
${documentHtml(view)}
${offline(statement, { ...asked, hasReceipt }, language, words)}`,
  };
}

function verdict(severity: 'good' | 'warn' | 'danger', sentence: string, more: Html): Html {
  return html`<div class="verdict ${severity}"><p class="sentence">${sentence}</p>${more}</div>`;
}

function documentHtml({ title, subject, facts, lead, outcome, sections }: DocumentView): Html {
  return html`<article>
<h2>${title}</h2>
<p class="subject">${subject}</p>
<dl>${facts.map(({ label, value, wide }) => html`<div${wide ? html` class="wide"` : html``}><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
<p>${lead}</p>
<p class="outcome">${outcome.sentence}</p>
${outcome.more.map((more) => html`<p>${more}</p>`)}
${sections.map(sectionHtml)}
</article>`;
}

function sectionHtml({ heading, note, language, items }: Section): Html {
  return html`<h3>${heading}</h3>${note === null ? html`` : html`<p class="small">${note}</p>`}
<ol lang="${htmlLanguage[language as Language] ?? language}">${items.map(
    ({ title, paragraphs, remarks }) =>
      html`<li>${title === null ? html`` : html`<p><strong>${title}</strong></p>`}${paragraphs.map(
        (paragraph) => html`<p>${paragraph}</p>`,
      )}${remarks.map((remark) => html`<p class="small">${remark}</p>`)}</li>`,
  )}</ol>`;
}

function offline(
  { content, documents }: OutputStatement,
  { code, hasReceipt }: Pick<VerificationPage['asked'], 'code'> & Pick<VerificationPage, 'hasReceipt'>,
  language: Language,
  { labels, verification: said }: OutputWords,
): Html {
  const address = `/api/verification/${encodeURIComponent(content.receiptNumber)}`;
  const query = new URLSearchParams({ code }).toString();
  const hash = (label: string, value: string) =>
    html`<div class="wide"><dt>${label}</dt><dd class="hash">${value}</dd></div>`;
  return html`<section>
<h2>${said.offlineTitle}</h2>
<ul class="links"><li><a href="${`${address}?${query}`}">${said.statement}</a></li>${hasReceipt ? html`<li><a href="${`${address}/receipt?${query}`}">${said.receipt}</a></li>` : html``}<li><a href="/.well-known/twinpark/keys.json">${said.keys}</a></li></ul>
${said.offline.map((paragraph) => html`<p>${paragraph}</p>`)}${hasReceipt ? html`<p>${said.receiptHelp}</p>` : html``}
<dl>${hash(labels.contentSha256, hashOf(content))}${documents.map((document) =>
    hash(fillIn(said.files, { language: languageName(document.language, language) }), document.sha256),
  )}</dl>
</section>`;
}

function formOf({ language, asked }: VerificationPage, { labels, verification: said }: OutputWords): Html {
  return html`<form action="/verify" method="get">
<h2>${said.formTitle}</h2>
<p>${said.formHelp}</p>
<input type="hidden" name="language" value="${language}">
<p><label for="receiptNumber">${labels.receiptNumber}</label><input id="receiptNumber" name="receiptNumber" value="${asked.receiptNumber}" required maxlength="100" autocomplete="off" autocapitalize="characters" spellcheck="false"></p>
<p><label for="code">${labels.verificationCode}</label><input id="code" name="code" value="${asked.code}" required maxlength="100" autocomplete="off" autocapitalize="characters" spellcheck="false"></p>
<p><button type="submit">${said.check}</button></p>
</form>`;
}
