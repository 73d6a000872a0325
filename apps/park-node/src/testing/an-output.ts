import type { OutputContent } from '@twinpark/contract/output/output.ts';

const citation: OutputContent['legalBasis'][number]['citation'] = {
  instrument: 'act',
  clause: 'section 2',
  date: null,
  seen: [],
  status: 'verified',
};

/** What a document of an invented authority says, in the three languages of the platform. */
export function anOutput(changed: Partial<OutputContent> = {}): OutputContent {
  return {
    zone: {
      id: 'river-zone',
      name: { 'zh-Hans': '双河科创区', 'zh-Hant': '雙河科創區', en: 'Two Rivers Zone' },
    },
    park: { id: 'east', name: { 'zh-Hans': '东岸园区', 'zh-Hant': '東岸園區', en: 'East Bank Park' } },
    authority: {
      id: 'office',
      name: { 'zh-Hans': '实验室管理办公室', 'zh-Hant': '實驗室事務處', en: 'Laboratory Office' },
    },
    demo: false,
    receiptNumber: 'R-EAST-2026-0000017',
    replaces: null,
    caseNumber: 'EAST-2026-0000042',
    service: {
      id: 'laboratory-permit',
      definitionHash: 'd'.repeat(64),
      name: { 'zh-Hans': '实验室设立许可', 'zh-Hant': '實驗室設立許可', en: 'Permit for a laboratory' },
    },
    output: {
      id: 'permit',
      name: { 'zh-Hans': '许可证', 'zh-Hant': '許可證', en: 'Laboratory permit' },
    },
    applicant: '芦苇研究所 Reed Institute Łódź',
    outcome: 'grantedWithConditions',
    tacit: false,
    writtenIn: 'en',
    conditions: ['Keep the log of samples.', 'Close the windows at night.'],
    reasons: ['The plan is sound.'],
    establishes: [
      {
        fact: 'permit.number',
        label: { 'zh-Hans': '许可证号', 'zh-Hant': '許可證編號', en: 'Permit number' },
        value: 'P-77',
        words: { en: 'P-77' },
      },
    ],
    filedOn: '2026-05-04',
    decidedOn: '2026-06-08',
    issuedOn: '2026-06-10',
    validUntil: '2029-06-09',
    legalBasis: [
      {
        citation,
        words: { 'zh-Hans': '《园区法》第2条', 'zh-Hant': '《園區條例》第2條', en: 'Park Act, section 2' },
      },
      {
        citation: {
          ...citation,
          status: 'unverified',
          note: {
            'zh-Hans': '尚未与原文核对。',
            'zh-Hant': '未與原文核對。',
            en: 'Not checked against the text.',
          },
        },
        words: {
          'zh-Hans': '《园区法》第9条（未核实）',
          'zh-Hant': '《園區條例》第9條（未核實）',
          en: 'Park Act, section 9 (unverified)',
        },
      },
    ],
    remedies: [
      {
        id: 'appeal',
        name: { 'zh-Hans': '申诉', 'zh-Hant': '上訴', en: 'Appeal' },
        body: { id: 'court', name: { 'zh-Hans': '河岸法院', 'zh-Hant': '河岸法院', en: 'River Court' } },
        languages: ['zh-Hant', 'en'],
        limit: { amount: 21, unit: 'workingDays', lastDay: '2026-07-10', provisional: true },
        provision: {
          citation,
          words: {
            'zh-Hans': '《园区法》第20条',
            'zh-Hant': '《園區條例》第20條',
            en: 'Park Act, section 20',
          },
        },
        limitProvision: {
          citation,
          words: {
            'zh-Hans': '《园区法》第21条',
            'zh-Hant': '《園區條例》第21條',
            en: 'Park Act, section 21',
          },
        },
      },
    ],
    ...changed,
  };
}
