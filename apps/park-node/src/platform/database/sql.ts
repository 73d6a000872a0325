import { type RawBuilder, sql } from 'kysely';

/** A value as JSON for a `jsonb` column. */
export function json<Value>(value: Value): RawBuilder<string> {
  return sql`${JSON.stringify(value)}::text::jsonb`;
}

/** The code PostgreSQL gives an error (chapter "Error Codes"); undefined for what is none of its errors. */
export function sqlStateOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The constraint that a row did not keep; undefined for any other error. */
export function violatedConstraintOf(error: unknown): string | undefined {
  return error instanceof Error && 'constraint' in error && typeof error.constraint === 'string'
    ? error.constraint
    : undefined;
}

/** What PostgreSQL itself said, on a server or embedded; what keeps a node from reaching it is another matter. */
export function isOfDatabase(error: Error): boolean {
  return 'severity' in error && sqlStateOf(error) !== undefined;
}

/** An error of the database by its code and by what it concerns, without its words, which can quote values of a row. */
export function databaseErrorInBrief(error: Error): string {
  const concerned = (['table', 'constraint'] as const).flatMap((part) => {
    const name: unknown = Reflect.get(error, part);
    return typeof name === 'string' ? [`${part} ${name}`] : [];
  });
  return [`PostgreSQL ${sqlStateOf(error)}`, ...concerned].join(', ');
}

/** A calendar date within those of four-digit years that PostgreSQL reads: it knows no year 0, and no sign before a year. */
export function readableDate(date: Temporal.PlainDate): string {
  if (date.year < 1) return '0001-01-01';
  return date.year > 9999 ? '9999-12-31' : date.toString();
}
