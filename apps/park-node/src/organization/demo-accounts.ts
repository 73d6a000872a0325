import { createHash } from 'node:crypto';
import { type DemoPerson, demoCompanyName, demoPeopleOf } from '../platform/auth/demo-people.ts';
import { instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import type { Services } from '../services.ts';
import { organizationsOfPark } from './pack-organizations.ts';

/**
 * Makes the invented people and the invented company of a demonstration where they are missing. Both parks of a zone
 * know the company under one id, as they would know a real one.
 */
export async function storeDemoAccounts({
  config,
  store,
  clock,
  zone,
  park,
}: Pick<Services, 'config' | 'store' | 'clock' | 'zone' | 'park'>): Promise<void> {
  if (config.mode !== 'demo') throw new Error('Only a demonstration has demo accounts');
  const desks = organizationsOfPark(zone, park).flatMap(({ kind, packId }) =>
    kind === 'authority' ? [packId] : [],
  );
  const people = demoPeopleOf(park, desks, park.operator ?? 'operator');
  const createdAt = instantNow(clock);
  const companyId = uuidOf(`${zone.id} ${park.id} demo applicant`);
  await store.write(async (tx) => {
    await tx
      .insertInto('organizations')
      .values({
        organizationId: companyId,
        kind: 'applicant',
        packId: null,
        name: demoCompanyName(park),
        demo: true,
        createdAt,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await tx
      .insertInto('authUsers')
      .values(
        people.map(({ id, name }) => ({
          id,
          name,
          email: `${id}@demo.invalid`,
          emailVerified: false,
          assurance: 'low' as const,
          demo: true,
          createdAt,
          updatedAt: createdAt,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const idOf = await organizationIds(tx, companyId);
    await tx
      .insertInto('memberships')
      .values(
        people.map((person) => ({
          organizationId: idOf(person),
          personId: person.id,
          role: person.role,
          manages: person.role !== 'officer',
          createdAt,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

async function organizationIds(tx: Tx, companyId: string): Promise<(person: DemoPerson) => string> {
  const rows = await tx
    .selectFrom('organizations')
    .select(['organizationId', 'kind', 'packId'])
    .where('kind', '<>', 'applicant')
    .execute();
  return ({ organization: { kind, packId } }) => {
    if (kind === 'applicant') return companyId;
    const found = rows.find((row) => row.kind === kind && row.packId === packId);
    if (!found) throw new Error(`There is no ${kind} ${packId}`);
    return found.organizationId;
  };
}

/** A UUID of version 8 that stands for a text. Source: RFC 9562 section 5.8. */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
