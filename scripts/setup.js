/**
 * Brings node_modules to exactly what package-lock.json says, once, and then stays out of the way.
 *
 * Plain JavaScript without dependencies: it is what an old Node runs before anything is installed.
 * A stamp in node_modules, written last, says what was installed; an install that was cut short leaves
 * no stamp and is simply done again. A lock file keeps two set-ups in one tree apart.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { constants, hostname } from 'node:os';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node that runs Twinpark itself, whatever Node the machine has. */
export const node26 = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

const stampFile = join(root, 'node_modules', '.twinpark-stamp');
const lockFile = join(root, '.twinpark', 'setup.lock');
const oldestNode = [20, 19];
const oldestNpm = [11, 0];

/** A holder that neither lives nor beats is dead; a holder on another machine can only be judged by its beat. */
const silentMs = { sameHost: 600_000, otherHost: 60_000 };

/**
 * Makes the tree ready to run. Returns at once when it already is.
 * Ends the process with a message when it cannot.
 */
export async function setUp() {
  checkNode();
  const wanted = wantedInstall();
  if (isReady(wanted)) return;
  checkNpm();
  const release = await takeLock();
  try {
    if (isReady(wanted)) return;
    rmSync(stampFile, { force: true });
    await install();
    if (!node26Runs()) fail(nodeDidNotInstall);
    writeStamp(wanted);
  } finally {
    release();
  }
}

/** @param {string[]} lines */
function fail(lines) {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(2);
}

/** @param {string} found */
const nodeTooOld = (found) => [
  `Twinpark needs Node.js ${oldestNode.join('.')} or newer to start; this is ${found}. Install a current Node.js and try again.`,
  `Twinpark 需要 Node.js ${oldestNode.join('.')} 或更高版本才能启动，当前版本为 ${found}。请安装较新的 Node.js 后重试。`,
  `Twinpark 需要 Node.js ${oldestNode.join('.')} 或更高版本才能啟動，目前版本為 ${found}。請安裝較新的 Node.js 後重試。`,
];

/** @param {string} found */
const npmTooOld = (found) => [
  `Twinpark needs npm ${oldestNpm[0]} or newer; this is ${found}. Run "npm install --global npm@11" and try again.`,
  `Twinpark 需要 npm ${oldestNpm[0]} 或更高版本，当前版本为 ${found}。请运行“npm install --global npm@11”后重试。`,
  `Twinpark 需要 npm ${oldestNpm[0]} 或更高版本，目前版本為 ${found}。請執行「npm install --global npm@11」後重試。`,
];

const installFailed = [
  'The installation failed; the messages of npm are above. If they name package-lock.json, run "npm install"; otherwise check the network connection and run the command again.',
  '安装失败，npm 的提示见上文。如其中提到 package-lock.json，请运行“npm install”；否则请检查网络连接，然后重新运行该命令。',
  '安裝失敗，npm 的訊息見上文。如其中提到 package-lock.json，請執行「npm install」；否則請檢查網絡連線，然後再次執行該指令。',
];

const nodeDidNotInstall = [
  'npm finished, but the Node.js that Twinpark runs on is missing. If "npm config get ignore-scripts" says true, run "npm config set ignore-scripts false" and try again.',
  'npm 已完成，但缺少运行 Twinpark 所需的 Node.js。如果“npm config get ignore-scripts”显示 true，请运行“npm config set ignore-scripts false”后重试。',
  'npm 已完成，但欠缺執行 Twinpark 所需的 Node.js。如果「npm config get ignore-scripts」顯示 true，請執行「npm config set ignore-scripts false」後重試。',
];

function checkNode() {
  if (isOlder(process.versions.node, oldestNode)) fail(nodeTooOld(process.versions.node));
}

function checkNpm() {
  const { command, args } = npm();
  const asked = spawnSync(command, [...args, '--version'], { encoding: 'utf8', env: cleanEnv(), cwd: root });
  const found = (asked.stdout ?? '').trim().split('\n').pop() ?? '';
  if (!/^\d+\.\d+/.test(found)) fail(npmTooOld('—'));
  if (isOlder(found, oldestNpm)) fail(npmTooOld(found));
}

/**
 * @param {string} version
 * @param {number[]} oldest
 */
function isOlder(version, oldest) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest;
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}

