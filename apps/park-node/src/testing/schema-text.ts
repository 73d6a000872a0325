import type { OwnerConnection } from '../platform/database/migrate.ts';

/**
 * The schema of a database as one readable text, from its catalogue: what all migrations together have made. Partitions
 * by month, the jobs library's own schema and rights (rights.out.txt) are left out.
 */
export async function schemaText(owner: OwnerConnection): Promise<string> {
  const parts: string[] = ['-- Generated from the migrations; a test holds it to them.\n'];
  for (const { name } of await owner.query(tables)) parts.push(await tableText(owner, String(name)));
  for (const { text } of await owner.query(sequences)) parts.push(`\n${String(text)};\n`);
  for (const { text } of await owner.query(functions)) parts.push(`\n${String(text).trimEnd()};\n`);
  return parts.join('');
}

async function tableText(owner: OwnerConnection, name: string): Promise<string> {
  const list = async (query: string): Promise<readonly string[]> =>
    (await owner.query(query, [name])).map(({ text }) => String(text));
  const body = [...(await list(columns)), ...(await list(constraints))]
    .map((line) => `  ${line}`)
    .join(',\n');
  const [ending = ''] = await list(endings);
  const after = [...(await list(indexes)), ...(await list(policies))].map((line) => `${line};\n`).join('');
  return `\ncreate table ${name} (\n${body}\n)${ending};\n${after}`;
}

const ours = `c.relnamespace = 'public'::regnamespace and not c.relispartition`;

const tables = `
  select c.relname as name from pg_class c where ${ours} and c.relkind in ('r', 'p') order by c.relname collate "C"`;

const columns = `
  select concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
    case when a.attnotnull then 'not null' end,
    'default ' || pg_get_expr(d.adbin, d.adrelid)) as text
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum`;

const constraints = `
  select 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) as text from pg_constraint
  where conrelid = to_regclass($1) and contype in ('p', 'u', 'f', 'c') order by contype desc, conname collate "C"`;

const endings = `
  select ' partition by ' || lower(pg_get_partkeydef(oid)) as text from pg_class where oid = to_regclass($1) and relkind = 'p'`;

const indexes = `
  select replace(pg_get_indexdef(i.indexrelid), 'public.', '') as text from pg_index i
  join pg_class c on c.oid = i.indexrelid
  where i.indrelid = to_regclass($1) and not exists (select from pg_constraint where conindid = i.indexrelid)
  order by c.relname collate "C"`;

const policies = `
  select 'alter table ' || relname || ' enable row level security' as text, '' as name
  from pg_class where oid = to_regclass($1) and relrowsecurity
  union all
  select concat_ws(' ', 'create policy', p.polname, 'on', p.polrelid::regclass, 'for',
    case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
    'to', (select string_agg(role::regrole::text, ', ') from unnest(p.polroles) as role),
    'using (' || pg_get_expr(p.polqual, p.polrelid) || ')',
    'with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') as text, p.polname::text as name
  from pg_policy p where p.polrelid = to_regclass($1)
  order by name`;

const sequences = `
  select 'create sequence ' || c.relname as text from pg_class c
  where ${ours} and c.relkind = 'S' order by c.relname collate "C"`;

const functions = `
  select replace(pg_get_functiondef(p.oid), 'public.', '') as text from pg_proc p
  where p.pronamespace = 'public'::regnamespace order by p.proname collate "C"`;
