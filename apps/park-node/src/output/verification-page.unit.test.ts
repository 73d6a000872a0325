import { languages } from '@twinpark/contract/common.ts';
import { outputStandings } from '@twinpark/contract/output/output.ts';
import { hashOf } from '@twinpark/pack/hash.ts';
import { describe, expect, it } from 'vitest';
import { anOutput } from '../testing/an-output.ts';
import { verificationPage } from './verification-page.ts';
import { outputWordsIn } from './words/words.ts';

const park = { mark: '东', tone: 'tide', name: anOutput().park.name } as const;
const asked = { receiptNumber: 'R-EAST-2026-0000017', code: '7K2M-Q9XD-4HTP-W3VB-8NEC' };
const statement = {
  format: 'twinpark-output/1',
  content: anOutput(),
  documents: [{ language: 'zh-Hans', mediaType: 'application/pdf', sha256: 'ab'.repeat(32) }],
} as const;

function page(language: (typeof languages)[number], changed: Partial<typeof statement.content> = {}) {
  const told = {
    ...statement,
    content: { ...statement.content, ...changed },
    documents: [...statement.documents],
  };
  const verification = { found: 'genuine', statement: told, signature: 'x', standing: 'standing' } as const;
  return verificationPage({ park, language, asked, verification, hasReceipt: true });
}

describe('the page that verifies a document', () => {
  it.each(languages)('shows what the paper says, in %s', (language) => {
    const html = page(language);
    const { applicant, conditions, reasons } = statement.content;
    const shown = [
      applicant,
      ...conditions,
      ...reasons,
      'EAST-2026-0000042',
      hashOf(statement.content),
      'ab'.repeat(32),
    ];
    expect(shown.filter((text) => !html.includes(text))).toEqual([]);
    expect(html).toContain('/.well-known/twinpark/keys.json');
    expect(html).toContain('/api/verification/R-EAST-2026-0000017?code=7K2M-Q9XD-4HTP-W3VB-8NEC');
    expect(html).toContain('/api/verification/R-EAST-2026-0000017/receipt?code=7K2M-Q9XD-4HTP-W3VB-8NEC');
  });

  it.each(languages)('says in %s where each document stands', (language) => {
    const said = outputStandings.map((standing) =>
      verificationPage({
        park,
        language,
        asked,
        verification: {
          found: 'genuine',
          statement: { ...statement, documents: [] },
          signature: 'x',
          standing,
        },
        hasReceipt: false,
      }),
    );
    const sentences = said.map((html) => /<p class="sentence">([^<]+)</.exec(html)?.[1]);
    expect(new Set(sentences).size).toBe(outputStandings.length);
    expect(sentences.filter((sentence) => !sentence || sentence.includes('{'))).toEqual([]);
  });

  it('has a language, a title, one main heading, a name for each field, and no script', () => {
    const found = page('zh-Hant');
    expect(found).toContain('<html lang="zh-Hant-HK">');
    expect(found).toContain('<title>文件屬實，現時有效。 · 東岸園區</title>');
    expect(found.match(/<h1>/g)).toHaveLength(1);
    const form = verificationPage({
      park,
      language: 'en',
      asked,
      verification: { found: 'nothing' },
      hasReceipt: false,
    });
    for (const field of ['receiptNumber', 'code']) {
      expect(form).toContain(`<label for="${field}">`);
      expect(form).toContain(`id="${field}"`);
    }
    for (const html of [found, form]) expect(html).not.toMatch(/<script|style=|onclick|https?:\/\//);
  });

  it('says of a demonstration that it has no legal effect', () => {
    for (const language of languages) {
      const { demo } = outputWordsIn(language);
      expect(page(language, { demo: true })).toContain(demo);
      expect(page(language)).not.toContain(demo);
    }
  });

  it('shows what people typed as text', () => {
    const typed = `<img src=x onerror="alert('1')">&amp;`;
    const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;';
    const html = page('en', { applicant: typed, reasons: [typed], conditions: [typed] });
    expect(html.split(escaped).length - 1).toBe(3);
    expect(html).not.toContain('<img');
    const form = verificationPage({
      park,
      language: 'en',
      asked: { receiptNumber: typed, code: typed },
      verification: { found: 'nothing' },
      hasReceipt: false,
    });
    expect(form.split(escaped).length - 1).toBe(2);
    expect(form).not.toContain('<img');
  });
});