/**
 * A digest of all that decides what npm installs: the lockfile, the platform, and of each package.json the
 * parts that npm reads. A new description or script does not cause a new install.
 */
function wantedInstall() {
  const hash = createHash('sha256');
  hash.update(`${process.platform} ${process.arch}\n`);
  hash.update(readFileSync(join(root, 'package-lock.json')));
  for (const file of manifests()) {
    const manifest = JSON.parse(readFileSync(join(root, file), 'utf8'));
    const read = ['name', 'version', 'bin', 'workspaces', 'dependencies', 'devDependencies'];
    read.push('optionalDependencies', 'peerDependencies', 'overrides', 'allowScripts');
    hash.update(`${file} ${JSON.stringify(read.map((key) => manifest[key] ?? null))}\n`);
  }
  return hash.digest('hex');
}

/** The package.json files of the root and of every workspace, in a stable order. */
function manifests() {
  /** @type {string[]} */
  const patterns = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).workspaces;
  const folders = patterns.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const parent = pattern.slice(0, -2);
    if (!existsSync(join(root, parent))) return [];
    return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`);
  });
  const files = folders.map((folder) => `${folder}/package.json`).sort();
  return ['package.json', ...files.filter((file) => existsSync(join(root, file)))];
}

/** @param {string} wanted */
function isReady(wanted) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted && node26Runs();
}

/** @param {string} wanted */
function writeStamp(wanted) {
  const draft = `${stampFile}.${process.pid}`;
  writeFileSync(draft, wanted);
  renameSync(draft, stampFile);
}

/** Whether the installed Node is there, is the pinned version and can be executed. */
function node26Runs() {
  if (!existsSync(node26)) return false;
  const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.node;
  if (realpathSync(node26) === realpathSync(process.execPath)) return process.versions.node === pinned;
  const asked = spawnSync(node26, ['-p', 'process.versions.node'], { encoding: 'utf8', env: cleanEnv() });
  return asked.status === 0 && asked.stdout.trim() === pinned;
}

/** How to call npm: with the Node that npm itself runs on, never with the one that is about to be replaced. */
function npm() {
  const cli = process.env['npm_execpath'];
  const node = process.env['npm_node_execpath'];
  if (cli && node && /npm-cli\.js$/.test(cli) && existsSync(cli) && existsSync(node)) {
    return { command: node, args: [cli] };
  }
  return process.platform === 'win32'
    ? { command: 'cmd.exe', args: ['/d', '/s', '/c', 'npm'] }
    : { command: 'npm', args: [] };
}

/** The environment without what a surrounding `npm run` puts in front, such as node_modules/.bin. */
function cleanEnv() {
  const bin = join('node_modules', '.bin');
  const entries = (process.env['PATH'] ?? '').split(delimiter);
  const kept = entries.filter((entry) => !entry.endsWith(`${sep}${bin}`));
  // Options meant for the process that asked must not reach the ones that only help it.
  return { ...process.env, PATH: kept.join(delimiter), NODE_OPTIONS: '' };
}

/** Runs `npm ci` quietly. What npm said is shown only when it fails. */
async function install() {
  const { command, args } = npm();
  const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=notice'];
  const child = spawn(command, [...args, 'ci', ...flags], {
    cwd: root,
    env: cleanEnv(),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that npm and all that it started can be stopped together.
    detached: hasGroups,
  });
  noteInLock(child.pid);
  /** @type {Buffer[]} */
  const log = [];
  child.stdout.on('data', (chunk) => log.push(chunk));
  child.stderr.on('data', (chunk) => log.push(chunk));
  const stopProgress = showProgress();
  /** @type {NodeJS.Signals | undefined} */
  let stoppedBy;
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    stoppedBy = signal;
    killGroup(child, signal);
    // npm first waits for the scripts it runs; whatever is left of the tree is installed anew next time.
    setTimeout(() => killGroup(child, 'SIGKILL'), 2000).unref();
  };
  for (const signal of stopSignals) process.on(signal, stop);
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      log.push(Buffer.from(`${error.message}\n`));
      resolve(1);
    });
    child.once('close', resolve);
  });
  for (const signal of stopSignals) process.off(signal, stop);
  stopProgress();
  if (stoppedBy) {
    releaseOwnLock();
    process.exit(128 + constants.signals[stoppedBy]);
  }
  if (code !== 0) {
    process.stderr.write(Buffer.concat(log));
    releaseOwnLock();
    fail(installFailed);
  }
}

const hasGroups = process.platform !== 'win32';

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function killGroup(child, signal) {
  if (!hasGroups || child.pid === undefined) {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** @type {NodeJS.Signals[]} */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** One line that counts seconds on a terminal, a line now and then elsewhere. Returns what ends it. */
function showProgress() {
  const text = 'Twinpark: installing · 正在安装 · 正在安裝';
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const { stderr } = process;
  const show = () =>
    stderr.write(stderr.isTTY ? `\r\x1b[2K${text} … ${seconds()} s` : `${text} … ${seconds()} s\n`);
  show();
  const lines = setInterval(show, stderr.isTTY ? 1000 : 5000);
  const beat = setInterval(beatLock, 5000);
  return () => {
    clearInterval(lines);
    clearInterval(beat);
    show();
    if (stderr.isTTY) stderr.write('\n');
  };
}

/** What this process wrote into the lock, while it holds it. @type {{ id: string, pids: number[] } | undefined} */
let held;

/** Waits until no other set-up works in this tree, then holds it. Returns the release. */
async function takeLock() {
  mkdirSync(dirname(lockFile), { recursive: true });
  let told = false;
  for (;;) {
    held = { id: randomUUID(), pids: [process.pid] };
    if (createLock()) return releaseOwnLock;
    held = undefined;
    if (breakDeadLock()) continue;
    if (!told) {
      process.stderr.write(
        'Twinpark: another installation is running, waiting for it · 另一个安装正在进行，请稍候 · 另一項安裝正在進行，請稍候\n',
      );
      told = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 200));
  }
}

function createLock() {
  try {
    writeFileSync(lockFile, JSON.stringify({ ...held, host: hostname() }), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Adds the npm process to the lock: when this process is killed, npm may live on and still write.
 * @param {number | undefined} pid
 */
function noteInLock(pid) {
  if (!held || pid === undefined) return;
  held.pids.push(pid);
  writeFileSync(lockFile, JSON.stringify({ ...held, host: hostname() }));
}

function beatLock() {
  try {
    utimesSync(lockFile, new Date(), new Date());
  } catch {
    // The lock is gone only when someone removed it by hand; the install goes on.
  }
}

function releaseOwnLock() {
  if (held && readLock()?.id === held.id) rmSync(lockFile, { force: true });
  held = undefined;
}

/** @returns {{ id: string, pids: number[], host: string, silentMs: number } | undefined} */
function readLock() {
  try {
    const silent = Date.now() - statSync(lockFile).mtimeMs;
    const text = readFileSync(lockFile, 'utf8');
    // An empty file is a lock whose owner died, or is about to write, between creating and filling it.
    const { id = '', pids = [], host = '' } = text === '' ? {} : JSON.parse(text);
    return { id, pids, host, silentMs: silent };
  } catch {
    return undefined;
  }
}

/** Removes a lock whose holder is dead. Returns whether it is worth trying again at once. */
function breakDeadLock() {
  const seen = readLock();
  if (!seen) return !existsSync(lockFile);
  const here = seen.host === hostname();
  const dead = here && !seen.pids.some(isAlive);
  if (!dead && seen.silentMs < (here ? silentMs.sameHost : silentMs.otherHost)) return false;
  const aside = `${lockFile}.${randomUUID()}`;
  try {
    renameSync(lockFile, aside);
  } catch {
    return true;
  }
  const { id } = JSON.parse(readFileSync(aside, 'utf8') || '{}');
  // Someone else broke the same lock first and already holds a new one: give it back.
  if ((id ?? '') !== seen.id && !existsSync(lockFile)) renameSync(aside, lockFile);
  else rmSync(aside, { force: true });
  return true;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** After an `npm install` by hand the tree is as good as after a set-up, unless parts were left out. */
function stampAfterInstall() {
  const omitted = (process.env['npm_config_omit'] ?? '').split(/\s+/).filter(Boolean);
  if (omitted.length === 0 && node26Runs()) writeStamp(wantedInstall());
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === '--stamp') stampAfterInstall();
  else await setUp();
}
