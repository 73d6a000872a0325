import { getConstructionPlans, getMigrationPlans } from 'pg-boss';
import type { OwnerConnection } from '../database/migrate.ts';

export const jobsSchema = 'pgboss';
// Any number that nothing else in the database locks.
const lock = 7_211_904_512_004;

/**
 * Brings the tables of the jobs library to its version, with the rights of their owner, and lets the node use them. The
 * library writes this SQL itself, so that it is the one its code expects. Nodes that start at once take turns.
 */
export async function prepareJobs(owner: OwnerConnection): Promise<void> {
  await owner.exec(`select pg_advisory_lock(${lock})`);
  try {
    await installOrUpdate(owner);
  } finally {
    await owner.exec(`select pg_advisory_unlock(${lock})`);
  }
}

async function installOrUpdate(owner: OwnerConnection): Promise<void> {
  const [found] = await owner.query(`select to_regclass('${jobsSchema}.version')::text as versions`);
  if (found?.['versions'] === null) {
    await owner.exec(getConstructionPlans(jobsSchema));
    // What a later version of the library adds is the node's to use as well.
    await owner.exec(`
      grant usage on schema ${jobsSchema} to twinpark_node;
      alter default privileges in schema ${jobsSchema}
        grant select, insert, update, delete on tables to twinpark_node;
      grant select, insert, update, delete on all tables in schema ${jobsSchema} to twinpark_node`);
    return;
  }
  const [row] = await owner.query(`select version from ${jobsSchema}.version`);
  const plans = pendingPlans(Number(row?.['version']));
  if (plans !== null) await owner.exec(plans);
}

/** Null where the tables are of the library's version already. */
function pendingPlans(version: number): string | null {
  // The library tells its version nowhere but in the SQL that writes it.
  const newest = Number(
    /INSERT INTO \w+\.version\(version\) VALUES \('(\d+)'\)/.exec(getConstructionPlans(jobsSchema))?.[1],
  );
  return version < newest ? getMigrationPlans(jobsSchema, version) : null;
}
