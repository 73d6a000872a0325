import type { OutputContent } from '@twinpark/contract/output/output.ts';
import { fillIn } from '@twinpark/pack/problems.ts';
import type { Park } from '@twinpark/pack/zone.ts';
import encodeQr from 'qr';
import { documentView } from './document-view.ts';
import type { Print } from './pdf-renderer.ts';
import { outputWordsIn, textIn } from './words/words.ts';

/** What proves the document, printed beside the code that leads to its verification. */
export interface Proof {
  readonly verificationCode: string;
  readonly verificationUrl: string;
  /** Address at which number and code can be typed. */
  readonly formUrl: string;
  readonly keyId: string;
  readonly contentSha256: string;
}

/** The printed pages of a document in one of its languages, for `templates/decision.typ`. */
export function decisionPages(
  content: OutputContent,
  language: string,
  { mark, tone, languages }: Pick<Park, 'mark' | 'tone' | 'languages'>,
  proof: Proof,
): Print {
  const words = outputWordsIn(language);
  const view = documentView(content, language);
  const data = {
    ...view,
    sections: view.sections.map((section) => ({ ...section, language: typeset(section.language) })),
    ...typeset(language),
    fonts: fontsFor(language, languages),
    tone,
    mark,
    zone: textIn(content.zone.name, language),
    park: textIn(content.park.name, language),
    authority: textIn(content.authority.name, language),
    date: content.issuedOn.split('-').map(Number),
    receiptNumber: content.receiptNumber,
    page: words.page.split(/\{pages?\}/),
    authenticity: {
      heading: words.headings.authenticity,
      text: fillIn(words.authenticity, { address: proof.formUrl }),
      // The address itself would read the code aloud; it stands beside the drawing.
      qrCode: fillIn(words.qrCode, { url: proof.formUrl }),
      rows: [
        { label: words.labels.receiptNumber, value: content.receiptNumber },
        { label: words.labels.verificationCode, value: proof.verificationCode },
        { label: words.labels.keyId, value: proof.keyId },
        { label: words.labels.contentSha256, value: proof.contentSha256 },
      ],
    },
  };
  return { template: 'decision', data, drawings: { qr: encodeQr(proof.verificationUrl, 'svg') } };
}

/** How the typesetter knows a language: it sets Chinese by the region whose script it is. */
function typeset(language: string): { readonly lang: string; readonly region: string | null } {
  if (language === 'zh-Hans') return { lang: 'zh', region: 'CN' };
  if (language === 'zh-Hant') return { lang: 'zh', region: 'HK' };
  if (language === 'en') return { lang: 'en', region: 'GB' };
  return { lang: language.split('-')[0] ?? language, region: null };
}

/** Characters that both scripts have differ in form; a page in neither takes the form of the park's own script. */
function fontsFor(language: string, parkLanguages: readonly string[]): readonly string[] {
  const script = [language, ...parkLanguages].find((spoken) => spoken.startsWith('zh-'));
  return script === 'zh-Hans' ? ['Noto Sans SC', 'Noto Sans HK'] : ['Noto Sans HK', 'Noto Sans SC'];
}
