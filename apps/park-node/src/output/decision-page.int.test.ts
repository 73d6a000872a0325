import type { OutputContent } from '@twinpark/contract/output/output.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anOutput } from '../testing/an-output.ts';
import { readPdf } from '../testing/read-pdf.ts';
import { decisionPages } from './decision-page.ts';
import { createPdfRenderer, type PdfRenderer } from './pdf-renderer.ts';

const proof = {
  verificationCode: '7K2M-Q9XD-4HTP-W3VB-8NEC',
  verificationUrl: 'https://park.example/verify/R-EAST-2026-0000017?code=7K2M-Q9XD-4HTP-W3VB-8NEC',
  formUrl: 'https://park.example/verify',
  keyId: 'Zk3mQ0jB6v1rT8hYxN2cWl5pUeS9dGfA7iOaKuHzXqE',
  contentSha256: 'f0'.repeat(32),
};
const park = { mark: '东', tone: 'tide', languages: ['zh-Hans', 'en'] } as const;

let renderer: PdfRenderer;
beforeAll(() => {
  renderer = createPdfRenderer();
});
afterAll(async () => await renderer.close());

const print = (content: OutputContent, language = 'en') =>
  renderer.renderPdf(decisionPages(content, language, park, proof));
const read = async (content: OutputContent, language = 'en') => await readPdf(await print(content, language));
/** Lines break where they must; a text is compared without its spaces. */
const squeezed = (text: string) => text.replaceAll(/[\s\u200b]/g, '');

const printed: Readonly<Record<string, readonly string[]>> = {
  en: [
    ...[
      'Two Rivers Zone',
      'East Bank Park',
      'Laboratory Office',
      'Laboratory permit',
      'Permit for a laboratory',
    ],
    ...[
      'Permit number',
      'P-77',
      'Filed on',
      '4 May 2026',
      'Decided on',
      '8 June 2026',
      'Issued on',
      '10 June 2026',
    ],
    ...['Valid until', '9 June 2029', 'The application is granted on the conditions below.'],
    ...['Conditions', 'Legal basis', 'Park Act, section 2', 'Park Act, section 9 (unverified)'],
    ...['Not checked against the text.', 'If you disagree', 'Appeal', 'To: River Court'],
    ...['Last day: 10 July 2026 (21 working days from the day of issue)', 'The day may still move'],
    ...['Languages: Traditional Chinese or English', 'Time limit: Park Act, section 21', 'Page 1 of'],
  ],
  'zh-Hans': [
    ...[
      '双河科创区',
      '东岸园区',
      '实验室管理办公室',
      '许可证',
      '实验室设立许可',
      '申请人',
      '文书编号',
      '办件编号',
    ],
    ...[
      '许可证号',
      '申请日期2026年5月4日',
      '决定日期2026年6月8日',
      '签发日期2026年6月10日',
      '有效期至2029年6月9日',
    ],
    ...[
      '附条件准予所申请事项',
      '所附条件',
      '以下内容以办件语言（英语）书写',
      '法律依据',
      '《园区法》第9条（未核实）',
    ],
    ...[
      '尚未与原文核对。',
      '救济途径',
      '申诉',
      '受理机关：河岸法院',
      '最后期限：2026年7月10日（自签发之日起21个工作日）',
    ],
    ...['该年度工作日安排尚未公布', '使用语言：繁体中文或英语', '文书核验', '核验码', '第1页，共'],
  ],
  'zh-Hant': [
    ...[
      '雙河科創區',
      '東岸園區',
      '實驗室事務處',
      '許可證',
      '實驗室設立許可',
      '申請人',
      '文件編號',
      '個案編號',
    ],
    ...[
      '許可證編號',
      '申請日期2026年5月4日',
      '決定日期2026年6月8日',
      '發出日期2026年6月10日',
      '有效期至2029年6月9日',
    ],
    ...[
      '申請獲有條件批准',
      '條件',
      '以下以個案所用語言（英文）書寫',
      '法律依據',
      '《園區條例》第9條（未核實）',
    ],
    ...[
      '未與原文核對。',
      '如不同意這項決定',
      '上訴',
      '提交予：河岸法院',
      '最後日期：2026年7月10日（由發出日期起計21個工作天）',
    ],
    ...['該年的工作天仍未公布', '可用語言：繁體中文或英文', '核實本文件', '核實碼', '第1頁，共'],
  ],
};

