import type { Language } from '@twinpark/contract/common.ts';

/** What an applicant agrees to. Each sentence stands only where something of its kind crosses. */
export interface AgreementWords {
  /** A filing or an amendment goes to an authority of the other park. */
  readonly filing: string;
  /** A panel of the other side sees facts of the case. */
  readonly joint: string;
}

export const agreementWords: Readonly<Record<Language, AgreementWords>> = {
  en: {
    filing:
      'I agree that the facts and papers listed here go to {authority} in {park}, which handles them under the law there.',
    joint:
      'I agree that {authority} in {park} is shown the facts listed for the joint step “{step}” once the case is examined.',
  },
  'zh-Hans': {
    filing: '我同意将此处所列信息和材料传输至{park}的{authority}，由其依照当地法律办理。',
    joint: '我同意在办件审查期间，将联合环节“{step}”所列信息提供给{park}的{authority}。',
  },
  'zh-Hant': {
    filing: '本人同意將此處所列資料及文件傳送至{park}的{authority}，由其按照當地法律處理。',
    joint: '本人同意在個案審查期間，將聯合步驟「{step}」所列資料提供予{park}的{authority}。',
  },
};
