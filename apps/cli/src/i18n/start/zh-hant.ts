import type { StartWords } from './en.ts';

/** `twinpark start` 用語（繁體中文）。 */
export const zhHant: StartWords = {
  start: {
    starting: '正在啟動{parks}……',
    running: '兩個園區均在運作。',
    runningOne: '{park}正在運作。',
    address: '{address}  {park}',
    signIn: '登入',
    demo: '現為示範：任何能連接上述地址的人，均可用示範帳戶登入，帳戶列於 {path}。所有帳戶均屬虛構。',
    production: '以通行密鑰登入，或經身分提供者登入。',
    firstOperator: '園區營運機構的第一位人員由以下連結加入，使用後失效，請勿外傳：{link}',
    tryIt: '全部應用程式介面及其資料，可查閱、可試用：各地址下的 {path}。',
    tryItOne: '全部應用程式介面及其資料，可查閱、可試用：{path}',
    data: '資料',
    embedded:
      '每個園區各有一個內置於程序的資料庫。程序崩潰不會遺失資料，停電則可能遺失：處理真實個案請使用 PostgreSQL 伺服器（docs/operations.md）。',
    embeddedOne:
      '資料庫內置於程序。程序崩潰不會遺失資料，停電則可能遺失：處理真實個案請使用 PostgreSQL 伺服器（docs/operations.md）。',
    server: '資料庫在 PostgreSQL 伺服器上；文件及密鑰存放於 {folder}。',
    logs: '各園區的日誌為其資料夾內的 {file}。',
    stop: '按 Ctrl-C 停止兩個園區；再次啟動時資料仍在。',
    stopOne: '按 Ctrl-C 停止；再次啟動時資料仍在。',
    ended: '{park}意外結束（{how}）。日誌：{file}',
    endedBySignal: '信號 {signal}',
    endedWithCode: '代碼 {code}',
    restarting: '正在重新啟動。',
    back: '{park}已恢復運作：{address}',
    givenUp: '{minutes}分鐘內已結束{count}次，兩個園區均已停止。',
    stopping: '正在停止，會先完成進行中的工作。再按一次 Ctrl-C 即時停止。',
    stopped: '已停止，沒有遺失任何資料。',
    killed: '已即時停止，已確認的內容均已保存。',
    silent: '{park}已啟動，但 {address} 顯示尚未就緒。日誌：{file}',
    faultOf: '{park}：{fault}',
    variables: '節點的設定（環境變數）',
    variable: '{about}[單位：{unit}。][不填時為 {fallback}。]',
    secretFile: '須保密的設定亦可寫在檔案內，由變數名稱後加 _FILE 的變數指明該檔案。',
  },
  startFaults: {
    portInUse:
      '{park}所用的連接埠 {port} 已被佔用。請停止佔用該連接埠的程式，或指定兩個連續空閒連接埠的第一個。',
    onlyOnePark: '此項只用於單個園區。請以 --park 指明園區；如要啟動兩個園區，請刪去此項。',
    setting: '{reason}{remedy}',
  },
};