describe('the printed pages of a decision', () => {
  it.each(Object.keys(printed))('say everything that was decided, in %s', async (language) => {
    const { text } = await read(anOutput(), language);
    const always = [
      ...['R-EAST-2026-0000017', 'EAST-2026-0000042', '芦苇研究所 Reed Institute Łódź', 'P-77'],
      ...['Keep the log of samples.', 'Close the windows at night.', 'The plan is sound.'],
      ...[proof.verificationCode, proof.keyId, proof.contentSha256, proof.formUrl],
    ];
    const missing = [...always, ...(printed[language] ?? [])].filter(
      (wanted) => !squeezed(text).includes(squeezed(wanted)),
    );
    expect(missing).toEqual([]);
  });

  it.each([
    ['en', 'en-GB', 'Laboratory permit R-EAST-2026-0000017'],
    ['zh-Hans', 'zh-CN', '许可证 R-EAST-2026-0000017'],
    ['zh-Hant', 'zh-HK', '許可證 R-EAST-2026-0000017'],
  ])('can be kept for ever and read aloud, in %s', async (language, tag, title) => {
    const bytes = await print(anOutput(), language);
    const pdf = await readPdf(bytes);
    expect(pdf).toMatchObject({ language: tag, title });
    expect(pdf.roles).toEqual(expect.arrayContaining(['Document', 'H1', 'H2', 'P', 'L', 'LI', 'Figure']));
    expect(pdf.fonts.length).toBeGreaterThanOrEqual(2);
    expect(pdf.fonts.filter(({ embedded }) => !embedded)).toEqual([]);
    const source = Buffer.from(bytes).toString('latin1');
    expect(source).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>');
  });

  it('carry the forms of characters of the reader’s side', async () => {
    const fontsOf = async (language: string) =>
      (await read(anOutput({ applicant: '芦苇' }), language)).fonts.map(({ name }) =>
        name.replace(/^.*\+/, ''),
      );
    expect(await fontsOf('zh-Hans')).toContain('NotoSansSC-Regular');
    expect(await fontsOf('zh-Hant')).toContain('NotoSansHK-Regular');
    // A page in English takes the park's own script.
    expect(await fontsOf('en')).toContain('NotoSansSC-Regular');
  });

  it('carry a code that leads to the verification of this very document', async () => {
    const { qrCode } = await read(anOutput(), 'zh-Hant');
    expect(qrCode).toBe(proof.verificationUrl);
  });

  it('are the same bytes for the same content, also from another renderer', async () => {
    const first = await print(anOutput());
    const other = createPdfRenderer();
    const again = await other.renderPdf(decisionPages(anOutput(), 'en', park, proof));
    await other.close();
    expect(Buffer.from(again).equals(first)).toBe(true);
    expect(Buffer.from(await print(anOutput({ applicant: 'Reef Institute' }))).equals(first)).toBe(false);
  });

  it('of a refusal are a notice of refusal without a validity', async () => {
    const { text, title } = await read(anOutput({ outcome: 'refused', conditions: [], validUntil: null }));
    expect(title).toBe('Notice of refusal R-EAST-2026-0000017');
    expect(text).toContain('The application is refused.');
    expect(text).not.toContain('Valid until');
    expect(text).not.toContain('Laboratory permit');
    expect(text).not.toContain('Conditions');
  });

  it('tell when the law decided in the authority’s silence, and what they take the place of', async () => {
    const { text } = await read(anOutput({ tacit: true, replaces: 'R-EAST-2026-0000009' }));
    expect(squeezed(text)).toContain(squeezed('by law the application then counts as granted'));
    expect(text).toContain('R-EAST-2026-0000009');
  });

  it('of a demonstration say on every page that they have no legal effect', async () => {
    const long = anOutput({ demo: true, reasons: ['A long reason. '.repeat(600)] });
    const { text, pages } = await read(long);
    expect(pages).toBeGreaterThan(1);
    expect(text.split('This document has no legal effect.').length - 1).toBe(pages);
    expect((await read(anOutput())).text).not.toContain('legal effect');
  });
});

