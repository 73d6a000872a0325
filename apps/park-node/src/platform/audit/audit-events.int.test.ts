import { listAuditEvents } from '@twinpark/contract/audit/list-audit-events.ts';
import { signInAsDemo } from '@twinpark/contract/identity/demo-accounts.ts';
import { getMe } from '@twinpark/contract/identity/get-me.ts';
import { signOut } from '@twinpark/contract/identity/sign-out.ts';
import { inviteMember } from '@twinpark/contract/organization/invitations.ts';
import { removeMember } from '@twinpark/contract/organization/members.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeKinds } from '../../testing/stores.ts';
import { TestBrowser } from '../../testing/test-browser.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { startTestNode, type TestNode } from '../../testing/test-node.ts';
import { mostLookedAt } from './audit-page.ts';

describe.each(storeKinds)('the audit trail on the %s store', (kind) => {
  let node: TestNode;
  let auditor: TestClient;
  beforeAll(async () => {
    node = await startTestNode({ kind });
    auditor = await node.as('auditor', 'oversight');
  });
  afterAll(() => node.stop());

  it('has an entry for what succeeded and for what was refused, without anybody’s address', async () => {
    const manager = await node.as('applicant', 'Labor Lind');
    const { person, acting } = await manager.get(getMe);
    const organizationId = acting?.organizationId ?? '';
    const { invitation } = await manager.get(inviteMember, {
      params: { organizationId },
      body: { email: 'ada@lind.test', role: 'applicant' },
    });
    await manager.problem(removeMember, { params: { organizationId, personId: person.id } });
    const { items } = await auditor.get(listAuditEvents, { query: { person: person.id } });
    expect(items).toMatchObject([
      { action: 'member.remove', outcome: 'refused', code: 'lastManager', subjectId: person.id },
      {
        action: 'member.invite',
        outcome: 'success',
        code: null,
        subjectKind: 'invitation',
        subjectId: invitation.invitationId,
        organization: organizationId,
        role: 'applicant',
      },
    ]);
    expect(items.every(({ requestId }) => requestId !== null)).toBe(true);
    expect(JSON.stringify(items)).not.toContain('ada@lind');
  });

  it('tells who came in and went out, and that somebody tried', async () => {
    const browser = new TestBrowser(node.app.fastify);
    await browser.get(signInAsDemo, { params: { accountId: 'demo.operator' } });
    await browser.get(signOut, { body: { everywhere: true } });
    await browser.fetch('POST', '/api/auth/passkey/verify-authentication', { response: {} });
    const came = await auditor.get(listAuditEvents, { query: { person: 'demo.operator' } });
    expect(came.items.map(({ action, details }) => ({ action, details }))).toEqual([
      { action: 'session.signOut', details: { everywhere: true } },
      { action: 'session.signIn', details: { method: 'demo' } },
    ]);
    const failed = await auditor.get(listAuditEvents, { query: { outcome: 'failed' } });
    expect(failed.items).toMatchObject([
      { action: 'session.signIn', code: 'signInFailed', personId: null, details: { method: 'passkey' } },
    ]);
  });

  it('notes who reads it', async () => {
    const query = { action: 'audit.read', limit: 1 } as const;
    const { person } = await auditor.get(getMe);
    await auditor.get(listAuditEvents, { query });
    const [newest] = (await auditor.get(listAuditEvents, { query })).items;
    expect(newest).toMatchObject({ personId: person.id, details: { entries: 1 } });
  });

  it('is for the oversight body alone', async () => {
    for (const [role, organization] of [
      ['applicant', 'Labor Lind'],
      ['officer', 'north-office'],
      ['supervisor', 'north-office'],
      ['operator', 'north-operator'],
    ] as const) {
      const client = await node.as(role, organization, 'curious');
      expect((await client.problem(listAuditEvents)).code).toBe('roleNotAllowed');
    }
  });

  it('pages from the newest back, whatever is added meanwhile, within a span of time', async () => {
    const seen: string[] = [];
    let cursor: string | null | undefined;
    const to = node.clock.now().add({ minutes: 1 }).toString();
    node.clock.advance({ minutes: 2 });
    while (cursor !== null) {
      const page = await auditor.get(listAuditEvents, {
        query: { to, limit: 3, ...(cursor === undefined ? {} : { cursor }) },
      });
      seen.push(...page.items.map(({ auditId }) => auditId));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    const { rows } = await node.services.store.write(
      async (tx) =>
        await sql<{
          count: number;
        }>`select count(*)::int as count from audit_events where at < ${to}`.execute(tx),
    );
    expect(seen.length).toBe(rows[0]?.count);
    const other = { query: { action: 'audit.read', cursor: 'bm9uZQ' } } as const;
    expect((await auditor.problem(listAuditEvents, other)).code).toBe('cursorInvalid');
  });

  it('takes any instant for the ends of a span of time', async () => {
    const all = { from: '0000-01-01T00:00:00Z', to: '9999-12-31T23:59:59Z', limit: 1 };
    expect((await auditor.get(listAuditEvents, { query: all })).items).toHaveLength(1);
    const before = { from: '1950-01-01T00:00:00Z', to: '1969-12-31T00:00:00Z' };
    expect((await auditor.get(listAuditEvents, { query: before })).items).toEqual([]);
  });

  it('finds the one entry among many that fits several filters, a bounded number of them at a time', async () => {
    await fill(mostLookedAt + 500);
    const query = { person: 'busy', action: 'case.decideCase', limit: 10 } as const;
    const first = await auditor.get(listAuditEvents, { query });
    expect(first.items).toEqual([]);
    const second = await auditor.get(listAuditEvents, {
      query: { ...query, cursor: first.nextCursor ?? '' },
    });
    expect(second.items).toHaveLength(1);
    expect(second.nextCursor).toBeNull();
  });

  /** Entries of one busy person; the oldest is the one that is looked for. */
  async function fill(count: number): Promise<void> {
    const at = node.clock.now().toString();
    await node.services.store.write((tx) =>
      sql`insert into audit_events (audit_id, at, action, outcome, person_id)
        select
          overlay(uuid_from_instant(${at}::timestamptz)::text placing lpad(to_hex(n), 12, '0') from 25)::uuid,
          ${at}, case n when 1 then 'case.decideCase' else 'case.read' end, 'success', 'busy'
        from generate_series(1, ${count}::int) as n`.execute(tx),
    );
  }
});
