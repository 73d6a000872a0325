import { execFile, execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A PostgreSQL server of our own in a folder, reached through a socket in it. */
export interface Cluster {
  /** Address of one of its databases, as its superuser or as somebody else. */
  url(database: string, user?: string): string;
}

/** `quick`: nothing is synced to the disk. `durable`: a commit is on the disk when it is acknowledged. */
export type Durability = 'quick' | 'durable';

const superuser = 'postgres';

/** Where the programs of a PostgreSQL server lie on this machine; null where there are none. */
export function findServerPrograms(): string | null {
  const installed = '/usr/lib/postgresql';
  const versions = existsSync(installed) ? readdirSync(installed).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.map((version) => join(installed, version, 'bin')),
  ];
  return folders.find((folder) => folder !== '' && existsSync(join(folder, 'initdb'))) ?? null;
}

/** Makes a server in a new folder and starts it. */
export async function startCluster(
  programs: string,
  folder: string,
  durability: Durability,
): Promise<Cluster> {
  const user = serverUser();
  const data = join(folder, 'data');
  mkdirSync(folder, { recursive: true });
  // The server refuses to run as root, so it runs as somebody who may write here and nowhere else.
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const options = { ...user, cwd: folder };
  const initial = ['--auth=trust', `--username=${superuser}`, '--encoding=UTF8', '--locale=C', '--no-sync'];
  await run(join(programs, 'initdb'), ['-D', data, ...initial], options);
  await startServer(programs, folder, durability);
  return clusterIn(folder);
}

/** Starts the server of a folder that was stopped or killed. */
export async function startServer(programs: string, folder: string, durability: Durability): Promise<void> {
  const data = join(folder, 'data');
  const settings = { ...commonSettings(folder), ...(durability === 'quick' ? quickSettings : {}) };
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  const log = join(folder, 'server.log');
  await run(
    join(programs, 'pg_ctl'),
    ['-D', data, '-l', log, '-w', '-t', '60', '-o', flags.join(' '), 'start'],
    { ...serverUser(), cwd: folder },
  );
}

/** The server that runs in a folder already. */
export function clusterIn(folder: string): Cluster {
  return {
    url: (database, user = superuser) => `postgres://${user}@${encodeURIComponent(folder)}/${database}`,
  };
}

/** Ends a server at once, as if its machine had lost power. */
export function stopCluster(programs: string, folder: string): void {
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'postmaster.pid'))) return;
  execFileSync(join(programs, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop'], {
    ...serverUser(),
    cwd: folder,
    stdio: 'ignore',
  });
}

function commonSettings(folder: string): Readonly<Record<string, string>> {
  return { listen_addresses: '', unix_socket_directories: folder, max_connections: '200' };
}

const quickSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
};

/** Whom the server runs as where we are root; null for ourselves. */
function serverUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const name = ['postgres', 'nobody'].find((candidate) => idOf('-u', candidate) !== null) ?? 'nobody';
  return { uid: idOf('-u', name) ?? 65_534, gid: idOf('-g', name) ?? 65_534 };
}

function idOf(flag: '-u' | '-g', name: string): number | null {
  try {
    return Number(
      execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return null;
  }
}
