import type { KeysWords } from './en.ts';

/** `twinpark keys make` 用语（简体中文）。 */
export const zhHans: KeysWords = {
  keysMake: {
    made: { one: '已生成一把密钥。', other: '已生成{count}把密钥。' },
    nothingMissing: '密钥齐全，没有生成新的密钥。',
    uses: {
      documents: '本园区出具的文书',
      gateway: '发往对方园区的报文',
      log: '本园区的透明日志',
      witness: '见证对方园区的透明日志',
    },
    fresh: '（新生成）',
    fingerprint: '指纹：{fingerprint}',
    file: '文件：{file}',
    restart: '正在运行的节点继续使用原有密钥，下次启动时才使用新密钥。',
    card: '公钥列于园区名片，由节点启动时写入：{file}。请发给对方园区的运营单位，并通过电话等其他途径核对指纹。',
    backup: '请将密钥文件备份在保管最重要机密的地方。',
    unknownUse: '没有“{value}”这种用途的密钥。[是否想用“{suggestion}”？]可用的用途：{known}。',
    madeThisSecond: '同一用途的密钥刚在这一秒内生成。请再试一次。',
  },
};
