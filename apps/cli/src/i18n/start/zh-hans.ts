import type { StartWords } from './en.ts';

/** `twinpark start` 用语（简体中文）。 */
export const zhHans: StartWords = {
  start: {
    starting: '正在启动{parks}……',
    running: '两个园区均在运行。',
    runningOne: '{park}正在运行。',
    address: '{address}  {park}',
    signIn: '登录',
    demo: '当前为演示：能访问上述地址的人都可用演示账号登录，账号列于 {path}。所有账号均为虚构。',
    production: '使用通行密钥登录，或经身份提供方登录。',
    firstOperator: '园区运营单位的第一位人员由以下链接加入，使用后失效，请勿外传：{link}',
    tryIt: '全部接口及其数据，可查阅、可试用：各地址下的 {path}。',
    tryItOne: '全部接口及其数据，可查阅、可试用：{path}',
    data: '数据',
    embedded:
      '每个园区各有一个内置在进程中的数据库。进程崩溃不会丢失数据，断电则可能丢失：办理真实业务请使用 PostgreSQL 服务器（docs/operations.md）。',
    embeddedOne:
      '数据库内置在进程中。进程崩溃不会丢失数据，断电则可能丢失：办理真实业务请使用 PostgreSQL 服务器（docs/operations.md）。',
    server: '数据库在 PostgreSQL 服务器上；材料和密钥存放在 {folder}。',
    logs: '各园区的日志为其文件夹中的 {file}。',
    stop: '按 Ctrl-C 停止两个园区；再次启动时数据仍在。',
    stopOne: '按 Ctrl-C 停止；再次启动时数据仍在。',
    ended: '{park}意外退出（{how}）。日志：{file}',
    endedBySignal: '信号 {signal}',
    endedWithCode: '代码 {code}',
    restarting: '正在重新启动。',
    back: '{park}已恢复运行：{address}',
    givenUp: '{minutes}分钟内已退出{count}次，两个园区均已停止。',
    stopping: '正在停止，先完成进行中的工作。再按一次 Ctrl-C 立即停止。',
    stopped: '已停止，没有丢失任何数据。',
    killed: '已立即停止，已确认的内容均已保存。',
    silent: '{park}已启动，但 {address} 显示尚未就绪。日志：{file}',
    faultOf: '{park}：{fault}',
    variables: '节点的设置（环境变量）',
    variable: '{about}[单位：{unit}。][不填时为 {fallback}。]',
    secretFile: '需保密的设置也可写在文件中，由变量名后加 _FILE 的变量指明该文件。',
  },
  startFaults: {
    portInUse: '{park}所用的端口 {port} 已被占用。请停止占用该端口的程序，或指定两个连续空闲端口中的第一个。',
    onlyOnePark: '此项只用于单个园区。请用 --park 指明园区；如要启动两个园区，请去掉此项。',
    setting: '{reason}{remedy}',
  },
};
