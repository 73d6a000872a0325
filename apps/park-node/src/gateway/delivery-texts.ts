import type { Language } from '@twinpark/contract/common.ts';
import { type MessageRefusalCode, messageRefusals } from '@twinpark/contract/gateway/refusals.ts';
import type { DeliveryProblem } from '../platform/database/tables.ts';

/** What stands in the way of a message and what to do about it, for whoever runs the park. */
export function deliveryProblemText({ code, facts }: DeliveryProblem, language: Language): string {
  const known = isOwn(code) ? code : 'other';
  return texts[language][known].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'code' ? code : String(facts[name] ?? '–'),
  );
}

const linkCodes = [
  'peerUnreachable',
  'peerAnswerUnsigned',
  'peerAnswerMalformed',
  'signatureInvalid',
  'other',
] as const;
type TextCode = MessageRefusalCode | (typeof linkCodes)[number];
const codes: readonly string[] = [...messageRefusals, ...linkCodes];

function isOwn(code: string): code is TextCode {
  return codes.includes(code);
}

/** Exported so that a test can hold the languages against each other. */
export const texts: Readonly<Record<Language, Readonly<Record<TextCode, string>>>> = {
  en: {
    peerUnreachable: 'The other park’s node does not answer ({reason}). This node tries again by itself.',
    peerAnswerUnsigned:
      'Something answers at the other park’s address, but it cannot be shown to be its node ({reason}). Check the address, the two clocks and the other park’s card.',
    peerAnswerMalformed:
      'The other park’s node gave an answer that this one does not understand. Compare the versions of the two nodes.',
    signatureInvalid:
      'The other park’s node does not accept the signature of this one ({reason}). Check both clocks and whether it has this park’s newest card.',
    messageMalformed:
      'The other park’s node cannot read this message; the first fault is at {pointer}. Compare the versions of the two nodes, then send it again.',
    typeUnknown:
      'The other park’s node does not know this type of message. Bring it up to date, then send it again.',
    sourceUnexpected:
      'The message does not come from the park that the other node expects. Check the two configurations.',
    positionGap:
      'The other park’s node has lost message {expected} of this stream and what followed, and not all of it is kept here any more. Tell its operator what is missing, then send this one again: empty messages take the places of those that are gone.',
    messageAltered:
      'The other park’s node has taken another message in this place. One of the two has probably come back from a backup: compare both logs. Sent again, this one goes out as message {expected} of its stream; settled by hand, it is left out.',
    timeImplausible:
      'The time of the message does not fit the other park’s clock. Put both clocks right, then send it again.',
    definitionUnknown:
      'The other park’s node does not have this version of the service. Bring its zone pack up to date, then send it again.',
    serviceOfOtherPark: 'The service belongs to this park, not to the other one. Compare the two zone packs.',
    fieldNotDeclared:
      'The message holds a field that its service does not declare ({field}), so the other park took nothing of it. Compare the two zone packs.',
    paperNotDeclared:
      'The message names a paper that its service does not ask for ({type}), so the other park took nothing of it. Compare the two zone packs.',
    factValueInvalid:
      'The value of a field is not of the kind that the zone pack declares ({field}). Compare the two zone packs.',
    agreementMissing:
      'The applicant’s agreement to the crossing is missing or does not match. Settle it by hand.',
    caseUnknown:
      'The other park’s node does not know the case. Compare both logs before you settle it by hand.',
    caseIdTaken:
      'The other park’s node has another case under this id. Settle it by hand; the applicant then files anew.',
    streamOfOther: 'The case belongs to another stream. Compare both logs before you settle it by hand.',
    applicantOfThisPark:
      'The filing is in the name of an organisation that has its home on the other park’s node. Settle it by hand; that organisation files there itself.',
    panelUnknown:
      'The other park’s node knows no such joint step. Compare the two zone packs, then send it again.',
    reportOutOfOrder:
      'The report does not follow from what the other park’s node was told before. Compare both logs.',
    keyNotTheirs:
      'A key that was announced does not bear this park’s name. Make a new one with twinpark keys make.',
    internalError:
      'The other park’s node failed on this message. This node tries again by itself; the other park’s operator finds the cause in the log of that node.',
    other: 'The other park’s node refused the message with the code {code}. Ask its operator for the reason.',
  },
  'zh-Hans': {
    peerUnreachable: '对方园区节点没有回应（{reason}）。系统会自动重试。',
    peerAnswerUnsigned:
      '对方地址有回应，但无法确认来自对方节点（{reason}）。请核对地址、双方系统时间和对方园区名片。',
    peerAnswerMalformed: '对方节点的回复无法识别。请核对两个节点的版本。',
    signatureInvalid:
      '对方节点不接受本节点的签名（{reason}）。请核对双方系统时间，并确认对方持有本园区的最新名片。',
    messageMalformed: '对方节点无法读取该报文，首个出错位置为 {pointer}。请核对两个节点的版本后重新发送。',
    typeUnknown: '对方节点无法识别这类报文。请先升级对方节点，再重新发送。',
    sourceUnexpected: '该报文的来源不是对方节点所对应的园区。请核对双方设置。',
    positionGap:
      '对方节点已丢失本报文流自第{expected}份起的报文，其中有的内容本节点也不再保留。请先告知对方运营人员缺少哪些，再重新发送本报文：已不保留的将以空白报文补位。',
    messageAltered:
      '对方节点在此位置已接收另一份报文，可能有一方刚从备份恢复。请先比对双方日志：重新发送，则作为本报文流的第{expected}份报文发出；人工处置，则不再发送。',
    timeImplausible: '报文时间与对方系统时间不符。请校准双方时间后重新发送。',
    definitionUnknown: '对方节点没有该事项的这一版本。请更新对方的园区内容包后重新发送。',
    serviceOfOtherPark: '该事项属于本园区，不属于对方园区。请核对双方的园区内容包。',
    fieldNotDeclared:
      '报文含有该事项未申明的字段（{field}），对方未接收其中任何内容。请核对双方的园区内容包。',
    paperNotDeclared:
      '报文列有该事项不要求的材料（{type}），对方未接收其中任何内容。请核对双方的园区内容包。',
    factValueInvalid: '字段的值不符合内容包规定的类型（{field}）。请核对双方的园区内容包。',
    agreementMissing: '缺少申请人对传输的同意，或同意内容不一致。请由人工处置。',
    caseUnknown: '对方节点没有该办件。请先比对双方日志，再由人工处置。',
    caseIdTaken: '对方节点已有使用该编号的另一办件。请由人工处置，申请人随后可重新申报。',
    streamOfOther: '该办件属于另一报文流。请先比对双方日志，再由人工处置。',
    applicantOfThisPark:
      '该申报以在对方园区节点登记的单位名义提出。请由人工处置，并由该单位在对方园区自行申报。',
    panelUnknown: '对方节点没有该联合环节。请核对双方的园区内容包后重新发送。',
    reportOutOfOrder: '该办理进展与此前告知对方的内容不衔接。请比对双方日志。',
    keyNotTheirs: '所公布的密钥不属于本园区。请用 twinpark keys make 重新生成。',
    internalError: '对方节点处理该报文时出错。系统会自动重试；原因由对方运营人员在其节点的运行日志中查明。',
    other: '对方节点拒绝接收，代码为 {code}。请向对方运营人员了解原因。',
  },
  'zh-Hant': {
    peerUnreachable: '對方園區的節點沒有回應（{reason}）。系統會自動重試。',
    peerAnswerUnsigned:
      '對方地址有回應，但未能確定來自對方節點（{reason}）。請核對地址、雙方系統時間及對方的園區資料卡。',
    peerAnswerMalformed: '未能識別對方節點的回覆。請核對兩個節點的版本。',
    signatureInvalid:
      '對方節點不接納本節點的簽署（{reason}）。請核對雙方系統時間，並確定對方持有本園區最新的資料卡。',
    messageMalformed:
      '對方節點未能讀取此訊息，首個出錯位置為 {pointer}。請核對兩個節點的版本，然後重新傳送。',
    typeUnknown: '對方節點未能識別這類訊息。請先更新對方節點，然後重新傳送。',
    sourceUnexpected: '此訊息並非來自對方節點所對應的園區。請核對雙方設定。',
    positionGap:
      '對方節點已遺失此訊息串由第{expected}則起的訊息，其中部分內容本節點亦不再保留。請先告知對方營運人員欠缺哪些，然後重新傳送此訊息：不再保留的會以空白訊息補位。',
    messageAltered:
      '對方節點在此位置已接收另一則訊息，其中一方可能剛由備份還原。請先比對雙方日誌：重新傳送，會作為此訊息串的第{expected}則訊息發出；由人手處理，則不再傳送。',
    timeImplausible: '訊息的時間與對方系統時間不符。請校正雙方時間，然後重新傳送。',
    definitionUnknown: '對方節點沒有該服務的這個版本。請更新對方的園區內容包，然後重新傳送。',
    serviceOfOtherPark: '該服務屬於本園區，並非對方園區。請核對雙方的園區內容包。',
    fieldNotDeclared: '訊息載有該服務沒有列明的欄目（{field}），對方概無接收。請核對雙方的園區內容包。',
    paperNotDeclared: '訊息載有該服務沒有要求的文件（{type}），對方概無接收。請核對雙方的園區內容包。',
    factValueInvalid: '欄目的值不符合內容包訂明的類別（{field}）。請核對雙方的園區內容包。',
    agreementMissing: '欠缺申請人對傳送的同意，或同意的內容不符。請由人手處理。',
    caseUnknown: '對方節點沒有此個案。請先比對雙方日誌，然後由人手處理。',
    caseIdTaken: '對方節點已有使用此編號的另一個案。請由人手處理，申請人其後可重新提交申請。',
    streamOfOther: '此個案屬於另一訊息串。請先比對雙方日誌，然後由人手處理。',
    applicantOfThisPark:
      '此申請以在對方園區節點登記的機構名義提出。請由人手處理，並由該機構在對方園區自行申請。',
    panelUnknown: '對方節點沒有此聯合步驟。請核對雙方的園區內容包，然後重新傳送。',
    reportOutOfOrder: '此處理進度與先前告知對方的內容並不銜接。請比對雙方日誌。',
    keyNotTheirs: '所公布的密鑰不屬於本園區。請用 twinpark keys make 重新產生。',
    internalError: '對方節點處理此訊息時出錯。系統會自動重試；原因由對方營運人員於其節點的運作日誌中查明。',
    other: '對方節點拒絕接收，代碼為 {code}。請向對方營運人員查詢原因。',
  },
};
