import { watchDesk } from '@twinpark/contract/deadline/watch-desk.ts';
import { getMe } from '@twinpark/contract/identity/get-me.ts';
import {
  acceptInvitation,
  inviteMember,
  listInvitations,
  withdrawInvitation,
} from '@twinpark/contract/organization/invitations.ts';
import { changeMember, listMembers, removeMember } from '@twinpark/contract/organization/members.ts';
import {
  createOrganization,
  getOrganization,
  listOrganizations,
} from '@twinpark/contract/organization/organizations.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantNow } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { storeKinds } from '../testing/stores.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { hashOfToken } from './invitation-token.ts';

const operatorOf = (node: TestNode) => node.as('operator', 'north-operator');

describe.each(storeKinds)('organisations on the %s store', (kind) => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({ kind });
  });
  afterAll(() => node.stop());

  it('lists for whoever runs the park its authorities and bodies, and no applicant', async () => {
    await node.as('applicant', 'Labor Lind');
    const operator = await operatorOf(node);
    const names: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const query = { limit: 2, ...(cursor === undefined ? {} : { cursor }) };
      const page = await operator.get(listOrganizations, { query });
      names.push(...page.items.map(({ kind, packId, name }) => `${kind} ${packId}: ${name}`));
      cursor = page.nextCursor;
    }
    expect(names.sort()).toEqual([
      'authority north-court: Flussgericht Nord',
      'authority north-office: Laboramt Nord',
      'operator north-operator: Nordpark GmbH',
      'oversight oversight: Oversight body',
    ]);
    expect((await operator.problem(listOrganizations, { query: { cursor: 'abc' } })).code).toBe(
      'cursorInvalid',
    );
  });

  it('makes an organisation once however often it is asked, and whoever makes it manages it', async () => {
    const founder = await node.as('applicant', 'Labor Eins');
    const body = { name: 'Labor Neu' };
    const idempotencyKey = 'make-one-organization';
    const made = await founder.get(createOrganization, { body, idempotencyKey });
    expect(await founder.get(createOrganization, { body, idempotencyKey })).toEqual(made);
    const mine = (await founder.get(getMe)).memberships.filter(({ name }) => name === 'Labor Neu');
    expect(mine).toMatchObject([{ organizationId: made.organizationId, role: 'applicant', manages: true }]);
  });

  it('answers about an organisation of others as if it were not there', async () => {
    const mine = await node.as('applicant', 'Labor Eins');
    const theirs = await organizationOf(await node.as('applicant', 'Labor Zwei'));
    for (const organizationId of [theirs, '0197a000-0000-7000-8000-000000000000']) {
      const params = { organizationId };
      const invitation = { email: 'x@lind.test', role: 'applicant' } as const;
      const problems = [
        await mine.problem(listMembers, { params }),
        await mine.problem(listInvitations, { params }),
        await mine.problem(inviteMember, { params, body: invitation }),
        await mine.problem(removeMember, { params: { ...params, personId: 'somebody' } }),
      ];
      expect(problems.map(({ code }) => code)).toEqual(new Array(4).fill('notFound'));
    }
    const operator = await operatorOf(node);
    const applicant = { params: { organizationId: theirs } };
    expect((await operator.problem(listMembers, applicant)).code).toBe('notFound');
  });

  it('tells the desk of the body that runs the park from that body', async () => {
    const supervisor = await node.as('supervisor', 'north-operator', 'at the desk');
    const { officers } = await supervisor.get(watchDesk);
    expect(officers.map(({ officer }) => officer.name)).toEqual(['supervisor of north-operator at the desk']);
  });

  it('pages through members without missing or repeating one', async () => {
    const members: TestClient[] = [];
    for (const person of ['a', 'b', 'c', 'd', 'e'])
      members.push(await node.as('applicant', 'Labor Drei', person));
    const [manager] = members;
    if (!manager) throw new Error('There is no member');
    const organizationId = await organizationOf(manager);
    const first = await manager.get(listMembers, { params: { organizationId }, query: { limit: 2 } });
    const rest = await manager.get(listMembers, {
      params: { organizationId },
      query: { limit: 10, cursor: first.nextCursor ?? '' },
    });
    const ids = [...first.items, ...rest.items].map(({ personId }) => personId);
    expect(new Set(ids).size).toBe(5);
    expect(rest.nextCursor).toBeNull();
  });

  it('leaves inviting, changing and removing to managers, and shows addresses to them alone', async () => {
    const manager = await node.as('applicant', 'Labor Vier', 'manager');
    const organizationId = await organizationOf(manager);
    const member = await node.as('applicant', 'Labor Vier', 'member');
    const personId = (await member.get(getMe)).person.id;
    const params = { organizationId, personId };
    await manager.get(changeMember, { params, body: { manages: false } });

    const managerId = (await manager.get(getMe)).person.id;
    const others = { organizationId, personId: managerId };
    const body = { email: 'x@lind.test', role: 'applicant' } as const;
    const problems = [
      await member.problem(inviteMember, { params, body }),
      await member.problem(listInvitations, { params }),
      await member.problem(changeMember, { params, body: { manages: true } }),
      await member.problem(removeMember, { params: others }),
    ];
    expect(problems.map(({ code }) => code)).toEqual(new Array(4).fill('managerRequired'));
    const addresses = async (reader: TestClient) =>
      (await reader.get(listMembers, { params })).items.filter(({ email }) => email !== null).length;
    expect(await addresses(member)).toBe(0);
    expect(await addresses(manager)).toBe(2);
    await member.get(removeMember, { params });
    expect((await member.get(getMe)).memberships).toEqual([]);
  });

  it('keeps the last manager', async () => {
    const manager = await node.as('applicant', 'Labor Fünf', 'manager');
    const organizationId = await organizationOf(manager);
    const params = { organizationId, personId: (await manager.get(getMe)).person.id };
    expect((await manager.problem(removeMember, { params })).code).toBe('lastManager');
    expect((await manager.problem(changeMember, { params, body: { manages: false } })).code).toBe(
      'lastManager',
    );
    await node.as('applicant', 'Labor Fünf', 'second');
    await manager.get(removeMember, { params });
  });

  it('keeps one of two managers who both leave in the same moment', async () => {
    const managers = [
      await node.as('applicant', 'Labor Sechs', 'one'),
      await node.as('applicant', 'Labor Sechs', 'two'),
    ];
    const leaving = managers.map(async (manager) => {
      const { person, acting } = await manager.get(getMe);
      const params = { organizationId: acting?.organizationId ?? '', personId: person.id };
      return (await manager.call(removeMember, { params })).problem?.code ?? 'left';
    });
    expect((await Promise.all(leaving)).sort()).toEqual(['lastManager', 'left']);
  });

  it('gives roles that the kind of organisation has', async () => {
    const manager = await node.as('applicant', 'Labor Sieben');
    const organizationId = await organizationOf(manager);
    const body = { email: 'x@lind.test', role: 'officer' } as const;
    expect(await manager.problem(inviteMember, { params: { organizationId }, body })).toMatchObject({
      code: 'roleNotOfKind',
    });
  });

  it('lets the operator look after authorities, and of the oversight body bring in the first alone', async () => {
    const operator = await operatorOf(node);
    const { items } = await operator.get(listOrganizations);
    const idOf = (packId: string) => items.find((each) => each.packId === packId)?.organizationId ?? '';
    const officer = { email: 'officer@north.test', role: 'officer', manages: true } as const;
    await operator.get(inviteMember, { params: { organizationId: idOf('north-office') }, body: officer });
    const auditor = { email: 'auditor@north.test', role: 'auditor', manages: true } as const;
    const params = { organizationId: idOf('oversight') };
    // The demonstration's auditor manages the body already.
    expect((await operator.problem(inviteMember, { params, body: auditor })).code).toBe('notFound');
    await node.services.store.write((tx) =>
      tx.deleteFrom('memberships').where('organizationId', '=', params.organizationId).execute(),
    );
    await operator.get(inviteMember, { params, body: auditor });
  });

  it('replaces an invitation by a new one, and takes one back', async () => {
    const manager = await node.as('applicant', 'Labor Acht');
    const organizationId = await organizationOf(manager);
    const params = { organizationId };
    const body = { email: 'New@Lind.test', role: 'applicant' } as const;
    const first = await manager.get(inviteMember, { params, body });
    const second = await manager.get(inviteMember, { params, body: { ...body, manages: true } });
    expect(second.link).not.toBe(first.link);
    const { items } = await manager.get(listInvitations, { params });
    expect(items).toEqual([second.invitation]);
    const { invitationId } = second.invitation;
    await manager.get(withdrawInvitation, { params: { organizationId, invitationId } });
    expect((await manager.get(listInvitations, { params })).items).toEqual([]);
    expect(
      (await manager.problem(withdrawInvitation, { params: { organizationId, invitationId } })).code,
    ).toBe('notFound');
  });

  it('gives the same link to whoever repeats an invitation, and keeps its secret out of the database', async () => {
    const manager = await node.as('applicant', 'Labor Neun');
    const sent = {
      params: { organizationId: await organizationOf(manager) },
      body: { email: 'again@lind.test', role: 'applicant' },
      idempotencyKey: 'invite-the-same-once',
    } as const;
    const first = await manager.get(inviteMember, sent);
    expect(await manager.get(inviteMember, sent)).toEqual(first);
    const token = new URL(first.link).hash.slice(1);
    const found = await node.services.store.write(
      async (tx) =>
        await sql<{ found: boolean }>`select exists (
          select from idempotency_keys k where k::text like ${`%${token}%`}
          union all select from invitations i where i::text like ${`%${token}%`}
          union all select from audit_events a where a::text like ${`%${token}%`} or a::text like '%again@lind%'
        ) as found`.execute(tx),
    );
    expect(found.rows).toEqual([{ found: false }]);
  });

  it('lets a person join by the link of an invitation that names no address, whoever vouches for its own', async () => {
    const guest = await node.as('applicant', 'Labor Zwölf');
    const { person } = await guest.get(getMe);
    expect(person.email).not.toBeNull();
    const [invitationId, token] = [newId(node.clock), 'a token of which only the hash is kept'];
    const { organizationId } = await node.services.store.write(async (tx) => {
      const court = await tx
        .selectFrom('organizations')
        .select('organizationId')
        .where('packId', '=', 'north-court')
        .executeTakeFirstOrThrow();
      const now = instantNow(node.clock);
      await tx
        .insertInto('invitations')
        .values({
          ...{ invitationId, organizationId: court.organizationId, email: null, role: 'officer' },
          tokenHash: hashOfToken(token),
          ...{ invitedBy: null, createdAt: now, expiresAt: new Date(now.getTime() + 60_000) },
        })
        .execute();
      return court;
    });
    const params = { invitationId };
    expect((await guest.problem(acceptInvitation, { params, body: {} })).code).toBe('invitationInvalid');
    expect(await guest.get(acceptInvitation, { params, body: { token } })).toMatchObject({ organizationId });
  });

  it('joins nobody by an invitation that has run out, is of somebody else or was used', async () => {
    const manager = await node.as('applicant', 'Labor Zehn');
    const organizationId = await organizationOf(manager);
    const guest = await node.as('applicant', 'Labor Elf');
    const { person } = await guest.get(getMe);
    const invite = async (email: string) => {
      const { invitation } = await manager.get(inviteMember, {
        params: { organizationId },
        body: { email, role: 'applicant' },
      });
      return { params: { invitationId: invitation.invitationId }, body: {} };
    };
    const ofAnother = await invite('another@lind.test');
    expect((await guest.problem(acceptInvitation, ofAnother)).code).toBe('invitationInvalid');
    const mine = await invite(person.email ?? '');
    expect((await guest.get(getMe)).invitations).toHaveLength(1);
    const results = await Promise.all([
      guest.call(acceptInvitation, mine),
      guest.call(acceptInvitation, mine),
    ]);
    expect(results.map(({ problem }) => problem?.code ?? 'joined').sort()).toEqual([
      'invitationInvalid',
      'joined',
    ]);
    await manager.get(removeMember, { params: { organizationId, personId: person.id } });
    const late = await invite(person.email ?? '');
    node.clock.advance({ days: 8 });
    expect((await guest.problem(acceptInvitation, late)).code).toBe('invitationInvalid');
    expect((await guest.get(getMe)).invitations).toEqual([]);
  });
});

async function organizationOf(client: TestClient): Promise<string> {
  return (await client.get(getOrganization)).organizationId;
}
