import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartFault } from '../start-fault.ts';
import { sqlStateOf } from './sql.ts';

/** One connection of the owner of the tables. */
export interface OwnerConnection {
  /** Runs statements without parameters. */
  exec(text: string): Promise<void>;
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

/** Roles in which a node works, each with no more rights than its work needs. */
export const nodeRoles = ['twinpark_app', 'twinpark_node', 'twinpark_auth'];

const folder = join(import.meta.dirname, '../../../sql');
const fileName = /^(\d{6})_[a-z0-9_]+\.sql$/;
// Any number that nothing else in the database locks.
const lock = 7_211_904_512_003;

/**
 * Brings a database to the newest schema, each step in a transaction of its own; nodes that start at once take turns.
 *
 * Faults: `databaseNewer` when the database has steps that this node does not know; `migrationChanged` when a step that
 * was run has another text now; `rolesMissing` when the connection has not the right to a step, or to make the roles.
 */
export async function migrate(owner: OwnerConnection, migrations = listMigrations()): Promise<void> {
  await owner.exec(`select pg_advisory_lock(${lock})`);
  try {
    await owner.exec(`create table if not exists migrations (
      version integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
    const applied = await owner.query('select version, name, checksum from migrations order by version');
    const pending = pendingAfter(applied, migrations);
    for (const migration of pending) await apply(owner, migration);
  } finally {
    await owner.exec(`select pg_advisory_unlock(${lock})`);
  }
}

export function listMigrations(): readonly Migration[] {
  return readdirSync(folder)
    .filter((file) => fileName.test(file))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const checksum = createHash('sha256').update(text).digest('hex');
      return { version: Number(name.slice(0, 6)), name, text, checksum };
    });
}

function pendingAfter(
  applied: readonly Record<string, unknown>[],
  migrations: readonly Migration[],
): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.version, migration]));
  for (const row of applied) {
    const migration = known.get(Number(row['version']));
    if (!migration) {
      throw new StartFault('databaseNewer', { has: row['name'], knows: migrations.at(-1)?.name ?? null });
    }
    if (migration.checksum !== row['checksum']) {
      throw new StartFault('migrationChanged', { migration: migration.name });
    }
  }
  const done = new Set(applied.map((row) => Number(row['version'])));
  return migrations.filter(({ version }) => !done.has(version));
}

async function apply(owner: OwnerConnection, { version, name, text, checksum }: Migration): Promise<void> {
  await owner.exec('begin');
  try {
    await owner.exec(text);
    await owner.query('insert into migrations (version, name, checksum) values ($1, $2, $3)', [
      version,
      name,
      checksum,
    ]);
    await owner.exec('commit');
  } catch (error) {
    await owner.exec('rollback');
    // PostgreSQL: insufficient_privilege.
    if (sqlStateOf(error) !== '42501') throw error;
    throw new StartFault('rolesMissing', { roles: nodeRoles.join(', '), migration: name }, error);
  }
}
