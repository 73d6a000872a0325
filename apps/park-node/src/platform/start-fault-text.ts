import { fillIn, type MessageLanguage } from '@twinpark/pack/problems.ts';
import type { StartFault, StartFaultCode } from './start-fault.ts';

type Texts = Readonly<Record<StartFaultCode, string>>;

const en: Texts = {
  folderInUse:
    'The data folder “{folder}” is in use by process {process}. Stop that process, or choose another data folder.',
  folderUnwritable:
    'The data folder “{folder}” cannot be written ({reason}). Check its path and rights and the free space of the disk.',
  folderDamaged:
    'The embedded database in “{folder}” cannot be opened ({reason}). Restore it from a backup; docs/operations.md says how.',
  databaseNewer:
    'The database was last used by a newer Twinpark: it has the migration {has}, and this one knows them up to {knows}. Start the newer version, or restore the backup made before the upgrade.',
  databaseUnreachable:
    'The database server cannot be reached ({reason}). Check that it runs, its address, and the user and password in TWINPARK_DATABASE_URL.',
  databaseTooOld: 'The database server is PostgreSQL {version}; {oldest} or newer is needed. Upgrade it.',
  migrationChanged:
    'The migration {migration} is not the one with which this database was made. Use the unchanged release of Twinpark.',
  rolesMissing:
    'The database roles {roles} are missing, and this user may not create them. Have them created as docs/operations.md says, or set TWINPARK_DATABASE_OWNER_URL.',
  demoData:
    'The database was begun in a demonstration and holds its invented accounts, so it cannot be used in production. Choose another data folder or database, or start it with --mode demo.',
  productionData:
    'The database was begun in production, and a demonstration would put its invented accounts into it. Start it with --mode production, or choose another data folder or database.',
  portInUse:
    'The port {port} is in use. Stop what listens there, or choose another with --port or TWINPARK_PORT.',
  addressUnusable:
    'The node cannot listen on {host}, port {port} ({reason}). Choose another address with --host or TWINPARK_HOST, or another port.',
  zoneBroken:
    'The zone pack “{folder}” has faults ({count}) and cannot be used; the first is {first} See all with: twinpark zone check {folder}',
  parkUnknown: 'The zone has no park “{park}”.[ Did you mean “{suggestion}”?] Its parks: {known}.',
  keyUnusable:
    'The key “{file}” cannot be used ({reason}). Restore it from a backup; docs/operations.md says how.',
  keyMissing:
    'A key is missing: there is no file such as “{file}”. A node needs one key each for its documents (signing-…), the gateway, its log and its witness. Restore it from a backup, or make what has never been there with: twinpark keys make --data {folder}',
  keyExposed:
    'The key “{file}” can be read by other users of this machine. Take their rights away (chmod 600), and consider a new key, since this one may be known.',
  peerCardUnusable:
    'The card of the other park, “{file}”, cannot be used ({reason}). Have its operator send the file park-card.json once more, and compare the keys; docs/operations.md says how.',
  peerCardOfAnother:
    'The card “{file}” is that of the park “{park}” in the zone “{zone}”, not of “{expectedPark}” in “{expectedZone}”. Name the other park’s card with --peer-card or TWINPARK_PEER_CARD.',
};

const zhHans: Texts = {
  folderInUse: '数据文件夹“{folder}”正被进程 {process} 使用。请停止该进程，或另选数据文件夹。',
  folderUnwritable: '无法写入数据文件夹“{folder}”（{reason}）。请检查路径、权限和磁盘剩余空间。',
  folderDamaged: '无法打开“{folder}”中的内置数据库（{reason}）。请用备份恢复，方法见 docs/operations.md。',
  databaseNewer:
    '该数据库曾由较新版本的 Twinpark 使用：已执行迁移 {has}，而本版本只到 {knows}。请启动较新版本，或恢复升级前的备份。',
  databaseUnreachable:
    '无法连接数据库服务器（{reason}）。请检查服务器是否运行，以及 TWINPARK_DATABASE_URL 中的地址、用户和密码。',
  databaseTooOld: '数据库服务器为 PostgreSQL {version}，需要{oldest}或更高版本。请升级。',
  migrationChanged: '迁移 {migration} 的内容与建立该数据库时不同。请使用未经改动的 Twinpark 发行版。',
  rolesMissing:
    '缺少数据库角色 {roles}，而当前用户无权创建。请按 docs/operations.md 的说明创建，或设置 TWINPARK_DATABASE_OWNER_URL。',
  demoData:
    '该数据库以 demo 模式建立，其中有虚构的演示账号，不能用于 production 模式。请另选数据文件夹或数据库，或用 --mode demo 启动。',
  productionData:
    '该数据库以 production 模式建立，demo 模式会向其中加入虚构的演示账号。请用 --mode production 启动，或另选数据文件夹或数据库。',
  portInUse: '端口 {port} 已被占用。请停止占用该端口的程序，或用 --port 或 TWINPARK_PORT 另选端口。',
  addressUnusable:
    '无法在 {host} 的端口 {port} 上监听（{reason}）。请用 --host 或 TWINPARK_HOST 另选地址，或另选端口。',
  zoneBroken:
    '园区内容包“{folder}”有{count}处错误，无法使用。第一处：{first} 查看全部：twinpark zone check {folder}',
  parkUnknown: '园区内容包里没有“{park}”这个园区。[是否想用“{suggestion}”？]现有园区：{known}。',
  keyUnusable: '密钥“{file}”无法使用（{reason}）。请用备份恢复，方法见 docs/operations.md。',
  keyMissing:
    '缺少密钥：没有“{file}”这样的文件。节点的文书（signing-…）、园区间网关（gateway）、透明日志（log）和见证（witness）各需一把密钥。请用备份恢复；从未有过的，用以下命令生成：twinpark keys make --data {folder}',
  keyExposed:
    '本机其他用户可以读取密钥“{file}”。请收回其权限（chmod 600），并考虑更换密钥，因为它可能已经泄露。',
  peerCardUnusable:
    '对方园区的名片“{file}”无法使用（{reason}）。请对方运营单位重新发送 park-card.json 文件并核对密钥，方法见 docs/operations.md。',
  peerCardOfAnother:
    '“{file}”是合作区“{zone}”中园区“{park}”的名片，而不是“{expectedZone}”中“{expectedPark}”的。请用 --peer-card 或 TWINPARK_PEER_CARD 指明对方园区的名片。',
};

