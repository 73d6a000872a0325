import type { ProblemCode } from '../problem-codes.ts';

/** 内容包的问题（简体中文）。A part in brackets is shown only where its parameters are known. */
export const zhHans: Readonly<Record<ProblemCode, string>> = {
  'pack-empty': '此文件夹中没有 .yaml 文件，无内容可检查。请指定园区内容包所在的文件夹。',
  'folder-missing': '找不到文件夹“{folder}”。请检查路径。',
  'not-a-folder': '“{folder}”是一个文件，而园区内容包是文件夹。请指定文件夹。',
  'unreadable-file': '无法读取（{reason}）。请确认它仍然存在，并且您有读取权限。',
  'not-a-regular-file': '这是管道、套接字或设备文件。内容包只能包含普通文件，请将其移除。',
  'symbolic-link': '这是符号链接。内容包须自带全部文件，以保证审阅的内容就是读取的内容。请放入文件本身。',
  'wrong-extension': '由于文件名不符，读取时会跳过此文件。请改名为“{expected}”，或将其移除。',
  'file-too-large':
    '此文件有{bytes}字节，超过单个文件{limit}字节的上限。请拆分文件，或将无需人工审阅的数据移出内容包。',
  'pack-too-large': '此文件夹的文件合计超过{limit}字节。请确认它是园区内容包。',
  'too-many-files': '此文件夹的文件超过{limit}个。请确认它是园区内容包。',
  'folders-too-deep': '文件夹层级超过{limit}层。请将这些文件上移。',
  'encoding-not-utf8':
    '此文件不是 UTF-8 编码：第{byte}字节不符合。[看起来是 {encoding} 编码。]请另存为 UTF-8，否则文字会被误读。',
  'byte-order-mark': '文件开头有字节顺序标记（BOM）。请另存为不带 BOM 的 UTF-8。',
  'control-character': '此处有控制字符 {character}，肉眼无法看到，也无法审阅。请删除。',
  'hidden-character': '此处有不可见字符 {character}，会使看到的文字与保存的文字不一致。请删除。',
  'empty-file': '此文件没有内容。请填写或删除。',
  'yaml-syntax': '此处不是有效的 YAML。请将本行和上一行与检查通过的文件对照。',
  'yaml-indentation': '缩进不正确。同一列表或映射的条目须从同一列开始，其下级内容须再向右缩进。',
  'yaml-tab': '此行用制表符缩进，而 YAML 只允许空格。请每级缩进两个空格。',
  'yaml-unquoted-text': '此处文字须加引号：其中有冒号加空格，或以 YAML 的特殊符号开头。请加单引号。',
  'yaml-unclosed': '此处有缺漏：缺少右引号、右括号，或键后的冒号。',
  'yaml-escape': '双引号内的反斜杠须构成有效的转义。请改用单引号，或写两个反斜杠。',
  'yaml-directive': '以 % 开头的行是 YAML 指令。内容包文件不需要指令，请删除。',
  'yaml-duplicate-key': '键“{key}”重复，首次出现在第{line}行。只能有一个生效，请合并或删除其一。',
  'yaml-key-not-text': '键须为普通文字。请写成“键: 值”的形式。',
  'yaml-anchor':
    '不允许使用锚点“&{name}”。引用会使审阅者看不到实际的值，也能使小文件急剧膨胀。请直接写出该值。',
  'yaml-alias':
    '不允许使用别名“*{name}”。引用会使审阅者看不到实际的值，也能使小文件急剧膨胀。请直接写出该值。',
  'yaml-tag': '不允许使用标签“{tag}”，值的类型由模式决定。请删除标签；如为文字，请加引号。',
  'yaml-several-documents': '此处开始了第二个 YAML 文档。请每个文件只写一个文档。',
  'yaml-too-deep': '此处列表和映射的嵌套超过{limit}层。任何记录都不需要这样的深度。',
  'not-a-mapping': '文件须是映射：先写名称，后接冒号和内容，例如内容包中的“services:”。请以这样的名称开头。',

  'missing-field': '缺少字段“{field}”。请补充。',
  'unknown-field': '此处没有字段“{field}”。[是否应为“{suggestion}”？]请更正或删除。',
  'no-value': '字段“{field}”没有值。请填写，或删除该字段。',
  'expected-text': '此处应为文字。数字或年份请加引号。',
  'expected-number': '此处应为数字，不加引号和单位。',
  'expected-whole-number': '此处应为整数。请改用更小的单位，不要使用小数。',
  'expected-true-or-false': '此处只能填 true 或 false，不加引号。',
  'expected-list': '此处应为列表：每行一项，以短横线开头。',
  'expected-mapping': '此处应为由字段和值组成的映射。',
  'wrong-value': '“{value}”不在允许的取值之内。[是否应为“{suggestion}”？]允许的取值：{allowed}。',
  'bad-id': '“{value}”不是有效的标识。请使用小写字母和数字，以单个连字符连接，首位为字母。',
  'bad-fact-id': '“{value}”不是有效的事实项标识。请写明主体和属性，例如“team.headcount”。',
  'bad-source-id': '“{value}”不是有效的来源标识。请使用字母、数字和连字符，首位为字母。',
  'bad-system-id': '“{value}”不是有效的系统标识。请使用一个大写字母加两至三位数字，例如“A07”。',
  'bad-currency': '“{value}”不是货币代码。请使用 ISO 4217 的三个大写字母，例如“EUR”。',
  'bad-language-tag': '“{value}”不是语言标签。请使用例如“en”或“zh-Hans”的标签。',
  'bad-date': '“{value}”不是日期。请写成 YYYY-MM-DD。',
  'bad-partial-date': '“{value}”不是日期。请写日（2024-03-22）、月（2024-03），或加引号的年份。',
  'bad-format': '“{value}”不符合此处要求的格式。请参阅模式中对该字段的说明。',
  'impossible-date': '日历上没有{value}这一天。请更正日或月。',
  'unknown-currency': '“{value}”不是 ISO 4217 的货币。请核对代码。',
  'unknown-time-zone': '“{value}”不是时区。请使用 IANA 时区名称，例如“Europe/Paris”。',
  'empty-text': '此处文字为空。请填写；如该字段可以省略，请删除该字段。',
  'empty-list': '此列表至少须有一项。请补充；如该字段可以省略，请删除该字段。',
  'text-too-long': '此处文字超过{limit}个字符。请缩短。',
  'too-small': '{value}过小，最小为{limit}。',
  'too-big': '{value}过大，最大为{limit}。',
  'limit-zero': '时限为零时，任何人都来不及办理。如来源未载明时限，请写“notEstablished: true”，不写数量。',
  'not-two-parks': '一个合作区须有两个园区，此处有{count}个。',

  'duplicate-id': '标识“{id}”重复，首次出现在 {file} 第{line}行。引用时无法区分，请改名或删除其一。',
  'unknown-reference':
    '“{collection}”中没有标识为“{id}”的记录。[是否应为“{suggestion}”？]请更正标识或补充记录。',
  'zone-missing': '没有任何文件说明这是哪个合作区。请添加“zone”，写明名称、语言和两个园区。',
  'zone-twice': '合作区被描述了两次，首次在 {file} 第{line}行。请只保留一处。',
  'wrong-park': '“{id}”属于园区“{park}”，而此处应为“{expected}”。请改为该园区的记录。',
  'parks-look-alike': '两个园区都使用“{value}”，在界面上无法区分。请分别设置。',

  'language-missing': '此处文字缺少以下语言：{languages}。请为这些读者补写。',
  'language-undeclared': '合作区没有声明语言“{language}”。已声明：{declared}。',
  'simplified-in-traditional': '{language} 文字中出现简体字“{character}”。[繁体字形为“{form}”。]',
  'traditional-in-simplified': '{language} 文字中出现繁体字“{character}”。[简体字形为“{form}”。]',

  'source-missing':
    '没有说明出处。请写明所依据的文件或所见的来源资料。属众所周知的，标为 unverified 并在 note 中说明；属虚构示例的，标为 illustrative。',
  'clock-without-clause':
    '没有条款的时限对任何人都没有约束力。请写明条款，或写“clause: not established”，或标为 illustrative。',
  'fee-without-clause':
    '收费须有允许收取的条款。请写明条款，或写“clause: not established”，或标为 illustrative。',
  'criterion-without-clause':
    '条件须有设定它的条款。请写明条款，或写“clause: not established”，或标为 illustrative。',
  'remedy-without-clause':
    '救济途径须有赋予它的条款。请写明条款，或写“clause: not established”，或标为 illustrative。',
  'four-eyes-without-clause':
    '双人复核须有作此要求的条款。请写明条款，或写“clause: not established”，或标为 illustrative。',
  'debt-without-clause':
    '容缺受理须有允许的条款。请写明条款，或写“clause: not established”，或标为 illustrative。',
  'verified-without-clause': '此规则标为 verified，但没有同时写明文件和条款。请补全，或标为 unverified。',
  'expired-instrument':
    '所依据的“{instrument}”已于{ended}失效，而此处没有终止日期。请写明终止日期，或改为引用取代它的文件。',
  'rule-outlives-instrument':
    '此处有效至{until}，而所依据的“{instrument}”到{ended}即失效。请提前终止日期，或改为引用取代它的文件。',
  'rule-before-instrument':
    '此处自{from}起有效，而所依据的“{instrument}”自{began}才生效。请更正日期，或改为引用此前适用的文件。',
  'superseded-without-end': '已被取代的内容须有终止日期。请在“to”中写明。',
  'instrument-supersession-cycle': '下列文件相互取代，形成循环：{chain}。最新的文件须排在最后。',
  'period-reversed': '期间在{to}结束，早于开始日{from}。请对调或更正日期。',

  'calendar-overlap':
    '日历“{calendar}”已载有园区“{park}”的{year}年。两个日历会算出不同的到期日，请只保留一个。',
  'year-twice': '此日历中{year}年重复，首次出现在第{line}行。请合并。',
  'calendar-year-gap': '{previous}年之后直接是{year}年，中间年份缺失，其间的到期日只能暂定。请补充。',
  'holiday-outside-its-year': '此假期没有一天落在所列的{year}年内。请移到相应年份，或更正日期。',
  'weekdays-disjoint':
    '这份日历与“{calendar}”没有共同的工作日，两个园区都上班的日子永远数不到。请核对两者的“workingWeekdays”。',
  'holiday-reversed': '假期在{to}结束，早于开始日{from}。请对调或更正日期。',
  'holiday-too-long': '假期从{from}到{to}，而任何假期都不超过{limit}天。请核对两个日期的年份和月份。',
  'holidays-overlap': '{day}已属于第{line}行的假期“{holiday}”。每一天只能属于一个假期。',
  'holiday-name-unknown':
    '日历的 holidayNames 中没有“{holiday}”。[是否应为“{suggestion}”？]请更正或补充名称。',
  'holiday-name-unused': '此日历中没有名为“{holiday}”的假期。请删除该名称，或补充日期。',
  'make-up-day-on-working-day': '{day}平时就是工作日，不能作为调休工作日。请更正日期。',
  'make-up-day-in-holiday': '{day}在假期“{holiday}”之内，不能又是调休工作日。请更正其一。',
  'make-up-day-twice': '{day}已在第{line}行列为调休工作日。请删除其一。',
  'make-up-day-outside-declared-years': '{day}不在此日历所载的年份内。请更正日期或补充年份。',

  'step-after-unknown': '此事项没有可供等待的环节“{step}”。[是否应为“{suggestion}”？]请更正标识或补充环节。',
  'step-cycle': '下列环节相互等待，都无法开始：{steps}。请删除其中一个“after”。',
  'step-unreachable': '环节“{step}”永远无法开始：条件永不成立，或所等待的环节永不结束。请更正条件或顺序。',
  'joint-with-own-park': '联合环节须有对方园区，而“{park}”是本事项自己的园区。',
  'joint-without-table': '联合环节须在双方表态之前写明每种意见组合的后果。请添加“outcomes”，五种齐全。',
  'joint-outcome-missing': '联合环节的结果对照表缺少：{outcomes}。请写明每种情形的后果。',
  'joint-one-sided': '园区“{park}”没有任何事项包含联合环节“{joint}”，对方无人表态。请补充或更正标识。',
  'joint-authority-differs':
    '联合环节“{joint}”写明对方为“{named}”，而对方事项“{service}”属于“{actual}”。双方须互相对应。',
  'joint-deliberates-alone':
    '“{outcome}”一行写明重新评议，而对方事项“{service}”的“{mirrored}”一行已有定论，本侧将一直等待。请两侧都写重新评议，或都不写。',
  'joint-shares-undeclared':
    '联合环节要共享“{fact}”，但本事项并不需要此项，因而不会持有。请加入“needs”，或不共享。',
  'crossing-undeclared': '没有跨境安排允许“{fact}”从“{from}”传至“{to}”。请加入某项跨境安排，或不共享。',
  'crossing-not-in-force':
    '“{fact}”只可依跨境安排“{agreement}”传递，而该安排未覆盖本事项的全部有效期。请使日期一致。',
  'need-duplicate': '本事项重复要求事实项“{fact}”。请只保留一项。',
  'evidence-duplicate': '本事项重复要求材料“{type}”。请只保留一项。',
  'provides-applicant-fact':
    '本事项提供“{fact}”，而字典规定由申请人填写。请更正“suppliedBy”，或提供另一事实项。',
  'output-fact-unprovided':
    '事实项“{fact}”应由办结的事项产生，但没有事项提供它。请加入某事项的“provides”，或改由申请人填写。',
  'foreign-calendar':
    '此时限只按“{calendar}”计算，而它是园区“{park}”的日历。请同时写上本园区的日历，或省略“calendars”。',
  'foreign-currency': '没有园区使用 {currency}。应为：{expected}。',
  'language-not-of-park': '该园区的机关不以“{language}”办事。其语言为：{languages}。',
  'condition-fact-not-needed':
    '条件用到“{fact}”，而本事项并不需要此项，条件永远无法判定。请将其加入“needs”。',

  'expression-syntax':
    '条件从此处起无法解析。[“{found}”不能放在这里。][是否应为“{suggestion}”？]写法示例：team.headcount >= 5',
  'expression-unsupported':
    '条件不支持“{construct}”。请使用事实项的比较，以 &&、|| 和 ! 连接，以及列表的 in。',
  'expression-unknown-fact': '字典中没有事实项“{fact}”。[是否应为“{suggestion}”？]请更正条件或补充事实项。',
  'expression-not-a-condition': '这是“{found}”类型的值，本身不能判断成立与否。请与某个值比较。',
  'expression-not-a-value': '列表只能放在“in”之后。此处请填单个值。',
  'expression-different-types': '“{left}”类型与“{right}”类型不能比较。请更正其中一边。',
  'expression-no-order': '“{type}”类型的值没有大小先后之分，不能使用“{operator}”。请使用 == 或 in。',
  'expression-not-in-a-list': '“in”之后应为列表或多选事实项，而不是“{type}”类型的值。',
  'expression-empty-list': '空列表不可能包含任何值。请补充所指的值。',
  'expression-unknown-option':
    '事实项“{fact}”没有选项“{option}”。[是否应为“{suggestion}”？]其选项为：{options}。',
  'expression-no-date': '“{fact}”是日期，而“{value}”不是。请加引号写成 YYYY-MM-DD。',
  'expression-not-an-integer': '“{fact}”以整数计，{value}永远不会相符。请核对单位。',
  'expression-no-common-option': '“{left}”与“{right}”没有共同的选项，永远不会相等。',

  'journey-after-unknown':
    '这个“一件事”没有可供等待的步骤“{step}”。[是否应为“{suggestion}”？]请更正标识或补充步骤。',
  'journey-cycle': '下列步骤相互等待，都无法申报：{steps}。请删除其中一个“after”。',
  'journey-unreachable': '步骤“{step}”永远无法申报：条件永不成立，或所等待的步骤永不结束。请更正条件或顺序。',
  'journey-service-ended':
    '事项“{service}”[在{ended}之后]已不再办理：它已被取代，或这个“一件事”中的另一事项尚未开始办理。请改为其后继事项。',
  'when-fact-unsupplied': '条件用到“{fact}”，但表单没有询问，之前的步骤也没有提供。请加入表单或修改条件。',
  'need-not-asked': '事项“{service}”需要“{fact}”，但表单没有询问，之前的步骤也没有提供。请加入表单。',
  'asked-but-unused': '表单询问“{fact}”，但没有步骤用到。只应询问必需的内容，请删除。',
  'asked-twice': '“{section}”部分已询问事实项“{fact}”。一件事只问一次，请删除其一。',
  'form-asks-output': '事实项“{fact}”由办结的事项产生，不应询问。请从表单中删除。',

  'choice-without-options': '选择项须有选项。请补充，每个选项写明标识和名称。',
  'options-on-non-choice': '“{type}”类型的事实项没有选项。请改为选择，或删除选项。',
  'option-duplicate': '选项“{option}”重复。请改名或删除其一。',
  'money-without-currency': '金额须有货币。请补充“currency”。',
  'currency-on-non-money': '“{type}”类型的事实项没有货币。请改为金额，或删除货币。',
  'number-without-unit': '数字须有单位，否则读者只能猜测。请补充“unit”，例如 persons。',
  'space-within-cycle': '下列空间相互包含，形成循环：{chain}。请更正其中一个“within”。',
  'reading-duplicate': '第{line}行已有{on}相同口径的同一数值。请删除其一，或写明口径的差别。',

  'story-out-of-order': '此项日期为{on}，早于前一项的{previous}。请更正日期，或将此项移到前面。',
  'act-not-told': '脚本中没有{on}在步骤“{step}”上的“{action}”，此处什么也核对不到。请更正日期、步骤或行为。',
};
