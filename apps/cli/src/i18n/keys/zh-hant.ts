import type { KeysWords } from './en.ts';

/** `twinpark keys make` 用語（繁體中文）。 */
export const zhHant: KeysWords = {
  keysMake: {
    made: { one: '已產生一條密鑰。', other: '已產生{count}條密鑰。' },
    nothingMissing: '密鑰齊全，沒有產生新的密鑰。',
    uses: {
      documents: '本園區發出的文件',
      gateway: '發往對方園區的訊息',
      log: '本園區的透明日誌',
      witness: '見證對方園區的透明日誌',
    },
    fresh: '（新產生）',
    fingerprint: '指紋：{fingerprint}',
    file: '檔案：{file}',
    restart: '正在運作的節點會繼續使用原有密鑰，下次啟動時才使用新密鑰。',
    card: '公開密鑰列於園區資料卡，由節點啟動時寫入：{file}。請發給對方園區的營運機構，並以電話等其他途徑核對指紋。',
    backup: '請將密鑰檔案備份於存放最重要機密的地方。',
    unknownUse: '沒有「{value}」這種用途的密鑰。[是否想用「{suggestion}」？]可用的用途：{known}。',
    madeThisSecond: '同一用途的密鑰剛在這一秒內產生。請再試一次。',
  },
};
