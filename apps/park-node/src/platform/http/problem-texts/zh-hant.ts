import { zhHant as refusals } from './refusal-titles.ts';
import type { HttpTexts } from './texts.ts';

export const zhHant: HttpTexts = {
  problems: {
    validationFailed: {
      title: '請求的內容不符合規定',
      detail: '請求中有內容不符合規定，已逐項列出。請更正後重新提交。',
    },
    malformedRequest: {
      title: '無法讀取該請求',
      detail: '請求的網址或標頭不符合 HTTP 規則。請發送格式正確的請求。',
    },
    malformedJson: {
      title: '請求的正文不是 JSON',
      detail: '正文無法按 UTF-8 編碼的 JSON 讀取。請發送格式正確的 JSON。',
    },
    cursorInvalid: {
      title: '清單位置無效',
      detail: '該游標不屬於此清單。請由第一頁開始。',
    },
    idempotencyKeyMissing: {
      title: '欠缺 Idempotency-Key',
      detail:
        '會作出更改的請求須附標頭 Idempotency-Key，內容為8至200個可列印字元，以免同一操作重複執行。請使用新的隨機值，例如 UUID。',
    },
    digestMissing: {
      title: '欠缺摘要值',
      detail: '欠缺所發送內容的 SHA-256 摘要值。請一併發送，以便發現傳送途中的損毀。',
    },
    protocolUnknown: {
      title: '不支援此協定版本',
      detail:
        '該訊息所用的園區間協定版本，本節點無法識別。[可識別的版本：{known}。]請更新兩個節點中版本較舊的一個。',
    },
    batchMalformed: {
      title: '不是一批訊息',
      detail:
        '請求內容須為訊息清單，最多{most}則，每則有各自的編號。是次請求不符合規定，當中內容一概未有接收。',
    },
    signInRequired: { title: '請先登入', detail: '你尚未登入。請登入後再試。' },
    signInFailed: {
      title: '登入未成功',
      detail: '未能確認你的身分。請重新登入。',
    },
    signatureMissing: {
      title: '欠缺簽署',
      detail: '此介面只供對方園區的節點使用，每則訊息均須簽署。該訊息沒有簽署，未作任何處理。',
    },
    signatureInvalid: {
      title: '簽署無效',
      detail:
        '無法確認該訊息的簽署[（{reason}）]，未作任何處理。請雙方核對對方的園區資料卡、公開地址及系統時間，方法見 docs/operations.md。',
    },
    organizationRequired: {
      title: '請先選擇所代表的機構',
      detail: '你尚未選擇代表哪個機構辦理。請選擇後再試。',
    },
    roleNotAllowed: {
      title: '現時角色不可辦理',
      detail: '你現時的角色不可辦理此事。[可辦理的角色：{roles}。]請改選所代表的機構，或請有關人員辦理。',
    },
    checkpointNotSigned: {
      title: '檢查點沒有日誌的簽署',
      detail:
        '該檢查點沒有本園區所知的對方園區日誌密鑰的簽署，或簽署有誤，因此不予聯署。請確定本園區持有對方園區最新的資料卡。',
    },
    managerRequired: {
      title: '只限機構管理人員',
      detail: '你不是該機構的管理人員。請由管理人員辦理。',
    },
    signInAgain: {
      title: '請重新登入',
      detail: '距上次登入時間過長，不可進行此操作。請重新登入後再試。',
    },
    foreignOrigin: {
      title: '請求來自其他網站',
      detail: '該請求由其他網站的頁面發出，未予處理。請開啟本網站後操作。',
    },
    notFound: {
      title: '找不到',
      detail: '此處沒有內容，或你無權查閱。請核對網址以及你所代表的機構。',
    },
    methodNotAllowed: {
      title: '請求方法與網址不符',
      detail: '此網址不接受該請求方法。[可用：{allowed}。]',
    },
    requestTimeout: {
      title: '傳送逾時',
      detail: '請求未能在時限內完整到達。請重新發送；大型檔案請分段上載。',
    },
    idempotencyKeyInFlight: {
      title: '相同請求正在處理',
      detail: '附有此 Idempotency-Key 的請求仍在處理。請稍候再發送同一請求。',
    },
    assignedMeanwhile: {
      title: '個案已改由他人處理',
      detail: '個案在此期間已被接手、移交或交回。請查看現時的負責人員，再作決定。',
    },
    versionConflict: {
      title: '內容已有更改',
      detail: '你讀取之後內容已有更改[，現為第{version}版]。請重新讀取後再作修改。',
    },
    alreadyMember: {
      title: '已是成員',
      detail: '該人士已是本機構成員。請直接更改其成員身分。',
    },
    lastManager: {
      title: '最後一名管理人員',
      detail: '機構須一直有人管理。請先指定另一名成員為管理人員。',
    },
    lastPasskey: {
      title: '最後一個通行密鑰',
      detail: '移除後你將無法登入。請先加入另一個通行密鑰。',
    },
    uploadIncomplete: {
      title: '上載尚未完成',
      detail: '檔案仍有分段未到達[：{missing}]。請補傳後再次完成上載。',
    },
    uploadClosed: {
      title: '上載已結束',
      detail: '該上載已完成或已逾期。請重新開始上載。',
    },
    tooManyUploads: {
      title: '進行中的上載過多',
      detail: '本機構進行中的上載已達上限[：{most}個]。請先完成或放棄其中一個。',
    },
    evidenceInUse: {
      title: '文件正在使用',
      detail: '有申辦檔案或個案引用該文件，不可移除。請先在該處更換文件。',
    },
    paperOnItsWay: {
      title: '文件仍在傳送',
      detail: '對方園區尚未傳來該文件。系統會自動取回，請稍後再查看。',
    },
    previewChanged: {
      title: '傳送內容已有變更',
      detail: '將傳送至對方園區的內容與你先前同意的不一致，因此未有傳送。請重新查看並再次同意。',
    },
    actUnanswered: {
      title: '上一次提交尚未獲答覆',
      detail: '對方園區尚未答覆你上一次就該個案提交的內容。請待其答覆後再提交。',
    },
    outputNotIssued: {
      title: '尚未發出結果',
      detail: '該個案尚未有結果文件。決定送達時發出。',
    },
    receiptNotReady: {
      title: '回條尚未備妥',
      detail:
        '對方園區簽署載有該紀錄的日誌後，回條方可備妥。通常只需數秒；未能連接對方園區時需時較長。請稍後再試。',
    },
    erasureTooEarly: {
      title: '尚有個案未完結',
      detail: '該機構的個案全部完結後，方可刪除其紀錄。尚未完結的個案：{underWay}。',
    },
    logForked: {
      title: '日誌出現兩個版本的歷史',
      detail: '該檢查點的樹根，與本園區先前就相同紀錄數目聯署的不同。本園區不予聯署，並已留存紀錄。',
    },
    messageReplayed: {
      title: '該訊息先前已收到',
      detail: '同一簽署的訊息先前已經處理，是次未作任何處理。如需再次發送，請重新簽署。',
    },
    messageNotStuck: {
      title: '此訊息毋須處理',
      detail: '此訊息並無受阻：正等候傳送、已經送達，或已由人手處理。未作任何更改。',
    },
    peerNotConfigured: {
      title: '尚未連接對方園區',
      detail: '本系統尚未與對方園區的系統連接，未能向其發送任何內容。請通知營運機構。',
    },
    payloadTooLarge: {
      title: '請求過大',
      detail: '正文超過此處容許的大小[：最多{largestBytes}位元組]。請分次發送。',
    },
    fileTooLarge: {
      title: '檔案過大',
      detail: '檔案超過文件容許的大小[：最多{largestBytes}位元組]。請壓縮或拆分後再上載。',
    },
    unsupportedMediaType: {
      title: '正文類型不符',
      detail: '此處不接受該媒體類型的正文。[請以 {expected} 發送。]',
    },
    idempotencyKeyReused: {
      title: 'Idempotency-Key 已用於其他請求',
      detail: '此 Idempotency-Key 已用於另一請求。新的請求請使用新的值。',
    },
    agreementRequired: {
      title: '需要你同意',
      detail: '部分內容將傳送至邊界另一側[（{park}）]，目前尚未傳送。請查看傳送內容並表示同意。',
    },
    fileTypeNotAllowed: {
      title: '不接受此類檔案',
      detail: '該檔案的內容類型不獲接受[：{name}]。請上載 PDF 或圖像。',
    },
    fileNameEmpty: {
      title: '檔案沒有名稱',
      detail: '除去不容許的字元後，檔案名稱為空白。請更改檔案名稱。',
    },
    partOutOfRange: {
      title: '沒有該分段',
      detail: '分段編號與上載不符[，該上載共{partCount}段，由1起編號]。請按上載說明編號。',
    },
    partSizeWrong: {
      title: '分段大小不符',
      detail: '分段的大小不符合規定[：應為{expectedBytes}位元組]。請按上載說明切分後重新發送。',
    },
    digestMismatch: {
      title: '內容與摘要值不符',
      detail: '所收到內容的 SHA-256 與所報的不一致[（第{part}段）]。請重新發送。',
    },
    roleNotOfKind: {
      title: '該機構沒有此角色',
      detail: '此類機構沒有該角色。[可選：{roles}。]請選擇其已有的角色。',
    },
    journeyUnknown: {
      title: '沒有該「一件事」',
      detail: '本合作區沒有該「一件事」[：{journey}]。請由目錄中選擇。',
    },
    stepUnknownInJourney: {
      title: '「一件事」中沒有該步驟',
      detail: '該「一件事」沒有此步驟[：{step}]。請選擇已有的步驟。',
    },
    factUnknown: {
      title: '沒有該問題',
      detail: '本合作區沒有這一問題[：{fact}]。請刪去。',
    },
    factValueInvalid: {
      title: '回答與問題不符',
      detail: '回答的類型與所問不符[：{fact}]。請按問題的要求填寫。',
    },
    evidenceTypeUnknown: {
      title: '沒有該類文件',
      detail: '本合作區沒有該類文件[：{evidenceType}]。請選擇服務列明的文件。',
    },
    logRangeUnknown: {
      title: '超出日誌範圍',
      detail:
        '日誌共有{size}項紀錄，由0起編號。請查詢其中的紀錄；填寫兩個紀錄數目時，須先小後大，且不超過此數。',
    },
    logInconsistent: {
      title: '日誌與先前聯署的並不銜接',
      detail: '所附證明未能顯示該日誌是本園區先前聯署內容的延續。本園區不予聯署，並已留存紀錄。',
    },
    notAColleague: {
      title: '並非該主管當局的人員',
      detail: '個案只可移交作出決定的主管當局的負責人員或主管人員。請從中選擇。',
    },
    evidenceUnknown: {
      title: '沒有該文件',
      detail: '本機構沒有該文件[：{evidence}]。請先上載，或選擇已有的文件。',
    },
    invitationInvalid: {
      title: '邀請無效',
      detail: '邀請已逾期、已使用，或發給了其他電郵地址。請索取新的邀請。',
    },
    passkeyNotAccepted: {
      title: '通行密鑰不獲接受',
      detail: '無法驗證通行密鑰的簽署。請使用本網站的通行密鑰重新操作。',
    },
    messageRefused: {
      title: '未接收此訊息',
      detail: '對方園區的一則訊息未獲接收[：{reason}]，並無產生任何效力。',
    },
    rateLimited: {
      title: '請求過於頻密',
      detail: '一分鐘內的請求數目超過上限。請稍候[（{retryAfterSeconds}秒）]再試。',
    },
    headersTooLarge: {
      title: '請求標頭過大',
      detail: '請求標頭超過容許的大小。請清除本網站的 Cookie 後再試。',
    },
    internalError: {
      title: '系統故障',
      detail: '系統出錯，未作任何更改。請稍後再試；如再次出現，請將本請求的編號告知營運機構。',
    },
    evidenceDamaged: {
      title: '儲存的文件已損毀',
      detail: '所存內容與當初提交的不一致。已通知營運機構；查詢時請提供本請求的編號。',
    },
    databaseUnavailable: {
      title: '無法連接資料庫',
      detail: '系統現時無法連接資料庫。請稍後發送同一請求。',
    },
    providerUnavailable: {
      title: '無法連接登入服務',
      detail: '你選擇的登入服務沒有回應。請稍後再試，或改用其他登入方式。',
    },
    shuttingDown: {
      title: '系統正在停止',
      detail: '系統正在停止，不再接受新請求。請稍後發送同一請求。',
    },
    storageFull: {
      title: '儲存空間已滿',
      detail: '系統已無儲存空間，未作任何更改。請通知營運機構。',
    },
  },
  refusals: refusals,
  roles: {
    applicant: '申請人',
    officer: '負責人員',
    supervisor: '主管人員',
    auditor: '審計人員',
    operator: '營運人員',
  },
  faults: {
    missing: '欠缺此項。',
    types: {
      string: '此項須為文字。',
      number: '此項須為數字。',
      int: '此項須為整數。',
      boolean: '此項須為 true 或 false。',
      array: '此項須為清單。',
      object: '此項須為物件。',
      null: '此項須為 null。',
      other: '此項類型不符。',
    },
    empty: '此項不可留空。',
    textTooShort: '內容過短，最少{minimum}個字元。',
    textTooLong: '內容過長，最多{maximum}個字元。',
    listTooShort: '項目過少，最少{minimum}項。',
    listTooLong: '項目過多，最多{maximum}項。',
    numberTooSmall: '數值過小，最少為{minimum}。',
    numberNotAbove: '數值過小，須大於{minimum}。',
    numberTooLarge: '數值過大，最多為{maximum}。',
    numberNotBelow: '數值過大，須小於{maximum}。',
    step: '此項須為{divisor}的倍數。',
    formats: {
      uuid: '此項須為 UUID。',
      date: '此項須為日期，例如 2026-03-31。',
      datetime: '此項須為協調世界時的時刻，例如 2026-03-31T09:00:00Z。',
      email: '此項須為電郵地址。',
      url: '此項須為網址。',
      other: '此項格式不符。',
    },
    options: '此項須為下列之一：{options}。',
    unknownKey: '沒有此欄位，請刪去。',
    keyNotAllowed: '此處不容許使用該名稱。',
    noFormFits: '此項不符合任何一種可接受的形式。',
    other: '此項無效。',
    nullCharacter: '內容含有空字元，無法儲存。',
    brokenCharacter: '內容含有不完整的字元，無法儲存。',
    reservedKey: '該名稱為保留名稱，請更換。',
    tooDeep: '嵌套過深，最多{maximum}層。',
    tooMany: '請求包含的值過多，最多{maximum}個。',
    notFinite: '此項數字過大。',
  },
  page: { status: 'HTTP 狀態碼 {status}', something: '……' },
};
