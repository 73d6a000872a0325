import type { ConfigWords } from './en.ts';

/** 节点设置用语（简体中文）。 */
export const zhHans: ConfigWords = {
  about: {
    park: '本节点所属园区，填其在园区内容包中的代码。必填。',
    zoneFolder: '园区内容包所在文件夹。必填。',
    dataFolder: '数据文件夹，存放内置数据库、材料和密钥。必填。',
    mode: 'demo：可用演示账号登录，各页面均有说明。production：使用通行密钥和 OpenID Connect 登录。',
    databaseUrl: 'PostgreSQL 服务器的地址，版本须为15或更高。不填则使用数据文件夹中的内置数据库。',
    databaseOwnerUrl: '以数据表所有者身份连接的地址，仅用于数据库迁移。不填则与上一项相同。',
    host: '节点监听的网络地址。',
    port: '节点监听的 TCP 端口。',
    publicUrl:
      '浏览器和二维码访问本节点所用的地址；production 模式下必填。不填则为 http://localhost 加端口。',
    peerUrl: '对方园区节点的地址。不填则本节点单独运行。',
    peerCard: '对方园区名片（公钥）的文件；production 模式下，填了对方园区节点的地址就必须填写。',
    trustProxy: '节点前面有几级反向代理，其转达的来访地址可以采信。',
    sessionSecret:
      '用于保护会话，至少32个随机字符，同一园区各节点须相同；production 模式下必填。demo 模式下首次启动时在数据文件夹中自动生成。',
    openIdProviders:
      '身份提供方，写成 JSON 列表，每个对象含 id、name、issuer、clientId、clientSecret 和 assurance（low、substantial 或 high）。不填则只用通行密钥登录。',
    largestEvidenceBytes: '单份材料文件的大小上限。',
    requestsPerMinute: '每个来访者每分钟可发送的请求数。',
    messagesKeptDays: '园区之间的报文处理完毕后，其内容保留多久。报文的类型、时间和摘要值长期保留。',
    metricsToken: '读取运行指标所需的令牌。不填则只有本机可以读取。',
    logLevel: 'silent、error、warn、info 或 debug。',
  },
  units: { bytes: '字节', characters: '字符', requests: '次', proxies: '级', days: '天' },
  faults: {
    line: '{name}：{reason}{remedy}',
    missing: { reason: '尚未设置。', remedy: '请设置：{about}' },
    badNumber: {
      reason: '“{value}”不是{least}至{most}的整数。',
      remedy: '请填写这样的整数[，单位为{unit}]。',
    },
    badChoice: { reason: '“{value}”不是可选值。', remedy: '请从以下各项中选一项：{choices}。' },
    badUrl: {
      reason: '“{value}”不是以 {schemes} 开头的地址。',
      remedy: '请填写完整地址，例如 {example}。',
    },
    urlWithPath: {
      reason: '“{value}”在主机名和端口之后还有内容。',
      remedy: '请去掉路径、查询参数和用户名，只写：{example}',
    },
    badDatabaseUrl: {
      reason: '这不是 PostgreSQL 服务器的地址。',
      remedy: '写法如：postgres://user:password@host:5432/database。',
    },
    tooShort: {
      reason: '现有{length}个字符，至少需要{least}个。',
      remedy: '请换一个更长的，例如用以下命令生成：openssl rand -base64 48',
    },
    fileUnreadable: {
      reason: '无法读取文件“{file}”（{reason}）。',
      remedy: '请检查路径，并确认运行节点的用户有权读取。',
    },
    givenTwice: { reason: '既直接填写，又指定了文件。', remedy: '请在 {names} 中保留一项。' },
    providersMalformed: {
      reason: '列表中 {place} 处不符合要求。',
      remedy: '请更正：{about}',
    },
    providerTwice: { reason: '有两个身份提供方的 id 都是“{value}”。', remedy: '请为各方设置不同的 id。' },
    insecureUrl: {
      reason: '在 production 模式下，经“{value}”传输的会话在网络上没有保护。',
      remedy: '请改用 https 地址；http 只能用于本机。',
    },
    noSignIn: {
      reason: '无人能够登录：通行密钥需要主机名，而“{value}”是数字地址，又没有身份提供方。',
      remedy: '请填写带主机名的公开地址，或设置 {other}。',
    },
    demoInProduction: {
      reason: '要求使用演示功能，但模式为 production。',
      remedy: '请去掉其中一项；production 模式没有演示账号。',
    },
    secretNotKept: {
      reason: '没有填写密钥，也无法在“{file}”中保存（{reason}）。',
      remedy: '请填写密钥，或指定一个节点用户可以写入的数据文件夹。',
    },
    unknownVariable: {
      reason: '没有这个变量。[是否想用 {suggestion}？]',
      remedy: '请更正名称或将其删除。',
    },
  },
};
