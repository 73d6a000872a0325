import { beforeAll, describe, expect, it } from 'vitest';
import { useRawDatabase } from '../../testing/raw-database.ts';
import { rightsMatrix } from '../../testing/rights-matrix.ts';
import { seeded, seedTwoSides } from '../../testing/seed-two-sides.ts';
import { storeKinds } from '../../testing/stores.ts';

const changed: Readonly<Record<string, string>> = {
  case_events: 'version = 9',
  audit_events: "action = 'x'",
  log_statements: "statement = '{}'",
};
const insertOnly = Object.keys(changed);
const reed = { kind: 'applicant', organization: seeded['Reed Institute'] } as const;
const heron = { kind: 'applicant', organization: seeded['Heron Company'] } as const;

describe.each(storeKinds)('Rights in the database, %s', (kind) => {
  const database = useRawDatabase(kind);
  beforeAll(() => seedTwoSides(database));

  const partitionsOf = async (table: string): Promise<readonly string[]> => {
    const rows = await database.owner(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = '${table}'::regclass`,
    );
    return rows.map(({ name }) => String(name));
  };

  it('are those of the reviewed list, with every table in it', async () => {
    await expect(await rightsMatrix(database)).toMatchFileSnapshot('rights.out.txt');
  });

  it.each(insertOnly)(
    'let nobody but its owner change or remove a row of %s, partition by partition',
    async (table) => {
      const partitions = await partitionsOf(table);
      expect(partitions.length).toBeGreaterThan(0);
      for (const name of [table, ...partitions]) {
        for (const role of ['twinpark_app', 'twinpark_node', 'twinpark_auth']) {
          for (const attempt of [
            `update ${name} set ${changed[table]}`,
            `delete from ${name}`,
            `truncate ${name}`,
            `drop table ${name}`,
            `alter table ${name} disable row level security`,
          ]) {
            await expect(database.as(role, reed, attempt), `${role}: ${attempt}`).rejects.toThrow(
              /permission denied|must be owner/,
            );
          }
        }
      }
    },
  );

  it.each(insertOnly)(
    'close the partitions of %s to readers, for whom only the table has policies',
    async (table) => {
      for (const name of await partitionsOf(table)) {
        await expect(database.as('twinpark_app', reed, `select from ${name}`)).rejects.toThrow(
          /permission denied/,
        );
        await expect(
          database.as('twinpark_node', null, `insert into ${name} default values`),
        ).rejects.toThrow(/permission denied/);
      }
    },
  );

  it('cannot be widened by a role itself', async () => {
    for (const attempt of [
      'alter role twinpark_app superuser',
      'grant twinpark_node to twinpark_app',
      'grant select on auth_sessions to twinpark_app',
      'create table public.cases_copy as select 1 as one',
      'create function public.reader_kind_copy() returns text language sql return 1::text',
      'alter policy cases_of_reader on cases using (true)',
      'create policy everything on cases to twinpark_app using (true)',
      'set local row_security = off; select count(*) from cases',
    ]) {
      await expect(database.as('twinpark_app', heron, attempt), attempt).rejects.toThrow(
        /permission denied|must be (owner|superuser)|must have admin|query would be affected/,
      );
    }
  });

  it.each([
    [
      'an error that only a hidden row would raise',
      `select from cases where 1 / (length(case_number) - 3) = 9`,
    ],
    ['a cast that only a hidden row would fail', `select from cases where applicant_name::integer = 1`],
    ['a case number', `select from cases where case_number = 'N-2'`],
    ['words', `select from cases_with_words('x'::tsquery) as found where found = '${seeded["Reed's case"]}'`],
    ['events of a named case', `select from case_events where case_id = '${seeded["Reed's case"]}'`],
    ['a state', `select from case_state('${seeded["Reed's case"]}') as state where state is not null`],
    ['statistics of values', `select from pg_stats where tablename in ('cases', 'dossiers', 'case_events')`],
    [
      'guesses of the planner',
      `select from estimate_cases_with_words('x'::tsquery) as number where number > 0`,
    ],
    ['large objects', `select from pg_largeobject_metadata`],
  ])('tell one applicant nothing of another by %s', async (_, attempt) => {
    const rows = await database.as('twinpark_app', heron, attempt);
    expect(rows).toEqual([]);
  });

  it.each([
    'select state from cases',
    'select case_id from cases for update',
    'select * from cases',
    'select last_value from case_numbers',
    `select nextval('case_numbers')`,
    'select token from auth_sessions',
    'select email from auth_users',
    'select * from idempotency_keys',
    'select * from pgboss.job',
    `select record_case_changes('{}')`,
    `select start_case_batch('{}', '{}', '{}', 0)`,
    `select ensure_month_partitions('2030-01-01')`,
    `select pg_read_file('/etc/passwd')`,
    `copy (select 1) to program 'true'`,
    'select * from pg_statistic',
    'select rolpassword from pg_authid',
  ])('refuse a reader: %s', async (attempt) => {
    await expect(database.as('twinpark_app', reed, attempt)).rejects.toThrow(
      /permission denied|must be superuser/,
    );
  });

  it('count for an authority what lies on its own desk, and nothing else', async () => {
    const count = `select count_cases_with_words('x'::tsquery, 9) as number`;
    const counted = async (organization: string) => {
      const [row] = await database.as('twinpark_app', { kind: 'authority', organization }, count);
      return Number(row?.['number']);
    };
    expect(await counted('north-office')).toBe(2);
    expect(await counted('south-office')).toBe(0);
  });

  it('keep sign-in from everything else, and everything else from sign-in', async () => {
    await expect(database.as('twinpark_auth', null, 'select from cases')).rejects.toThrow(
      /permission denied/,
    );
    await expect(database.as('twinpark_node', null, 'select from auth_sessions')).rejects.toThrow(
      /permission denied/,
    );
    await expect(database.as('twinpark_node', null, 'select image from auth_users')).rejects.toThrow(
      /permission denied/,
    );
  });

  it('do not let a table of the same name in the session stand in for the one that a definer function reads', async () => {
    const [row] = await database.as(
      'twinpark_app',
      heron,
      `create temporary table cases (case_id uuid, applicant_id uuid, state jsonb, filed_on date, authority text);
       create function pg_temp.reader_kind() returns text language sql as 'select ''oversight''::text';
       set local search_path = pg_temp, public;
       select public.case_state('${seeded["Reed's case"]}') as state,
         (select count(*)::integer from public.cases_with_words('x'::tsquery)) as found`,
    );
    expect(row).toEqual({ state: null, found: 1 });
  });
});