describe('what people type', () => {
  it.each([
    '#panic("injected")',
    '#import "@preview/x:0.1.0": *',
    '#read("/etc/passwd")',
    '$ x^2 $ and `raw` and *bold* and _it_',
    '= heading\n- list\n/ term: x',
    '\\ \\u{41} "quoted" <label> @reference ~ --- //comment /* comment */',
    '{"data": "}"} ]] )) #{',
  ])('is printed as it is: %s', async (typed) => {
    const { text } = await read(anOutput({ applicant: typed.split('\n')[0] ?? '', reasons: [typed] }));
    for (const line of typed.split('\n')) expect(squeezed(text)).toContain(squeezed(line));
  });

  it('is shown as code points where no font has a glyph', async () => {
    const { text } = await read(anOutput({ applicant: '😀 عر 𠮷 \u0007 \ud800' }));
    expect(squeezed(text)).toContain('〔U+1F600〕〔U+0639〕〔U+0631〕〔U+20BB7〕〔U+FFFD〕');
  });

  it('cannot turn the reading direction or hide behind invisible characters', async () => {
    const { text } = await read(anOutput({ applicant: 'Reed\u202Eetutitsni\u200b\u2066 Ltd\u00ad.' }));
    expect(text).toContain('Reedetutitsni Ltd.');
  });

  it('may be any characters at all', async () => {
    const anything = fc.string({ unit: 'binary', minLength: 100, maxLength: 300 });
    const stray = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 100 });
    const content = fc.tuple(
      anything,
      anything,
      stray.map((units) => String.fromCharCode(...units)),
    );
    await fc.assert(
      fc.asyncProperty(content, async ([applicant, reason, condition]) => {
        const bytes = await print(anOutput({ applicant, reasons: [reason], conditions: [condition] }));
        expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
      }),
      { numRuns: 20, seed: 7 },
    );
  });

  it('may be as long as an answer can be', async () => {
    const sentence = '理由 reason 说明，with 中文 mixed in. ';
    const content = anOutput({
      applicant: `${'Very long name '.repeat(30)}${'x'.repeat(1_000)}`,
      reasons: [
        sentence.repeat(Math.ceil(10_000 / sentence.length)),
        'y'.repeat(10_000),
        '长'.repeat(10_000),
      ],
    });
    const { text, pages, qrCode } = await read(content);
    expect(pages).toBeGreaterThan(5);
    expect(text.split('长').length - 1).toBe(10_000);
    expect(text.split('y').length - 1).toBeGreaterThanOrEqual(10_000);
    expect(qrCode).toBe(proof.verificationUrl);
  });
});

describe('the renderer', () => {
  it('tells a document that does not fit its template, and goes on with the next', async () => {
    const broken = { template: 'decision', data: { title: 'x' }, drawings: {} } as const;
    await expect(renderer.renderPdf(broken)).rejects.toThrow('could not be printed');
    expect((await read(anOutput())).text).toContain('Laboratory permit');
  });

  it('prints no more once it is closed, and tells whoever waits', async () => {
    const short = createPdfRenderer();
    const waiting = short.renderPdf(decisionPages(anOutput(), 'en', park, proof));
    const told = expect(waiting).rejects.toThrow('could not be printed');
    await short.close();
    await told;
    await expect(short.renderPdf(decisionPages(anOutput(), 'en', park, proof))).rejects.toThrow('stopping');
  });
});
