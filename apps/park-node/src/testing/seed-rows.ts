import type { RawDatabase } from './raw-database.ts';

type Values = Readonly<Record<string, string | number | boolean | null>>;

/** A row in which a test names only what matters to it; what else may not be null gets something of its type. */
export async function seedRow(database: RawDatabase, table: string, values: Values): Promise<void> {
  const columns = await database.owner(`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = 'public' and table_name = '${table}'
      and is_nullable = 'NO' and column_default is null and is_generated = 'NEVER'`);
  const filled = Object.fromEntries(
    columns.map(({ name, type }) => [String(name), fillings[String(type)] ?? "'x'"]),
  );
  const given = Object.entries(values).map(([name, value]) => [name, literal(value)]);
  const row = { ...filled, ...Object.fromEntries(given) };
  await database.owner(
    `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')})`,
  );
}

const fillings: Readonly<Record<string, string>> = {
  uuid: "'00000000-0000-7000-8000-00000000ffff'",
  date: "'2026-03-02'",
  'timestamp with time zone': "'2026-03-02T00:00:00Z'",
  jsonb: "'{}'",
  integer: '1',
  smallint: '1',
  bigint: '1',
  boolean: 'false',
  tsvector: "'x'",
};

function literal(value: Values[string]): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