const zhHant: Texts = {
  folderInUse: '數據資料夾「{folder}」正由程序 {process} 使用。請停止該程序，或另選數據資料夾。',
  folderUnwritable: '無法寫入數據資料夾「{folder}」（{reason}）。請檢查路徑、權限及磁碟剩餘空間。',
  folderDamaged: '無法開啟「{folder}」內的內置資料庫（{reason}）。請以備份還原，方法見 docs/operations.md。',
  databaseNewer:
    '該資料庫曾由較新版本的 Twinpark 使用：已執行遷移 {has}，而本版本只到 {knows}。請啟動較新版本，或還原升級前的備份。',
  databaseUnreachable:
    '無法連接資料庫伺服器（{reason}）。請檢查伺服器是否正在運作，以及 TWINPARK_DATABASE_URL 內的地址、用戶及密碼。',
  databaseTooOld: '資料庫伺服器為 PostgreSQL {version}，需要{oldest}或以上版本。請升級。',
  migrationChanged: '遷移 {migration} 的內容與建立該資料庫時不同。請使用未經改動的 Twinpark 發行版本。',
  rolesMissing:
    '欠缺資料庫角色 {roles}，而目前的用戶無權建立。請按 docs/operations.md 的說明建立，或設定 TWINPARK_DATABASE_OWNER_URL。',
  demoData:
    '該資料庫以 demo 模式建立，內有虛構的示範帳戶，不能用於 production 模式。請另選數據資料夾或資料庫，或以 --mode demo 啟動。',
  productionData:
    '該資料庫以 production 模式建立，demo 模式會在其中加入虛構的示範帳戶。請以 --mode production 啟動，或另選數據資料夾或資料庫。',
  portInUse: '連接埠 {port} 已被佔用。請停止佔用該連接埠的程式，或以 --port 或 TWINPARK_PORT 另選連接埠。',
  addressUnusable:
    '無法在 {host} 的連接埠 {port} 上接聽（{reason}）。請以 --host 或 TWINPARK_HOST 另選地址，或另選連接埠。',
  zoneBroken:
    '園區內容包「{folder}」有{count}項錯誤，無法使用。第一項：{first} 查看全部：twinpark zone check {folder}',
  parkUnknown: '園區內容包裏沒有「{park}」這個園區。[是否想用「{suggestion}」？]現有園區：{known}。',
  keyUnusable: '密鑰「{file}」無法使用（{reason}）。請以備份還原，方法見 docs/operations.md。',
  keyMissing:
    '欠缺密鑰：沒有「{file}」這樣的檔案。節點的文件（signing-…）、園區間閘道（gateway）、透明日誌（log）及見證（witness）各需一條密鑰。請以備份還原；從未有過的，以下列指令產生：twinpark keys make --data {folder}',
  keyExposed:
    '本機其他用戶可讀取密鑰「{file}」。請收回其權限（chmod 600），並考慮更換密鑰，因為它可能已經外洩。',
  peerCardUnusable:
    '對方園區的資料卡「{file}」無法使用（{reason}）。請對方營運機構重新發送 park-card.json 檔案並核對密鑰，方法見 docs/operations.md。',
  peerCardOfAnother:
    '「{file}」是合作區「{zone}」中園區「{park}」的資料卡，而不是「{expectedZone}」中「{expectedPark}」的。請以 --peer-card 或 TWINPARK_PEER_CARD 指明對方園區的資料卡。',
};

export const startFaultTexts: Readonly<Record<MessageLanguage, Texts>> = {
  en,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
};

/** Why the node does not start and what to do, in one line. */
export function startFaultText(
  { code, facts }: Pick<StartFault, 'code' | 'facts'>,
  language: MessageLanguage,
): string {
  const written = Object.entries(facts).map(([name, value]) => [
    name,
    // The reason may come from a library; one line of it is enough for an operator.
    String(value ?? '').split('\n')[0] ?? '',
  ]);
  return fillIn(startFaultTexts[language][code], Object.fromEntries(written));
}
