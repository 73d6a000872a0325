import { zhHans as refusals } from './refusal-titles.ts';
import type { HttpTexts } from './texts.ts';

export const zhHans: HttpTexts = {
  problems: {
    validationFailed: {
      title: '请求内容不符合要求',
      detail: '请求中有内容不符合要求，已逐项列出。请更正后重新提交。',
    },
    malformedRequest: {
      title: '无法识别该请求',
      detail: '请求的地址或请求头不符合 HTTP 规则。请发送格式正确的请求。',
    },
    malformedJson: {
      title: '请求正文不是 JSON',
      detail: '请求正文无法按 UTF-8 编码的 JSON 读取。请发送格式正确的 JSON。',
    },
    cursorInvalid: {
      title: '列表位置无效',
      detail: '该游标不属于此列表。请从第一页开始。',
    },
    idempotencyKeyMissing: {
      title: '缺少 Idempotency-Key',
      detail:
        '会产生变更的请求须带请求头 Idempotency-Key，内容为8至200个可打印字符，以免同一操作重复执行。请使用新的随机值，例如 UUID。',
    },
    digestMissing: {
      title: '缺少摘要值',
      detail: '缺少所发送内容的 SHA-256 摘要值。请一并发送，以便发现传输中的损坏。',
    },
    protocolUnknown: {
      title: '不支持此协议版本',
      detail:
        '该报文所用的园区间协议版本，本节点无法识别。[可识别的版本：{known}。]请升级两个节点中版本较旧的一个。',
    },
    batchMalformed: {
      title: '不是一批报文',
      detail: '请求内容应为报文列表，最多{most}份，每份有各自的编号。本次请求不符合要求，其中内容均未接收。',
    },
    signInRequired: { title: '请先登录', detail: '您尚未登录。请登录后重试。' },
    signInFailed: {
      title: '登录未成功',
      detail: '未能确认您的身份。请重新登录。',
    },
    signatureMissing: {
      title: '缺少签名',
      detail: '此接口只供对方园区的节点使用，每份报文都须签名。该报文没有签名，未作任何处理。',
    },
    signatureInvalid: {
      title: '签名无效',
      detail:
        '无法确认该报文的签名[（{reason}）]，未作任何处理。请双方核对对方的园区名片、公开地址和系统时间，方法见 docs/operations.md。',
    },
    organizationRequired: {
      title: '请先选择所代表的单位',
      detail: '您尚未选择代表哪个单位办理。请选择后重试。',
    },
    roleNotAllowed: {
      title: '当前角色无权办理',
      detail: '您当前的角色不能办理此事。[可办理的角色：{roles}。]请改选所代表的单位，或请相应人员办理。',
    },
    checkpointNotSigned: {
      title: '检查点没有日志的签名',
      detail:
        '该检查点没有本园区所知的对方园区日志密钥的签名，或签名有误，因此不予会签。请确认本园区持有对方园区的最新名片。',
    },
    managerRequired: {
      title: '仅限单位管理人员',
      detail: '您不是该单位的管理人员。请由管理人员办理。',
    },
    signInAgain: {
      title: '请重新登录',
      detail: '距上次登录时间过长，不能进行此操作。请重新登录后再试。',
    },
    foreignOrigin: {
      title: '请求来自其他网站',
      detail: '该请求由其他网站的页面发出，未予处理。请打开本网站后操作。',
    },
    notFound: {
      title: '未找到',
      detail: '此处没有内容，或您无权查看。请核对地址以及您所代表的单位。',
    },
    methodNotAllowed: {
      title: '请求方法与地址不符',
      detail: '此地址不接受该请求方法。[可用：{allowed}。]',
    },
    requestTimeout: {
      title: '请求传输超时',
      detail: '请求未能在时限内完整到达。请重新发送；大文件请分块上传。',
    },
    idempotencyKeyInFlight: {
      title: '相同请求正在处理',
      detail: '带有此 Idempotency-Key 的请求仍在处理。请稍候再发送同一请求。',
    },
    assignedMeanwhile: {
      title: '经办人已变更',
      detail: '该办件在此期间已被领取、移交或退回。请查看当前经办人后再决定。',
    },
    versionConflict: {
      title: '内容已有变更',
      detail: '您读取之后内容已有变更[，现为第{version}版]。请重新读取后再作修改。',
    },
    alreadyMember: {
      title: '已是成员',
      detail: '该人员已是本单位成员。请直接变更其成员身份。',
    },
    lastManager: {
      title: '最后一名管理人员',
      detail: '单位须始终有人管理。请先指定另一名成员为管理人员。',
    },
    lastPasskey: {
      title: '最后一个通行密钥',
      detail: '移除后您将无法登录。请先添加另一个通行密钥。',
    },
    uploadIncomplete: {
      title: '上传尚未完成',
      detail: '文件仍有分块未到达[：{missing}]。请补传后再次完成上传。',
    },
    uploadClosed: {
      title: '上传已结束',
      detail: '该上传已完成或已过期。请重新开始上传。',
    },
    tooManyUploads: {
      title: '进行中的上传过多',
      detail: '本单位进行中的上传已达上限[：{most}个]。请先完成或放弃其中一个。',
    },
    evidenceInUse: {
      title: '材料正在使用',
      detail: '有申办档案或办件引用了该材料，不能移除。请先在该处更换材料。',
    },
    paperOnItsWay: {
      title: '材料尚在传送',
      detail: '对方园区还没有传来该材料。系统会自动取回，请稍后再查看。',
    },
    previewChanged: {
      title: '传输内容已有变化',
      detail: '将传输至对方园区的内容与您此前同意的不一致，因此未发送。请重新查看并再次同意。',
    },
    actUnanswered: {
      title: '上一次提交尚未答复',
      detail: '对方园区尚未答复您上一次就该办件提交的内容。请待其答复后再提交。',
    },
    outputNotIssued: {
      title: '尚未出具结果',
      detail: '该办件尚无办理结果文书。决定送达时出具。',
    },
    receiptNotReady: {
      title: '回执尚未生成',
      detail:
        '对方园区签署载有该记录的日志后，方可生成回执。通常只需数秒；无法连接对方园区时需要更久。请稍后再试。',
    },
    erasureTooEarly: {
      title: '尚有办件未办结',
      detail: '该单位的办件全部办结后，方可删除其记录。尚未办结的办件：{underWay}。',
    },
    logForked: {
      title: '日志出现两种历史',
      detail: '该检查点的树根，与本园区此前就同一记录数会签的不同。本园区不予会签，并已留存记录。',
    },
    messageReplayed: {
      title: '该报文此前已收到',
      detail: '同一签名的报文此前已经处理，本次未作任何处理。如需再次发送，请重新签名。',
    },
    messageNotStuck: {
      title: '该报文无需处置',
      detail: '该报文并未受阻：正在等待发送、已经送达，或已由人工处置。未作任何变更。',
    },
    peerNotConfigured: {
      title: '尚未连接对方园区',
      detail: '本系统尚未与对方园区的系统连接，无法向其发送任何内容。请告知运营单位。',
    },
    payloadTooLarge: {
      title: '请求过大',
      detail: '请求正文超过此处允许的大小[：最多{largestBytes}字节]。请分次发送。',
    },
    fileTooLarge: {
      title: '文件过大',
      detail: '文件超过材料允许的大小[：最多{largestBytes}字节]。请压缩或拆分后再传。',
    },
    unsupportedMediaType: {
      title: '正文类型不符',
      detail: '此处不接受该媒体类型的正文。[请以 {expected} 发送。]',
    },
    idempotencyKeyReused: {
      title: 'Idempotency-Key 已用于其他请求',
      detail: '此 Idempotency-Key 已用于另一请求。新的请求请使用新的值。',
    },
    agreementRequired: {
      title: '需要您的同意',
      detail: '部分内容将传输至边界另一侧[（{park}）]，目前尚未发送。请查看传输内容并表示同意。',
    },
    fileTypeNotAllowed: {
      title: '不接受此类文件',
      detail: '该文件的内容类型不予接受[：{name}]。请上传 PDF 或图片。',
    },
    fileNameEmpty: {
      title: '文件没有名称',
      detail: '去除不允许的字符后，文件名为空。请更改文件名。',
    },
    partOutOfRange: {
      title: '没有该分块',
      detail: '分块编号与上传不符[，该上传共{partCount}块，从1起编号]。请按上传说明编号。',
    },
    partSizeWrong: {
      title: '分块大小不符',
      detail: '分块大小不符合要求[：应为{expectedBytes}字节]。请按上传说明切分后重新发送。',
    },
    digestMismatch: {
      title: '内容与摘要值不符',
      detail: '所收到内容的 SHA-256 与所报的不一致[（第{part}块）]。请重新发送。',
    },
    roleNotOfKind: {
      title: '该单位没有此角色',
      detail: '此类单位没有该角色。[可选：{roles}。]请选择其已有的角色。',
    },
    journeyUnknown: {
      title: '没有该“一件事”',
      detail: '本合作区没有该“一件事”[：{journey}]。请从目录中选择。',
    },
    stepUnknownInJourney: {
      title: '“一件事”中没有该步骤',
      detail: '该“一件事”没有此步骤[：{step}]。请选择已有的步骤。',
    },
    factUnknown: {
      title: '没有该问题',
      detail: '本合作区没有这一问题[：{fact}]。请删去。',
    },
    factValueInvalid: {
      title: '回答与问题不符',
      detail: '回答的类型与所问不符[：{fact}]。请按问题的要求填写。',
    },
    evidenceTypeUnknown: {
      title: '没有该类材料',
      detail: '本合作区没有该类材料[：{evidenceType}]。请选择事项列明的材料。',
    },
    logRangeUnknown: {
      title: '超出日志范围',
      detail:
        '日志共有{size}条记录，从0起编号。请查询其中的记录；填写两个记录数时，须先小后大，且不超过此数。',
    },
    logInconsistent: {
      title: '日志与此前会签的不衔接',
      detail: '所附证明不能表明该日志是本园区此前会签内容的延续。本园区不予会签，并已留存记录。',
    },
    notAColleague: {
      title: '不是该主管部门的人员',
      detail: '办件只能移交给作出决定的主管部门的经办人员或主管人员。请从中选择。',
    },
    evidenceUnknown: {
      title: '没有该材料',
      detail: '本单位没有该材料[：{evidence}]。请先上传，或选择已有的材料。',
    },
    invitationInvalid: {
      title: '邀请无效',
      detail: '邀请已过期、已使用，或发给了其他邮箱。请索取新的邀请。',
    },
    passkeyNotAccepted: {
      title: '通行密钥未获接受',
      detail: '无法验证通行密钥的签名。请使用本网站的通行密钥重新操作。',
    },
    messageRefused: {
      title: '未接收该报文',
      detail: '对方园区的一份报文未被接收[：{reason}]，没有产生任何效力。',
    },
    rateLimited: {
      title: '请求过于频繁',
      detail: '一分钟内的请求数超过上限。请稍候[（{retryAfterSeconds}秒）]再试。',
    },
    headersTooLarge: {
      title: '请求头过大',
      detail: '请求头超过允许的大小。请清除本网站的 Cookie 后重试。',
    },
    internalError: {
      title: '系统故障',
      detail: '系统出错，未作任何变更。请稍后重试；如再次出现，请将本请求的编号告知运营单位。',
    },
    evidenceDamaged: {
      title: '存储的材料已损坏',
      detail: '所存内容与当初提交的不一致。已通知运营单位；查询时请提供本请求的编号。',
    },
    databaseUnavailable: {
      title: '无法连接数据库',
      detail: '系统目前无法连接数据库。请稍后发送同一请求。',
    },
    providerUnavailable: {
      title: '无法连接登录服务',
      detail: '您选择的登录服务没有响应。请稍后重试，或改用其他登录方式。',
    },
    shuttingDown: {
      title: '系统正在停止',
      detail: '系统正在停止，不再接受新请求。请稍后发送同一请求。',
    },
    storageFull: {
      title: '存储空间已满',
      detail: '系统已无存储空间，未作任何变更。请告知运营单位。',
    },
  },
  refusals: refusals,
  roles: {
    applicant: '申请人',
    officer: '经办人员',
    supervisor: '主管人员',
    auditor: '审计人员',
    operator: '运营人员',
  },
  faults: {
    missing: '缺少此项。',
    types: {
      string: '此项须为文字。',
      number: '此项须为数字。',
      int: '此项须为整数。',
      boolean: '此项须为 true 或 false。',
      array: '此项须为列表。',
      object: '此项须为对象。',
      null: '此项须为 null。',
      other: '此项类型不符。',
    },
    empty: '此项不能为空。',
    textTooShort: '内容过短，至少{minimum}个字符。',
    textTooLong: '内容过长，最多{maximum}个字符。',
    listTooShort: '项目过少，至少{minimum}项。',
    listTooLong: '项目过多，最多{maximum}项。',
    numberTooSmall: '数值过小，至少为{minimum}。',
    numberNotAbove: '数值过小，须大于{minimum}。',
    numberTooLarge: '数值过大，最多为{maximum}。',
    numberNotBelow: '数值过大，须小于{maximum}。',
    step: '此项须为{divisor}的倍数。',
    formats: {
      uuid: '此项须为 UUID。',
      date: '此项须为日期，例如 2026-03-31。',
      datetime: '此项须为协调世界时的时刻，例如 2026-03-31T09:00:00Z。',
      email: '此项须为电子邮箱地址。',
      url: '此项须为网址。',
      other: '此项格式不符。',
    },
    options: '此项须为下列之一：{options}。',
    unknownKey: '没有此字段，请删去。',
    keyNotAllowed: '此处不允许使用该名称。',
    noFormFits: '此项不符合任何一种可接受的形式。',
    other: '此项无效。',
    nullCharacter: '内容含有空字符，无法存储。',
    brokenCharacter: '内容含有不完整的字符，无法存储。',
    reservedKey: '该名称为保留名称，请更换。',
    tooDeep: '嵌套过深，最多{maximum}层。',
    tooMany: '请求包含的值过多，最多{maximum}个。',
    notFinite: '此项数字过大。',
  },
  page: { status: 'HTTP 状态码 {status}', something: '……' },
};
