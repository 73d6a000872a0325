import type { ProblemCode } from '../problem-codes.ts';

/** 內容包的問題（繁體中文）。A part in brackets is shown only where its parameters are known. */
export const zhHant: Readonly<Record<ProblemCode, string>> = {
  'pack-empty': '這個資料夾沒有 .yaml 檔案，沒有內容可供檢查。請指定園區內容包所在的資料夾。',
  'folder-missing': '找不到資料夾「{folder}」。請檢查路徑。',
  'not-a-folder': '「{folder}」是檔案，而園區內容包是資料夾。請改為指定資料夾。',
  'unreadable-file': '無法讀取（{reason}）。請確定它仍然存在，而你有權讀取。',
  'not-a-regular-file': '這是管道、通訊端或裝置檔。內容包只可存放一般檔案，請把它移走。',
  'symbolic-link': '這是符號連結。內容包須自備所有檔案，確保審閱的內容就是讀取的內容。請放入檔案本身。',
  'wrong-extension': '由於檔名不符，讀取時會略過這個檔案。請改名為「{expected}」，或把它移走。',
  'file-too-large':
    '這個檔案有{bytes}位元組，超出每個檔案{limit}位元組的上限。請分拆檔案，或把毋須人手審閱的資料移出內容包。',
  'pack-too-large': '這個資料夾的檔案合共超過{limit}位元組。請確定它是園區內容包。',
  'too-many-files': '這個資料夾的檔案超過{limit}個。請確定它是園區內容包。',
  'folders-too-deep': '資料夾超過{limit}層。請把這些檔案移到較上層。',
  'encoding-not-utf8':
    '這個檔案不是 UTF-8 編碼：第{byte}個位元組不符。[看來是 {encoding} 編碼。]請另存為 UTF-8，否則文字會被誤讀。',
  'byte-order-mark': '檔案開首有位元組順序記號（BOM）。請另存為不含 BOM 的 UTF-8。',
  'control-character': '此處有控制字元 {character}，肉眼看不見，也無從審閱。請刪除。',
  'hidden-character': '此處有隱形字元 {character}，會令看到的文字與儲存的文字不同。請刪除。',
  'empty-file': '這個檔案沒有內容。請填寫或刪除。',
  'yaml-syntax': '此處並非有效的 YAML。請把這行和上一行與檢查合格的檔案比較。',
  'yaml-indentation': '縮排不正確。同一清單或對應表的項目須由同一欄開始，其下的內容須再向右縮排。',
  'yaml-tab': '這行以定位字元縮排，而 YAML 只容許空格。請每級縮排兩個空格。',
  'yaml-unquoted-text': '這段文字須加引號：它有冒號加空格，或以 YAML 的特殊符號開首。請加上單引號。',
  'yaml-unclosed': '此處有遺漏：欠缺右引號、右括號，或鍵後的冒號。',
  'yaml-escape': '雙引號內的反斜線須構成有效的跳脫字元。請改用單引號，或寫兩個反斜線。',
  'yaml-directive': '以 % 開首的一行是 YAML 指令。內容包檔案毋須指令，請刪除。',
  'yaml-duplicate-key': '鍵「{key}」重複，首次見於第{line}行。只能有一個生效，請合併或刪除其一。',
  'yaml-key-not-text': '鍵須為普通字詞。請寫成「鍵: 值」。',
  'yaml-anchor':
    '不可使用錨點「&{name}」。引用會令審閱者看不到實際的值，也可令小檔案急劇膨脹。請直接寫出該值。',
  'yaml-alias':
    '不可使用別名「*{name}」。引用會令審閱者看不到實際的值，也可令小檔案急劇膨脹。請直接寫出該值。',
  'yaml-tag': '不可使用標籤「{tag}」，值的類型由綱要決定。請刪除標籤；如屬文字，請加引號。',
  'yaml-several-documents': '第二份 YAML 內容由此開始。請每個檔案只寫一份。',
  'yaml-too-deep': '此處清單和對應表的嵌套超過{limit}層。沒有紀錄需要這樣的深度。',
  'not-a-mapping':
    '檔案須是對應表：先寫名稱，再接冒號和內容，例如內容包中的「services:」。請以這樣的名稱開首。',

  'missing-field': '欠缺欄位「{field}」。請補上。',
  'unknown-field': '此處沒有欄位「{field}」。[是否應為「{suggestion}」？]請更正或刪除。',
  'no-value': '欄位「{field}」沒有值。請填寫，或刪除該欄位。',
  'expected-text': '此處應為文字。數字或年份請加引號。',
  'expected-number': '此處應為數字，不加引號和單位。',
  'expected-whole-number': '此處應為整數。請改用較小的單位，不要使用小數。',
  'expected-true-or-false': '此處只可填 true 或 false，不加引號。',
  'expected-list': '此處應為清單：每行一項，以短橫線開首。',
  'expected-mapping': '此處應為由欄位和值組成的對應表。',
  'wrong-value': '「{value}」不在容許的取值之內。[是否應為「{suggestion}」？]容許的取值：{allowed}。',
  'bad-id': '「{value}」不是有效的識別碼。請使用小楷字母和數字，以單個連字號連接，首位為字母。',
  'bad-fact-id': '「{value}」不是有效的事實項目識別碼。請寫明主體和屬性，例如「team.headcount」。',
  'bad-source-id': '「{value}」不是有效的來源識別碼。請使用字母、數字和連字號，首位為字母。',
  'bad-system-id': '「{value}」不是有效的系統識別碼。請使用一個大楷字母加兩至三個數字，例如「A07」。',
  'bad-currency': '「{value}」不是貨幣代碼。請使用 ISO 4217 的三個大楷字母，例如「EUR」。',
  'bad-language-tag': '「{value}」不是語言標籤。請使用例如「en」或「zh-Hant」的標籤。',
  'bad-date': '「{value}」不是日期。請寫成 YYYY-MM-DD。',
  'bad-partial-date': '「{value}」不是日期。請寫日（2024-03-22）、月（2024-03），或加引號的年份。',
  'bad-format': '「{value}」不符合此處要求的格式。請參閱綱要中該欄位的說明。',
  'impossible-date': '日曆上沒有{value}這一天。請更正日或月。',
  'unknown-currency': '「{value}」不是 ISO 4217 的貨幣。請核對代碼。',
  'unknown-time-zone': '「{value}」不是時區。請使用 IANA 時區名稱，例如「Europe/Paris」。',
  'empty-text': '這段文字是空的。請填寫；如欄位可以省略，請刪除該欄位。',
  'empty-list': '這份清單最少須有一項。請補上；如欄位可以省略，請刪除該欄位。',
  'text-too-long': '這段文字超過{limit}個字元。請縮短。',
  'too-small': '{value}太小，最小為{limit}。',
  'too-big': '{value}太大，最大為{limit}。',
  'limit-zero': '時限為零，任何人都來不及辦理。如來源沒有訂明時限，請寫「notEstablished: true」，不寫數量。',
  'not-two-parks': '一個合作區須有兩個園區，此處有{count}個。',

  'duplicate-id': '識別碼「{id}」重複，首次見於 {file} 第{line}行。引用時無從分辨，請改名或刪除其一。',
  'unknown-reference':
    '「{collection}」中沒有識別碼為「{id}」的紀錄。[是否應為「{suggestion}」？]請更正識別碼或加入紀錄。',
  'zone-missing': '沒有檔案說明這是哪個合作區。請加入「zone」，寫明名稱、語言和兩個園區。',
  'zone-twice': '合作區有兩處描述，首次見於 {file} 第{line}行。請只保留一處。',
  'wrong-park': '「{id}」屬於園區「{park}」，而此處應為「{expected}」。請改為該園區的紀錄。',
  'parks-look-alike': '兩個園區都使用「{value}」，在畫面上無從分辨。請分別設定。',

  'language-missing': '這段文字欠缺以下語言：{languages}。請為這些讀者補寫。',
  'language-undeclared': '合作區沒有宣告語言「{language}」。已宣告：{declared}。',
  'simplified-in-traditional': '{language} 文字出現簡體字「{character}」。[繁體字形為「{form}」。]',
  'traditional-in-simplified': '{language} 文字出現繁體字「{character}」。[簡體字形為「{form}」。]',

  'source-missing':
    '沒有說明出處。請寫明所依據的文書或所見的來源資料。屬眾所周知的，標示為 unverified 並在 note 說明；屬虛構示例的，標示為 illustrative。',
  'clock-without-clause':
    '沒有條文的時限對任何人都沒有約束力。請寫明條文，或寫「clause: not established」，或標示為 illustrative。',
  'fee-without-clause':
    '收費須有容許收取的條文。請寫明條文，或寫「clause: not established」，或標示為 illustrative。',
  'criterion-without-clause':
    '準則須有訂立它的條文。請寫明條文，或寫「clause: not established」，或標示為 illustrative。',
  'remedy-without-clause':
    '覆核途徑須有賦予它的條文。請寫明條文，或寫「clause: not established」，或標示為 illustrative。',
  'four-eyes-without-clause':
    '雙人覆核須有作此要求的條文。請寫明條文，或寫「clause: not established」，或標示為 illustrative。',
  'debt-without-clause':
    '容許後補文件須有相關條文。請寫明條文，或寫「clause: not established」，或標示為 illustrative。',
  'verified-without-clause':
    '這項規則標示為 verified，但沒有同時寫明文書和條文。請補全，或標示為 unverified。',
  'expired-instrument':
    '所依據的「{instrument}」已於{ended}失效，而此處沒有終止日期。請寫明終止日期，或改為引用取代它的文書。',
  'rule-outlives-instrument':
    '此處有效至{until}，而所依據的「{instrument}」到{ended}便失效。請提前終止日期，或改為引用取代它的文書。',
  'rule-before-instrument':
    '此處由{from}起有效，而所依據的「{instrument}」由{began}才生效。請更正日期，或改為引用先前適用的文書。',
  'superseded-without-end': '已被取代的內容須有終止日期。請在「to」寫明。',
  'instrument-supersession-cycle': '以下文書互相取代，形成循環：{chain}。最新的文書須排在最後。',
  'period-reversed': '期間在{to}結束，早於開始日{from}。請對調或更正日期。',

  'calendar-overlap':
    '日曆「{calendar}」已載有園區「{park}」的{year}年。兩個日曆會計出不同的到期日，請只保留一個。',
  'year-twice': '這個日曆的{year}年重複，首次見於第{line}行。請合併。',
  'calendar-year-gap': '{previous}年之後便是{year}年，欠缺中間的年份，其間的到期日只能暫定。請補上。',
  'holiday-outside-its-year': '這個假期沒有一天落在所列的{year}年內。請移到相應年份，或更正日期。',
  'weekdays-disjoint':
    '這份日曆與「{calendar}」沒有共同的工作天，兩個園區都上班的日子永遠數不到。請核對兩者的「workingWeekdays」。',
  'holiday-reversed': '假期在{to}結束，早於開始日{from}。請對調或更正日期。',
  'holiday-too-long': '假期由{from}至{to}，而任何假期都不會超過{limit}天。請核對兩個日期的年份和月份。',
  'holidays-overlap': '{day}已屬於第{line}行的假期「{holiday}」。每一天只可屬於一個假期。',
  'holiday-name-unknown':
    '日曆的 holidayNames 沒有「{holiday}」。[是否應為「{suggestion}」？]請更正或加入名稱。',
  'holiday-name-unused': '這個日曆沒有名為「{holiday}」的假期。請刪除該名稱，或加入日期。',
  'make-up-day-on-working-day': '{day}平日已是工作天，不能作為調休工作日。請更正日期。',
  'make-up-day-in-holiday': '{day}在假期「{holiday}」之內，不能又是調休工作日。請更正其一。',
  'make-up-day-twice': '{day}已在第{line}行列為調休工作日。請刪除其一。',
  'make-up-day-outside-declared-years': '{day}不在這個日曆所載的年份內。請更正日期或加入年份。',

  'step-after-unknown':
    '這項服務沒有可供等候的步驟「{step}」。[是否應為「{suggestion}」？]請更正識別碼或加入步驟。',
  'step-cycle': '以下步驟互相等候，全部無法開始：{steps}。請刪除其中一個「after」。',
  'step-unreachable': '步驟「{step}」永遠無法開始：條件永不成立，或所等候的步驟永不完結。請更正條件或次序。',
  'joint-with-own-park': '聯合步驟須有對方園區，而「{park}」是這項服務本身的園區。',
  'joint-without-table':
    '聯合步驟須在雙方表明意見之前，寫明每種意見組合的後果。請加入「outcomes」，五種齊備。',
  'joint-outcome-missing': '聯合步驟的結果對照表欠缺：{outcomes}。請寫明每種情況的後果。',
  'joint-one-sided': '園區「{park}」沒有服務包含聯合步驟「{joint}」，對方無人表明意見。請加入或更正識別碼。',
  'joint-authority-differs':
    '聯合步驟「{joint}」指對方為「{named}」，而對方服務「{service}」屬於「{actual}」。雙方須互相對應。',
  'joint-deliberates-alone':
    '「{outcome}」一行寫明重新評審，但對方服務「{service}」的「{mirrored}」一行已有定論，己方會一直等候。請雙方都寫重新評審，或都不寫。',
  'joint-shares-undeclared':
    '聯合步驟要共用「{fact}」，但這項服務並不需要它，因此不會持有。請加入「needs」，或不共用。',
  'crossing-undeclared': '沒有跨境安排容許「{fact}」由「{from}」傳到「{to}」。請加入某項跨境安排，或不共用。',
  'crossing-not-in-force':
    '「{fact}」只可按跨境安排「{agreement}」傳送，而該安排沒有涵蓋這項服務的整段有效期。請使日期一致。',
  'need-duplicate': '這項服務重複要求事實項目「{fact}」。請只保留一項。',
  'evidence-duplicate': '這項服務重複要求文件「{type}」。請只保留一項。',
  'provides-applicant-fact':
    '這項服務提供「{fact}」，而字典訂明由申請人填寫。請更正「suppliedBy」，或提供另一事實項目。',
  'output-fact-unprovided':
    '事實項目「{fact}」應由已決定的服務產生，但沒有服務提供它。請加入某項服務的「provides」，或改由申請人填寫。',
  'foreign-calendar':
    '這個時限只按「{calendar}」計算，而它是園區「{park}」的日曆。請同時列出本園區的日曆，或省略「calendars」。',
  'foreign-currency': '沒有園區使用 {currency}。應為：{expected}。',
  'language-not-of-park': '該園區的機構不以「{language}」辦事。其語言為：{languages}。',
  'condition-fact-not-needed':
    '條件用到「{fact}」，而這項服務並不需要它，條件永遠無法判定。請把它加入「needs」。',

  'expression-syntax':
    '條件由此處起無法解讀。[「{found}」不能放在這裏。][是否應為「{suggestion}」？]寫法示例：team.headcount >= 5',
  'expression-unsupported':
    '條件不支援「{construct}」。請使用事實項目的比較，以 &&、|| 和 ! 連接，以及清單的 in。',
  'expression-unknown-fact':
    '字典沒有事實項目「{fact}」。[是否應為「{suggestion}」？]請更正條件或加入事實項目。',
  'expression-not-a-condition': '這是「{found}」類型的值，本身不能判斷成立與否。請與某個值比較。',
  'expression-not-a-value': '清單只可放在「in」之後。此處請填單一個值。',
  'expression-different-types': '「{left}」類型與「{right}」類型不能比較。請更正其中一邊。',
  'expression-no-order': '「{type}」類型的值沒有大小先後之分，不能使用「{operator}」。請使用 == 或 in。',
  'expression-not-in-a-list': '「in」之後應為清單或多選事實項目，而不是「{type}」類型的值。',
  'expression-empty-list': '空清單不可能包含任何值。請補上所指的值。',
  'expression-unknown-option':
    '事實項目「{fact}」沒有選項「{option}」。[是否應為「{suggestion}」？]其選項為：{options}。',
  'expression-no-date': '「{fact}」是日期，而「{value}」不是。請加引號寫成 YYYY-MM-DD。',
  'expression-not-an-integer': '「{fact}」以整數計，{value}永遠不會相符。請核對單位。',
  'expression-no-common-option': '「{left}」與「{right}」沒有共同的選項，永遠不會相等。',

  'journey-after-unknown':
    '這個「一件事」沒有可供等候的步驟「{step}」。[是否應為「{suggestion}」？]請更正識別碼或加入步驟。',
  'journey-cycle': '以下步驟互相等候，全部無法提交：{steps}。請刪除其中一個「after」。',
  'journey-unreachable':
    '步驟「{step}」永遠無法提交：條件永不成立，或所等候的步驟永不完結。請更正條件或次序。',
  'journey-service-ended':
    '服務「{service}」[在{ended}之後]已不再提供：它已被取代，或這個「一件事」中的另一項服務尚未開始辦理。請改為其後繼服務。',
  'when-fact-unsupplied': '條件用到「{fact}」，但表格沒有詢問，先前的步驟也沒有提供。請加入表格或修改條件。',
  'need-not-asked': '服務「{service}」需要「{fact}」，但表格沒有詢問，先前的步驟也沒有提供。請加入表格。',
  'asked-but-unused': '表格詢問「{fact}」，但沒有步驟用到。只應詢問必需的資料，請刪除。',
  'asked-twice': '「{section}」部分已詢問事實項目「{fact}」。每項資料只問一次，請刪除其一。',
  'form-asks-output': '事實項目「{fact}」由已決定的服務產生，不應詢問。請從表格刪除。',

  'choice-without-options': '選擇題須有選項。請補上，每個選項寫明識別碼和名稱。',
  'options-on-non-choice': '「{type}」類型的事實項目沒有選項。請改為選擇，或刪除選項。',
  'option-duplicate': '選項「{option}」重複。請改名或刪除其一。',
  'money-without-currency': '金額須有貨幣。請補上「currency」。',
  'currency-on-non-money': '「{type}」類型的事實項目沒有貨幣。請改為金額，或刪除貨幣。',
  'number-without-unit': '數字須有單位，否則讀者只能猜測。請補上「unit」，例如 persons。',
  'space-within-cycle': '以下空間互相包含，形成循環：{chain}。請更正其中一個「within」。',
  'reading-duplicate': '第{line}行已有{on}相同範圍的同一數值。請刪除其一，或寫明範圍的分別。',

  'story-out-of-order': '此項日期為{on}，早於前一項的{previous}。請更正日期，或將此項移到前面。',
  'act-not-told':
    '腳本中沒有{on}在步驟「{step}」上的「{action}」，此處甚麼也核對不到。請更正日期、步驟或行為。',
};
