import type { Language } from '@twinpark/contract/common.ts';

/** What can be wrong with an answer. */
export type AnswerFault =
  | 'notAsked'
  | 'suppliedByOutput'
  | 'notText'
  | 'emptyText'
  | 'unreadableText'
  | 'notNumber'
  | 'notWholeNumber'
  | 'tooLarge'
  | 'notDate'
  | 'dateOutOfRange'
  | 'notYesOrNo'
  | 'notOption'
  | 'notList'
  | 'optionTwice';

type AnswerWords = Readonly<Record<AnswerFault, string>>;

/** Each says what is expected; the place is told beside it. */
export const answerWords: Readonly<Record<Language, AnswerWords>> = {
  en: {
    notAsked: 'This journey does not ask for it. Leave it out.',
    suppliedByOutput: 'The authority supplies this with its decision. Leave it out.',
    notText: 'Write text.',
    emptyText: 'Write something, or send null to take the answer back.',
    unreadableText: 'The text holds characters that cannot be kept. Type it again.',
    notNumber: 'Write a number.',
    notWholeNumber: 'Write a whole number.',
    tooLarge: 'The number is too large. It may lie between -{limit} and {limit}.',
    notDate: 'Write a date that exists, as YYYY-MM-DD.',
    dateOutOfRange: 'Write a date between {first} and {last}.',
    notYesOrNo: 'Answer yes or no: true or false.',
    notOption: 'Choose one of: {options}.',
    notList: 'Give a list of choices.',
    optionTwice: 'Name each choice once.',
  },
  'zh-Hans': {
    notAsked: '该“一件事”不需要此项信息，请删去。',
    suppliedByOutput: '此项由主管部门随决定提供，无须填写，请删去。',
    notText: '请填写文字。',
    emptyText: '请填写内容；如需撤回，请提交空值（null）。',
    unreadableText: '文字中含有无法保存的字符，请重新输入。',
    notNumber: '请填写数字。',
    notWholeNumber: '请填写整数。',
    tooLarge: '数字过大，应在 -{limit} 与 {limit} 之间。',
    notDate: '请填写真实存在的日期，格式为 YYYY-MM-DD。',
    dateOutOfRange: '请填写 {first} 至 {last} 之间的日期。',
    notYesOrNo: '请选择“是”或“否”（true 或 false）。',
    notOption: '请从下列选项中选择：{options}。',
    notList: '请以列表给出所选各项。',
    optionTwice: '同一选项请勿重复。',
  },
  'zh-Hant': {
    notAsked: '該「一件事」不需要此項資料，請刪去。',
    suppliedByOutput: '此項資料由主管當局隨決定提供，毋須填寫，請刪去。',
    notText: '請填寫文字。',
    emptyText: '請填寫內容；如要收回，請提交空值（null）。',
    unreadableText: '文字含有無法儲存的字元，請重新輸入。',
    notNumber: '請填寫數字。',
    notWholeNumber: '請填寫整數。',
    tooLarge: '數字過大，應介乎 -{limit} 至 {limit} 之間。',
    notDate: '請填寫真實存在的日期，格式為 YYYY-MM-DD。',
    dateOutOfRange: '請填寫介乎 {first} 至 {last} 的日期。',
    notYesOrNo: '請選擇「是」或「否」（true 或 false）。',
    notOption: '請選擇以下其中一項：{options}。',
    notList: '請以清單列出所選各項。',
    optionTwice: '請勿重複選擇同一項。',
  },
};
