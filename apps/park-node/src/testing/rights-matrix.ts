import type { RawDatabase } from './raw-database.ts';
import { seeded } from './seed-two-sides.ts';

const roles = ['twinpark_app', 'twinpark_node', 'twinpark_auth'] as const;
const actions = ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger'] as const;

const readers = [
  ['applicant Reed', { kind: 'applicant', organization: seeded['Reed Institute'] }],
  ['applicant Heron', { kind: 'applicant', organization: seeded['Heron Company'] }],
  ['north office, decides', { kind: 'authority', organization: 'north-office' }],
  ['river commission, a desk', { kind: 'authority', organization: 'river-commission' }],
  ['south office, no desk', { kind: 'authority', organization: 'south-office' }],
  ['oversight', { kind: 'oversight', organization: 'oversight' }],
  ['no reader', null],
] as const;

/**
 * Every table with what each role may do to it and which of the seeded rows each reader sees, then every function and
 * sequence with the roles that may use it; text to be reviewed.
 */
export async function rightsMatrix(database: RawDatabase): Promise<string> {
  const tables = await tablesOf(database);
  const all = await rowsSeen(database, tables, null);
  const seen = new Map<string, ReadonlyMap<string, readonly string[]>>();
  for (const [name, reader] of readers) {
    seen.set(name, await rowsSeen(database, tables, { role: 'twinpark_app', reader }));
  }
  const blocks = ['Rows are named by their keys. A table of which nothing is seeded says so.\n'];
  for (const table of tables) {
    const rows = all.get(table.name) ?? [];
    blocks.push(`\n${table.name}${rows.length === 0 ? ' (nothing is seeded)' : ''}\n`);
    for (const role of roles) blocks.push(line(role, await actionsOf(database, role, table.name)));
    for (const [reader, tablesSeen] of seen) {
      blocks.push(line(`  ${reader}`, tablesSeen.get(table.name) ?? ['permission denied']));
    }
    blocks.push(line('  (all there are)', rows));
  }
  for (const [title, text] of [
    ['Functions', functionsText],
    ['Sequences', sequencesText],
  ] as const) {
    blocks.push(`\n${title}\n`);
    for (const { name, may } of await database.owner(text)) blocks.push(line(String(name), [String(may)]));
  }
  return blocks.join('');
}

interface Table {
  readonly name: string;
  /** SQL for what a row is called in the list. */
  readonly label: string;
  /** Whether readers may ask for its key at all. */
  readonly readable: boolean;
}

function line(name: string, found: readonly string[]): string {
  return `  ${name.padEnd(28)} ${found.length === 0 ? '-' : found.join(', ')}\n`;
}

async function tablesOf(database: RawDatabase): Promise<readonly Table[]> {
  const rows = await database.owner(`
    select c.relname as name,
      (select string_agg(a.attname || '::text', ', '' '', ' order by array_position(i.indkey::int2[], a.attnum))
        from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as label,
      has_any_column_privilege('twinpark_app', c.oid, 'select') as readable
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
    order by c.relname collate "C"`);
  return rows.map(({ name, label, readable }) => ({
    name: String(name),
    label: String(label),
    readable: readable === true,
  }));
}

async function actionsOf(database: RawDatabase, role: string, table: string): Promise<readonly string[]> {
  const [row] = await database.owner(
    `select ${actions.map((action) => `has_table_privilege('${role}', '${table}', '${action}') as "${action}"`).join(', ')}`,
  );
  const columns = await database.owner(`
    select attname as name, has_table_privilege('${role}', '${table}', 'select') as whole
    from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped
      and has_column_privilege('${role}', '${table}', attname, 'select') order by attnum`);
  const some = columns.filter(({ whole }) => !whole).map(({ name }) => String(name));
  const whole = actions.filter((action) => row?.[action] === true);
  return some.length > 0 ? [`select (${some.join(' ')})`, ...whole] : whole;
}

/** By table, the rows seen; no entry for a table that may not be read. */
async function rowsSeen(
  database: RawDatabase,
  tables: readonly Table[],
  as: { readonly role: string; readonly reader: Parameters<RawDatabase['as']>[1] } | null,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const readable = tables.filter((table) => as === null || table.readable);
  const text = readable
    .map(({ name, label }) => `select '${name}' as name, concat(${label}) as label from ${name}`)
    .join(' union all ');
  const ordered = `${text} order by name, label`;
  const rows = as ? await database.as(as.role, as.reader, ordered) : await database.owner(ordered);
  return new Map(
    readable.map(({ name }) => [
      name,
      rows.filter((row) => row['name'] === name).map(({ label }) => named(String(label))),
    ]),
  );
}

/** Known ids by their words, and digests shortened. */
function named(label: string): string {
  const words = Object.entries(seeded).reduce((text, [name, id]) => text.replaceAll(id, name), label);
  return words.replace(/([0-9a-f])\1{63}/g, '$1…');
}

const may = (check: (role: string) => string): string =>
  `coalesce(nullif(concat_ws(' ', ${roles.map((role) => `case when ${check(role)} then '${role}' end`).join(', ')}), ''), 'nobody')`;

const functionsText = `
  select p.oid::regprocedure::text || case when p.prosecdef then ' (security definer)' else '' end || ':' as name,
    ${may((role) => `has_function_privilege('${role}', p.oid, 'execute')`)} as may
  from pg_proc p
  where p.pronamespace = 'public'::regnamespace
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  order by 1`;

const sequencesText = `
  select c.relname || ':' as name, ${may((role) => `has_sequence_privilege('${role}', c.oid, 'usage')`)} as may
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' order by 1`;
