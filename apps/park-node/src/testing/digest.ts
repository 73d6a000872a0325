import type { Store } from '../platform/database/store.ts';

/**
 * What lies in every table of an embedded store, by table. Left out: the audit, which tells of refusals too, and what
 * the libraries for jobs and migrations keep for themselves.
 */
export async function digestOfTables(store: Store): Promise<Readonly<Record<string, string>>> {
  if (!prepared.has(store)) {
    await store.jobs.executeSql(`prepare digest_of_tables as ${await digestQuery(store)}`);
    prepared.add(store);
  }
  const { rows } = await store.jobs.executeSql('execute digest_of_tables');
  return Object.fromEntries(rows.map(({ name, digest }) => [String(name), String(digest)]));
}

/** An embedded store has one connection; planning so long a query costs more than running it. */
const prepared = new WeakSet<Store>();

async function digestQuery(store: Store): Promise<string> {
  const { rows } = await store.jobs.executeSql(`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and relname not in ('audit_events', 'migrations')
    order by relname`);
  return rows
    .map(({ name }) => {
      const digest = `count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '')`;
      return `select '${String(name)}' as name, ${digest} as digest from ${String(name)} t`;
    })
    .join(' union all ');
}
