import type { ConfigWords } from './en.ts';

/** 節點設定用語（繁體中文）。 */
export const zhHant: ConfigWords = {
  about: {
    park: '本節點所屬園區，填寫其在園區內容包中的代號。必須填寫。',
    zoneFolder: '園區內容包所在的資料夾。必須填寫。',
    dataFolder: '數據資料夾，存放內置資料庫、文件及密鑰。必須填寫。',
    mode: 'demo：可用示範帳戶登入，各頁均會註明。production：以通行密鑰及 OpenID Connect 登入。',
    databaseUrl: 'PostgreSQL 伺服器的地址，版本須為15或以上。不填則使用數據資料夾內的內置資料庫。',
    databaseOwnerUrl: '以資料表擁有人的身分連線的地址，只用於資料庫遷移。不填則與上一項相同。',
    host: '節點接聽的網絡地址。',
    port: '節點接聽的 TCP 連接埠。',
    publicUrl:
      '瀏覽器及二維碼連接本節點所用的地址；production 模式下必須填寫。不填則為 http://localhost 加連接埠。',
    peerUrl: '對方園區節點的地址。不填則本節點獨立運作。',
    peerCard: '對方園區資料卡（公開密鑰）的檔案；production 模式下，填寫了對方園區節點的地址便必須填寫。',
    trustProxy: '節點前面有多少層反向代理，其轉達的來訪地址可予採信。',
    sessionSecret:
      '用以保護登入工作階段，至少32個隨機字元，同一園區的各節點須相同；production 模式下必須填寫。demo 模式下首次啟動時在數據資料夾內自動產生。',
    openIdProviders:
      '身分提供者，寫成 JSON 清單，每個物件載有 id、name、issuer、clientId、clientSecret 及 assurance（low、substantial 或 high）。不填則只用通行密鑰登入。',
    largestEvidenceBytes: '單份文件檔案的大小上限。',
    requestsPerMinute: '每名來訪者每分鐘可發送的請求數目。',
    messagesKeptDays: '園區之間的訊息處理完畢後，其內容保留多久。訊息的類別、時間及摘要值長期保留。',
    metricsToken: '讀取運作指標所需的權杖。不填則只有本機可以讀取。',
    logLevel: 'silent、error、warn、info 或 debug。',
  },
  units: { bytes: '位元組', characters: '字元', requests: '次', proxies: '層', days: '天' },
  faults: {
    line: '{name}：{reason}{remedy}',
    missing: { reason: '尚未設定。', remedy: '請設定：{about}' },
    badNumber: {
      reason: '「{value}」不是{least}至{most}的整數。',
      remedy: '請填寫這樣的整數[，單位為{unit}]。',
    },
    badChoice: { reason: '「{value}」不是可選的值。', remedy: '請從以下各項中選一項：{choices}。' },
    badUrl: {
      reason: '「{value}」不是以 {schemes} 開首的地址。',
      remedy: '請填寫完整地址，例如 {example}。',
    },
    urlWithPath: {
      reason: '「{value}」在主機名稱及連接埠之後還有內容。',
      remedy: '請刪去路徑、查詢參數及用戶名稱，只寫：{example}',
    },
    badDatabaseUrl: {
      reason: '這不是 PostgreSQL 伺服器的地址。',
      remedy: '寫法如：postgres://user:password@host:5432/database。',
    },
    tooShort: {
      reason: '現有{length}個字元，至少需要{least}個。',
      remedy: '請換一個較長的，例如用以下指令產生：openssl rand -base64 48',
    },
    fileUnreadable: {
      reason: '無法讀取檔案「{file}」（{reason}）。',
      remedy: '請檢查路徑，並確認執行節點的用戶有權讀取。',
    },
    givenTwice: { reason: '既直接填寫，又指定了檔案。', remedy: '請在 {names} 中只保留一項。' },
    providersMalformed: {
      reason: '清單中 {place} 處不符合要求。',
      remedy: '請更正：{about}',
    },
    providerTwice: {
      reason: '有兩個身分提供者的 id 同為「{value}」。',
      remedy: '請為各提供者設定不同的 id。',
    },
    insecureUrl: {
      reason: '在 production 模式下，經「{value}」傳送的工作階段在網絡上沒有保護。',
      remedy: '請改用 https 地址；http 只可用於本機。',
    },
    noSignIn: {
      reason: '沒有人能夠登入：通行密鑰需要主機名稱，而「{value}」是數字地址，又沒有身分提供者。',
      remedy: '請填寫帶主機名稱的公開地址，或設定 {other}。',
    },
    demoInProduction: {
      reason: '要求使用示範功能，但模式為 production。',
      remedy: '請刪去其中一項；production 模式沒有示範帳戶。',
    },
    secretNotKept: {
      reason: '沒有填寫密鑰，亦無法在「{file}」內保存（{reason}）。',
      remedy: '請填寫密鑰，或指定一個節點用戶可以寫入的數據資料夾。',
    },
    unknownVariable: {
      reason: '沒有這個變數。[是否想用 {suggestion}？]',
      remedy: '請更正名稱或將其刪除。',
    },
  },
};
