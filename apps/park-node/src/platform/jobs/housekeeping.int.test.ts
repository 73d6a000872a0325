import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { storeKinds, useStore } from '../../testing/stores.ts';
import { TestClock } from '../../testing/test-clock.ts';
import { newId } from '../ids.ts';
import { keepHouse } from './housekeeping.job.ts';

describe.each(storeKinds)('housekeeping, %s store', (kind) => {
  const clock = new TestClock('2026-06-10T08:00:00Z');
  const store = useStore(kind, clock);
  const logger = { info: vi.fn(), error: vi.fn() } as never;
  const config = { messagesKeptDays: 400 };
  const nothingKept = {
    listUploads: async function* () {},
    listUntouchedSince: async function* () {},
  } as never;

  test('an answer is kept for seven days, a session and an invitation until they expire', async () => {
    await store.write((tx) =>
      sql`insert into idempotency_keys (scope, key, request_hash, status, created_at)
        select 'somebody', n::text, '', 204, ${'2026-06-03T08:00:00Z'}::timestamptz + make_interval(mins => n - 2500)
        from generate_series(1, 5000) n`.execute(tx),
    );
    await sql`insert into auth_users (id, name, email) values ('reed', 'Reed', 'reed@example.org')`.execute(
      store.identity,
    );
    await sql`insert into auth_sessions (id, user_id, token, expires_at)
      values ('old', 'reed', 'a', '2026-06-10T07:59:59Z'), ('young', 'reed', 'b', '2026-06-10T08:00:01Z')`.execute(
      store.identity,
    );
    await store.write((tx) =>
      sql`with lab as (
          insert into organizations (organization_id, kind, name, created_at)
          values (${newId(clock)}, 'applicant', 'Reed', now()) returning organization_id
        )
        insert into invitations (invitation_id, organization_id, email, role, token_hash, created_at, expires_at)
        select invitation_id::uuid, organization_id, email, 'applicant', email, now(), expires_at::timestamptz from lab,
          (values
            (${newId(clock)}, 'old@example.org', '2026-06-10T07:59:59Z'),
            (${newId(clock)}, 'young@example.org', '2026-06-10T08:00:01Z')
          ) as invited (invitation_id, email, expires_at)`.execute(tx),
    );
    await keepHouse({ store, clock, config, evidenceStore: nothingKept, logger });
    const invitations = await store.write((tx) => tx.selectFrom('invitations').select('email').execute());
    expect(invitations).toEqual([{ email: 'young@example.org' }]);
    const keys = await store.write((tx) =>
      sql<{ oldest: number; count: number }>`
        select min(key::int) as oldest, count(*) as count from idempotency_keys`.execute(tx),
    );
    expect(keys.rows).toEqual([{ oldest: 2500, count: 2501 }]);
    const sessions = await sql`select id from auth_sessions`.execute(store.identity);
    expect(sessions.rows).toEqual([{ id: 'young' }]);
  });

  test('one thing that fails does not keep the others, and is told', async () => {
    await store.write((tx) =>
      sql`insert into idempotency_keys (scope, key, request_hash, status, created_at)
        values ('somebody', 'ancient', '', 204, '2020-01-01')`.execute(tx),
    );
    const full = {
      listUploads: () => {
        throw new Error('the disk is gone');
      },
    } as never;
    await expect(keepHouse({ store, clock, config, evidenceStore: full, logger })).rejects.toThrow(
      'the disk is gone',
    );
    const left = await store.write((tx) =>
      tx.selectFrom('idempotencyKeys').select('key').where('key', '=', 'ancient').execute(),
    );
    expect(left).toEqual([]);
  });
});
