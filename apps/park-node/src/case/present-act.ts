import type { ActAcrossView, ActRefusalCode } from '@twinpark/contract/case/act-across.ts';
import type { Language } from '@twinpark/contract/common.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { Citation } from '@twinpark/kernel/shared/citation.ts';
import type { Refusal } from '@twinpark/kernel/shared/refusal.ts';
import { type RefusalCode, refusalCodes } from '@twinpark/kernel/vocabulary.ts';
import { namesOf } from '@twinpark/pack/words/names.ts';
import { refusalInWords } from '@twinpark/pack/words/refusal.ts';
import { wordsIn } from '@twinpark/pack/words/words.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { citeLaw } from '../catalogue/present-law.ts';
import type { PeerAct } from '../platform/database/tables.ts';

type Told = NonNullable<NonNullable<PeerAct['answer']>['refusal']>;

/** What an applicant sent to the other park, and what that said to it, in words. */
export function presentAct(
  zone: Zone,
  { action, sentAt, answer }: PeerAct,
  service: ServiceDefinition,
  language: Language,
): ActAcrossView {
  const refusal = answer?.refusal ?? null;
  return {
    action,
    sentAt,
    answer: answer && {
      outcome: answer.outcome,
      refusal: refusal && {
        code: refusal.code,
        detail: inWords(zone, { ...refusal, facts: refusal.facts as Refusal['facts'] }, service, language),
        clause: refusal.clause && citeLaw(zone, citation(refusal.clause)),
      },
    },
  };
}

/** Stored JSON has no undefined members. */
function citation({ note, ...clause }: NonNullable<Told['clause']>): Citation {
  return note === undefined ? clause : { ...clause, note };
}

function inWords(
  zone: Zone,
  { code, facts }: { readonly code: ActRefusalCode; readonly facts: Refusal['facts'] },
  service: ServiceDefinition,
  language: Language,
): string {
  if (!isOfLaw(code)) return ownWords[language][code].replace('{note}', () => String(facts['note'] ?? '–'));
  const words = wordsIn[language];
  return refusalInWords({ code, clause: null, facts }, service, namesOf(zone, words), words);
}

function isOfLaw(code: ActRefusalCode): code is RefusalCode {
  return (refusalCodes as readonly string[]).includes(code);
}

/** What no law refuses, but the course of things between the parks. */
const ownWords: Readonly<Record<Language, Readonly<Record<Exclude<ActRefusalCode, RefusalCode>, string>>>> = {
  en: {
    stepFiled:
      'The authority has another filing of this step already. Look at the dossier before you file again.',
    caseUnknown: 'The other park has no such case. Tell the operator of this park.',
    answeredByHand:
      'The two parks settled this by hand, and the authority has not acted on it: “{note}” Ask the authority, then send it again if need be.',
  },
  'zh-Hans': {
    stepFiled: '主管部门已收到该步骤的另一份申报。请先查看申办档案，再决定是否重新申报。',
    caseUnknown: '对方园区没有该办件。请联系本园区的运营单位。',
    answeredByHand:
      '双方园区已人工处置此项提交，主管部门尚未据此办理。处置说明：“{note}”必要时请向主管部门了解情况后重新提交。',
  },
  'zh-Hant': {
    stepFiled: '主管當局已收到該步驟的另一份申請。請先查看申辦檔案，再決定是否重新提交。',
    caseUnknown: '對方園區沒有該個案。請聯絡本園區的營運機構。',
    answeredByHand:
      '雙方園區已人手處理此項提交，主管當局未有據此行事。處理說明：「{note}」有需要時，請向主管當局查詢後重新提交。',
  },
};
