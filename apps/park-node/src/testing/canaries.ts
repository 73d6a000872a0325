import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { TestNode } from './test-node.ts';

/** Tables with rows that hold any of these texts, as text or as bytes, with how many; every table of the node is searched. */
export async function rowsNaming(node: TestNode, texts: readonly string[]): Promise<readonly string[]> {
  const { store } = node.services;
  const tables = await store.write((tx) =>
    sql<{ name: string; schema: string }>`
      select c.relname as name, n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p') and not c.relispartition
      order by 1`.execute(tx),
  );
  const found: string[] = [];
  for (const { name, schema } of tables.rows) {
    const count = name.startsWith('auth_')
      ? await countIn(store.identity as never, schema, name, texts)
      : name === 'migrations'
        ? 0
        : await store.write((tx) => countIn(tx as never, schema, name, texts));
    if (count > 0) found.push(`${name} ${count}`);
  }
  return found;
}

async function countIn(
  db: Parameters<ReturnType<typeof sql>['execute']>[0],
  schema: string,
  table: string,
  texts: readonly string[],
): Promise<number> {
  // A row as text spells bytes in hexadecimal digits.
  const wanted = texts.flatMap((text) => [text, Buffer.from(text).toString('hex')]);
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(`${schema}.${table}`)} as found
    where exists (select from unnest(${wanted}::text[]) as text where position(text in found::text) > 0)`.execute(
    db,
  );
  return Number(rows[0]?.count ?? 0);
}

/** Files below a folder that hold a text, or bear it in their name. */
export function filesNaming(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => file.includes(text) || readFileSync(file).includes(text));
}
